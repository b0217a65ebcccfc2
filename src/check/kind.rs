//! Documents whose kind is a guess.

use crate::document::Code;
use crate::document::record::Kind;

use super::Check;
use super::finding::{Bundle, Finding};
use super::threshold;

pub const CHECK: Check = Check { id: "kind", codes: &[&UNKNOWN, &UNCERTAIN], run: check };

const UNKNOWN: Code = Code::warning(
    "kind.unknown",
    "No rule tells what kind of document this is, so its values may be read by the wrong rules. Look what it is.",
);
const UNCERTAIN: Code =
    Code::warning("kind.uncertain", "The kind of document is a guess by a weak rule. Look whether the record's kind is right.");

fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, letter) in bundle.letters.iter().enumerate() {
        let rule = letter.kind_rule;
        if letter.kind == Kind::Other {
            let message = ("ไม่ทราบชนิดของเอกสาร", "no rule tells what kind of document this is");
            found.push(bundle.remark(index, &UNKNOWN, message));
        } else if letter.kind_confidence < threshold::KIND {
            let message = (format!("ชนิดของเอกสารไม่แน่นอน ({rule})"), format!("the kind of document is uncertain ({rule})"));
            found.push(bundle.remark(index, &UNCERTAIN, message));
        }
    }
    found
}
