//! A signatory's name that has lost something. นาย, นาง and นางสาว are written close up ((นายสมมติ ตัวอย่างดี), so a blank there is most likely a
//! letter that a pen or a seal took: `signatory.name.torn`. Officials sign with a title or a rank; a rank stands outside the brackets, beside the
//! ink, and is lost first: `signatory.name.untitled`.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::record::Severity;
use crate::thai::names;

use super::finding::{Bundle, Finding};

static TORN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?:นาย|นางสาว|นาง)\s").expect("a constant pattern"));

pub fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, record) in bundle.records.iter().enumerate() {
        let Some(name) = record.signatory.as_ref().and_then(|signatory| signatory.name.as_deref()) else { continue };
        let doubts = [
            (
                is_torn(name),
                "signatory.name.torn",
                format!("ชื่อผู้ลงนาม “{name}” เว้นวรรคหลังคำนำหน้า อาจขาดตัวอักษร"),
                format!("the name “{name}” has a blank behind its title: a letter may be missing"),
            ),
            (
                !names::begins_with_title(name),
                "signatory.name.untitled",
                format!("ชื่อผู้ลงนาม “{name}” ไม่มีคำนำหน้าหรือยศ อาจอ่านขาด"),
                format!("the name “{name}” has neither title nor rank: one may be missing"),
            ),
        ];
        for (_, code, thai, english) in doubts.into_iter().filter(|(there, ..)| *there) {
            found.push(Finding::new(index, code, Severity::Warning, thai, english).about(bundle.records, "/signatory/name"));
        }
    }
    found
}

fn is_torn(name: &str) -> bool {
    TORN.is_match(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stands_close_to_its_name() {
        assert!(is_torn("นาย มมติ ตัวอย่างดี") && is_torn("นางสาว มใจ ตัวอย่าง"));
        assert!(!is_torn("นายสมมติ ตัวอย่างดี") && !is_torn("พ.ท. ทดลอง ส่งของ") && !is_torn("นางสาวสมใจ ตัวอย่าง"));
    }
}
