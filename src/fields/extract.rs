//! Runs the catalogue over a letter: every rule on every passage it looks at.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use regex::{Captures, Regex};

use crate::document::letter::Letter;
use crate::document::record::{Evidence, Kind, Record, RecordSource};
use crate::document::text::Reading;

use super::passage::{self, Passage, Piece, Place};
use super::{Field, Rule, Take, Value, evidence, pattern, settle};

/// Reads every field of a letter with the catalogue's rules. Compiled once, used for every letter.
pub struct Extractor {
    fields: &'static [&'static Field],
    by_place: HashMap<Place, Vec<Compiled>>,
}

struct Compiled {
    field: usize,
    rule: &'static Rule,
    pattern: Regex,
}

/// A rule whose pattern is no regular expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRule {
    pub rule: &'static str,
    pub why: String,
}

impl fmt::Display for BadRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule {}: cannot compile: {}", self.rule, self.why)
    }
}

/// A value in the running.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Index into the catalogue.
    pub field: usize,
    pub rule: &'static Rule,
    /// Index of the passage, and of the item within it.
    pub passage: usize,
    pub item: usize,
    /// Bytes of the passage's text: the value, and all that the rule matched.
    pub span: Range<usize>,
    pub matched: Range<usize>,
    pub value: Value,
    /// Rule × reader, 0–1.
    pub score: f32,
    pub evidence: Evidence,
    /// Read from another reading of the line than the reader's first.
    pub second_reading: bool,
}

impl Extractor {
    /// Compiles every rule; the error lists all that do not compile.
    pub fn new(fields: &'static [&'static Field]) -> Result<Self, Vec<BadRule>> {
        let mut by_place: HashMap<Place, Vec<Compiled>> = HashMap::new();
        let mut bad = Vec::new();
        for (field, rule) in fields.iter().enumerate().flat_map(|(at, field)| field.rules.iter().map(move |rule| (at, rule))) {
            let compiled = pattern::expand(rule.pattern).and_then(|text| Regex::new(&text).map_err(|error| error.to_string()));
            match compiled {
                Ok(pattern) => by_place.entry(rule.place).or_default().push(Compiled { field, rule, pattern }),
                Err(why) => bad.push(BadRule { rule: rule.id, why }),
            }
        }
        if bad.is_empty() { Ok(Extractor { fields, by_place }) } else { Err(bad) }
    }

    pub fn fields(&self) -> &'static [&'static Field] {
        self.fields
    }

    /// The record of one letter: values, evidence, and issues that reading itself raises.
    pub fn read(&self, letter: &Letter, source: RecordSource) -> Record {
        let mut record = Record::empty(source, letter.kind);
        settle::settle(self.fields, self.candidates(letter), letter, &mut record);
        record
    }

    /// All candidates of all rules, winners and losers, in reading order of their passages.
    pub fn candidates(&self, letter: &Letter) -> Vec<Candidate> {
        self.candidates_without(letter, None)
    }

    /// [`Self::candidates`] as if the rule with this id were not there: what a rule is worth.
    pub fn candidates_without(&self, letter: &Letter, without: Option<&str>) -> Vec<Candidate> {
        self.look_everywhere(letter, without).1
    }

    /// All passages of a letter, and what the rules find in them.
    pub(super) fn look_everywhere<'l>(&self, letter: &'l Letter, without: Option<&str>) -> (Vec<Passage<'l>>, Vec<Candidate>) {
        let mut passages = passage::passages(letter);
        if matches!(letter.kind, Kind::Form | Kind::Attachment) {
            passages.retain(|passage| passage.place == Place::Body);
        }
        let mut found = Vec::new();
        for (index, passage) in passages.iter().enumerate() {
            self.look(index, passage, without, &mut found);
        }
        self.look_again(&passages, without, &mut found);
        let number = found.iter().find(|one| self.fields[one.field].id == "number").map(|one| one.passage);
        let taken: Vec<_> = found.iter().filter(|one| !one.second_reading).map(|one| (one.passage, one.matched.clone())).collect();
        if let Some(letterhead) = passage::letterhead(letter.kind, &passages, number, &taken) {
            self.look(passages.len(), &letterhead, without, &mut found);
            passages.push(letterhead);
        }
        (passages, found)
    }

    fn look(&self, index: usize, passage: &Passage, without: Option<&str>, found: &mut Vec<Candidate>) {
        for compiled in self.by_place.get(&passage.place).into_iter().flatten() {
            if without == Some(compiled.rule.id) {
                continue;
            }
            match self.fields[compiled.field].take {
                Take::Best => found.extend(self.first(compiled, passage, index, 0, 0..passage.text.len())),
                Take::Items(split) => {
                    let behind_label = |range: Range<usize>| range.start + passage.label..range.end + passage.label;
                    let items =
                        passage.dashed().unwrap_or_else(|| split(&passage.text[passage.label..]).into_iter().map(behind_label).collect());
                    for (item, range) in items.into_iter().enumerate() {
                        found.extend(self.first(compiled, passage, index, item, range));
                    }
                }
                Take::Every => found.extend(self.every(compiled, passage, index)),
            }
        }
    }

    fn first(&self, compiled: &Compiled, passage: &Passage, index: usize, item: usize, range: Range<usize>) -> Option<Candidate> {
        let captures = compiled.pattern.captures(&passage.text[range.clone()])?;
        let value = (compiled.rule.value)(&captures)?;
        let (span, matched) = spans(&captures, range.start)?;
        Some(candidate(compiled, passage, (index, item), span, matched, value))
    }

    fn every(&self, compiled: &Compiled, passage: &Passage, index: usize) -> Vec<Candidate> {
        let matches = compiled.pattern.captures_iter(&passage.text);
        let finds = matches.enumerate().filter_map(|(item, captures)| {
            let value = (compiled.rule.value)(&captures)?;
            let (span, matched) = spans(&captures, 0)?;
            Some(candidate(compiled, passage, (index, item), span, matched, value))
        });
        finds.collect()
    }

    /// Where the first reading of a row gave no number or no date, tries the reader's other readings of it; so too for a stamp's number, date and
    /// time, and for the signatory's name. What they give is never taken silently.
    fn look_again(&self, passages: &[Passage], without: Option<&str>, found: &mut Vec<Candidate>) {
        for (index, passage) in passages.iter().enumerate() {
            let pieces = match passage.pieces.as_slice() {
                pieces if matches!(passage.place, Place::Stamp | Place::Closing) => pieces,
                [piece] => std::slice::from_ref(piece),
                _ => continue,
            };
            for compiled in self.by_place.get(&passage.place).into_iter().flatten() {
                if without == Some(compiled.rule.id) || !self.may_look_again(compiled, index, found) {
                    continue;
                }
                let readings = pieces.iter().flat_map(|piece| piece.line.alternatives.iter().map(move |reading| (piece, reading)));
                found.extend(readings.filter_map(|(piece, reading)| second(compiled, passage, index, piece, reading)));
            }
        }
    }

    /// Rows of a stamp or a signature tell little about each other: another reading of one counts where no first reading gave the part.
    fn may_look_again(&self, compiled: &Compiled, passage: usize, found: &[Candidate]) -> bool {
        let rule = compiled.rule;
        let wanted = match rule.place {
            Place::Stamp => &["number", "date", "time"][..],
            Place::Closing => &["name"],
            _ => return matches!(self.fields[compiled.field].id, "number" | "date"),
        };
        let read =
            |one: &Candidate| one.passage == passage && one.rule.part == rule.part && !one.second_reading && settle::makes_sense(one);
        wanted.contains(&rule.part) && !found.iter().any(read)
    }
}

/// What a rule makes of another reading of the line that `piece` lies on.
fn second(compiled: &Compiled, passage: &Passage, index: usize, piece: &Piece, reading: &Reading) -> Option<Candidate> {
    let captures = compiled.pattern.captures(reading.text.trim())?;
    let value = (compiled.rule.value)(&captures)?;
    let whole = piece.at..piece.at + piece.len;
    let mut other = candidate(compiled, passage, (index, 0), whole.clone(), whole, value);
    other.second_reading = true;
    other.evidence.confidence = reading.confidence * compiled.rule.score;
    // However sure of its letters, the reader put another reading first.
    other.evidence.signs.sure = reading.confidence * 0.5;
    // A second reading never beats a first one of the same rule.
    other.score = other.evidence.confidence * 0.5;
    Some(other)
}

/// The value's place and the whole match, in bytes of the passage.
fn spans(captures: &Captures, offset: usize) -> Option<(Range<usize>, Range<usize>)> {
    let whole = captures.get(0)?;
    let value = captures.name("value").unwrap_or(whole);
    Some((value.start() + offset..value.end() + offset, whole.start() + offset..whole.end() + offset))
}

fn candidate(
    compiled: &Compiled,
    passage: &Passage,
    (index, item): (usize, usize),
    span: Range<usize>,
    matched: Range<usize>,
    value: Value,
) -> Candidate {
    let mut evidence = evidence::of(passage, span.clone(), compiled.rule.id);
    // Running text is judged as a whole: a paragraph without one doubtful letter is rare.
    if compiled.rule.place != Place::Body {
        evidence.confidence = evidence.confidence.min(evidence::worst_letter(passage, span.clone()));
    }
    evidence.signs.sure = evidence.confidence;
    evidence.confidence = (evidence.confidence * compiled.rule.score).clamp(0.0, 1.0);
    Candidate {
        field: compiled.field,
        rule: compiled.rule,
        passage: index,
        item,
        span,
        matched,
        value,
        score: evidence.confidence,
        evidence,
        second_reading: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::letter::{Line, Zone};
    use crate::document::text::{Engine, Role};
    use crate::fields::FIELDS;

    fn line(number: u32, text: &str, engine: Engine, others: &[(&str, f32)]) -> Line {
        Line {
            number,
            text: text.to_owned(),
            raw: text.to_owned(),
            map: text.char_indices().map(|(at, c)| at..at + c.len_utf8()).collect(),
            engine,
            alternatives: others.iter().map(|(text, confidence)| Reading { text: (*text).to_owned(), confidence: *confidence }).collect(),
            ..Line::blank()
        }
    }

    fn record(lines: Vec<Line>) -> Record {
        read(lines.into_iter().map(|line| (Zone::Head, line)).collect())
    }

    fn read(lines: Vec<(Zone, Line)>) -> Record {
        let letter = Letter { kind: Kind::ExternalLetter, kind_confidence: 1.0, kind_rule: "test", pages: vec![1], lines, part_of: None };
        let source = RecordSource { path: String::new(), sha256: String::new(), page_count: 1, pages: vec![1], index: 1, count: 1 };
        Extractor::new(FIELDS).expect("the rules compile").read(&letter, source)
    }

    fn codes(record: &Record) -> Vec<&str> {
        record.issues.iter().map(|issue| issue.code.as_str()).collect()
    }

    #[test]
    fn another_reading_is_taken_only_when_the_first_makes_no_sense_and_is_said() {
        let record = record(vec![line(1, "ที่ พบ ๐๐๒๓.๗/ว ฃฅ", Engine::Network, &[("ที่ พบ ๐๐๒๓.๗/ว ๑๖๕", 0.7)])]);
        assert_eq!(record.number.as_ref().and_then(|number| number.serial.as_deref()), Some("165"));
        assert!(codes(&record).contains(&"number.second_reading"), "{:?}", codes(&record));
        assert!(record.evidence["/number"].confidence < 0.7);
    }

    #[test]
    fn a_day_that_no_calendar_has_gives_way_to_another_reading() {
        let record = record(vec![line(1, "๘๔ เมษายน ๒๕๖๗", Engine::Network, &[("๒๔ เมษายน ๒๕๖๗", 0.7)])]);
        assert_eq!(record.date.as_ref().and_then(|date| date.iso.as_deref()), Some("2024-04-24"));
        assert!(codes(&record).contains(&"date.second_reading"), "{:?}", codes(&record));
    }

    #[test]
    fn another_reading_of_a_stamps_row_is_taken_where_no_row_gave_its_part_and_is_said() {
        let stamp = [("เทศบาลตำบลจำลอง", vec![]), ("เลขรับ ๑๑๕", vec![("เลขรับ ๔๑๕", 0.9)]), ("เวลา ๑๐ (๐ น.", vec![("เวลา ๑๐.๔๐ น.", 0.6)])];
        let lines = stamp
            .iter()
            .zip(1..)
            .map(|((text, others), number)| (Zone::Stamp, Line { role: Role::Stamp(0), ..line(number, text, Engine::Network, others) }));
        let record = read(lines.collect());
        assert_eq!((record.receipts[0].number.as_deref(), record.receipts[0].time.as_deref()), (Some("115"), Some("10:40")));
        assert!(codes(&record).contains(&"receipts.second_reading"), "{:?}", codes(&record));
    }

    #[test]
    fn a_likely_other_reading_makes_the_first_uncertain() {
        let record = record(vec![line(1, "๑๖ มีนาคม ๒๕๖๔", Engine::Network, &[("๑๖ มีนาคม ๒๕๖๘", 0.8)])]);
        assert_eq!(record.date.as_ref().and_then(|date| date.iso.as_deref()), Some("2021-03-16"));
        assert_eq!(codes(&record), ["date.reading_uncertain"]);
        assert_eq!(record.evidence["/date"].alternatives, ["2025-03-16"]);
    }

    #[test]
    fn digits_of_an_engine_without_thai_numerals_are_never_sure() {
        let record = record(vec![line(1, "ที่ พบ ๐๐๒๓/ว ๑๒", Engine::Tesseract, &[]), line(2, "๑๑ มีนาคม ๒๕๒๐", Engine::Tesseract, &[])]);
        assert_eq!(codes(&record), ["digits.engine_cannot_read", "digits.engine_cannot_read"]);
    }

    #[test]
    fn two_numbers_of_the_same_worth_are_said() {
        let record = record(vec![line(1, "ที่ พบ ๐๐๒๓/ว ๑๒", Engine::Network, &[]), line(2, "ที่ พบ ๐๐๒๓/ว ๑๘", Engine::Network, &[])]);
        assert_eq!(codes(&record), ["number.ambiguous"]);
    }

    #[test]
    fn a_number_that_belongs_to_an_attachment_is_not_the_letters() {
        let record = record(vec![
            line(1, "เรื่อง การทดสอบ", Engine::Network, &[]),
            line(2, "สิ่งที่ส่งมาด้วย สำเนาหนังสือกรมตัวอย่าง", Engine::Network, &[]),
            line(3, "ที่ มท ๐๘๑๐/ว ๑๐๘๘ ลงวันที่ ๒๗ กันยายน ๒๕๖๗", Engine::Network, &[]),
        ]);
        assert_eq!((record.number, record.date), (None, None));
        assert_eq!(record.attachments[0].number.as_ref().map(|number| number.text.as_str()), Some("มท 0810/ว 1088"));
    }
}
