//! The foot of a message form (กระดาษเขียนข่าว): four boxes side by side, of which one holds the officer who approved the message.
//!
//! The hard thing is that rows of four boxes are read across; the box is told by the label that stands above, or by the last label read.

use crate::document::letter::Zone;

use super::cue::Cue;
use super::row::Row;
use crate::thai::names;

/// Labels of the foot's boxes; only the approving officer signs.
const BOXES: &[(&str, Zone)] = &[
    ("QR Code", Zone::Noise),
    ("หน่วย", Zone::Footer),
    ("ผู้เขียนข่าว", Zone::Footer),
    ("นายทหารอนุมัติข่าว", Zone::Closing),
    ("ผู้อนุมัติข่าว", Zone::Closing),
];

/// Zones of the rows from the first label of the foot on; None above it.
pub fn foot(rows: &[Row]) -> Option<(usize, Vec<Zone>)> {
    let first =
        rows.iter().rposition(|row| row.line.starts_block && label(row).is_some()).or_else(|| rows.iter().position(is_signing_label))?;
    let first = (0..=first).rev().take_while(|&at| label(&rows[at]).is_some() || is_unit(&rows[at])).last().unwrap_or(first);
    let hidden = hidden_label(&rows[first..]).map(|at| first + at);
    let label = |at: usize| label(&rows[at]).or(Some(Zone::Closing).filter(|_| hidden == Some(at)));
    let labels: Vec<(&Row, Zone)> = (first..rows.len()).filter_map(|at| Some((&rows[at], label(at)?))).collect();
    let approving = first + approving_officer(&rows[first..]).unwrap_or(0);
    let mut last = Zone::Footer;
    let zones = rows[first..].iter().zip(first..).map(|(row, at)| {
        if row.stamp.is_some() {
            return Zone::Stamp;
        }
        if let Some(zone) = label(at) {
            last = zone;
            return if is_bare(row) || hidden == Some(at) { Zone::Noise } else { zone };
        }
        // The secrecy is printed once more at the foot of the page.
        if row.cue == Cue::Level {
            return Zone::Noise;
        }
        above(&labels, row).unwrap_or(if at < approving { Zone::Footer } else { last })
    });
    Some((first, zones.collect()))
}

/// Where the rows of the approving officer begin, who is the last one named, when both names stand below both labels and no place tells them apart.
fn approving_officer(foot: &[Row]) -> Option<usize> {
    let named = |rows: &[Row]| rows.iter().rposition(|row| row.cue == Cue::Name && row.line.rect.is_none());
    let labels = foot.iter().rposition(is_signing_label)?;
    let last = named(foot).filter(|last| *last > labels)?;
    named(&foot[labels..last])?;
    Some(if names::is_rank(foot[last - 1].text()) { last - 1 } else { last })
}

fn label(row: &Row) -> Option<Zone> {
    BOXES.iter().find(|(word, _)| row.text().starts_with(word) && (is_bare(row) || *word != "หน่วย")).map(|(_, zone)| *zone)
}

/// หน่วย with its value on the same row.
fn is_unit(row: &Row) -> bool {
    row.length < 60 && (row.text().starts_with("หน่วย ") || row.text().starts_with("หน่วย:"))
}

fn is_signing_label(row: &Row) -> bool {
    label(row).is_some() && !row.text().starts_with("หน่วย")
}

/// A label without its value.
fn is_bare(row: &Row) -> bool {
    let text = row.text().trim_end_matches([':', ' ']);
    BOXES.iter().any(|(word, _)| text == *word)
}

/// The first row of the box beside the writer's, where a pen went over the label that the form prints there.
fn hidden_label(foot: &[Row]) -> Option<usize> {
    if foot.iter().any(|row| label(row) == Some(Zone::Closing)) {
        return None;
    }
    let (table, top, writer) = foot.iter().find(|row| row.text().starts_with("ผู้เขียนข่าว"))?.line.role.cell()?;
    let approving = |row: &Row| row.line.role.cell() == Some((table, top, writer + 1));
    foot.iter().position(approving).filter(|&at| foot[at].text().starts_with("นายท"))
}

/// The box of the label whose middle is nearest in the row's column; None where nothing is known of places.
fn above(labels: &[(&Row, Zone)], row: &Row) -> Option<Zone> {
    let middle = |row: &Row| row.line.rect.map(|rect| (rect.left + rect.right) / 2);
    let own = middle(row)?;
    let distances = labels.iter().filter_map(|(label, zone)| Some(((middle(label)? - own).abs(), *zone)));
    distances.min_by_key(|(distance, _)| *distance).map(|(_, zone)| zone)
}

#[cfg(test)]
mod tests {
    use crate::document::Rect;
    use crate::document::letter::{Line, ReadPage, Zone};
    use crate::document::text::Role;

    #[test]
    fn the_box_beside_the_writers_is_the_approving_officers_whatever_a_pen_left_of_its_label() {
        let rows = [
            ("กระดาษเขียนข่าวร่วม", None),
            ("จาก กองจำลอง", None),
            ("๑. กองจำลองจัดการทดลอง", None),
            ("ผู้เขียนข่าว", Some(2)),
            ("(ผู้เขียน จำลอง)", Some(2)),
            ("นายททำ", Some(3)),
            ("พ.อ.", Some(3)),
            ("(ผู้อนุมัติ จำลอง)", Some(3)),
        ];
        let lines = rows.iter().zip(1..).map(|((text, column), number)| {
            let left = column.map_or(100, |column: u16| i32::from(column) * 200);
            Line {
                number,
                text: (*text).to_owned(),
                role: column.map_or(Role::Text, |column| Role::Cell { table: 0, row: 0, column }),
                rect: Some(Rect::new(left, number as i32 * 40, left + 150, number as i32 * 40 + 30)),
                starts_block: *text == "ผู้เขียนข่าว",
                ..Line::blank()
            }
        });
        let page = ReadPage { lines: lines.collect(), ..ReadPage::empty(1) };
        let letters = crate::segment::letters(&[page]);
        let zones: Vec<Zone> = letters[0].lines[3..].iter().map(|(zone, _)| *zone).collect();
        assert_eq!(zones, [Zone::Noise, Zone::Footer, Zone::Noise, Zone::Closing, Zone::Closing]);
    }
}
