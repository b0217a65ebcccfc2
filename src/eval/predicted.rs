//! What a run found: `records.ndjson`, `pages.ndjson` and `run.json` of its folder.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::config::Config;
use crate::document::record::Record;
use crate::error::{Error, Stage};
use crate::output::pages::PageLine;
use crate::pipeline::Assembler;

use super::truth::TrueSource;

/// The results of one run.
#[derive(Debug)]
pub struct Predicted {
    pub records: Vec<Record>,
    pub pages: Vec<PageLine>,
    pub run: RunFacts,
}

/// The part of `run.json` that an evaluation tells.
#[derive(Debug, Clone, Deserialize)]
pub struct RunFacts {
    pub version: String,
    pub model: String,
    pub fingerprint: String,
    pub pages_now: u64,
    pub cpu_seconds: f64,
}

/// Reads a run's folder. A record of a scan that `truth` does not know is an error: the two do not belong together.
pub fn read(folder: &Path, truth: &[TrueSource]) -> Result<Predicted, Error> {
    let run = fs::read_to_string(folder.join("run.json"))
        .map_err(|why| refuse(folder, "holds no run", why).hint("name the --out of saraban extract"))?;
    let run = serde_json::from_str(&run).map_err(|why| refuse(&folder.join("run.json"), "is no run", why))?;
    let records: Vec<Record> = lines(&folder.join("records.ndjson"))?;
    let pages: Vec<PageLine> = lines(&folder.join("pages.ndjson"))?;
    if let Some(stray) = records.iter().find(|record| truth.iter().all(|source| source.path != record.source.path)) {
        let why = format!("there is no truth for {}", stray.source.path);
        return Err(refuse(&folder.join("records.ndjson"), "holds a letter that does not exist", why)
            .hint("evaluate the folder that was extracted"));
    }
    Ok(Predicted { records, pages, run })
}

/// What a perfect reader would find: the true text of every sample goes the way of text that was read. Shows the rules alone.
pub fn replay(folder: &Path, truth: &[TrueSource]) -> Result<Predicted, Error> {
    let assembler = Assembler::new()?;
    let (mut records, mut pages) = (Vec::new(), Vec::new());
    for source in truth {
        let file = folder.join(&source.path).with_file_name("text.json");
        let text = fs::read_to_string(&file).map_err(|why| refuse(&file, "cannot be read", why))?;
        let mut found: Vec<PageLine> = serde_json::from_str(&text).map_err(|why| refuse(&file, "is no list of pages", why))?;
        found.iter_mut().for_each(|page| page.source.path.clone_from(&source.path));
        let Some(first) = found.first() else { continue };
        let read: Vec<_> = found.iter().map(|page| Ok(page.text.clone())).collect();
        records.extend(assembler.assemble(&first.source, &read));
        pages.extend(found);
    }
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let run = RunFacts { version, model: String::new(), fingerprint: Config::default().fingerprint(), pages_now: 0, cpu_seconds: 0.0 };
    Ok(Predicted { records, pages, run })
}

fn refuse(place: &Path, what: &str, why: impl std::fmt::Display) -> Error {
    Error::new(Stage::Configure, "eval.run", what, why).at(place.display())
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Error> {
    let text = fs::read_to_string(path).map_err(|why| refuse(path, "cannot be read", why))?;
    let parsed = text
        .lines()
        .enumerate()
        .map(|(index, line)| serde_json::from_str(line).map_err(|why| refuse(path, &format!("line {} cannot be read", index + 1), why)));
    parsed.collect()
}
