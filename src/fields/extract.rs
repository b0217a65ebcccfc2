//! Runs the catalogue over a letter: every rule on every passage it looks at.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use regex::{Captures, Regex};

use crate::document::letter::Letter;
use crate::document::record::{Evidence, Kind, Record, RecordSource};

use super::passage::{self, Passage, Place};
use super::{FIELDS, Field, Rule, Take, Value, evidence, pattern, settle};

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

impl Default for Extractor {
    /// The extractor of [`FIELDS`].
    fn default() -> Self {
        Extractor::new(FIELDS).unwrap_or_else(|bad| panic!("the catalogue's own patterns compile, see the tests: {}", bad[0]))
    }
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
        let mut passages = passage::passages(letter);
        if matches!(letter.kind, Kind::Form | Kind::Attachment) {
            passages.retain(|passage| passage.place == Place::Body);
        }
        let mut found = Vec::new();
        for (index, passage) in passages.iter().enumerate() {
            self.look(index, passage, without, &mut found);
        }
        self.look_again(&passages, without, &mut found);
        let taken: Vec<_> = found.iter().filter(|one| !one.second_reading).map(|one| (one.passage, one.matched.clone())).collect();
        if let Some(letterhead) = passage::letterhead(letter.kind, &passages, &taken) {
            self.look(passages.len(), &letterhead, without, &mut found);
        }
        found
    }

    fn look(&self, index: usize, passage: &Passage, without: Option<&str>, found: &mut Vec<Candidate>) {
        for compiled in self.by_place.get(&passage.place).into_iter().flatten() {
            if without == Some(compiled.rule.id) {
                continue;
            }
            match self.fields[compiled.field].take {
                Take::Best => found.extend(self.first(compiled, passage, index, 0, 0..passage.text.len())),
                Take::Items(split) => {
                    for (item, range) in split(&passage.text[passage.label..]).into_iter().enumerate() {
                        let range = range.start + passage.label..range.end + passage.label;
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

    /// Where the first reading of a row gave no number or no date, tries the reader's other readings of it. What they give is never taken silently.
    fn look_again(&self, passages: &[Passage], without: Option<&str>, found: &mut Vec<Candidate>) {
        for (index, passage) in passages.iter().enumerate() {
            let [piece] = passage.pieces.as_slice() else { continue };
            if piece.line.alternatives.is_empty() {
                continue;
            }
            for compiled in self.by_place.get(&passage.place).into_iter().flatten() {
                let field = self.fields[compiled.field];
                if !matches!(field.id, "number" | "date") || without == Some(compiled.rule.id) {
                    continue;
                }
                for reading in &piece.line.alternatives {
                    let Some(value) = compiled.pattern.captures(reading.text.trim()).and_then(|captures| (compiled.rule.value)(&captures))
                    else {
                        continue;
                    };
                    let whole = 0..passage.text.len();
                    let mut other = candidate(compiled, passage, (index, 0), whole.clone(), whole, value);
                    other.second_reading = true;
                    other.evidence.confidence = reading.confidence * compiled.rule.score;
                    // A second reading never beats a first one of the same rule.
                    other.score = other.evidence.confidence * 0.5;
                    found.push(other);
                }
            }
        }
    }
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
    if matches!(value, Value::Number(_) | Value::Date(_)) {
        evidence.confidence = evidence.confidence.min(evidence::worst_digit(passage, span.clone()));
    }
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
