//! The letters of a number that no agency uses. Code: `number.unknown_code`.

use crate::document::record::Severity;
use crate::thai::agency;

use super::finding::{Bundle, Finding};

pub fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, record) in bundle.records.iter().enumerate() {
        let cited = record.references.iter().enumerate().map(|(at, item)| (format!("/references/{at}/number"), item.number.as_ref()));
        let attached = record.attachments.iter().enumerate().map(|(at, item)| (format!("/attachments/{at}/number"), item.number.as_ref()));
        let own = std::iter::once(("/number".to_owned(), record.number.as_ref()));
        for (pointer, number) in own.chain(cited).chain(attached) {
            let Some(code) = number.and_then(|number| number.code.as_deref()) else { continue };
            if agency::by_code(code).is_empty() {
                let (thai, english) = (format!("ไม่มีหน่วยงานใดใช้รหัส “{code}”"), format!("no agency is known to use the code “{code}”"));
                found.push(Finding::new(index, "number.unknown_code", Severity::Warning, thai, english).about(bundle.records, pointer));
            }
        }
    }
    found
}
