//! From what reader and rule say of a value to the chance that it is right: measured on letters whose truth is known, one table per group of fields.
//!
//! The raw evidence of a value is the reader's confidence (its mean, and no more than its worst letter) times the worth of the rule that took
//! it. A reader is sure of a name with ink across it and wrong; only counting tells how often. The tables belong to one model and lie beside it.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::document::letter::Letter;
use crate::document::record::{Evidence, Record};
use crate::document::text::Engine;

/// Fields whose values are read and go wrong alike.
pub struct Group {
    pub name: &'static str,
    /// Whatever the target allows, a value with a smaller chance, 0–1, is looked at; 0: values of the group send no letter to review.
    pub floor: f32,
    /// Beginnings of JSON pointers, list places left out.
    holds: &'static [&'static str],
}

/// Floor of the fields that a letter is found and filed by: wrong at most one time in ten.
const KEY: f32 = 0.9;
/// Floor of the others: wrong at most one time in four.
const OTHER: f32 = 0.75;

/// The first that holds a pointer is its group.
pub const GROUPS: &[Group] = &[
    Group { name: "number", floor: KEY, holds: &["/number"] },
    Group { name: "date", floor: KEY, holds: &["/date"] },
    Group { name: "sender", floor: KEY, holds: &["/sender"] },
    Group { name: "subject", floor: KEY, holds: &["/subject"] },
    Group { name: "recipients", floor: KEY, holds: &["/recipients"] },
    Group { name: "references", floor: KEY, holds: &["/references"] },
    Group { name: "attachments", floor: KEY, holds: &["/attachments"] },
    Group { name: "name", floor: OTHER, holds: &["/signatory/name"] },
    Group { name: "post", floor: OTHER, holds: &["/signatory"] },
    Group { name: "owner", floor: OTHER, holds: &["/owner"] },
    Group { name: "contacts", floor: OTHER, holds: &["/contacts"] },
    Group { name: "stamp_office", floor: OTHER, holds: &["/receipts/office"] },
    Group { name: "stamp", floor: OTHER, holds: &["/receipts"] },
    Group { name: "formula", floor: OTHER, holds: &["/urgency", "/secrecy", "/salutation", "/closing"] },
    Group { name: "body", floor: 0.0, holds: &["/body"] },
];

/// The group of the value at a JSON pointer.
pub fn group(pointer: &str) -> Option<&'static Group> {
    let parts = pointer.split('/').filter(|part| !part.is_empty() && part.parse::<usize>().is_err());
    let named: String = parts.flat_map(|part| ["/", part]).collect();
    GROUPS.iter().find(|group| group.holds.iter().any(|start| named.starts_with(start)))
}

/// Tables of one model; without any, values keep their raw confidence.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    #[serde(default)]
    pub groups: BTreeMap<String, Table>,
    /// Wrong values that nobody is told about, of all values, that the thresholds were chosen for.
    #[serde(default)]
    pub target: f64,
    /// Begins the checksum of the file; empty without one.
    #[serde(skip)]
    pub checksum: String,
}

/// What was counted for one group of fields.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Chance, 0–1, below which a value is looked at.
    pub threshold: f32,
    /// Values that were counted.
    pub values: usize,
    /// Raw confidences, rising, and beside each the share of values that sure that are right, never falling.
    pub raw: Vec<f32>,
    pub right: Vec<f32>,
}

impl Table {
    /// The chance that a value with this raw confidence is right: on the straight line between two points, level beyond the last.
    pub fn chance(&self, raw: f32) -> f32 {
        let after = self.raw.partition_point(|known| *known <= raw);
        let (Some(&high), Some(&right)) = (self.raw.get(after), self.right.get(after)) else {
            return self.right.last().copied().unwrap_or(raw);
        };
        let Some(before) = after.checked_sub(1) else { return right };
        let (low, left) = (self.raw[before], self.right[before]);
        left + (right - left) * (raw - low) / (high - low)
    }

    fn wrong(&self) -> Option<&'static str> {
        let share = |value: &f32| (0.0..=1.0).contains(value);
        let rising = |values: &[f32], least: f32| values.windows(2).all(|pair| pair[1] - pair[0] >= least);
        match self {
            _ if self.raw.is_empty() || self.raw.len() != self.right.len() => Some("raw and right must have as many numbers, at least one"),
            _ if !self.raw.iter().chain(&self.right).all(share) => Some("raw and right lie between 0 and 1"),
            _ if !rising(&self.raw, f32::EPSILON) || !rising(&self.right, 0.0) => Some("raw must rise, right must not fall"),
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

    /// The table for a value of `letter`; None where the model that was measured did not read it.
    pub fn table(&self, letter: Option<&Letter>, pointer: &str, evidence: &Evidence) -> Option<&Table> {
        let read = letter?.lines.iter().any(|(_, line)| line.page == evidence.page && line.engine == Engine::Network);
        self.groups.get(group(pointer)?.name).filter(|_| read)
    }

    /// Puts the chance that a value is right in the place of its raw confidence, in evidence and in issues. `records` and `letters` go in step.
    pub fn apply(&self, records: &mut [Record], letters: &[Letter]) {
        for (record, letter) in records.iter_mut().zip(letters) {
            for (pointer, evidence) in &mut record.evidence {
                self.replace(letter, pointer, evidence);
            }
            for issue in &mut record.issues {
                let Some(pointer) = &issue.field else { continue };
                issue.evidence.iter_mut().for_each(|evidence| self.replace(letter, pointer, evidence));
            }
        }
    }

    fn replace(&self, letter: &Letter, pointer: &str, evidence: &mut Evidence) {
        // Without a rule it is a line that gave no value.
        if !evidence.rule.is_empty()
            && let Some(table) = self.table(Some(letter), pointer, evidence)
        {
            evidence.confidence = table.chance(evidence.confidence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(raw: &[f32], right: &[f32]) -> Table {
        Table { raw: raw.to_vec(), right: right.to_vec(), ..Table::default() }
    }

    #[test]
    fn a_chance_lies_on_the_line_between_two_points() {
        let table = table(&[0.2, 0.6, 0.9], &[0.1, 0.5, 0.95]);
        for (raw, chance) in [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.6, 0.5), (0.9, 0.95), (1.0, 0.95)] {
            assert!((table.chance(raw) - chance).abs() < 1e-6, "{raw}: {}", table.chance(raw));
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
    fn a_file_that_cannot_be_meant_is_refused() {
        let told = |text: &str| Calibration::parse(text).unwrap_err();
        let number = |raw: &str, right: &str| format!("[groups.number]\nthreshold = 0.9\nvalues = 9\nraw = {raw}\nright = {right}\n");
        assert!(Calibration::parse(&number("[0.1, 0.2]", "[0.3, 0.3]")).is_ok_and(|read| read.checksum.len() == 8));
        assert_eq!(told(&number("[0.2, 0.1]", "[0.3, 0.4]")), "group number: raw must rise, right must not fall");
        assert_eq!(told(&number("[0.2]", "[0.3, 0.4]")), "group number: raw and right must have as many numbers, at least one");
        assert_eq!(told(&number("[0.2]", "[3.0]")), "group number: raw and right lie between 0 and 1");
        assert_eq!(told("[groups.colour]\nthreshold = 0.9\nvalues = 9\nraw = [0.5]\nright = [0.5]\n"), "unknown group colour");
        assert_eq!(Calibration::parse("").map(|read| read.checksum), Ok(String::new()));
    }
}
