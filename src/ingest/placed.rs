//! Tables that an engine wrote only to place text: the closing in a right column, ที่ beside the sender, counts beside attachments. Their rows are
//! lines of the letter.

use crate::document::text::{Role, TextLine};
use crate::thai::labels;

/// Between the columns of a row that is a line.
const GAP: &str = "      ";

/// A table with more rows lists something.
const ROWS: usize = 6;

/// Words of a message form, whose boxes are a table indeed.
const BOXES: [&str; 3] = ["ผู้รับปฏิบัติ", "ที่ของผู้ให้ข่าว", "นายทหารอนุมัติข่าว"];

/// The lines of a page, those of such tables as text: a row is one line, or one for each line of its cells where a cell has several.
pub fn unfolded(lines: Vec<TextLine>) -> Vec<TextLine> {
    let mut all = Vec::with_capacity(lines.len());
    for part in lines.chunk_by(|a, b| table(a) == table(b)) {
        if table(&part[0]).is_none() || !places_text(part) {
            all.extend_from_slice(part);
            continue;
        }
        for row in part.chunk_by(same_row) {
            let several = row.windows(2).any(|pair| pair[0].role == pair[1].role);
            let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
            let texts = if several { texts.into_iter().map(str::to_owned).collect() } else { vec![texts.join(GAP)] };
            all.extend(texts.into_iter().map(|text| TextLine { text, role: Role::Text, ..row[0].clone() }));
        }
    }
    all
}

fn table(line: &TextLine) -> Option<u16> {
    line.role.cell().map(|(table, ..)| table)
}

fn same_row(one: &TextLine, other: &TextLine) -> bool {
    let row = |line: &TextLine| line.role.cell().map(|(_, row, _)| row);
    row(one) == row(other)
}

/// Whether a short table holds a part of a letter with its label, or its closing, at the start of a row.
fn places_text(cells: &[TextLine]) -> bool {
    let rows: Vec<&[TextLine]> = cells.chunk_by(same_row).collect();
    let boxes = cells.iter().any(|cell| BOXES.iter().any(|word| cell.text.contains(word)));
    !boxes && rows.len() <= ROWS && rows.iter().any(|row| is_part(row[0].text.trim_start_matches(['*', '#', ' '])))
}

fn is_part(text: &str) -> bool {
    let labelled = [labels::SUBJECT, labels::SALUTATION, labels::REFERENCES, labels::ATTACHMENTS].iter().copied().flatten();
    let label =
        labelled.into_iter().any(|word| text.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':', '*'])));
    let number = text.strip_prefix("ที่ ").is_some_and(|rest| rest.contains('/'));
    (label && text != "เรื่อง") || number || text.starts_with("ขอแสดงความนับถือ")
}

#[cfg(test)]
mod tests {
    use super::super::transcript;

    fn texts(transcript: &str) -> Vec<String> {
        transcript::pages(transcript)
            .into_iter()
            .flat_map(|page| page.lines)
            .map(|line| format!("{}{}", if line.role.is_text() { "" } else { "#" }, line.text))
            .collect()
    }

    #[test]
    fn tables_that_only_place_text_are_text() {
        assert_eq!(
            texts("<table>\n<tr><td></td><td>ขอแสดงความนับถือ<br/><br/>(นายสมมุติ ตัวอย่าง)<br/>ผู้อำนวยการ</td></tr>\n</table>"),
            ["ขอแสดงความนับถือ", "(นายสมมุติ ตัวอย่าง)", "ผู้อำนวยการ"]
        );
        assert_eq!(
            texts(
                "<table><tr><td>สิ่งที่ส่งมาด้วย</td><td>๑. แผนผัง</td><td>จำนวน ๑ แผ่น</td></tr><tr><td></td><td>๒. บัญชี</td><td>จำนวน ๒ แผ่น</td></tr></table>"
            ),
            ["สิ่งที่ส่งมาด้วย      ๑. แผนผัง      จำนวน ๑ แผ่น", "๒. บัญชี      จำนวน ๒ แผ่น"]
        );
    }

    #[test]
    fn stamps_and_lists_stay_tables() {
        assert_eq!(texts("| เลขรับ | ๑๒ |\n|---|---|\n| วันที่ | ๑ ม.ค. ๖๗ |"), ["#เลขรับ", "#๑๒", "#วันที่", "#๑ ม.ค. ๖๗"]);
        assert_eq!(texts("| ที่ | เรื่อง |\n|---|---|\n| ๑ | การทดลอง |"), ["#ที่", "#เรื่อง", "#๑", "#การทดลอง"]);
    }
}
