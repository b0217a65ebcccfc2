//! Opening and closing words that the regulation does not put together.
//!
//! Clerks rarely get this wrong, readers often do: a misread word of either shows here.

use crate::document::Code;
use crate::document::record::{Kind, Record};

use super::Check;
use super::finding::{Bundle, Finding};

pub const CHECK: Check = Check { id: "closing", codes: &[&CONFLICTS_WITH_SALUTATION], run: check };

const CONFLICTS_WITH_SALUTATION: Code = Code::warning(
    "closing.conflicts_with_salutation",
    "Opening and closing words do not go together by the regulation. Most likely one of them is misread: compare both with the page.",
);

/// Opening words and how their closing must begin (regulation, annex on forms of address).
const PAIRS: &[(&str, &[&str])] = &[
    ("ขอประทานกราบทูล", &["ควรมิควร"]),
    ("กราบทูล", &["ควรมิควร"]),
    ("กราบนมัสการ", &["ขอนมัสการ"]),
    ("นมัสการ", &["ขอนมัสการ"]),
    ("กราบเรียน", &["ขอแสดงความนับถืออย่างยิ่ง"]),
];

fn check(bundle: &Bundle) -> Vec<Finding> {
    let letters = bundle.records.iter().enumerate().filter(|(_, record)| record.kind == Kind::ExternalLetter);
    letters.filter(|(_, record)| conflicts(record)).map(|(index, record)| finding(bundle, index, record)).collect()
}

fn conflicts(record: &Record) -> bool {
    let (Some(opening), Some(closing)) = (&record.salutation, &record.closing) else { return false };
    let closing: String = closing.split_whitespace().collect();
    match PAIRS.iter().find(|(word, _)| opening == word) {
        Some((_, closings)) => !closings.iter().any(|begin| closing.starts_with(begin)),
        // Everyone else; "อย่างยิ่ง" is for those who are greeted with กราบเรียน.
        None => opening == "เรียน" && (!closing.starts_with("ขอแสดงความนับถือ") || closing.ends_with("อย่างยิ่ง")),
    }
}

fn finding(bundle: &Bundle, index: usize, record: &Record) -> Finding {
    let (opening, closing) = (record.salutation.as_deref().unwrap_or_default(), record.closing.as_deref().unwrap_or_default());
    let message = (
        format!("คำขึ้นต้น “{opening}” ไม่เข้ากับคำลงท้าย “{closing}”"),
        format!("the opening “{opening}” does not go with the closing “{closing}”"),
    );
    bundle.doubt(index, &CONFLICTS_WITH_SALUTATION, "/closing", message).see(bundle, index, "/salutation")
}
