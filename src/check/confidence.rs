//! Values that are too likely wrong, all but the body's running text.
//!
//! Where the model's calibration speaks of the field, a confidence is the chance that the value is right and the threshold is the
//! calibration's; elsewhere both are the raw ones of [`threshold`].

use crate::document::Code;

use super::Check;
use super::finding::{Bundle, Finding};
use super::threshold;

pub const CHECK: Check = Check { id: "confidence", codes: &[&LOW], run: check };

pub const LOW: Code = Code::warning("confidence.low", "The value is too likely wrong to pass unseen. Compare it with the page.");

fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, record) in bundle.records.iter().enumerate() {
        for (pointer, evidence) in record.evidence.iter().filter(|(pointer, _)| !pointer.starts_with("/body")) {
            let measured = bundle.calibration.knows(bundle.letters.get(index), pointer, evidence);
            let least = if measured { bundle.calibration.threshold } else { raw_threshold(pointer) };
            if evidence.confidence < least {
                let sure = (evidence.confidence * 100.0).floor();
                let message = (format!("ความเชื่อมั่นเพียง {sure}%"), format!("its confidence is only {sure}%"));
                found.push(bundle.doubt(index, &LOW, pointer, message));
            }
        }
    }
    found
}

/// Numbers, dates and what stands in stamps are wrong by one digit.
fn raw_threshold(pointer: &str) -> f32 {
    let last = pointer.rsplit('/').next().unwrap_or_default();
    let header = matches!(last, "number" | "date") || pointer.starts_with("/receipts/");
    if header { threshold::HEADER } else { threshold::TEXT }
}
