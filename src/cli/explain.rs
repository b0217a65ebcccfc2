use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::document::letter::{Letter, ReadPage};
use crate::document::text::PageText;
use crate::error::{Error, Stage};
use crate::fields::{Candidate, Extractor};
use crate::ingest::transcript;
use crate::pipeline::Assembler;
use crate::{normalize, segment};

use super::Exit;
use super::screen::show;

/// Tells why each value of a file's letters was chosen: rule, raw text, place, score, and the candidates that lost
#[derive(clap::Args)]
pub struct Args {
    /// A transcribed text (.txt, .md), or a pages.ndjson that a run wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only this field
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    /// Only this record of the file, from 1
    #[arg(long, value_name = "N")]
    record: Option<usize>,
}

impl Args {
    pub fn run(self) -> Result<Exit, Error> {
        let assembler = Assembler::new()?;
        let known = assembler.extractor.fields().iter().map(|field| field.id);
        if let Some(asked) = self.field.as_deref().filter(|asked| known.clone().all(|id| id != *asked)) {
            let hint = format!("fields are {}", known.collect::<Vec<_>>().join(", "));
            return Err(Error::new(Stage::Configure, "explain.no_field", format!("no field {asked}"), "").hint(hint));
        }
        for (path, pages) in sources(&self.file)? {
            let pages: Vec<ReadPage> = pages.iter().map(normalize::page).collect();
            for (index, letter) in segment::letters(&pages).iter().enumerate() {
                if self.record.is_none_or(|asked| asked == index + 1) {
                    let heading =
                        format!("{path}, record {}: {:?} ({}), pages {:?}", index + 1, letter.kind, letter.kind_rule, letter.pages);
                    show(format!("{heading}\n{}", self.letter(&assembler.extractor, letter)))?;
                }
            }
        }
        Ok(Exit::Success)
    }

    /// The candidates of each field, best first.
    fn letter(&self, extractor: &Extractor, letter: &Letter) -> String {
        let mut by_value: BTreeMap<(usize, usize, usize, &str), Vec<Candidate>> = BTreeMap::new();
        for candidate in extractor.candidates(letter) {
            by_value.entry((candidate.field, candidate.passage, candidate.item, candidate.rule.part)).or_default().push(candidate);
        }
        let mut out = String::new();
        for (index, field) in extractor.fields().iter().enumerate() {
            if self.field.as_deref().is_some_and(|asked| asked != field.id) {
                continue;
            }
            let mut candidates: Vec<&Candidate> = by_value.iter().filter(|((of, ..), _)| *of == index).flat_map(|(_, all)| all).collect();
            candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
            if candidates.is_empty() {
                out.push_str(&format!("  {}: nothing read\n", field.id));
            }
            for candidate in candidates {
                out.push_str(&told(field.id, candidate));
            }
        }
        out
    }
}

fn told(field: &str, candidate: &Candidate) -> String {
    let part = candidate.rule.part;
    let name = if part.is_empty() { field.to_owned() } else { format!("{field}.{part}") };
    let evidence = &candidate.evidence;
    let second = if candidate.second_reading { ", another reading of the line" } else { "" };
    let mut text = format!("  {name}: {}\n", candidate.value.display());
    text.push_str(&format!(
        "      {:.2} by {}, page {} line {}{second}\n      raw “{}”\n",
        candidate.score,
        candidate.rule.id,
        evidence.page,
        evidence.line,
        evidence.raw.replace('\n', " ⏎ ")
    ));
    text
}

/// The pages of a transcript, or of each source in a `pages.ndjson`.
fn sources(file: &Path) -> Result<Vec<(String, Vec<PageText>)>, Error> {
    let place = file.display().to_string();
    let bytes = fs::read(file).map_err(|error| Error::new(Stage::Ingest, "explain.unreadable", "cannot read", error).at(&place))?;
    if file.extension().is_none_or(|extension| extension != "ndjson") {
        let pages = transcript::read(&bytes).map_err(|error| {
            error.at(&place).hint("explain reads .txt, .md and pages.ndjson; run saraban extract on scans and explain its pages.ndjson")
        })?;
        return Ok(vec![(place, pages)]);
    }
    let text = String::from_utf8_lossy(&bytes);
    let mut sources: Vec<(String, Vec<PageText>)> = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let bad = |error: serde_json::Error| {
            Error::new(Stage::Ingest, "explain.bad_page", "no page", error).at(format!("{place}, line {}", at + 1))
        };
        let value: serde_json::Value = serde_json::from_str(line).map_err(bad)?;
        let source = value.get("source").and_then(|source| source.as_str().or(source.get("path")?.as_str())).unwrap_or(&place).to_owned();
        let page: PageText = serde_json::from_value(value).map_err(bad)?;
        match sources.last_mut() {
            Some((last, pages)) if *last == source => pages.push(page),
            _ => sources.push((source, vec![page])),
        }
    }
    Ok(sources)
}
