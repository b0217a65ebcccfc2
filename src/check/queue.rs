//! In which order records are best looked at: where most is likely wrong first.

use crate::document::record::{Record, Review, Severity};

use super::LOW_CONFIDENCE;

/// A doubt that is no low confidence is as likely right as not.
const DOUBT: f32 = 0.5;

/// About how many values of a record are wrong or missing: what its values lack in confidence, and its other doubts. Running text does not
/// count, and an entry with its number, date and copies counts once.
pub fn expected_wrong(record: &Record) -> f32 {
    let head = record.evidence.iter().filter(|(pointer, _)| !pointer.starts_with("/body") && !is_part(record, pointer));
    let lacking: f32 = head.map(|(_, evidence)| 1.0 - evidence.confidence).sum();
    let doubts = record.issues.iter().filter(|issue| issue.severity >= Severity::Warning && issue.code != LOW_CONFIDENCE.id).count();
    lacking + DOUBT * doubts as f32
}

/// Whether the value at a JSON pointer is a part of another that was read in the same place.
pub fn is_part(record: &Record, pointer: &str) -> bool {
    pointer.rsplit_once('/').is_some_and(|(holder, _)| record.evidence.contains_key(holder))
}

/// Sorts by it: what needs review before what does not, then by [`expected_wrong`]. Lower comes first.
pub fn place(record: &Record) -> (bool, std::cmp::Reverse<u32>) {
    let thousandths = (expected_wrong(record) * 1000.0) as u32;
    (record.review == Review::Auto, std::cmp::Reverse(thousandths))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::record::{Evidence, Issue, Kind, RecordSource, Signs};

    fn record(review: Review, confidences: &[f32], doubts: usize) -> Record {
        let source = RecordSource { path: String::new(), sha256: String::new(), page_count: 1, pages: vec![1], index: 1, count: 1 };
        let mut record = Record { review, ..Record::empty(source, Kind::Order) };
        for (index, confidence) in confidences.iter().enumerate() {
            let evidence = Evidence {
                page: 1,
                boxes: Vec::new(),
                line: 1,
                raw: String::new(),
                confidence: *confidence,
                rule: String::new(),
                alternatives: Vec::new(),
                signs: Signs::default(),
            };
            record.evidence.insert(format!("/recipients/{index}"), evidence);
        }
        let doubt = Issue {
            code: "date.missing".to_owned(),
            severity: Severity::Warning,
            field: None,
            message: String::new(),
            message_en: String::new(),
            evidence: Vec::new(),
        };
        record.issues = vec![doubt; doubts];
        record
    }

    #[test]
    fn most_likely_wrong_comes_first_and_what_passed_comes_last() {
        let (passed, sure) = (record(Review::Auto, &[0.2, 0.2], 0), record(Review::Needed, &[0.99], 1));
        let (doubtful, worst) = (record(Review::Needed, &[0.9, 0.3], 0), record(Review::Needed, &[0.9, 0.3], 1));
        let mut order = [&passed, &sure, &doubtful, &worst];
        order.sort_by_key(|record| place(record));
        assert!(order.iter().zip([&worst, &doubtful, &sure, &passed]).all(|(is, wanted)| std::ptr::eq(*is, wanted)));
    }
}
