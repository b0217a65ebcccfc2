//! How far a run is, told from its folder alone, also while it runs.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use serde::Serialize;

use crate::error::{Error, Stage};

use super::folder::{JOURNAL, RUN};
use super::journal::Entries;
use super::summary::{Run, State, Totals};

/// What a folder tells of its run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Status {
    pub state: State,
    #[serde(flatten)]
    pub totals: Totals,
    /// Inputs that there are; null while the walk is not through.
    pub expected: Option<u64>,
    pub remaining: Option<u64>,
    /// Of the present or last run.
    pub pages_per_second: f64,
    /// Until the end, at that speed; null where nothing runs or the end is not known.
    pub seconds_left: Option<f64>,
    /// Of the present or last run.
    pub seconds: f64,
}

/// Reads the journal, which is the truth, and `run.json` for the speed.
pub fn of(folder: &Path) -> Result<Status, Error> {
    let no_run = |why: String| {
        Error::new(Stage::Configure, "status.no_run", "no run here", why)
            .at(folder.display())
            .hint("give the --out folder of saraban extract")
    };
    let journal = File::open(folder.join(JOURNAL)).map_err(|why| no_run(format!("{JOURNAL}: {why}")))?;
    let runs = is_locked(&journal);
    let mut entries = Entries::starting_at(journal, 0).map_err(|why| no_run(why.to_string()))?;
    if entries.header().is_none() {
        return Err(no_run(format!("{JOURNAL} is empty")));
    }
    let mut totals = Totals::default();
    entries.for_each(|(_, entry)| totals.add(&entry));
    let run: Option<Run> = fs::read(folder.join(RUN)).ok().and_then(|text| serde_json::from_slice(&text).ok());
    let last_state = run.as_ref().map_or(State::Stopped, |run| run.state);
    let state = match (runs, last_state) {
        (true, _) => State::Running,
        // It says that it runs, and nobody holds the folder: it was killed.
        (false, State::Running) => State::Stopped,
        (false, state) => state,
    };
    let expected = run.as_ref().and_then(|run| run.expected);
    let remaining = expected.map(|expected| expected.saturating_sub(totals.done()));
    totals.inputs = run.as_ref().map_or(totals.done(), |run| run.totals.inputs.max(totals.done()));
    let per_second = |count: u64| run.as_ref().filter(|run| run.seconds > 0.0).map_or(0.0, |run| count as f64 / run.seconds);
    let inputs_per_second = per_second(run.as_ref().map_or(0, |run| run.inputs_now));
    Ok(Status {
        state,
        expected,
        remaining,
        pages_per_second: per_second(run.as_ref().map_or(0, |run| run.pages_now)),
        seconds_left: remaining.filter(|_| runs && inputs_per_second > 0.0).map(|left| left as f64 / inputs_per_second),
        seconds: run.as_ref().map_or(0.0, |run| run.seconds),
        totals,
    })
}

/// Whether a run holds the folder. Who asks holds it for an instant only, and not against others who ask.
fn is_locked(journal: &File) -> bool {
    let refused = matches!(journal.try_lock_shared(), Err(TryLockError::WouldBlock));
    // What cannot be given back here is given back when the file is closed.
    let _ = journal.unlock();
    refused
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asking_is_no_run() {
        let folder = tempfile::tempdir().unwrap();
        let open = || File::options().append(true).read(true).create(true).open(folder.path().join(JOURNAL)).unwrap();
        let (ours, other) = (open(), open());
        assert!(!is_locked(&ours));
        other.try_lock().unwrap();
        assert!(is_locked(&ours));
        other.unlock().unwrap();
        other.try_lock_shared().unwrap();
        assert!(!is_locked(&ours));
    }
}
