//! What a run found: `records.ndjson`, `pages.ndjson` and `run.json` of its folder.

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::document::record::Record;
use crate::error::{Error, Stage};
use crate::output::pages::{self, PageLine};
use crate::output::records;
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
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RunFacts {
    pub version: String,
    pub model: String,
    pub fingerprint: String,
    pub pages_now: u64,
    pub cpu_seconds: f64,
    /// Where it ran; None: here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<String>,
}

/// Reads a run's folder. A record of a scan that `truth` does not know is an error: the two do not belong together.
pub fn read(folder: &Path, truth: &[TrueSource]) -> Result<Predicted, Error> {
    let run = fs::read_to_string(folder.join("run.json"))
        .map_err(|why| refuse(folder, "holds no run", why).hint("name the --out of saraban extract"))?;
    let run = serde_json::from_str(&run)
        .map_err(|why| refuse(&folder.join("run.json"), "is no run", why).hint("run the same saraban extract again"))?;
    let records: Vec<Record> = lines(&folder.join("records.ndjson"))?;
    let pages: Vec<PageLine> = lines(&folder.join("pages.ndjson"))?;
    if let Some(stray) = records.iter().find(|record| truth.iter().all(|source| source.path != record.source.path)) {
        let why = format!("there is no truth for {}", stray.source.path);
        return Err(refuse(&folder.join("records.ndjson"), "holds a letter that does not exist", why)
            .hint("evaluate the folder that was extracted"));
    }
    Ok(Predicted { records, pages, run })
}

/// Keeps what was found, as small as scoring it again needs: every value, every line's text, no places of letters.
pub fn keep(folder: &Path, found: &Predicted) -> Result<(), Error> {
    let mut pages = found.pages.clone();
    for page in &mut pages {
        page.text.furniture.clear();
        page.text.second = None;
        for line in &mut page.text.lines {
            line.glyphs.clear();
            line.alternatives.clear();
        }
    }
    let run = serde_json::to_string_pretty(&found.run).map_err(|why| refuse(folder, "cannot be kept", why).hint("report it"))? + "\n";
    let write = |name: &str, bytes: Vec<u8>| {
        fs::write(folder.join(name), bytes).map_err(|why| refuse(folder, "cannot be written", why).hint("check --document"))
    };
    fs::create_dir_all(folder).map_err(|why| refuse(folder, "cannot be written", why).hint("check --document"))?;
    write("records.ndjson", records::lines(&found.records))?;
    write("pages.ndjson", pages::lines(&pages))?;
    write("run.json", run.into_bytes())
}

/// The records of pages that were read before, put together anew.
pub fn assembled(pages: &[PageLine], assembler: &Assembler) -> Vec<Record> {
    let sources = pages.chunk_by(|one, next| one.source.path == next.source.path);
    sources
        .flat_map(|pages| assembler.assemble(&pages[0].source, &pages.iter().map(|page| Ok(page.text.clone())).collect::<Vec<_>>()))
        .collect()
}

/// What a perfect reader would find: the true text of every sample goes the way of text that was read. Shows the rules alone.
pub fn replay(folder: &Path, truth: &[TrueSource]) -> Result<Predicted, Error> {
    let assembler = Assembler::new()?;
    let (mut letters, mut read_pages) = (Vec::new(), Vec::new());
    for source in truth {
        let file = folder.join(&source.path).with_file_name("text.json");
        let text = fs::read_to_string(&file)
            .map_err(|why| refuse(&file, "cannot be read", why).hint("a perfect reader needs samples with their text.json"))?;
        let mut found: Vec<PageLine> = serde_json::from_str(&text).map_err(|why| refuse(&file, "is no list of pages", why))?;
        found.iter_mut().for_each(|page| page.source.path.clone_from(&source.path));
        let Some(first) = found.first() else { continue };
        let read: Vec<_> = found.iter().map(|page| Ok(page.text.clone())).collect();
        letters.extend(assembler.assemble(&first.source, &read));
        read_pages.extend(found);
    }
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let run = RunFacts {
        version,
        model: String::new(),
        fingerprint: Config::default().fingerprint(),
        pages_now: 0,
        cpu_seconds: 0.0,
        machine: None,
    };
    Ok(Predicted { records: letters, pages: read_pages, run })
}

fn refuse(place: &Path, what: &str, why: impl std::fmt::Display) -> Error {
    Error::new(Stage::Configure, "eval.run", what, why).at(place.display())
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Error> {
    let text = fs::read_to_string(path).map_err(|why| refuse(path, "cannot be read", why).hint("name the --out of saraban extract"))?;
    let parsed = text.lines().enumerate().map(|(index, line)| {
        let unreadable = |why| refuse(path, &format!("line {} cannot be read", index + 1), why).hint("run the same saraban extract again");
        serde_json::from_str(line).map_err(unreadable)
    });
    parsed.collect()
}
