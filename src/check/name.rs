//! A signatory's name that has lost something. นาย, นาง and นางสาว are written close up ((นายสมมติ ตัวอย่างดี), so a blank there is most likely a
//! letter that a pen or a seal took: `signatory.name.torn`. Officials sign with a title or a rank; a rank stands outside the brackets, beside the
//! ink, and is lost first: `signatory.name.untitled`.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::Code;
use crate::thai::names;

use super::Check;
use super::finding::{Bundle, Finding};

pub const CHECK: Check = Check { id: "name", codes: &[&TORN, &UNTITLED], run: check };

const TORN: Code = Code::warning(
    "signatory.name.torn",
    "A blank stands between a title and its name, where none is written: a letter may be lost under pen or seal. Compare the name with the page.",
);
const UNTITLED: Code = Code::warning(
    "signatory.name.untitled",
    "The signatory has neither title nor rank. Look whether one stands on the page, and before the brackets.",
);

static SET_APART: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?:นาย|นางสาว|นาง)\s").expect("a constant pattern"));

fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, record) in bundle.records.iter().enumerate() {
        let Some(name) = record.signatory.as_ref().and_then(|signatory| signatory.name.as_deref()) else { continue };
        let doubts = [
            (
                is_torn(name),
                &TORN,
                format!("ชื่อผู้ลงนาม “{name}” เว้นวรรคหลังคำนำหน้า อาจขาดตัวอักษร"),
                format!("the name “{name}” has a blank behind its title: a letter may be missing"),
            ),
            (
                !names::begins_with_title(name),
                &UNTITLED,
                format!("ชื่อผู้ลงนาม “{name}” ไม่มีคำนำหน้าหรือยศ อาจอ่านขาด"),
                format!("the name “{name}” has neither title nor rank: one may be missing"),
            ),
        ];
        for (_, code, thai, english) in doubts.into_iter().filter(|(there, ..)| *there) {
            found.push(bundle.doubt(index, code, "/signatory/name", (thai, english)));
        }
    }
    found
}

fn is_torn(name: &str) -> bool {
    SET_APART.is_match(name)
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
