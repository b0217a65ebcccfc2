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
    let labels: Vec<&Row> = rows[first..].iter().filter(|row| label(row).is_some()).collect();
    let approving = first + approving_officer(&rows[first..]).unwrap_or(0);
    let mut last = Zone::Footer;
    let zones = rows[first..].iter().zip(first..).map(|(row, at)| {
        if row.stamp.is_some() {
            return Zone::Stamp;
        }
        if let Some(zone) = label(row) {
            last = zone;
            return if is_bare(row) { Zone::Noise } else { zone };
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

/// The box of the label whose middle is nearest in the row's column; None where nothing is known of places.
fn above(labels: &[&Row], row: &Row) -> Option<Zone> {
    let middle = |row: &Row| row.line.rect.map(|rect| (rect.left + rect.right) / 2);
    let own = middle(row)?;
    let nearest = labels.iter().filter_map(|label| Some(((middle(label)? - own).abs(), label))).min_by_key(|(distance, _)| *distance)?;
    label(nearest.1)
}
