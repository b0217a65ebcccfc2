//! What sends letters to review, and how often it was right to: reasons that cost much and spare little are the ones to better.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::check::calibration;
use crate::document::record::{Issue, Review, Severity};

use super::judge::Judged;
use super::statement::BODY;

/// Records that are sent for one reason, or for any.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reason {
    /// An issue's code, for doubtful confidences with the group of fields; `any` for all.
    pub reason: String,
    pub letters: usize,
    /// Of these, with a wrong value.
    pub wrong: usize,
    /// Of these, with a value missing and none wrong.
    pub missing: usize,
    /// Of these, sent for this reason alone with every value right.
    pub needless: usize,
}

/// All reasons, the most frequent first, then by name; `any` before them.
pub fn reasons(judged: &[Judged]) -> Vec<Reason> {
    let mut all: BTreeMap<String, Reason> = BTreeMap::new();
    for judged in judged {
        let Some(record) = judged.found.filter(|record| record.review == Review::Needed) else { continue };
        let warnings = record.issues.iter().filter(|issue| issue.severity >= Severity::Warning);
        let names: BTreeSet<String> = warnings.map(name).collect();
        let head = || judged.verdicts.iter().filter(|verdict| verdict.field != BODY);
        let wrong = head().any(|verdict| verdict.found.is_some() && !verdict.right);
        let missing = !wrong && head().any(|verdict| verdict.found.is_none());
        let alone = names.len() == 1;
        for (name, alone) in names.into_iter().map(|name| (name, alone)).chain([("any".to_owned(), true)]) {
            let reason = all.entry(name).or_default();
            reason.letters += 1;
            reason.wrong += usize::from(wrong);
            reason.missing += usize::from(missing);
            reason.needless += usize::from(alone && !wrong && !missing);
        }
    }
    let mut all: Vec<Reason> = all.into_iter().map(|(reason, counted)| Reason { reason, ..counted }).collect();
    all.sort_by_key(|reason| (reason.reason != "any", std::cmp::Reverse(reason.letters), reason.reason.clone()));
    all
}

fn name(issue: &Issue) -> String {
    let group = issue.field.as_deref().and_then(calibration::group).filter(|_| issue.code == "confidence.low");
    group.map_or_else(|| issue.code.clone(), |group| format!("{}, {}", issue.code, group.name))
}
