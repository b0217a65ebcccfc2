//! What a run came to: the totals of `run.json`, and whether they add up.

use std::collections::BTreeMap;
use std::fs;

use serde::{Deserialize, Serialize};

use super::bundle::{Counts, Verdict};
use super::content::Shard;
use super::journal::Entry;

/// Totals over inputs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Inputs that the walk gave.
    pub inputs: u64,
    pub recorded: u64,
    /// Of the recorded: those with a page that failed.
    pub incomplete: u64,
    pub failed: u64,
    /// Inputs of other shards, and files of folders that are neither scan nor text.
    pub skipped: u64,
    /// Of the skipped: those that are neither.
    pub foreign: u64,
    #[serde(flatten)]
    pub counts: Counts,
    /// Failures and foreign files by `stage/code`.
    pub causes: BTreeMap<String, u64>,
}

impl Totals {
    pub fn add(&mut self, entry: &Entry) {
        match entry.verdict {
            Verdict::Recorded => self.recorded += 1,
            Verdict::Failed => self.failed += 1,
            Verdict::OtherShard => self.skipped += 1,
            Verdict::Foreign => {
                self.skipped += 1;
                self.foreign += 1;
            }
        }
        if entry.verdict == Verdict::Recorded && entry.has_failures() {
            self.incomplete += 1;
        }
        self.counts.records += entry.counts.records;
        self.counts.review += entry.counts.review;
        self.counts.pages += entry.counts.pages;
        self.counts.failed_pages += entry.counts.failed_pages;
        for cause in &entry.causes {
            *self.causes.entry(cause.clone()).or_default() += 1;
        }
    }

    /// Inputs that are done.
    pub fn done(&self) -> u64 {
        self.recorded + self.failed + self.skipped
    }

    /// inputs = recorded + failed + skipped
    pub fn add_up(&self) -> bool {
        self.inputs == self.done()
    }

    /// Share of the inputs tried that failed, wholly or in part, 0–1.
    pub fn failure_rate(&self) -> f64 {
        let tried = self.recorded + self.failed;
        (self.failed + self.incomplete) as f64 / tried.max(1) as f64
    }
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Running,
    Finished,
    /// By SIGINT or SIGTERM.
    Interrupted,
    /// By a failure of the run itself, or by `--max-failure-rate`.
    Stopped,
}

/// `run.json`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub version: String,
    /// Empty where no scan was read.
    pub model: String,
    /// Of configuration, model, rules and version.
    pub fingerprint: String,
    pub state: State,
    pub process: u32,
    pub shard: Shard,
    #[serde(flatten)]
    pub totals: Totals,
    /// Inputs that there are; null while the walk is not through.
    pub expected: Option<u64>,
    /// Inputs and pages that this run itself did, beside those that it found done.
    pub inputs_now: u64,
    pub pages_now: u64,
    /// Of this run, wall clock.
    pub seconds: f64,
    /// Of this run, parent and workers that have ended.
    pub cpu_seconds: f64,
    /// Largest resident size of the parent.
    pub peak_memory_mib: u64,
    /// Unix time at which this was written.
    pub written: u64,
}

/// Seconds of processor time of this process and its ended children; 0 where the system does not tell.
pub fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map(|(_, fields)| fields).unwrap_or_default();
    let ticks: u64 = fields.split_whitespace().skip(11).take(4).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    // Linux counts in hundredths for every program, whatever the kernel's own clock.
    ticks as f64 / 100.0
}

/// Largest resident size of this process so far, in MiB; 0 where the system does not tell.
pub fn peak_memory_mib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    peak.unwrap_or(0) / 1024
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::journal::Spans;

    #[test]
    fn totals_add_up_only_when_every_input_has_a_verdict() {
        let entry = |verdict, causes: &[&str]| Entry {
            number: 0,
            path: String::new(),
            marks: None,
            sha256: None,
            fingerprint: String::new(),
            verdict,
            from: Spans::default(),
            to: Spans::default(),
            counts: Counts { pages: 2, ..Counts::default() },
            causes: causes.iter().map(|cause| (*cause).to_owned()).collect(),
        };
        let mut totals = Totals { inputs: 3, ..Totals::default() };
        totals.add(&entry(Verdict::Recorded, &["ingest/page.damaged"]));
        totals.add(&entry(Verdict::Failed, &["ingest/file.empty"]));
        assert!(!totals.add_up());
        totals.add(&entry(Verdict::OtherShard, &[]));
        assert!(totals.add_up());
        assert_eq!((totals.incomplete, totals.counts.pages, totals.failure_rate()), (1, 6, 1.0));
    }

    #[test]
    fn this_process_has_used_memory() {
        assert!(peak_memory_mib() > 0);
    }
}
