//! The laws that every field keeps. Run by the tests and by `saraban rules check`.
//!
//! 1. Each `Reads` or `Scan` gives exactly that value, with a place on the page; each `Ignores` gives none.
//! 2. The same holds with digits swapped ๐⇄0, blanks doubled, ำ decomposed and, where a rule looks at lines, an unrelated line above.
//! 3. No field claims another field's example.
//! 4. Every rule earns its place: without it an example fails.
//! 5. Every span maps back to the raw text.

use std::collections::BTreeSet;
use std::fmt;

use crate::document::letter::{Letter, Line, Zone};
use crate::document::record::Kind;
use crate::thai::digits;

use super::extract::{Candidate, Extractor};
use super::label::Label;
use super::passage::Place;
use super::{Example, Field};

/// A law that a field or rule breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Field or rule.
    pub place: String,
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// Checks every field and rule. `read` makes a line of a text as the pipeline's repairs do.
pub fn check(extractor: &Extractor, read: &dyn Fn(&str) -> Line) -> Vec<Violation> {
    let corpus = Corpus { extractor, read };
    let mut broken = ids(extractor);
    for (index, field) in extractor.fields().iter().enumerate() {
        for example in field.examples {
            corpus.example(index, field, example, &mut broken);
        }
        corpus.worth(index, field, &mut broken);
    }
    broken
}

/// Ids are unique, and a rule's begins with its field's.
fn ids(extractor: &Extractor) -> Vec<Violation> {
    let mut seen = BTreeSet::new();
    let mut broken = Vec::new();
    for field in extractor.fields() {
        for rule in field.rules {
            if !seen.insert(rule.id) {
                broken.push(Violation { place: rule.id.to_owned(), what: "two rules have this id".to_owned() });
            }
            if !rule.id.starts_with(&format!("{}.", field.id)) {
                broken.push(Violation { place: rule.id.to_owned(), what: format!("does not begin with {}.", field.id) });
            }
            if !(rule.score > 0.0 && rule.score <= 1.0) {
                broken.push(Violation { place: rule.id.to_owned(), what: "its score is not between 0 and 1".to_owned() });
            }
        }
    }
    broken
}

struct Corpus<'c> {
    extractor: &'c Extractor,
    read: &'c dyn Fn(&str) -> Line,
}

/// Where a text can stand so that a rule looks at it.
fn stage(place: Place) -> (Zone, Kind) {
    match place {
        Place::Row | Place::Letterhead => (Zone::Head, Kind::ExternalLetter),
        Place::MemoRow => (Zone::Head, Kind::InternalMemo),
        Place::TitledRow => (Zone::Head, Kind::Order),
        Place::Labelled(Label::Unit) => (Zone::Head, Kind::InternalMemo),
        Place::Labelled(Label::Title) => (Zone::Head, Kind::Order),
        Place::Labelled(Label::Subject | Label::References | Label::Attachments) => (Zone::Head, Kind::ExternalLetter),
        Place::Labelled(Label::Salutation) => (Zone::Head, Kind::InternalMemo),
        Place::Labelled(_) => (Zone::Head, Kind::MessageForm),
        Place::Body => (Zone::Body, Kind::ExternalLetter),
        Place::Closing => (Zone::Closing, Kind::ExternalLetter),
        Place::Footer => (Zone::Footer, Kind::ExternalLetter),
        Place::Ending => (Zone::Closing, Kind::Order),
        Place::Seal => (Zone::Closing, Kind::StampedLetter),
        Place::Stamp => (Zone::Stamp, Kind::ExternalLetter),
    }
}

/// Where an example is tried: in its own place, or wherever the field's rules look.
fn stages(field: &Field, example: &Example) -> Vec<(Zone, Kind)> {
    let places: Vec<Place> = example.place.map_or_else(|| field.rules.iter().map(|rule| rule.place).collect(), |place| vec![place]);
    let mut all = Vec::new();
    for stage in places.into_iter().map(stage) {
        if !all.contains(&stage) {
            all.push(stage);
        }
    }
    all
}

impl Corpus<'_> {
    fn letter(&self, text: &str, (zone, kind): (Zone, Kind)) -> Letter {
        let lines = text.split('\n').enumerate().map(|(at, text)| {
            let mut line = (self.read)(text);
            line.number = at as u32 + 1;
            line.starts_block = at == 0;
            (zone, line)
        });
        Letter { kind, kind_confidence: 1.0, kind_rule: "corpus", pages: vec![1], lines: lines.collect(), part_of: None }
    }

    fn example(&self, index: usize, field: &Field, example: &Example, broken: &mut Vec<Violation>) {
        for (name, text) in variants(field, example.text) {
            let mut agreed = false;
            for stage in stages(field, example) {
                let letter = self.letter(&text, stage);
                let candidates = self.extractor.candidates(&letter);
                if let Err(what) = self.judge(index, example, &candidates, &mut agreed) {
                    broken.push(Violation { place: field.id.to_owned(), what: format!("“{text}” ({name}): {what}") });
                }
                self.spans(field, &candidates, broken);
                if name == "as written" {
                    self.strangers(index, field, &text, &candidates, broken);
                }
            }
            if !agreed && example.value.is_some() {
                broken.push(Violation { place: field.id.to_owned(), what: format!("“{text}” ({name}): nothing read") });
            }
        }
    }

    /// Law 1: the winner of the field's finds is the expected value.
    fn judge(&self, index: usize, example: &Example, candidates: &[Candidate], agreed: &mut bool) -> Result<(), String> {
        let own: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.field == index).collect();
        let Some(value) = example.value else {
            return own.first().map_or(Ok(()), |found| Err(format!("{} reads “{}”", found.rule.id, found.value.display())));
        };
        let expected = value().essence();
        let mut parts: Vec<&str> = own.iter().map(|candidate| candidate.rule.part).collect();
        parts.sort_unstable();
        parts.dedup();
        parts.retain(|part| example.part.is_none_or(|asked| asked == *part));
        for part in parts {
            let Some(best) = own.iter().filter(|one| one.rule.part == part).max_by(|a, b| a.score.total_cmp(&b.score)) else { continue };
            let read = best.value.essence();
            if read != expected {
                return Err(format!("{} reads “{read}” instead of “{expected}”", best.rule.id));
            }
            *agreed = true;
        }
        Ok(())
    }

    /// Law 3.
    fn strangers(&self, index: usize, field: &Field, text: &str, candidates: &[Candidate], broken: &mut Vec<Violation>) {
        let own_reads = candidates.iter().any(|candidate| candidate.field == index);
        for candidate in candidates.iter().filter(|candidate| candidate.field != index && own_reads) {
            let other = self.extractor.fields()[candidate.field];
            if !companions(field.id, other.id) {
                broken.push(Violation {
                    place: field.id.to_owned(),
                    what: format!("“{text}” is also claimed by {} as “{}”", candidate.rule.id, candidate.value.display()),
                });
            }
        }
    }

    /// Law 5.
    fn spans(&self, field: &Field, candidates: &[Candidate], broken: &mut Vec<Violation>) {
        for candidate in candidates {
            if candidate.evidence.raw.is_empty() || candidate.evidence.line == 0 {
                broken.push(Violation { place: field.id.to_owned(), what: format!("{} has no place on the page", candidate.rule.id) });
            }
        }
    }

    /// Law 4.
    fn worth(&self, index: usize, field: &Field, broken: &mut Vec<Violation>) {
        for rule in field.rules {
            let needed = field.examples.iter().filter(|example| example.value.is_some()).any(|example| {
                stages(field, example).into_iter().any(|stage| {
                    let letter = self.letter(example.text, stage);
                    let best = |without| best_of(self.extractor.candidates_without(&letter, without), index);
                    best(None) != best(Some(rule.id))
                })
            });
            if !needed {
                broken.push(Violation { place: rule.id.to_owned(), what: "no example needs this rule".to_owned() });
            }
        }
    }
}

fn best_of(candidates: Vec<Candidate>, field: usize) -> Vec<(&'static str, String)> {
    let mut best: Vec<(&'static str, f32, String)> = Vec::new();
    for candidate in candidates.into_iter().filter(|candidate| candidate.field == field) {
        match best.iter_mut().find(|(part, ..)| *part == candidate.rule.part) {
            Some(known) if known.1 >= candidate.score => {}
            Some(known) => *known = (candidate.rule.part, candidate.score, candidate.value.essence()),
            None => best.push((candidate.rule.part, candidate.score, candidate.value.essence())),
        }
    }
    best.into_iter().map(|(part, _, essence)| (part, essence)).collect()
}

/// Fields that one line legitimately fills together.
fn companions(one: &str, other: &str) -> bool {
    const TOGETHER: &[(&str, &str)] = &[
        ("salutation", "recipients"),
        ("number", "date"),
        ("sender", "owner"),
        ("sender", "contacts"),
        ("owner", "contacts"),
        ("sender", "subject"),
        ("sender", "date"),
        ("sender", "number"),
        ("urgency", "number"),
        ("subject", "number"),
        ("subject", "date"),
        ("closing", "signatory"),
        // An order's text is its body until it ends with its date.
        ("date", "body"),
        ("date", "signatory"),
    ];
    TOGETHER.contains(&(one, other)) || TOGETHER.contains(&(other, one))
}

/// Law 2: the ways in which the same thing is printed.
fn variants(field: &Field, text: &str) -> Vec<(&'static str, String)> {
    let mut all = vec![("as written", text.to_owned()), ("digits Arabic", digits::to_arabic(text)), ("digits Thai", digits::to_thai(text))];
    if !matches!(field.id, "body" | "sender") {
        all.push(("blanks doubled", text.replace(' ', "  ")));
    }
    if !field.rules.iter().any(|rule| matches!(rule.place, Place::Body | Place::Closing | Place::Footer | Place::Stamp | Place::Letterhead))
    {
        all.push(("below another line", format!("(สำเนา)\n{text}")));
    }
    if text.contains('ำ') {
        all.push(("ำ decomposed", text.replace('ำ', "ํา")));
    }
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    all.retain(|(name, variant)| *name == "as written" || variant != text && !(latin && *name == "digits Thai"));
    all
}
