//! Documents whose kind is a guess. Codes: `kind.unknown`, `kind.uncertain`.

use crate::document::record::{Kind, Severity};

use super::finding::{Bundle, Finding};
use super::threshold;

pub fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, letter) in bundle.letters.iter().enumerate() {
        let rule = letter.kind_rule;
        if letter.kind == Kind::Other {
            let (thai, english) = ("ไม่ทราบชนิดของเอกสาร", "no rule tells what kind of document this is");
            found.push(Finding::new(index, "kind.unknown", Severity::Warning, thai, english));
        } else if letter.kind_confidence < threshold::KIND {
            let (thai, english) = (format!("ชนิดของเอกสารไม่แน่นอน ({rule})"), format!("the kind of document is uncertain ({rule})"));
            found.push(Finding::new(index, "kind.uncertain", Severity::Warning, thai, english));
        }
    }
    found
}
