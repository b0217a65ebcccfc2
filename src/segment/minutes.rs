//! Minutes (รายงานการประชุม): who came and who did not stands between the title and the text, and is no paragraph of it.

use super::row::Row;

/// How the text of minutes begins.
const BEGINNINGS: &[&str] = &["เริ่มประชุม", "เปิดประชุม", "ระเบียบวาระ", "วาระที่", "ประธานกล่าว", "ประธานในที่ประชุม", "เมื่อที่ประชุม", "เมื่อครบองค์ประชุม"];

/// The rows of the lists, from ผู้มาประชุม to the row before the text; None where either end is missing.
pub fn attendance(rows: &[Row]) -> Option<std::ops::Range<usize>> {
    let lists = |row: &Row| is_list(row.text());
    let first = rows.iter().position(lists)?;
    let text = rows[first..].iter().position(|row| BEGINNINGS.iter().any(|word| row.text().starts_with(word)))?;
    Some(first..first + text)
}

fn is_list(text: &str) -> bool {
    ["ผู้มาประชุม", "ผู้เข้าประชุม", "ผู้เข้าร่วมประชุม", "กรรมการผู้มาประชุม", "รายชื่อผู้มาประชุม", "ผู้ไม่มาประชุม"].iter().any(|word| text.starts_with(word))
}
