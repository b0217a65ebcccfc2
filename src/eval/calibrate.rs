//! How often a value is right that so much speaks for: weighed, counted, and the chance from which on a letter may pass without a clerk.
//!
//! Chances: signs and rule of a value are weighed into its evidence (`odds.rs`), for each group of fields by weights of its own. Its values, ordered
//! by evidence, are cut into runs of at least `LEAST`; neighbors whose shares of right values do not rise are joined until all rise (isotonic regression).
//! Each run counts as if one more value had been wrong; the chance is level within a run and a straight line between two.
//!
//! Threshold: one for all fields. Each fifth of the letters is given the chances that the others taught; the threshold is the lowest with
//! which, as far as these letters can show, wrong values that nobody is told about keep below the target (see `limit`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::check::calibration::{self, Calibration, GROUPS, TEXT, Table, Weights};
use crate::document::record::Signs;

use super::judge::Judged;
use super::odds::{self, Row};
use super::score::{Share, doubted};
use super::statement::BODY;

/// Values that a share is told of.
const LEAST: usize = 20;
/// No chance reaches it: nothing passes.
const NEVER: f32 = 1.01;
/// Parts of the letters, each measured with what the others taught.
const FOLDS: u64 = 5;
/// Targets that the curve tells of: wrong values that nobody is told about, of all values.
const TARGETS: &[f64] = &[0.001, 0.002, 0.003, 0.005, 0.01, 0.02];

/// What is known of one record.
pub struct Observed {
    /// A check other than that of the confidences speaks against it.
    doubted: bool,
    /// Scans of the same letter are in the same part: what one teaches does not help another.
    fold: u64,
    values: Vec<Value>,
}

struct Value {
    /// Name in [`GROUPS`]; None for the kind, which has no table.
    group: Option<&'static str>,
    signs: Signs,
    rule: String,
    right: bool,
}

impl Value {
    /// Of the running text, which sends no letter to review.
    fn is_text(&self) -> bool {
        self.group == Some(TEXT)
    }
}

/// What was counted on letters that taught nothing to the chances they were given.
#[derive(Debug, PartialEq)]
pub struct Checked {
    pub costs: Vec<Cost>,
    pub groups: Vec<Trusted>,
}

/// What a target costs.
#[derive(Debug, PartialEq)]
pub struct Cost {
    pub target: f64,
    pub review: Share,
    pub silent: Share,
}

/// Values of a group: how many are right of those given a chance of at least 0.9, and of all.
#[derive(Debug, PartialEq)]
pub struct Trusted {
    pub group: &'static str,
    pub sure: Share,
    pub all: Share,
}

/// The values of judged records whose confidences are raw.
pub fn observed(judged: &[Judged]) -> Vec<Observed> {
    let records = judged.iter().filter_map(|judged| Some((judged, judged.found?)));
    let records = records.map(|(judged, record)| {
        let found = judged.verdicts.iter().filter(|verdict| verdict.found.is_some());
        let values = found.map(|verdict| {
            let group = verdict.pointer.as_deref().and_then(calibration::group).filter(|_| verdict.signs.is_some());
            Value {
                group: if verdict.field == BODY { Some(TEXT) } else { group.map(|group| group.name) },
                signs: verdict.signs.unwrap_or_default(),
                rule: verdict.rule.clone().unwrap_or_default(),
                right: verdict.right,
            }
        });
        Observed { doubted: doubted(record), fold: fold(judged), values: values.collect() }
    });
    records.collect()
}

fn fold(judged: &Judged) -> u64 {
    let mut hasher = DefaultHasher::new();
    match judged.truth {
        Some(letter) => letter.statements.iter().for_each(|statement| statement.text.hash(&mut hasher)),
        None => judged.source.hash(&mut hasher),
    }
    hasher.finish() % FOLDS
}

/// Chances and threshold for `target`.
pub fn fit(letters: &[Observed], target: f64) -> Calibration {
    let seen = crossed(letters);
    Calibration { threshold: threshold(&seen.iter().collect::<Vec<_>>(), target), target, ..taught(letters.iter()) }
}

/// Weights and counts.
fn taught<'o>(letters: impl Iterator<Item = &'o Observed>) -> Calibration {
    let values: Vec<&Value> = letters.flat_map(|letter| &letter.values).collect();
    let mut model = Calibration::default();
    for group in GROUPS {
        let values: Vec<&Value> = values.iter().copied().filter(|value| value.group == Some(group.name)).collect();
        let (weights, rules) = weighed(&values);
        let evidence = |value: &&Value| (weights.evidence(&value.signs, rules[value.rule.as_str()]), value.right);
        let table = table(weights, values.iter().map(evidence).collect());
        model.groups.extend(table.map(|table| (group.name.to_owned(), table)));
        model.rules.extend(rules.into_iter().map(|(rule, weight)| (rule.to_owned(), weight)));
    }
    model
}

/// What each sign and each rule says of the values of one group. A rule gives one part of a field, and a part is of one group.
fn weighed<'v>(values: &[&'v Value]) -> (Weights, BTreeMap<&'v str, f32>) {
    let rules: BTreeSet<&str> = values.iter().map(|value| value.rule.as_str()).collect();
    let places: BTreeMap<&str, usize> = rules.iter().enumerate().map(|(at, rule)| (*rule, at)).collect();
    let row = |value: &&Value| Row { measures: calibration::measures(&value.signs), rule: places[value.rule.as_str()], right: value.right };
    let odds = odds::fit(&values.iter().map(row).collect::<Vec<_>>(), rules.len());
    let [sure, errors, page, crossed] = odds.measures.map(|weight| round(weight as f32));
    let offsets = rules.iter().zip(&odds.rules).map(|(rule, weight)| (*rule, round(*weight as f32)));
    (Weights { base: round(odds.base as f32), sure, errors, page, crossed }, offsets.collect())
}

/// The chances of one group; None without values.
fn table(weights: Weights, mut values: Vec<(f32, bool)>) -> Option<Table> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut runs: Vec<Vec<(f32, bool)>> = Vec::new();
    for value in values.iter().copied() {
        match runs.last_mut() {
            Some(run) if run.len() < LEAST || run.last().is_some_and(|last| last.0 == value.0) => run.push(value),
            _ => runs.push(vec![value]),
        }
    }
    let mut rising: Vec<Vec<(f32, bool)>> = Vec::new();
    for run in runs {
        rising.push(run);
        while let [.., before, last] = rising.as_slice()
            && (share(before) >= share(last) || last.len() < LEAST)
        {
            let last = rising.pop()?;
            rising.last_mut()?.extend(last);
        }
    }
    let (mut evidence, mut right): (Vec<f32>, Vec<f32>) = (Vec::new(), Vec::new());
    for run in &rising {
        let middle = round(run.iter().map(|value| value.0).sum::<f32>() / run.len() as f32);
        if evidence.last().is_none_or(|known| *known < middle) {
            evidence.push(middle);
            right.push(round(share(run)));
        }
    }
    (!evidence.is_empty()).then_some(Table { weights, values: values.len(), evidence, right })
}

fn share(run: &[(f32, bool)]) -> f32 {
    run.iter().filter(|value| value.1).count() as f32 / (run.len() + 1) as f32
}

/// As the file tells it.
fn round(value: f32) -> f32 {
    (value * 10_000.0).round() / 10_000.0
}

/// A letter with chances that other letters taught.
struct Seen {
    doubted: bool,
    fold: u64,
    /// Wrong values, and all, running text apart.
    wrong: usize,
    values: usize,
    /// The least chance of its values.
    least: f32,
    chances: Vec<(&'static str, f32, bool)>,
}

fn crossed(letters: &[Observed]) -> Vec<Seen> {
    let mut all = Vec::new();
    for fold in 0..FOLDS {
        let model = taught(letters.iter().filter(|letter| letter.fold != fold));
        all.extend(letters.iter().filter(|letter| letter.fold == fold).map(|letter| seen(letter, &model)));
    }
    all
}

fn seen(letter: &Observed, model: &Calibration) -> Seen {
    let chance = |value: &Value| {
        let group = value.group?;
        Some((group, model.chance(group, &value.signs, &value.rule)?, value.right))
    };
    let chances: Vec<_> = letter.values.iter().filter_map(chance).collect();
    let head = || letter.values.iter().filter(|value| !value.is_text());
    Seen {
        doubted: letter.doubted,
        fold: letter.fold,
        wrong: head().filter(|value| !value.right).count(),
        values: head().count(),
        least: chances.iter().filter(|(group, ..)| *group != TEXT).map(|(_, chance, _)| *chance).fold(1.0, f32::min),
        chances,
    }
}

/// The lowest threshold that the letters can show to keep to the target; [`NEVER`] where they are too few to show it.
fn threshold(letters: &[&Seen], target: f64) -> f32 {
    let allowed = target * letters.iter().map(|letter| letter.values).sum::<usize>() as f64;
    let mut passing: Vec<&&Seen> = letters.iter().filter(|letter| !letter.doubted).collect();
    passing.sort_by(|a, b| b.least.total_cmp(&a.least));
    let (mut wrong, mut lowest) = (0, NEVER);
    for equal in passing.chunk_by(|a, b| a.least == b.least) {
        wrong += equal.iter().map(|letter| letter.wrong).sum::<usize>();
        if limit(wrong) > allowed {
            break;
        }
        lowest = equal[0].least;
    }
    (lowest * 10_000.0).floor() / 10_000.0
}

/// How many wrong values may stand behind `counted` ones: the upper end of the one-sided 95 % confidence interval of a Poisson count.
fn limit(counted: usize) -> f64 {
    ((counted as f64 + 1.0).sqrt() + 1.645 / 2.0).powi(2)
}

/// What each target costs on letters that chose neither chances nor threshold, and how far their chances can be believed.
pub fn checked(letters: &[Observed]) -> Checked {
    let seen = crossed(letters);
    let costs = TARGETS.iter().map(|target| {
        let mut cost = Cost { target: *target, review: Share::default(), silent: Share::default() };
        for fold in 0..FOLDS {
            let (own, others): (Vec<&Seen>, Vec<&Seen>) = seen.iter().partition(|letter| letter.fold == fold);
            let least = threshold(&others, *target);
            for letter in own {
                let passes = !letter.doubted && letter.least >= least;
                cost.review = Share { part: cost.review.part + usize::from(!passes), of: cost.review.of + 1 };
                let wrong = if passes { letter.wrong } else { 0 };
                cost.silent = Share { part: cost.silent.part + wrong, of: cost.silent.of + letter.values };
            }
        }
        cost
    });
    let groups = GROUPS.iter().map(|group| {
        let own = || seen.iter().flat_map(|letter| &letter.chances).filter(|(name, ..)| *name == group.name);
        let right = |least: f32| {
            let given: Vec<bool> = own().filter(|(_, chance, _)| *chance >= least).map(|(.., right)| *right).collect();
            Share { part: given.iter().filter(|right| **right).count(), of: given.len() }
        };
        Trusted { group: group.name, sure: right(0.9), all: right(0.0) }
    });
    Checked { costs: costs.collect(), groups: groups.collect() }
}

/// `calibration.toml`.
pub fn file(model: &Calibration, letters: usize) -> String {
    let values: usize = model.groups.values().map(|table| table.values).sum();
    let mut out = format!(
        "# How often a value of this reader is right, by all that speaks for it, and the chance below which a clerk looks at it. Written by\n\
         # `saraban eval --calibrate` from {letters} letters with {values} values; docs/confidence.md says what the numbers mean.\n\
         target = {}\nthreshold = {}\n\n[rules]\n",
        model.target, model.threshold
    );
    for (rule, weight) in &model.rules {
        let _ = writeln!(out, "\"{rule}\" = {weight}");
    }
    let list = |values: &[f32]| values.iter().map(f32::to_string).collect::<Vec<_>>().join(", ");
    for (name, table) in &model.groups {
        let (evidence, right) = (list(&table.evidence), list(&table.right));
        let Weights { base, sure, errors, page, crossed } = table.weights;
        let _ = writeln!(
            out,
            "\n[groups.{name}]\nweights = {{ base = {base}, sure = {sure}, errors = {errors}, page = {page}, crossed = {crossed} }}"
        );
        let _ = write!(out, "values = {}\nevidence = [{evidence}]\nright = [{right}]\n", table.values);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names are right from 0.5 on, numbers always; each fifth letter is of another part.
    fn letters(count: usize) -> Vec<Observed> {
        let value = |group, sure: f32, right| {
            let signs = Signs { sure, errors: 1.0 - sure, page: 0.01, crossed: 0.0 };
            Value { group: Some(group), signs, rule: format!("{group}.rule"), right }
        };
        let letter = |n: usize| {
            let sure = n as f32 / count as f32;
            let mut values = vec![value("name", sure, sure >= 0.5)];
            values.extend((0..9).map(|_| value("number", 0.9 + sure / 20.0, true)));
            Observed { doubted: false, fold: n as u64 % FOLDS, values }
        };
        (0..count).map(letter).collect()
    }

    #[test]
    fn a_table_rises_and_is_never_surer_than_what_was_counted() {
        let values = (0..200).map(|n| (n as f32 / 200.0, n % 7 != 0 && n > 60)).collect();
        let table = table(Weights::default(), values).unwrap();
        let rises = table.evidence.windows(2).all(|pair| pair[0] < pair[1]) && table.right.windows(2).all(|pair| pair[0] <= pair[1]);
        assert!(rises && table.right[0] == 0.0 && *table.right.last().unwrap() < 1.0, "{table:?}");
    }

    #[test]
    fn the_threshold_sends_what_is_wrong_and_little_else() {
        let letters = letters(600);
        let model = fit(&letters, 0.005);
        let chance = |sure: f32| model.chance("name", &Signs { sure, errors: 1.0 - sure, page: 0.01, crossed: 0.0 }, "name.rule").unwrap();
        assert!(chance(0.4) < model.threshold && chance(0.6) >= model.threshold, "{model:?}");
        let checked = checked(&letters);
        let point = checked.costs.iter().find(|cost| cost.target == 0.005).unwrap();
        assert!(point.silent.rate() <= 0.005 && (0.45..0.6).contains(&point.review.rate()), "{point:?}");
        assert!(checked.costs.windows(2).all(|pair| pair[0].review.part >= pair[1].review.part), "{checked:?}");
        let names = checked.groups.iter().find(|trusted| trusted.group == "name").unwrap();
        assert!(names.all.of == 600 && names.sure.of > 200 && names.sure.rate() >= 0.9, "{names:?}");
    }

    #[test]
    fn letters_too_few_to_show_the_target_do_not_pass() {
        assert!(fit(&letters(50), 0.005).threshold > 1.0);
        assert!(limit(0) > 3.0 && limit(10) > 16.9);
    }

    #[test]
    fn a_written_file_reads_as_what_was_fitted() {
        let model = fit(&letters(600), 0.005);
        let read = Calibration::parse(&file(&model, 600)).unwrap();
        assert_eq!(Calibration { checksum: String::new(), ..read }, model);
    }
}
