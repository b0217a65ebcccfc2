use std::path::PathBuf;

use crate::batch::merge;
use crate::error::Error;

use super::Exit;

/// Joins the results of all shards of a batch into what one machine would have written
#[derive(clap::Args)]
pub struct Args {
    /// The --out folder of each shard
    #[arg(value_name = "DIR", required = true)]
    folders: Vec<PathBuf>,
    /// Folder for the joined results
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Args {
    pub fn run(self) -> Result<Exit, Error> {
        let totals = merge::merge(&self.folders, &self.out)?;
        eprintln!(
            "{} files: {} recorded, {} failed, {} records from {} pages",
            totals.inputs, totals.recorded, totals.failed, totals.counts.records, totals.counts.pages
        );
        Ok(if totals.failed + totals.incomplete > 0 { Exit::Failures } else { Exit::Success })
    }
}
