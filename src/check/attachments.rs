//! Attachments and references that the text counts and the lists lack.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::Code;
use crate::document::record::{Kind, Record};
use crate::thai::digits;

use super::Check;
use super::finding::{Bundle, Finding};

pub const CHECK: Check = Check { id: "attachments", codes: &[&NOT_LISTED, &FEWER_THAN_CITED, &GAP, &REFERENCE_NOT_LISTED], run: check };

const NOT_LISTED: Code =
    Code::warning("attachments.not_listed", "The text speaks of attachments and the list is empty. Look whether the letter has a list.");
const FEWER_THAN_CITED: Code = Code::warning(
    "attachments.fewer_than_cited",
    "The text cites an attachment by a number that the list does not reach. Look whether an entry is missing.",
);
const GAP: Code = Code::warning(
    "attachments.gap",
    "The attachments do not count from 1 without a gap: an entry is missing, run together or misread. Compare the list with the page.",
);
const REFERENCE_NOT_LISTED: Code = Code::warning(
    "references.not_listed",
    "The text speaks of a letter referred to and none is listed. Look whether the letter has a row อ้างถึง.",
);

/// `สิ่งที่ส่งมาด้วย ๑ และ ๒`, `สิ่งที่ส่งมาด้วย ๑ - ๓`, `สิ่งที่ส่งมาด้วยลำดับที่ ๓`.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"สิ่งที่ส่งมาด้วย\s?(?:ลำดับที่|ที่|หมายเลข)?\s?([0-9๐-๙]{1,2}(?:\s?(?:,|และ|-|–|ถึง)\s?[0-9๐-๙]{1,2})*)(?:[^0-9๐-๙./]|$)")
        .expect("a constant pattern")
});

fn check(bundle: &Bundle) -> Vec<Finding> {
    let letters = bundle.records.iter().enumerate().filter(|(_, record)| matches!(record.kind, Kind::ExternalLetter | Kind::InternalMemo));
    letters.flat_map(|(index, record)| of_record(bundle, index, record)).collect()
}

fn of_record(bundle: &Bundle, index: usize, record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    let says = |words: &str| record.body.iter().any(|paragraph| paragraph.contains(words));
    let listed = record.attachments.len() as u32;
    let cited = record.body.iter().filter_map(|paragraph| highest(paragraph)).max().unwrap_or(0);
    if listed == 0 && says("สิ่งที่ส่งมาด้วย") {
        let (thai, english) = ("ข้อความกล่าวถึงสิ่งที่ส่งมาด้วย แต่ไม่พบรายการ", "the text speaks of attachments, and none is listed");
        found.push(bundle.doubt(index, &NOT_LISTED, "/attachments", (thai, english)));
    } else if cited > listed {
        let (thai, english) = (
            format!("ข้อความอ้างสิ่งที่ส่งมาด้วยถึงลำดับ {cited} แต่พบ {listed} รายการ"),
            format!("the text cites attachment {cited}, the list has {listed}"),
        );
        found.push(bundle.doubt(index, &FEWER_THAN_CITED, "/attachments", (thai, english)));
    }
    if record.references.is_empty() && says("หนังสือที่อ้างถึง") {
        let (thai, english) = ("ข้อความกล่าวถึงหนังสือที่อ้างถึง แต่ไม่พบรายการ", "the text speaks of a letter referred to, and none is listed");
        found.push(bundle.doubt(index, &REFERENCE_NOT_LISTED, "/references", (thai, english)));
    }
    found.extend(gap(bundle, index, record));
    found
}

/// Ordinals that do not count from 1 without a gap.
fn gap(bundle: &Bundle, index: usize, record: &Record) -> Option<Finding> {
    let ordinals: Vec<u32> = record.attachments.iter().filter_map(|attachment| attachment.ordinal).collect();
    let at = ordinals.iter().zip(1..).position(|(ordinal, expected)| *ordinal != expected)?;
    let message = ("ลำดับของสิ่งที่ส่งมาด้วยไม่ต่อเนื่อง", "the attachments are not numbered without a gap");
    Some(bundle.doubt(index, &GAP, format!("/attachments/{at}"), message))
}

/// The highest attachment that a paragraph cites by its number.
fn highest(paragraph: &str) -> Option<u32> {
    let counted = COUNTED.captures_iter(paragraph).filter_map(|found| found.get(1));
    counted.flat_map(|numbers| numbers.as_str().split(|char| !digits::is_digit(char)).filter_map(digits::number)).max()
}

#[cfg(test)]
mod tests {
    use super::highest;

    #[test]
    fn the_highest_cited_attachment_counts() {
        assert_eq!(highest("รายละเอียดตามสิ่งที่ส่งมาด้วย ๑ และ ๓ แล้ว"), Some(3));
        assert_eq!(highest("ปรากฏตามสิ่งที่ส่งมาด้วย 1-4"), Some(4));
        assert_eq!(highest("ปรากฏตามสิ่งที่ส่งมาด้วย ทั้งนี้ ภายในวันที่ ๕"), None);
    }
}
