//! Verdicts counted: per field, per letter, per threshold, per page.

use serde::{Deserialize, Serialize};

use crate::check::{LOW_CONFIDENCE, queue};
use crate::document::record::{Record, Review, Severity};

use super::judge::{Judged, Verdict};
use super::page::PageErrors;
use super::reasons::{Reason, reasons};
use super::statement::{BODY, FIELDS};

/// Wrong values that nobody is told about, as a share of all values, that the thresholds aim at.
pub const TARGET: f64 = 0.005;

/// All numbers of one evaluation; what `docs/accuracy.md` is made of. Holds no text of any letter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    pub run: Run,
    pub sources: usize,
    pub letters: Share,
    pub fields: Vec<FieldScore>,
    /// Of values that are rubber-stamped or handwritten.
    pub inked: Vec<FieldScore>,
    pub boundaries: FieldScore,
    /// Values found in all records, running text apart, and wrong or missing ones in records that no one is asked to look at.
    pub values: usize,
    pub silent_wrong: usize,
    pub silent_missing: usize,
    /// Paragraphs of the true text that those records do not have letter by letter, of all that they should.
    pub silent_paragraphs: Share,
    /// Records that a person is asked to look at, of all.
    pub review: Share,
    /// What sends records there.
    #[serde(default)]
    pub reasons: Vec<Reason>,
    /// Of the values of the head, and of the paragraphs of the running text.
    pub bands: Vec<Band>,
    #[serde(default)]
    pub body_bands: Vec<Band>,
    pub curve: Vec<Point>,
    /// Share of letters looked at, worst first; wrong values in the letters not yet seen.
    pub queue: Vec<(f64, usize)>,
    pub text: Option<TextScore>,
}

/// Who read what, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Name of the folder, e.g. `holdout`.
    pub set: String,
    /// Its folder, as it was given.
    pub truth: String,
    pub engine: String,
    pub model: String,
    pub version: String,
    pub fingerprint: String,
    pub machine: String,
    /// None where the run went on from an earlier one.
    pub pages_per_cpu_second: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Share {
    pub part: usize,
    pub of: usize,
}

impl Share {
    pub fn rate(&self) -> f64 {
        self.part as f64 / self.of.max(1) as f64
    }
}

/// Values of one field: right and nearly right ones among those found and those that are there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FieldScore {
    pub field: String,
    pub right: usize,
    pub near: usize,
    pub found: usize,
    pub support: usize,
}

impl FieldScore {
    pub fn precision(&self) -> Share {
        Share { part: self.right, of: self.found }
    }

    pub fn recall(&self) -> Share {
        Share { part: self.right, of: self.support }
    }

    pub fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.support).max(1) as f64
    }
}

/// Values whose confidence lies in a band: how many of them are right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Band {
    pub from: f32,
    pub to: f32,
    pub right: Share,
}

/// What a threshold on the least sure value of a record would cost and let through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub threshold: f32,
    pub review: Share,
    /// Wrong values in records that pass, of all values.
    pub silent: Share,
}

/// Character errors over pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextScore {
    pub pages: usize,
    pub characters: usize,
    pub errors: usize,
    /// Of the pages' error rates.
    pub median: f64,
    pub p95: f64,
    pub digit_runs: Share,
}

const BANDS: &[(f32, f32)] = &[(0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 1.01)];
const THRESHOLDS: &[f32] = &[0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 1.01];
const LOOKED_AT: &[f64] = &[0.0, 0.01, 0.05, 0.10, 0.20, 0.50];

pub fn score(run: Run, judged: &[Judged], pages: &[PageErrors]) -> Scores {
    let truths = judged.iter().filter(|j| j.truth.is_some()).count();
    let passed = || judged.iter().filter(|j| j.found.is_some_and(|r| r.review == Review::Auto));
    let silent = || passed().flat_map(head);
    let paragraphs = || passed().flat_map(|j| &j.verdicts).filter(|verdict| verdict.field == BODY && verdict.truth.is_some());
    let found: Vec<&Judged> = judged.iter().filter(|j| j.found.is_some()).collect();
    Scores {
        run,
        sources: judged.iter().map(|j| j.source).collect::<std::collections::BTreeSet<_>>().len(),
        letters: Share { part: judged.iter().filter(|j| j.wholly_right()).count(), of: truths },
        fields: fields(judged, |_| true),
        inked: fields(judged, |verdict| verdict.inked),
        boundaries: boundaries(judged),
        values: values(judged),
        silent_wrong: silent().filter(|v| wrong(v)).count(),
        silent_missing: silent().filter(|v| v.found.is_none()).count(),
        silent_paragraphs: Share { part: paragraphs().filter(|v| !v.right).count(), of: paragraphs().count() },
        review: Share { part: found.iter().filter(|j| j.found.is_some_and(|r| r.review == Review::Needed)).count(), of: found.len() },
        reasons: reasons(judged),
        bands: bands(judged, |field| field != BODY),
        body_bands: bands(judged, |field| field == BODY),
        curve: THRESHOLDS.iter().map(|threshold| point(&found, *threshold)).collect(),
        queue: queue(&found),
        text: text(pages),
    }
}

/// The verdicts that count for trust: all but the running text.
fn head<'v>(judged: &'v Judged) -> impl Iterator<Item = &'v Verdict> {
    judged.verdicts.iter().filter(|verdict| verdict.field != BODY)
}

fn wrong(verdict: &Verdict) -> bool {
    verdict.found.is_some() && !verdict.right
}

fn values(judged: &[Judged]) -> usize {
    judged.iter().flat_map(head).filter(|verdict| verdict.found.is_some()).count()
}

fn fields(judged: &[Judged], counts: impl Fn(&Verdict) -> bool) -> Vec<FieldScore> {
    let mut scores = Vec::new();
    for field in FIELDS {
        let mut score = FieldScore { field: (*field).to_owned(), ..FieldScore::default() };
        for verdict in judged.iter().flat_map(|j| &j.verdicts).filter(|verdict| verdict.field == *field && counts(verdict)) {
            score.right += usize::from(verdict.right);
            score.near += usize::from(verdict.near);
            score.found += usize::from(verdict.found.is_some());
            score.support += usize::from(verdict.truth.is_some());
        }
        if score.found + score.support > 0 {
            scores.push(score);
        }
    }
    scores
}

/// Pages on which a letter starts, the first letter of each source left out: it cannot be missed.
fn boundaries(judged: &[Judged]) -> FieldScore {
    let mut score = FieldScore { field: "boundaries".to_owned(), ..FieldScore::default() };
    for source in judged.iter().map(|j| j.source).collect::<std::collections::BTreeSet<_>>() {
        let of = |starts: Vec<Option<u32>>| starts.into_iter().flatten().skip(1).collect::<Vec<u32>>();
        let here = || judged.iter().filter(|j| j.source == source);
        let truths = of(here().map(|j| j.truth?.pages.as_ref()?.first().copied()).collect());
        let mut founds = of(here().map(|j| j.found?.source.pages.first().copied()).collect());
        if here().any(|j| j.truth.is_some_and(|letter| letter.pages.is_none())) {
            continue;
        }
        (score.found, score.support) = (score.found + founds.len(), score.support + truths.len());
        for start in truths {
            if let Some(at) = founds.iter().position(|found| *found == start) {
                founds.remove(at);
                score.right += 1;
            }
        }
    }
    score.near = score.right;
    score
}

fn bands(judged: &[Judged], counts: impl Fn(&str) -> bool) -> Vec<Band> {
    let counted = judged.iter().flat_map(|judged| &judged.verdicts).filter(|verdict| counts(verdict.field));
    let sure: Vec<(f32, bool)> = counted.filter_map(|v| Some((v.confidence?, v.right))).collect();
    let band = |&(from, to): &(f32, f32)| {
        let inside: Vec<bool> = sure.iter().filter(|(confidence, _)| (from..to).contains(confidence)).map(|(_, right)| *right).collect();
        Band { from, to: to.min(1.0), right: Share { part: inside.iter().filter(|right| **right).count(), of: inside.len() } }
    };
    BANDS.iter().map(band).collect()
}

/// The least sure value of a record's head; 1 where nothing is told.
fn least(judged: &Judged) -> f32 {
    head(judged).filter_map(|verdict| verdict.confidence).fold(1.0, f32::min)
}

/// Whether a check other than the reader's own confidence speaks against the record.
pub fn doubted(record: &Record) -> bool {
    record.issues.iter().any(|issue| issue.severity >= Severity::Warning && issue.code != LOW_CONFIDENCE.id)
}

fn point(found: &[&Judged], threshold: f32) -> Point {
    let passes = |j: &&&Judged| j.found.is_some_and(|record| !doubted(record)) && least(j) >= threshold;
    let passed: Vec<&&Judged> = found.iter().filter(passes).collect();
    let values = found.iter().flat_map(|j| head(j)).filter(|v| v.found.is_some()).count();
    let wrong = passed.iter().flat_map(|j| head(j)).filter(|v| wrong(v)).count();
    Point { threshold, review: Share { part: found.len() - passed.len(), of: found.len() }, silent: Share { part: wrong, of: values } }
}

/// The order in which a clerk works: [`queue::place`].
fn queue(found: &[&Judged]) -> Vec<(f64, usize)> {
    let mut order: Vec<&&Judged> = found.iter().collect();
    order.sort_by_key(|j| j.found.map(queue::place));
    let left = |share: &f64| {
        let seen = (share * order.len() as f64).ceil() as usize;
        (*share, order.iter().skip(seen).flat_map(|j| head(j)).filter(|v| wrong(v)).count())
    };
    LOOKED_AT.iter().map(left).collect()
}

fn text(pages: &[PageErrors]) -> Option<TextScore> {
    let mut rates: Vec<f64> = pages.iter().map(PageErrors::rate).collect();
    rates.sort_by(f64::total_cmp);
    let at = |share: f64| rates.get(((rates.len().max(1) - 1) as f64 * share).round() as usize).copied();
    Some(TextScore {
        pages: pages.len(),
        characters: pages.iter().map(|page| page.characters).sum(),
        errors: pages.iter().map(|page| page.errors).sum(),
        median: at(0.5)?,
        p95: at(0.95)?,
        digit_runs: Share { part: pages.iter().map(|page| page.runs.0).sum(), of: pages.iter().map(|page| page.runs.1).sum() },
    })
}
