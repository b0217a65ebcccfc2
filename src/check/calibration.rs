//! From what reader, page and rule say of a value to the chance that it is right: measured on letters whose truth is known.
//!
//! First everything that speaks for a value is weighed into one number, the *evidence*; then it is counted, for each group of fields, how often
//! values with that much evidence are right. A reader is sure of a name with ink across it and wrong; only counting tells how often. Weights
//! and counts belong to one model and lie beside it.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::document::Rect;
use crate::document::letter::{Letter, ReadPage};
use crate::document::record::{Evidence, Record, Signs};
use crate::document::text::Engine;

/// Fields whose values are read and go wrong alike.
pub struct Group {
    pub name: &'static str,
    /// Beginnings of JSON pointers, list places left out.
    holds: &'static [&'static str],
}

/// Running text: its values send no letter to review.
pub const TEXT: &str = "body";

/// The first that holds a pointer is its group.
pub const GROUPS: &[Group] = &[
    Group { name: "number", holds: &["/number"] },
    Group { name: "date", holds: &["/date"] },
    Group { name: "sender", holds: &["/sender"] },
    Group { name: "subject", holds: &["/subject"] },
    Group { name: "recipients", holds: &["/recipients"] },
    Group { name: "references", holds: &["/references"] },
    Group { name: "attachments", holds: &["/attachments"] },
    Group { name: "name", holds: &["/signatory/name"] },
    Group { name: "post", holds: &["/signatory"] },
    Group { name: "owner", holds: &["/owner"] },
    Group { name: "contacts", holds: &["/contacts"] },
    Group { name: "stamp_office", holds: &["/receipts/office"] },
    Group { name: "stamp", holds: &["/receipts"] },
    Group { name: "formula", holds: &["/urgency", "/secrecy", "/salutation", "/closing"] },
    Group { name: TEXT, holds: &["/body"] },
];

/// The group of the value at a JSON pointer.
pub fn group(pointer: &str) -> Option<&'static Group> {
    let parts = pointer.split('/').filter(|part| !part.is_empty() && part.parse::<usize>().is_err());
    let named: String = parts.flat_map(|part| ["/", part]).collect();
    GROUPS.iter().find(|group| group.holds.iter().any(|start| named.starts_with(start)))
}

/// What was measured of one model; without any, values keep their raw confidence.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Chance, 0–1, below which a value of any field but running text is looked at.
    #[serde(default)]
    pub threshold: f32,
    /// Wrong values that nobody is told about, of all values, that the threshold was chosen for.
    #[serde(default)]
    pub target: f64,
    /// What having been found by a rule adds to the evidence, in log-odds; 0 for rules that are not named.
    #[serde(default)]
    pub rules: BTreeMap<String, f32>,
    #[serde(default)]
    pub groups: BTreeMap<String, Table>,
    /// Begins the checksum of the file; empty without one.
    #[serde(skip)]
    pub checksum: String,
}

/// What each sign adds to the evidence, in log-odds for each unit of [`measures`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub base: f32,
    pub sure: f32,
    pub errors: f32,
    pub page: f32,
    pub crossed: f32,
}

impl Weights {
    /// All that speaks for a value, with what its rule adds, weighed into a share, 0–1.
    pub fn evidence(&self, signs: &Signs, rule: f32) -> f32 {
        let Weights { base, sure, errors, page, crossed } = *self;
        let weighed: f32 = measures(signs).iter().zip([sure, errors, page, crossed]).map(|(measure, weight)| measure * weight).sum();
        1.0 / (1.0 + (-(base + weighed + rule)).exp())
    }
}

/// Signs that are weighed.
pub const MEASURES: usize = 4;

/// The signs as they are weighed, in the order of [`Weights`]: the log-odds that the reader gives, of which the highest tell no more than high ones,
/// the logarithms of the letters expected to be wrong and of the share of the page's letters that are in doubt, and whether something else runs through the value.
pub fn measures(signs: &Signs) -> [f32; MEASURES] {
    let sure = signs.sure.clamp(1e-4, 0.98);
    [(sure / (1.0 - sure)).ln(), (signs.errors + 1e-3).ln(), (signs.page + 1e-4).ln(), signs.crossed]
}

/// What was counted for one group of fields.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What each sign says of such values: a stroke of the pen on a name, a worn digit in a stamp are not alike.
    pub weights: Weights,
    /// Values that were counted.
    pub values: usize,
    /// Evidence as a share, 0–1, rising, and beside it the share of values with that much evidence that are right, never falling.
    pub evidence: Vec<f32>,
    pub right: Vec<f32>,
}

impl Table {
    /// The chance that a value with this much evidence is right: on the straight line between two points, level beyond the last.
    pub fn chance(&self, evidence: f32) -> f32 {
        let after = self.evidence.partition_point(|known| *known <= evidence);
        let (Some(&high), Some(&right)) = (self.evidence.get(after), self.right.get(after)) else {
            return self.right.last().copied().unwrap_or(evidence);
        };
        let Some(before) = after.checked_sub(1) else { return right };
        let (low, left) = (self.evidence[before], self.right[before]);
        left + (right - left) * (evidence - low) / (high - low)
    }

    fn wrong(&self) -> Option<&'static str> {
        let share = |value: &f32| (0.0..=1.0).contains(value);
        let rising = |values: &[f32], least: f32| values.windows(2).all(|pair| pair[1] - pair[0] >= least);
        match self {
            _ if self.evidence.is_empty() || self.evidence.len() != self.right.len() => {
                Some("evidence and right must have as many numbers, at least one")
            }
            _ if !self.evidence.iter().chain(&self.right).all(share) => Some("evidence and right lie between 0 and 1"),
            _ if !rising(&self.evidence, f32::EPSILON) || !rising(&self.right, 0.0) => Some("evidence must rise, right must not fall"),
            _ => None,
        }
    }
}

impl Calibration {
    /// Reads `calibration.toml`; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Calibration, String> {
        let mut read: Calibration = toml::from_str(text).map_err(|why| why.message().to_owned())?;
        for (name, table) in &read.groups {
            if GROUPS.iter().all(|group| group.name != name) {
                return Err(format!("unknown group {name}"));
            }
            if let Some(why) = table.wrong() {
                return Err(format!("group {name}: {why}"));
            }
        }
        if !read.groups.is_empty() {
            read.checksum = Sha256::digest(text).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        }
        Ok(read)
    }

    /// The chance that a value is right; None where nothing was counted for its group.
    pub fn chance(&self, group: &str, signs: &Signs, rule: &str) -> Option<f32> {
        let table = self.groups.get(group)?;
        Some(table.chance(table.weights.evidence(signs, self.rules.get(rule).copied().unwrap_or(0.0))))
    }

    /// Whether it speaks of this value of `letter`: its field was counted, and the model that was measured read it.
    pub fn knows(&self, letter: Option<&Letter>, pointer: &str, evidence: &Evidence) -> bool {
        let read = |letter: &Letter| letter.lines.iter().any(|(_, line)| line.page == evidence.page && line.engine == Engine::Network);
        letter.is_some_and(read) && group(pointer).is_some_and(|group| self.groups.contains_key(group.name))
    }

    /// Puts the chance that a value is right in the place of its raw confidence, in evidence and in issues. `records` and `letters` go in step.
    pub fn apply(&self, records: &mut [Record], letters: &[Letter], pages: &[ReadPage]) {
        let doubted: BTreeMap<u32, f32> = pages.iter().map(|page| (page.page, doubted(page))).collect();
        let judge = |letter: &Letter, pointer: &str, evidence: &mut Evidence| {
            evidence.signs.page = doubted.get(&evidence.page).copied().unwrap_or(0.0);
            evidence.signs.crossed = pages.iter().find(|page| page.page == evidence.page).map_or(0.0, |page| crossed(page, evidence));
            // Without a rule it is a line that gave no value.
            if !evidence.rule.is_empty()
                && self.knows(Some(letter), pointer, evidence)
                && let Some(chance) = group(pointer).and_then(|group| self.chance(group.name, &evidence.signs, &evidence.rule))
            {
                evidence.confidence = chance;
            }
        };
        for (record, letter) in records.iter_mut().zip(letters) {
            record.evidence.iter_mut().for_each(|(pointer, evidence)| judge(letter, pointer, evidence));
            for issue in &mut record.issues {
                let Some(pointer) = &issue.field else { continue };
                issue.evidence.iter_mut().for_each(|evidence| judge(letter, pointer, evidence));
            }
        }
    }
}

/// The share of a page's letters that the reader doubts; of a page with few letters a little less than counted.
fn doubted(page: &ReadPage) -> f32 {
    const DOUBTFUL: f32 = 0.9;
    const FEW: f32 = 50.0;
    let letters =
        page.lines.iter().flat_map(|line| line.letters(&(0..line.raw.len())).map(|(_, confidence)| confidence).collect::<Vec<_>>());
    let (count, low) = letters.fold((0.0, 0.0), |(count, low), confidence| (count + 1.0, low + f32::from(confidence < DOUBTFUL)));
    low / (count + FEW)
}

/// Whether a row of another text, of the letter or of a stamp, runs through the value: 1 or 0.
fn crossed(page: &ReadPage, value: &Evidence) -> f32 {
    /// Share of the value's height that the other row must reach into it: marks of the next row reach less.
    const DEEP: f32 = 0.3;
    // Text that came in transcribed has no places, and may have any number of lines.
    if value.boxes.is_empty() {
        return 0.0;
    }
    let own = page.lines.iter().find(|line| line.number == value.line).map(|line| line.role);
    let mut others = page.lines.iter().filter(|line| own.is_some_and(|own| line.role != own)).filter_map(|line| line.rect);
    let meets = |value: &Rect, other: Rect| {
        let shared = value.intersection(&other);
        !shared.is_empty() && shared.height() as f32 > DEEP * value.height() as f32
    };
    f32::from(others.any(|other| value.boxes.iter().any(|value| meets(value, other))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::letter::Line;
    use crate::document::text::Role;

    const WEIGHTS: &str = "weights = { base = 1.0, sure = 0.5, errors = -0.5, page = -0.3, crossed = -1.0 }\n";

    #[test]
    fn a_chance_lies_on_the_line_between_two_points() {
        let table = Table { weights: Weights::default(), values: 9, evidence: vec![0.2, 0.6, 0.9], right: vec![0.1, 0.5, 0.95] };
        for (evidence, chance) in [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.6, 0.5), (0.9, 0.95), (1.0, 0.95)] {
            assert!((table.chance(evidence) - chance).abs() < 1e-6, "{evidence}: {}", table.chance(evidence));
        }
    }

    #[test]
    fn each_value_belongs_to_one_group() {
        let name = |pointer| group(pointer).map(|group| group.name);
        assert_eq!(name("/receipts/0/office"), Some("stamp_office"));
        assert_eq!(name("/receipts/0/number"), Some("stamp"));
        assert_eq!(name("/signatory/acting_for"), Some("post"));
        assert_eq!(name("/attachments/2/copies"), Some("attachments"));
        assert_eq!(name("/kind"), None);
    }

    #[test]
    fn doubt_on_the_page_and_a_weaker_rule_lower_the_evidence() {
        let weights = Weights { base: 1.0, sure: 0.5, errors: -0.5, page: -0.3, crossed: -1.0 };
        let signs = Signs { sure: 0.9, errors: 0.2, page: 0.01, crossed: 0.0 };
        let evidence = weights.evidence(&signs, 0.0);
        assert!(evidence > weights.evidence(&signs, -1.0));
        assert!(evidence > weights.evidence(&Signs { page: 0.1, ..signs }, 0.0));
        assert!(evidence > weights.evidence(&Signs { errors: 1.0, ..signs }, 0.0));
        assert!(evidence > weights.evidence(&Signs { crossed: 1.0, ..signs }, 0.0));
    }

    #[test]
    fn a_value_is_crossed_by_rows_of_something_else_alone() {
        let row =
            |number: u32, role: Role, top: i32| Line { number, role, rect: Some(Rect::new(100, top, 500, top + 40)), ..Line::blank() };
        let mut value = Evidence {
            page: 1,
            boxes: vec![Rect::new(150, 200, 300, 240)],
            line: 1,
            raw: String::new(),
            confidence: 1.0,
            rule: "test".to_owned(),
            alternatives: Vec::new(),
            signs: Signs::default(),
        };
        let on = |others: &[Line], value: &Evidence| {
            let lines = std::iter::once(row(1, Role::Stamp(0), 200)).chain(others.iter().cloned()).collect();
            crossed(&ReadPage { lines, ..ReadPage::empty(1) }, value)
        };
        assert_eq!(on(&[row(2, Role::Text, 210)], &value), 1.0);
        assert_eq!(on(&[row(2, Role::Text, 235)], &value), 0.0, "only a mark reaches it");
        assert_eq!(on(&[row(2, Role::Stamp(0), 210)], &value), 0.0, "of the same stamp");
        value.boxes = vec![Rect::new(600, 200, 700, 240)];
        assert_eq!(on(&[row(2, Role::Text, 210)], &value), 0.0, "beside it");
    }

    #[test]
    fn a_file_that_cannot_be_meant_is_refused() {
        let told = |text: &str| Calibration::parse(text).unwrap_err();
        let number =
            |evidence: &str, right: &str| format!("[groups.number]\n{WEIGHTS}values = 9\nevidence = {evidence}\nright = {right}\n");
        assert!(Calibration::parse(&number("[0.1, 0.2]", "[0.3, 0.3]")).is_ok_and(|read| read.checksum.len() == 8));
        assert_eq!(told(&number("[0.2, 0.1]", "[0.3, 0.4]")), "group number: evidence must rise, right must not fall");
        assert_eq!(told(&number("[0.2]", "[0.3, 0.4]")), "group number: evidence and right must have as many numbers, at least one");
        assert_eq!(told(&number("[0.2]", "[3.0]")), "group number: evidence and right lie between 0 and 1");
        assert_eq!(told(&number("[0.5]", "[0.5]").replace("number", "colour")), "unknown group colour");
        assert_eq!(Calibration::parse("").map(|read| read.checksum), Ok(String::new()));
    }
}
