//! Every value of every letter: right, wrong, missing or made up.

use std::collections::BTreeSet;

use crate::document::record::{Evidence, Record, Signs};

use super::align::align;
use super::page;
use super::statement::{FIELDS, Statement, statements};
use super::truth::{TrueLetter, TrueSource};

/// One true letter beside the record that was found for it, or one of the two alone.
#[derive(Debug)]
pub struct Judged<'e> {
    /// Path of the scan.
    pub source: &'e str,
    pub truth: Option<&'e TrueLetter>,
    pub found: Option<&'e Record>,
    pub verdicts: Vec<Verdict>,
}

/// One value: true, found, or both.
#[derive(Debug, Clone)]
pub struct Verdict {
    pub field: &'static str,
    pub truth: Option<String>,
    pub found: Option<String>,
    /// Equal after normalization.
    pub right: bool,
    /// Equal, or at most one character in ten differs.
    pub near: bool,
    /// JSON pointer of the found value.
    pub pointer: Option<String>,
    /// Of the found value, 0–1.
    pub confidence: Option<f32>,
    pub rule: Option<String>,
    /// What the confidence is made of.
    pub signs: Option<Signs>,
    /// Page and boxes of the found value.
    pub place: Option<(u32, Vec<crate::document::Rect>)>,
    /// Rubber-stamped or handwritten on the paper.
    pub inked: bool,
}

impl Judged<'_> {
    /// Every value of the head right, none missing, none too many; running text does not count.
    pub fn wholly_right(&self) -> bool {
        self.truth.is_some() && self.found.is_some() && self.verdicts.iter().all(|v| v.right || v.field == super::statement::BODY)
    }
}

/// Pairs found records with true letters, source by source, and compares value by value.
pub fn judge<'e>(truth: &'e [TrueSource], records: &'e [Record]) -> Vec<Judged<'e>> {
    let mut judged = Vec::new();
    for source in truth {
        let first = records.iter().position(|record| record.source.path == source.path).unwrap_or(0);
        let found = &records[first..first + records[first..].iter().take_while(|record| record.source.path == source.path).count()];
        // Where someone noted a few letters of a scan, the others are there too.
        let all_known = source.letters.iter().all(|letter| letter.pages.is_some());
        for pair in align(&source.letters, found).into_iter().filter(|pair| all_known || pair.truth.is_some()) {
            let (letter, record) = (pair.truth.map(|index| &source.letters[index]), pair.found.map(|index| &found[index]));
            judged.push(Judged { source: &source.path, truth: letter, found: record, verdicts: verdicts(letter, record) });
        }
    }
    judged
}

fn verdicts(letter: Option<&TrueLetter>, record: Option<&Record>) -> Vec<Verdict> {
    let said = record.map(statements).unwrap_or_default();
    // What nobody asked for cannot be judged; a record that should not be there answers for all it says.
    let asked: BTreeSet<&str> = letter.map_or_else(|| FIELDS.iter().copied().collect(), |letter| letter.asked.iter().copied().collect());
    let mut verdicts = Vec::new();
    for field in FIELDS.iter().filter(|field| asked.contains(*field)) {
        let mut truths: Vec<&Statement> = letter.iter().flat_map(|letter| &letter.statements).filter(|s| s.field == *field).collect();
        let mut founds: Vec<&Statement> = said.iter().filter(|s| s.field == *field).collect();
        let mut pairs = Vec::new();
        founds.retain(|found| {
            let same = truths.iter().position(|truth| truth.text == found.text);
            same.map(|at| pairs.push((Some(truths.remove(at)), Some(*found)))).is_none()
        });
        let left = truths.len().max(founds.len());
        pairs.extend((0..left).map(|at| (truths.get(at).copied(), founds.get(at).copied())));
        verdicts.extend(pairs.into_iter().map(|(truth, found)| verdict(field, truth, found, letter, record)));
    }
    verdicts
}

fn verdict(
    field: &'static str,
    truth: Option<&Statement>,
    found: Option<&Statement>,
    letter: Option<&TrueLetter>,
    record: Option<&Record>,
) -> Verdict {
    let evidence = found.and_then(|found| evidence(record?, &found.pointer));
    let both = truth.zip(found);
    Verdict {
        field,
        truth: truth.map(|s| s.shown.clone()),
        found: found.map(|s| s.shown.clone()),
        right: both.is_some_and(|(truth, found)| truth.text == found.text),
        near: both.is_some_and(|(truth, found)| page::similarity(&truth.text, &found.text) >= 0.9),
        pointer: found.map(|s| s.pointer.clone()),
        confidence: evidence.map(|e| e.confidence),
        rule: evidence.map(|e| e.rule.clone()),
        signs: evidence.map(|e| e.signs),
        place: evidence.map(|e| (e.page, e.boxes.clone())),
        inked: letter.is_some_and(|letter| letter.inked.contains(field)),
    }
}

/// The evidence of a value, of its first part, or of what holds it.
fn evidence<'r>(record: &'r Record, pointer: &str) -> Option<&'r Evidence> {
    let mut place = pointer;
    loop {
        let parts = format!("{place}/");
        let exact = record.evidence.get(place);
        if let Some(found) =
            exact.or_else(|| record.evidence.range(parts.clone()..).next().filter(|(key, _)| key.starts_with(&parts)).map(|(_, e)| e))
        {
            return Some(found);
        }
        place = &place[..place.rfind('/').filter(|at| *at > 0)?];
    }
}

#[cfg(test)]
mod tests {
    use super::super::score::{Run, Share, score};
    use super::*;
    use crate::document::record::{Kind, RecordSource, Review};

    fn record(index: u32, subject: &str, recipients: &[&str]) -> Record {
        let source = RecordSource { path: "a.pdf".to_owned(), sha256: "x".to_owned(), page_count: 2, pages: vec![index], index, count: 2 };
        let recipients = recipients.iter().map(|name| (*name).to_owned()).collect();
        Record { subject: Some(subject.to_owned()), recipients, review: Review::Auto, ..Record::empty(source, Kind::Order) }
    }

    fn letter(record: &Record) -> TrueLetter {
        TrueLetter {
            pages: Some(record.source.pages.clone()),
            kind: Some(record.kind),
            statements: statements(record),
            asked: FIELDS.iter().copied().collect(),
            inked: BTreeSet::new(),
        }
    }

    fn truth(records: &[Record]) -> Vec<TrueSource> {
        vec![TrueSource { path: "a.pdf".to_owned(), letters: records.iter().map(letter).collect(), pages: Vec::new() }]
    }

    fn run() -> Run {
        let empty = String::new;
        Run {
            set: empty(),
            truth: empty(),
            engine: empty(),
            model: empty(),
            version: empty(),
            fingerprint: empty(),
            machine: empty(),
            pages_per_cpu_second: None,
        }
    }

    #[test]
    fn a_wrong_value_that_passes_is_a_silent_error() {
        let truth = truth(&[record(1, "เรื่องหนึ่ง", &["ก", "ข"]), record(2, "เรื่องสอง", &[])]);
        let found = [record(1, "เรื่องหนึ่ง", &["ข", "ค"]), record(2, "เรื่องสอง", &[])];
        let scores = score(run(), &judge(&truth, &found), &[]);
        assert_eq!((scores.letters, scores.silent_wrong, scores.silent_missing), (Share { part: 1, of: 2 }, 1, 0));
        let recipients = scores.fields.iter().find(|field| field.field == "recipients").unwrap();
        assert_eq!((recipients.right, recipients.found, recipients.support), (1, 2, 2));
        assert_eq!(scores.boundaries.right, 1);
    }

    #[test]
    fn a_letter_that_was_not_found_misses_every_value() {
        let truth = truth(&[record(1, "เรื่องหนึ่ง", &[]), record(2, "เรื่องสอง", &[])]);
        let found = [record(2, "เรื่องสอง", &[])];
        let judged = judge(&truth, &found);
        assert!(judged[0].found.is_none() && judged[1].wholly_right());
        assert!(judged[0].verdicts.iter().all(|verdict| verdict.found.is_none() && !verdict.right));
    }
}
