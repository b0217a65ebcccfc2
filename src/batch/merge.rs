//! Folders of shards into one: exactly what one machine would have written, or nothing.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::error::{Error, Stage};

use super::archive::Shelf;
use super::bundle::Verdict;
use super::content::Shard;
use super::folder::{Folder, JOURNAL, RUN};
use super::journal::{Entries, Entry};
use super::summary::{Run, State, Totals};

/// One shard's results.
struct Part {
    folder: PathBuf,
    run: Run,
    shelf: Shelf,
    entries: Entries,
}

/// Merges the folders of all shards of one batch into `out`, which must not hold results yet.
pub fn merge(folders: &[PathBuf], out: &Path) -> Result<Totals, Error> {
    let mut parts = folders.iter().map(|folder| Part::open(folder)).collect::<Result<Vec<_>, Error>>()?;
    check_shards(&parts)?;
    let mut target = Folder::open(out)?;
    if target.entries()?.next().is_some() {
        return Err(Error::new(Stage::Output, "merge.occupied", "holds results already", "")
            .at(out.display())
            .hint("choose an empty folder"));
    }
    target.go_on(false)?;
    let mut totals = Totals::default();
    loop {
        let entries: Vec<Option<Entry>> = parts.iter_mut().map(|part| part.entries.next().map(|(_, entry)| entry)).collect();
        if entries.iter().all(Option::is_none) {
            break;
        }
        let (owner, entry) = owner(&parts, entries)?;
        let lines = parts[owner].shelf.lines(&entry, &entry.path).map_err(|why| {
            Error::new(Stage::Output, "merge.unreadable", "cannot read the results", why)
                .at(parts[owner].folder.display())
                .hint("run this shard again")
        })?;
        totals.add(&target.commit(entry, &lines)?);
    }
    target.flush()?;
    totals.inputs = totals.done();
    let run = merged(&parts, &totals);
    let text = serde_json::to_vec_pretty(&run)
        .map_err(|why| Error::new(Stage::Output, "merge.run", "cannot write run.json", why).at(out.display()).hint("report it"))?;
    target.replace(RUN, &[text.as_slice(), b"\n"].concat())?;
    Ok(totals)
}

impl Part {
    fn open(folder: &Path) -> Result<Part, Error> {
        let unusable = |why: String| {
            Error::new(Stage::Configure, "merge.no_run", "no finished run here", why).at(folder.display()).hint("run this shard to its end")
        };
        let text = fs::read(folder.join(RUN)).map_err(|why| unusable(format!("{RUN}: {why}")))?;
        let run: Run = serde_json::from_slice(&text).map_err(|why| unusable(format!("{RUN}: {why}")))?;
        if run.state != State::Finished {
            return Err(unusable(format!("{} of its inputs are done", run.totals.done())));
        }
        let journal = File::open(folder.join(JOURNAL)).map_err(|why| unusable(format!("{JOURNAL}: {why}")))?;
        let mut entries = Entries::starting_at(journal, 0).map_err(|why| unusable(why.to_string()))?;
        let header = entries.header().ok_or_else(|| unusable(format!("{JOURNAL} is empty")))?;
        let shelf = Shelf::open(folder, header.base).map_err(|why| unusable(why.to_string()))?;
        Ok(Part { folder: folder.to_path_buf(), run, shelf, entries })
    }
}

/// Every shard once, and all of one batch.
fn check_shards(parts: &[Part]) -> Result<(), Error> {
    let wrong = |folder: &Path, what: String, hint: &str| {
        Err(Error::new(Stage::Configure, "merge.shards", what, "").at(folder.display()).hint(hint.to_owned()))
    };
    let Some(first) = parts.first() else { return Ok(()) };
    let count = first.run.shard.count;
    for (at, part) in parts.iter().enumerate() {
        let Shard { index, count: own } = part.run.shard;
        if own != count {
            return wrong(&part.folder, format!("is shard {index}/{own}, the others are of {count}"), "give the folders of one batch");
        }
        if let Some(twin) = parts[..at].iter().find(|other| other.run.shard.index == index) {
            return wrong(&part.folder, format!("is shard {index}/{count}, as is {}", twin.folder.display()), "give each shard once");
        }
        if part.run.fingerprint != first.run.fingerprint && !part.run.model.is_empty() && !first.run.model.is_empty() {
            return wrong(&part.folder, "was read with another model or configuration".to_owned(), "run it again with that of the others");
        }
    }
    match (1..=count).find(|index| !parts.iter().any(|part| part.run.shard.index == *index)) {
        Some(missing) => wrong(&first.folder, format!("shard {missing}/{count} is missing"), "give the folders of all shards"),
        None => Ok(()),
    }
}

/// Who read this input: exactly one shard, and all agree on what the input is.
fn owner(parts: &[Part], entries: Vec<Option<Entry>>) -> Result<(usize, Entry), Error> {
    let told = |part: &Part, path: &str, what: &str| {
        Err(Error::new(Stage::Configure, "merge.inputs", what, "the shards did not walk the same inputs")
            .at(format!("{}, {path}", part.folder.display()))
            .hint("run all shards on the same inputs"))
    };
    let path = entries.iter().flatten().next().map(|entry| entry.path.clone()).unwrap_or_default();
    let mut found: Option<(usize, Entry)> = None;
    for (at, entry) in entries.into_iter().enumerate() {
        let Some(entry) = entry else { return told(&parts[at], &path, "is missing here") };
        if entry.path != path {
            return told(&parts[at], &path, "is another file here");
        }
        // What could not even be read as bytes has no content to choose a shard by: all tell it, the first counts.
        let unreadable = entry.sha256.is_none();
        match (&found, entry.verdict == Verdict::OtherShard) {
            (_, true) => {}
            (None, false) => found = Some((at, entry)),
            (Some(_), false) if unreadable => {}
            (Some(_), false) => return told(&parts[at], &path, "was read by two shards"),
        }
    }
    found.map_or_else(|| told(&parts[0], &path, "was read by no shard"), Ok)
}

fn merged(parts: &[Part], totals: &Totals) -> Run {
    let read = parts.iter().find(|part| !part.run.model.is_empty()).unwrap_or(&parts[0]);
    Run {
        shard: Shard::WHOLE,
        totals: totals.clone(),
        expected: Some(totals.inputs),
        inputs_now: totals.inputs,
        pages_now: totals.counts.pages,
        seconds: parts.iter().map(|part| part.run.seconds).fold(0.0, f64::max),
        cpu_seconds: parts.iter().map(|part| part.run.cpu_seconds).sum(),
        peak_memory_mib: parts.iter().map(|part| part.run.peak_memory_mib).max().unwrap_or(0),
        ..read.run.clone()
    }
}
