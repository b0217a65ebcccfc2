//! What a check says: one issue of one record.

use crate::document::letter::{Letter, ReadPage};
use crate::document::record::{Evidence, Issue, Record, Severity};
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

impl Finding {
    /// A doubt without evidence yet; `thai` is for the clerk, `english` says the same.
    pub fn new(record: usize, code: &str, severity: Severity, thai: impl Into<String>, english: impl Into<String>) -> Self {
        let issue =
            Issue { code: code.to_owned(), severity, field: None, message: thai.into(), message_en: english.into(), evidence: Vec::new() };
        Finding { record, issue }
    }

    /// Names the value in doubt (a JSON pointer) and takes along where it was read.
    pub fn about(mut self, records: &[Record], pointer: impl Into<String>) -> Self {
        let pointer = pointer.into();
        self.issue.evidence.extend(evidence(records, self.record, &pointer));
        self.issue.field = Some(pointer);
        self
    }

    /// Adds where another value was read that speaks for or against this one.
    pub fn see(mut self, records: &[Record], record: usize, pointer: &str) -> Self {
        self.issue.evidence.extend(evidence(records, record, pointer));
        self
    }
}

/// The evidence of a value, or of the nearest value that holds it.
pub fn evidence(records: &[Record], record: usize, pointer: &str) -> Option<Evidence> {
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
