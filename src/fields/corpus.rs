//! The laws that every field keeps. Run by the tests and by `saraban rules check`.
//!
//! 1. Each `reads` gives that value once, in no doubt which (`among_others`: at least once), and what it calls printed stands there; each
//!    `ignores` gives none.
//! 2. The same holds with digits swapped ๐⇄0, blanks doubled, ำ decomposed and, where a rule looks at lines, an unrelated line above.
//! 3. No field claims another field's example.
//! 4. Every rule earns its place: without it an example fails.
//! 5. Every value leads back to its place: the raw text that its evidence quotes, read again, is the text that the rule took.

use std::collections::BTreeSet;
use std::fmt;

use crate::document::letter::{Letter, Line, Zone};
use crate::document::record::{Kind, Record, RecordSource};
use crate::thai::digits;

use super::doubt::AMBIGUOUS;
use super::extract::{Candidate, Extractor};
use super::label::Label;
use super::passage::{Passage, Place};
use super::{Example, Field, Value, settle, value};

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
                let (passages, candidates) = self.extractor.look_everywhere(&letter, None);
                let own = candidates.iter().filter(|candidate| candidate.field == index).cloned().collect();
                let judged = judge(field, example, own, letter.kind).map(|read| agreed |= read);
                let led_back = candidates.iter().try_for_each(|candidate| self.leads_back(candidate, &passages, &letter));
                for what in [judged.err(), led_back.err()].into_iter().flatten() {
                    broken.push(Violation { place: field.id.to_owned(), what: format!("“{text}” ({name}): {what}") });
                }
                if name == "as written" {
                    self.strangers(index, field, &text, &candidates, broken);
                }
            }
            if !agreed && example.value.is_some() {
                broken.push(Violation { place: field.id.to_owned(), what: format!("“{text}” ({name}): nothing read") });
            }
        }
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
    fn leads_back(&self, candidate: &Candidate, passages: &[Passage], letter: &Letter) -> Result<(), String> {
        let (rule, evidence) = (candidate.rule.id, &candidate.evidence);
        let quoted = evidence.raw.split('\n').next().unwrap_or_default();
        let there = |(_, line): &(Zone, Line)| line.number == evidence.line && !quoted.is_empty() && line.raw.contains(quoted);
        if !letter.lines.iter().any(there) {
            return Err(format!("{rule}: “{quoted}” is not on line {}", evidence.line));
        }
        let taken = &passages[candidate.passage].text[candidate.span.clone()];
        let again: Vec<String> = evidence.raw.split('\n').map(|raw| (self.read)(raw).text).collect();
        let same = value::squeeze(&again.concat()) == value::squeeze(taken);
        same.then_some(()).ok_or_else(|| format!("{rule} took “{taken}”, its evidence is “{}”", evidence.raw))
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

/// Law 1. Gives whether the asked value was read; rules that look elsewhere read nothing.
fn judge(field: &Field, example: &Example, own: Vec<Candidate>, kind: Kind) -> Result<bool, String> {
    let source = RecordSource { path: String::new(), sha256: String::new(), page_count: 1, pages: vec![1], index: 1, count: 1 };
    let mut record = Record::empty(source, kind);
    let found = settle::winners(field, own, &mut record);
    let Some(value) = example.value else {
        return found.first().map_or(Ok(false), |found| Err(format!("reads “{}”", found.value.display())));
    };
    let expected = value().essence();
    let text = value::squeeze(example.text);
    let mut parts = BTreeSet::new();
    for found in found.iter().filter(|found| example.part.is_none_or(|asked| asked == found.part)) {
        let read = found.value.essence();
        if read != expected && !example.others {
            return Err(format!("reads “{read}” instead of “{expected}”"));
        }
        if let Some(printed) = printed(&found.value).into_iter().find(|printed| !text.contains(&value::squeeze(printed))) {
            return Err(format!("“{printed}” is not printed there"));
        }
        if read == expected && !parts.insert(found.part) {
            return Err(format!("reads “{read}” twice"));
        }
    }
    let torn = record.issues.iter().find(|issue| AMBIGUOUS.is(&issue.code) && !example.others);
    torn.map_or(Ok(!parts.is_empty()), |issue| Err(issue.message_en.clone()))
}

/// What a value says of the paper.
fn printed(value: &Value) -> Vec<&str> {
    match value {
        Value::Number(number) => vec![&number.printed],
        Value::Date(date) => vec![&date.printed],
        Value::Contact(contact) => vec![&contact.printed],
        Value::Item(item) => {
            let number = item.number.as_ref().map(|number| number.printed.as_str());
            number.into_iter().chain(item.date.as_ref().map(|date| date.printed.as_str())).collect()
        }
        Value::Urgency(_) | Value::Secrecy(_) | Value::Text(_) => Vec::new(),
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
