//! Values that the reader itself was not sure of, all but the body's running text. Code: `confidence.low`.

use crate::document::letter::Letter;
use crate::document::record::{Evidence, Severity};
use crate::thai::digits::is_digit;

use super::finding::{Bundle, Finding};
use super::threshold;

pub fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, record) in bundle.records.iter().enumerate() {
        for (pointer, evidence) in &record.evidence {
            let header = is_header(pointer);
            if pointer.starts_with("/body") {
                continue;
            }
            let digit = if header { worst_digit(bundle.letters.get(index), evidence) } else { 1.0 };
            let least = if header { threshold::HEADER } else { threshold::TEXT };
            if evidence.confidence < least || digit < threshold::DIGIT {
                let sure = (evidence.confidence.min(digit) * 100.0).round();
                let (thai, english) = (format!("เครื่องอ่านมั่นใจเพียง {sure}%"), format!("the reader is only {sure}% sure"));
                found.push(Finding::new(index, "confidence.low", Severity::Warning, thai, english).about(bundle.records, pointer.clone()));
            }
        }
    }
    found
}

/// Numbers, dates and what stands in stamps: values that are wrong by one digit.
fn is_header(pointer: &str) -> bool {
    let last = pointer.rsplit('/').next().unwrap_or_default();
    matches!(last, "number" | "date") || pointer.starts_with("/receipts/")
}

/// The reader's doubt about the worst digit of the value; 1 where it has none of its own.
fn worst_digit(letter: Option<&Letter>, evidence: &Evidence) -> f32 {
    let lines = letter.map(|letter| letter.lines.as_slice()).unwrap_or_default();
    let Some((_, line)) = lines.iter().find(|(_, line)| line.page == evidence.page && line.number == evidence.line) else { return 1.0 };
    let first = evidence.raw.lines().next().unwrap_or_default();
    let Some(at) = line.raw.find(first) else { return 1.0 };
    line.worst_letter(&(at..at + first.len()), is_digit)
}
