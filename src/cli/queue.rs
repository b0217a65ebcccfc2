use std::fs;
use std::path::PathBuf;

use crate::check::queue;
use crate::document::record::{Issue, Record, Review, Severity};
use crate::error::{Error, Stage};

use super::Exit;
use super::screen::show;

/// Lists the records that a person should look at, where most is likely wrong first
///
/// One record a line, tab-separated: about how many of its values are wrong or missing, file, which record of how many of that file, pages, and
/// why each value is in doubt. saraban explain DIR/pages.ndjson --source FILE --record N tells more.
#[derive(clap::Args)]
pub struct Args {
    /// The --out folder of saraban extract
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Only so many, the first
    #[arg(long, value_name = "N")]
    first: Option<usize>,
}

impl Args {
    pub fn run(self) -> Result<Exit, Error> {
        let file = self.folder.join("records.ndjson");
        let refuse =
            |what: &str, why: String, hint: &str| Error::new(Stage::Configure, "queue.records", what, why).at(file.display()).hint(hint);
        let text =
            fs::read_to_string(&file).map_err(|why| refuse("cannot be read", why.to_string(), "name the --out of saraban extract"))?;
        let records = text.lines().enumerate().map(|(index, line)| {
            serde_json::from_str::<Record>(line).map_err(|why| {
                let hint = "it may be of another version: run the same saraban extract again";
                refuse(&format!("line {} is no record", index + 1), why.to_string(), hint)
            })
        });
        let mut waiting = records.collect::<Result<Vec<_>, Error>>()?;
        waiting.retain(|record| record.review == Review::Needed);
        waiting.sort_by_key(queue::place);
        for record in waiting.iter().take(self.first.unwrap_or(usize::MAX)) {
            show(line(record) + "\n")?;
        }
        Ok(Exit::Success)
    }
}

fn line(record: &Record) -> String {
    let pages: Vec<String> = record.source.pages.iter().map(u32::to_string).collect();
    let of_whole = |issue: &&Issue| issue.field.as_deref().is_none_or(|field| !queue::is_part(record, field));
    let doubts = record.issues.iter().filter(|issue| issue.severity >= Severity::Warning);
    // A low confidence of an entry is that of its number, date and copies too.
    let doubts = doubts.filter(|issue| issue.code != "confidence.low" || of_whole(issue));
    let doubts = doubts.map(|issue| issue.field.as_ref().map_or_else(|| issue.code.clone(), |field| format!("{field} {}", issue.code)));
    let doubts: Vec<String> = doubts.collect();
    let Record { source, .. } = record;
    let place = format!("{}\t{}/{}\t{}", source.path, source.index, source.count, pages.join(","));
    format!("{:.1}\t{place}\t{}", queue::expected_wrong(record), doubts.join("; "))
}
