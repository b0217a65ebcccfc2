//! How often a value is right that reader and rule are so sure of: counted, and the thresholds at which a letter may pass without a clerk.
//!
//! Chances: the values of a group of fields, ordered by raw confidence, are cut into runs of at least `LEAST`; neighbors whose shares of right
//! values do not rise are joined until all rise (isotonic regression). Each run counts as if one more value had been wrong; the chance is level
//! within a run and a straight line between two.
//!
//! Thresholds: from each group's floor on, that threshold is raised next which spares most wrong values for the letters it costs, until the target is met with a margin.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::check::calibration::{self, GROUPS, Table};

use super::judge::Judged;
use super::score::{Share, doubted};
use super::statement::BODY;

/// Values that a share is told of.
const LEAST: usize = 20;
/// No chance reaches it: a value of this group is always looked at.
const NEVER: f32 = 1.01;
/// Targets that the curve tells of: wrong values that nobody is told about, of all values.
const TARGETS: &[f64] = &[0.001, 0.002, 0.003, 0.005, 0.01, 0.02];
/// Share of the target that thresholds use up on the letters at hand: drawn letters are tamer than those of archives.
const MARGIN: f64 = 0.5;
/// Letters in a row that the same half of the curve's cross-check takes.
const ROW: usize = 8;

/// What is known of one record.
pub struct Observed {
    /// A check other than that of the confidences speaks against it.
    doubted: bool,
    values: Vec<Value>,
}

struct Value {
    /// Name in [`GROUPS`]; None for the kind, which has no table.
    group: Option<&'static str>,
    raw: f32,
    right: bool,
    /// Of the running text, which sends no letter to review.
    body: bool,
}

/// Tables by name of group.
pub type Tables = BTreeMap<String, Table>;

/// What a target costs, each half of the letters measured with what the other half taught.
#[derive(Debug, PartialEq)]
pub struct Cost {
    pub target: f64,
    pub review: Share,
    pub silent: Share,
}

/// The values of judged records whose confidences are raw.
pub fn observed(judged: &[Judged]) -> Vec<Observed> {
    let records = judged.iter().filter_map(|judged| Some((judged, judged.found?)));
    let records = records.map(|(judged, record)| {
        let found = judged.verdicts.iter().filter(|verdict| verdict.found.is_some());
        let values = found.map(|verdict| {
            let group = verdict.pointer.as_deref().and_then(calibration::group).filter(|_| verdict.confidence.is_some());
            Value {
                group: group.map(|group| group.name),
                raw: verdict.confidence.unwrap_or(1.0),
                right: verdict.right,
                body: verdict.field == BODY,
            }
        });
        Observed { doubted: doubted(record), values: values.collect() }
    });
    records.collect()
}

/// Chances and thresholds for `target`.
pub fn fit(letters: &[Observed], target: f64) -> Tables {
    let mut tables = Tables::new();
    for group in GROUPS {
        let values = letters.iter().flat_map(|letter| &letter.values).filter(|value| value.group == Some(group.name));
        let table = table(values.map(|value| (value.raw, value.right)).collect());
        if let Some(table) = table {
            tables.insert(group.name.to_owned(), Table { threshold: group.floor, ..table });
        }
    }
    choose(&mut tables, letters, target);
    tables
}

/// The chances of one group; None without values.
fn table(mut values: Vec<(f32, bool)>) -> Option<Table> {
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
    let (mut raw, mut right): (Vec<f32>, Vec<f32>) = (Vec::new(), Vec::new());
    for run in &rising {
        // Level from a run's first value to its last.
        for end in run.first().into_iter().chain(run.last()).map(|value| round(value.0)) {
            if raw.last().is_none_or(|known| *known < end) {
                raw.push(end);
                right.push(round(share(run)));
            }
        }
    }
    (!raw.is_empty()).then_some(Table { threshold: 0.0, values: values.len(), raw, right })
}

fn share(run: &[(f32, bool)]) -> f32 {
    run.iter().filter(|value| value.1).count() as f32 / (run.len() + 1) as f32
}

/// As the file tells it.
fn round(value: f32) -> f32 {
    (value * 10_000.0).round() / 10_000.0
}

/// A letter as thresholds see it.
struct Least<'t> {
    doubted: bool,
    wrong: usize,
    /// The least chance of each group's values.
    chances: BTreeMap<&'t str, f32>,
}

fn least<'t>(tables: &'t Tables, letters: &[Observed]) -> Vec<Least<'t>> {
    let one = |letter: &Observed| {
        let mut chances: BTreeMap<&str, f32> = BTreeMap::new();
        for value in letter.values.iter().filter(|value| !value.body) {
            if let Some((name, table)) = value.group.and_then(|group| tables.get_key_value(group)) {
                let least = chances.entry(name).or_insert(1.0);
                *least = least.min(table.chance(value.raw));
            }
        }
        let wrong = letter.values.iter().filter(|value| !value.body && !value.right).count();
        Least { doubted: letter.doubted, wrong, chances }
    };
    letters.iter().map(one).collect()
}

type Thresholds<'t> = BTreeMap<&'t str, f32>;

fn passes(letter: &Least, thresholds: &Thresholds) -> bool {
    !letter.doubted && letter.chances.iter().all(|(group, chance)| thresholds.get(group).is_none_or(|least| chance >= least))
}

/// Wrong values in letters that pass, and the letters that do not.
fn outcome(letters: &[Least], thresholds: &Thresholds) -> (usize, usize) {
    let passed: Vec<&Least> = letters.iter().filter(|letter| passes(letter, thresholds)).collect();
    (passed.iter().map(|letter| letter.wrong).sum(), letters.len() - passed.len())
}

fn values(letters: &[Observed]) -> usize {
    letters.iter().flat_map(|letter| &letter.values).filter(|value| !value.body).count()
}

fn choose(tables: &mut Tables, letters: &[Observed], target: f64) {
    let known = tables.clone();
    let seen = least(&known, letters);
    let of = values(letters);
    // As if one more wrong value had passed.
    let met = |wrong: usize| (wrong + 1) as f64 <= MARGIN * target * of as f64;
    let mut thresholds: Thresholds = known.iter().map(|(name, table)| (name.as_str(), table.threshold)).collect();
    let levels = |name: &str, above: f32| {
        let mut steps: Vec<f32> = known[name].right.iter().copied().chain([NEVER]).filter(|step| *step > above).collect();
        steps.dedup();
        steps
    };
    let (mut wrong, mut review) = outcome(&seen, &thresholds);
    while !met(wrong) {
        let raised = known.keys().filter(|name| *name != BODY).flat_map(|name| {
            let now = thresholds[name.as_str()];
            levels(name, now).into_iter().map(|level| {
                let mut tried = thresholds.clone();
                tried.insert(name, level);
                let (left, cost) = outcome(&seen, &tried);
                (wrong.saturating_sub(left) as f64 / (cost.saturating_sub(review) as f64 + 0.01), left, cost, tried)
            })
        });
        let best = raised.filter(|tried| tried.1 < wrong).max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, left, cost, tried)) = best else { break };
        (wrong, review, thresholds) = (left, cost, tried);
    }
    for (name, table) in tables.iter_mut() {
        // What was raised early may have become needless.
        let lower = levels(name, table.threshold).into_iter().filter(|level| *level < thresholds[name.as_str()]);
        let spared = std::iter::once(table.threshold).chain(lower).find(|level| {
            let mut tried = thresholds.clone();
            tried.insert(name, *level);
            met(outcome(&seen, &tried).0)
        });
        if let Some((name, level)) = known.get_key_value(name).map(|(name, _)| name.as_str()).zip(spared) {
            thresholds.insert(name, level);
        }
        table.threshold = thresholds[name.as_str()];
    }
}

/// What each target costs on letters that did not choose the thresholds.
pub fn curve(letters: Vec<Observed>) -> Vec<Cost> {
    let mut halves: [Vec<Observed>; 2] = [Vec::new(), Vec::new()];
    for (index, letter) in letters.into_iter().enumerate() {
        halves[index / ROW % 2].push(letter);
    }
    let [one, other] = halves;
    let costs = TARGETS.iter().map(|target| {
        let mut cost = Cost { target: *target, review: Share::default(), silent: Share::default() };
        for (taught, measured) in [(&one, &other), (&other, &one)] {
            let tables = fit(taught, *target);
            let thresholds = tables.iter().map(|(name, table)| (name.as_str(), table.threshold)).collect();
            let (wrong, review) = outcome(&least(&tables, measured), &thresholds);
            cost.silent = Share { part: cost.silent.part + wrong, of: cost.silent.of + values(measured) };
            cost.review = Share { part: cost.review.part + review, of: cost.review.of + measured.len() };
        }
        cost
    });
    costs.collect()
}

/// `calibration.toml`.
pub fn file(tables: &Tables, letters: usize, target: f64) -> String {
    let values: usize = tables.values().map(|table| table.values).sum();
    let mut out = format!(
        "# How often a value of this reader is right, by its raw confidence, and the chance below which a clerk looks at it. Written by\n\
         # `saraban eval --calibrate` from {letters} letters with {values} values; docs/confidence.md says what the numbers mean.\n\
         target = {target}\n"
    );
    let list = |values: &[f32]| values.iter().map(f32::to_string).collect::<Vec<_>>().join(", ");
    for (name, table) in tables {
        let (raw, right) = (list(&table.raw), list(&table.right));
        let _ = write!(
            out,
            "\n[groups.{name}]\nthreshold = {}\nvalues = {}\nraw = [{raw}]\nright = [{right}]\n",
            table.threshold, table.values
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Calibration;

    fn letter(name: (f32, bool), number: (f32, bool)) -> Observed {
        let value = |group, (raw, right)| Value { group: Some(group), raw, right, body: false };
        Observed { doubted: false, values: vec![value("name", name), value("number", number)] }
    }

    /// Names are right from 0.5 on, numbers always.
    fn letters() -> Vec<Observed> {
        (0..400).map(|n| n as f32 / 400.0).map(|raw| letter((raw, raw >= 0.5), (0.9 + raw / 20.0, true))).collect()
    }

    #[test]
    fn a_table_rises_and_is_never_surer_than_what_was_counted() {
        let values = (0..200).map(|n| (n as f32 / 200.0, n % 7 != 0 && n > 60)).collect();
        let table = table(values).unwrap();
        assert!(table.raw.windows(2).all(|pair| pair[0] < pair[1]) && table.right.windows(2).all(|pair| pair[0] <= pair[1]), "{table:?}");
        assert!(table.right[0] == 0.0 && *table.right.last().unwrap() < 1.0, "{table:?}");
    }

    #[test]
    fn thresholds_send_what_is_wrong_and_little_else() {
        let tables = fit(&letters(), 0.005);
        let (name, number) = (&tables["name"], &tables["number"]);
        assert!(name.threshold > 0.0 && number.threshold <= 0.9, "{tables:?}");
        let cost = curve(letters());
        let point = cost.iter().find(|cost| cost.target == 0.005).unwrap();
        assert!(point.silent.rate() <= 0.01 && (0.45..0.6).contains(&point.review.rate()), "{point:?}");
        assert!(cost.windows(2).all(|pair| pair[0].review.part >= pair[1].review.part), "{cost:?}");
    }

    #[test]
    fn a_target_that_cannot_be_met_lets_nothing_pass() {
        let letters: Vec<Observed> = (0..100).map(|n| letter((0.9, n % 6 != 0), (0.9, true))).collect();
        assert!(fit(&letters, 0.008).values().any(|table| table.threshold == NEVER));
    }

    #[test]
    fn a_written_file_reads_as_what_was_fitted() {
        let tables = fit(&letters(), 0.005);
        let read = Calibration::parse(&file(&tables, 400, 0.005)).unwrap();
        assert_eq!((read.groups, read.target), (tables, 0.005));
    }
}
