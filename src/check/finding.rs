//! What a check says: one issue of one record.

use crate::document::Code;
use crate::document::letter::{Letter, ReadPage};
use crate::document::record::{Evidence, Issue, Record};
use crate::document::source::PageFailure;

use super::calibration::Calibration;

/// The records of one bundle with what they were read from. `records` and `letters` go in step.
pub struct Bundle<'b> {
    pub records: &'b [Record],
    pub letters: &'b [Letter],
    pub pages: &'b [ReadPage],
    pub failures: &'b [&'b PageFailure],
    pub calibration: &'b Calibration,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Index of the record in its bundle.
    pub record: usize,
    pub issue: Issue,
}

impl Bundle<'_> {
    /// A doubt about a record as a whole; `thai` is for the clerk, `english` says the same.
    pub fn remark(&self, record: usize, code: &Code, message: (impl Into<String>, impl Into<String>)) -> Finding {
        Finding { record, issue: code.issue("", message, Vec::new()) }
    }

    /// A doubt about the value at a JSON pointer, with where it was read.
    pub fn doubt(&self, record: usize, code: &Code, pointer: impl AsRef<str>, message: (impl Into<String>, impl Into<String>)) -> Finding {
        let evidence = evidence(self.records, record, pointer.as_ref());
        Finding { record, issue: code.issue(pointer.as_ref(), message, evidence.into_iter().collect()) }
    }
}

impl Finding {
    /// Adds where another value was read that speaks for or against this one.
    pub fn see(mut self, bundle: &Bundle, record: usize, pointer: &str) -> Self {
        self.issue.evidence.extend(evidence(bundle.records, record, pointer));
        self
    }
}

/// The evidence of a value, or of the nearest value that holds it.
fn evidence(records: &[Record], record: usize, pointer: &str) -> Option<Evidence> {
    let mut pointer = pointer;
    loop {
        if let Some(evidence) = records.get(record)?.evidence.get(pointer) {
            return Some(evidence.clone());
        }
        pointer = &pointer[..pointer.rfind('/').filter(|at| *at > 0)?];
    }
}

/// `ฉบับที่ 2`, `letter 2`: how a message names another record of the file.
pub fn named(records: &[Record], record: usize) -> (String, String) {
    let index = records.get(record).map_or(0, |record| record.source.index);
    (format!("ฉบับที่ {index}"), format!("letter {index}"))
}
