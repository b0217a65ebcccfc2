//! A blank between a signatory's title and name. นาย, นาง and นางสาว are written close up ((นายสมมติ ตัวอย่างดี), so a blank
//! there is most likely a letter that a pen or a seal took. Code: `signatory.name.torn`.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::record::Severity;

use super::finding::{Bundle, Finding};

static TORN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?:นาย|นางสาว|นาง)\s").expect("a constant pattern"));

pub fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, record) in bundle.records.iter().enumerate() {
        let Some(name) = record.signatory.as_ref().and_then(|signatory| signatory.name.as_deref()) else { continue };
        if is_torn(name) {
            let (thai, english) = (
                format!("ชื่อผู้ลงนาม “{name}” เว้นวรรคหลังคำนำหน้า อาจขาดตัวอักษร"),
                format!("the name “{name}” has a blank behind its title: a letter may be missing"),
            );
            found.push(
                Finding::new(index, "signatory.name.torn", Severity::Warning, thai, english).about(bundle.records, "/signatory/name"),
            );
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
