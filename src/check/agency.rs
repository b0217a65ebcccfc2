//! The letters of a number that no agency uses.

use crate::document::Code;
use crate::thai::agency;

use super::Check;
use super::finding::{Bundle, Finding};

pub const CHECK: Check = Check { id: "agency", codes: &[&UNKNOWN_CODE], run: check };

const UNKNOWN_CODE: Code = Code::warning(
    "number.unknown_code",
    "No agency is known to use the letters of this number. Compare them with the page; if they are right, nothing is wrong.",
);

fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, record) in bundle.records.iter().enumerate() {
        let cited = record.references.iter().enumerate().map(|(at, item)| (format!("/references/{at}/number"), item.number.as_ref()));
        let attached = record.attachments.iter().enumerate().map(|(at, item)| (format!("/attachments/{at}/number"), item.number.as_ref()));
        let own = std::iter::once(("/number".to_owned(), record.number.as_ref()));
        for (pointer, number) in own.chain(cited).chain(attached) {
            let Some(code) = number.and_then(|number| number.code.as_deref()) else { continue };
            if agency::by_code(code).is_empty() {
                let (thai, english) = (format!("ไม่มีหน่วยงานใดใช้รหัส “{code}”"), format!("no agency is known to use the code “{code}”"));
                found.push(bundle.doubt(index, &UNKNOWN_CODE, pointer, (thai, english)));
            }
        }
    }
    found
}
