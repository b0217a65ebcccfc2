use std::path::PathBuf;

use crate::batch::progress::clock;
use crate::batch::status::{self, Status};
use crate::batch::summary::State;
use crate::error::Error;

use super::Exit;
use super::screen::show;

/// Tells how far a run is, also while it runs
#[derive(clap::Args)]
pub struct Args {
    /// The --out folder of saraban extract
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

impl Args {
    pub fn run(self) -> Result<Exit, Error> {
        let status = status::of(&self.folder)?;
        show(if self.json { serde_json::to_string(&status).unwrap_or_default() + "\n" } else { words(&status) })?;
        Ok(Exit::Success)
    }
}

fn words(status: &Status) -> String {
    let totals = &status.totals;
    let state = match status.state {
        State::Running => "running",
        State::Finished => "finished",
        State::Interrupted => "interrupted; the same command goes on",
        State::Stopped => "stopped; the same command goes on",
    };
    let of = status.expected.map(|expected| format!(" of {expected}")).unwrap_or_default();
    let mut lines = vec![
        format!("state      {state}"),
        format!("done       {}{of} files", totals.done()),
        format!("recorded   {} ({} in part)", totals.recorded, totals.incomplete),
        format!("failed     {}", totals.failed),
        format!("skipped    {} ({} neither scan nor text)", totals.skipped, totals.foreign),
        format!("records    {} ({} to review)", totals.counts.records, totals.counts.review),
        format!("pages      {} ({} failed), {:.1}/s", totals.counts.pages, totals.counts.failed_pages, status.pages_per_second),
    ];
    if let Some(remaining) = status.remaining {
        let left = status.seconds_left.map(|seconds| format!(", {}", clock(seconds))).unwrap_or_default();
        lines.push(format!("remaining  {remaining} files{left}"));
    }
    for (cause, count) in &totals.causes {
        lines.push(format!("  {count:>7}  {cause}"));
    }
    lines.join("\n") + "\n"
}
