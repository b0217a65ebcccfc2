//! Decides, in one place, which candidates become values. The best score wins; a near tie between different values is said, never decided in silence.

use crate::document::letter::Letter;
use crate::document::record::{Evidence, Precision, Record};
use crate::thai::names;

use super::extract::Candidate;
use super::{Field, Found, Take, Value, doubt, unread};

/// A loser this close to the winner (as a share of its score) makes the value ambiguous.
const NEAR: f32 = 0.93;
/// Another reading of the same line this likely (as a share of the winner's confidence) makes the reading uncertain.
const LIKELY: f32 = 0.5;
const MAX_ALTERNATIVES: usize = 5;

/// Fills `record` with the settled values, their evidence and the doubts about them.
pub fn settle(fields: &[&Field], candidates: Vec<Candidate>, letter: &Letter, record: &mut Record) {
    let mut by_field: Vec<Vec<Candidate>> = fields.iter().map(|_| Vec::new()).collect();
    for candidate in candidates {
        by_field[candidate.field].push(candidate);
    }
    for (field, candidates) in fields.iter().zip(by_field) {
        let found = winners(field, candidates, record);
        (field.store)(record, found);
    }
    unread::tell(letter, record);
    doubt::engine(letter, record);
}

/// The values of one field; their evidence and the doubts about them go into `record`.
pub fn winners(field: &Field, candidates: Vec<Candidate>, record: &mut Record) -> Vec<Found> {
    contests(field, candidates).into_iter().filter_map(|contest| decide(field, contest, record)).collect()
}

/// The candidates for one value of the record.
pub struct Contest {
    /// JSON pointer of the value.
    pub pointer: String,
    /// The value's place in the field's list.
    pub index: usize,
    /// Best first: the first becomes the value.
    pub ranked: Vec<Candidate>,
}

/// The values that a field may take from its candidates: one of each part of each item.
pub fn contests(field: &Field, candidates: Vec<Candidate>) -> Vec<Contest> {
    let groups = groups(field, candidates).into_iter().enumerate();
    let parts = groups.flat_map(|(index, group)| parts(group).into_iter().map(move |ranked| (index, ranked)));
    parts.map(|(index, ranked)| Contest { pointer: pointer(field, index, ranked[0].rule.part), index, ranked }).collect()
}

/// Candidates that compete for the same item, in reading order of the items.
fn groups(field: &Field, candidates: Vec<Candidate>) -> Vec<Vec<Candidate>> {
    match field.take {
        Take::Best if candidates.is_empty() => Vec::new(),
        Take::Best => vec![candidates],
        Take::Items(_) => by_key(candidates, |one| (one.passage, one.item)),
        Take::Every => overlapping(candidates),
    }
}

fn by_key(mut candidates: Vec<Candidate>, key: fn(&Candidate) -> (usize, usize)) -> Vec<Vec<Candidate>> {
    candidates.sort_by_key(key);
    let mut groups: Vec<Vec<Candidate>> = Vec::new();
    for candidate in candidates {
        match groups.last_mut() {
            Some(group) if key(&group[0]) == key(&candidate) => group.push(candidate),
            _ => groups.push(vec![candidate]),
        }
    }
    groups
}

/// Runs of matches that overlap each other.
fn overlapping(mut candidates: Vec<Candidate>) -> Vec<Vec<Candidate>> {
    candidates.sort_by_key(|one| (one.passage, one.span.start));
    let mut groups: Vec<Vec<Candidate>> = Vec::new();
    let mut end = (0, 0);
    for candidate in candidates {
        let start = (candidate.passage, candidate.span.start);
        let reach = (candidate.passage, candidate.span.end);
        match groups.last_mut() {
            Some(group) if start < end => group.push(candidate),
            _ => groups.push(vec![candidate]),
        }
        end = end.max(reach);
    }
    groups
}

/// The candidates of each part, best first; equal scores stay in reading order.
fn parts(mut group: Vec<Candidate>) -> Vec<Vec<Candidate>> {
    group.sort_by(|a, b| {
        let sensible = place(a).cmp(&place(b));
        a.rule.part.cmp(b.rule.part).then(sensible).then(b.score.total_cmp(&a.score))
    });
    let mut parts: Vec<Vec<Candidate>> = Vec::new();
    for candidate in group {
        match parts.last_mut() {
            Some(part) if part[0].rule.part == candidate.rule.part => part.push(candidate),
            _ => parts.push(vec![candidate]),
        }
    }
    parts
}

/// What the reader read first goes before its other readings; days that no calendar has, and what no name looks like, go last.
fn place(candidate: &Candidate) -> u8 {
    u8::from(candidate.second_reading) + 2 * u8::from(!makes_sense(candidate))
}

/// A day of the calendar; a name of a title and two words.
pub fn makes_sense(candidate: &Candidate) -> bool {
    match &candidate.value {
        Value::Date(date) => date.iso.is_some() || date.precision != Precision::Day,
        Value::Text(name) if candidate.rule.part == "name" => names::is_whole(name),
        _ => true,
    }
}

/// The winner of one part of one item, with its evidence and its doubts written into the record.
fn decide(field: &Field, Contest { pointer, index, ranked }: Contest, record: &mut Record) -> Option<Found> {
    let mut ranked = ranked.into_iter();
    let winner = ranked.next()?;
    let losers = others(&winner, ranked);

    let mut evidence = winner.evidence.clone();
    for loser in &losers {
        let shown = loser.value.display();
        if evidence.alternatives.len() < MAX_ALTERNATIVES && !evidence.alternatives.contains(&shown) {
            evidence.alternatives.push(shown);
        }
    }
    if winner.second_reading {
        record.issues.push(doubt::second_reading(field, &pointer, &evidence));
    } else if let Some(other) = losers.iter().find(|loser| likely_misreading(&winner, loser)) {
        record.issues.push(doubt::uncertain(field, &pointer, &winner.value, &other.value, &evidence));
    } else if let Some(rival) = losers.iter().find(|loser| rivals(field, &winner, loser)) {
        record.issues.push(doubt::ambiguous(field, &pointer, &winner.value, &rival.value, vec![evidence.clone(), rival.evidence.clone()]));
    }
    doubt::about(&pointer, &winner.value, &evidence, &mut record.issues);
    point(&pointer, &winner.value, evidence, record);
    Some(Found { part: winner.rule.part, index, value: winner.value })
}

/// The losers that say something else than the winner.
fn others(winner: &Candidate, losers: impl ExactSizeIterator<Item = Candidate>) -> Vec<Candidate> {
    if losers.len() == 0 {
        return Vec::new();
    }
    let essence = winner.value.essence();
    losers.filter(|loser| loser.value.essence() != essence).collect()
}

/// Another value of nearly the same worth, elsewhere on the letter.
fn rivals(field: &Field, winner: &Candidate, loser: &Candidate) -> bool {
    let same_place = winner.passage == loser.passage && winner.span.start < loser.span.end && loser.span.start < winner.span.end;
    matches!(field.take, Take::Best) && !loser.second_reading && !same_place && loser.score >= winner.score * NEAR
}

/// The reader itself was torn between the two.
fn likely_misreading(winner: &Candidate, loser: &Candidate) -> bool {
    loser.second_reading && loser.passage == winner.passage && loser.evidence.confidence >= winner.evidence.confidence * LIKELY
}

fn pointer(field: &Field, index: usize, part: &str) -> String {
    let list = if matches!(field.take, Take::Best) { String::new() } else { format!("/{index}") };
    let part = if part.is_empty() { String::new() } else { format!("/{part}") };
    format!("/{}{list}{part}", field.id)
}

/// Notes the place of a value, and of the number, date and count inside an item.
fn point(pointer: &str, value: &Value, evidence: Evidence, record: &mut Record) {
    if let Value::Item(item) = value {
        let inside = [("number", item.number.is_some()), ("date", item.date.is_some()), ("copies", item.copies.is_some())];
        for (key, _) in inside.into_iter().filter(|(_, there)| *there) {
            record.evidence.insert(format!("{pointer}/{key}"), evidence.clone());
        }
    }
    record.evidence.insert(pointer.to_owned(), evidence);
}
