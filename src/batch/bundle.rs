//! One input from bytes to lines: what was read of it, what became of it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};

use crate::document::record::Review;
use crate::document::source::PageFailure;
use crate::document::text::{Engine, PageText};
use crate::document::{Record, Source};
use crate::error::Stage;
use crate::output::failures::{self, Failure};
use crate::output::pages::{self, PageLine};
use crate::output::records;
use crate::pipeline::Assembler;

use super::protocol::Fault;

/// A page as reading left it.
#[derive(Debug)]
pub struct PageResult {
    pub text: Result<PageText, Fault>,
    pub milliseconds: u64,
    /// How often it was tried.
    pub attempts: u32,
}

/// What became of an input. Each input has exactly one verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It has records; pages that failed are told in them and in `failures.ndjson`.
    Recorded,
    /// Nothing of it could be read.
    Failed,
    /// It belongs to another shard.
    #[serde(alias = "skipped")]
    OtherShard,
    /// It lay in a folder and is neither scan nor text.
    Foreign,
}

impl Verdict {
    /// Whether nobody tried to read it.
    pub fn is_skipped(self) -> bool {
        matches!(self, Verdict::OtherShard | Verdict::Foreign)
    }
}

/// The lines an input adds to the output files, and what they count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    pub verdict: Verdict,
    pub records: Vec<u8>,
    pub pages: Vec<u8>,
    pub failures: Vec<u8>,
    pub counts: Counts,
    /// `stage/code` of each failure, or of why it is foreign.
    pub causes: Vec<String>,
}

/// What an input adds to the totals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub records: u64,
    /// Records that a person should look at.
    pub review: u64,
    /// Pages read.
    pub pages: u64,
    pub failed_pages: u64,
}

impl Lines {
    pub fn bytes(&self) -> usize {
        self.records.len() + self.pages.len() + self.failures.len()
    }

    fn none(verdict: Verdict) -> Lines {
        Lines { verdict, records: Vec::new(), pages: Vec::new(), failures: Vec::new(), counts: Counts::default(), causes: Vec::new() }
    }

    /// An input of another shard.
    pub fn of_another_shard() -> Lines {
        Lines::none(Verdict::OtherShard)
    }

    /// Neither scan nor text: something else that lay in a folder.
    pub fn foreign(fault: &Fault) -> Lines {
        Lines { causes: vec![format!("{}/{}", fault.stage, fault.code)], ..Lines::none(Verdict::Foreign) }
    }

    /// An input of which nothing could be read.
    pub fn failed(path: &str, sha256: Option<&str>, fault: Fault, attempts: u32) -> Lines {
        let failure = failure(path, sha256, None, fault, attempts);
        let causes = causes(std::slice::from_ref(&failure));
        Lines { causes, failures: failures::lines(&[failure]), ..Lines::none(Verdict::Failed) }
    }

    /// The records of a file all of whose pages were tried, with a line for every page.
    pub fn assembled(assembler: &Assembler, source: &Source, results: Vec<PageResult>) -> Lines {
        let Tried { lines, texts, mut told } = Tried::of(source, results);
        let (pages, failed_pages) = ((texts.len() - told.len()) as u64, told.len() as u64);
        let records = match pages {
            0 => Vec::new(),
            _ => letters(assembler, source, &texts).unwrap_or_else(|fault| {
                told.push(failure(&source.path, Some(&source.sha256), None, fault, 1));
                Vec::new()
            }),
        };
        if !records.is_empty() {
            told.extend(unaccounted(source, texts.iter().flatten(), &records));
        } else if told.is_empty() {
            let fault = Fault::new(
                Stage::Assemble,
                "assemble.nothing",
                "no page: the file holds none that could be read; hint: scan or copy it again",
            );
            told.push(failure(&source.path, Some(&source.sha256), None, fault, 1));
        }
        let review = records.iter().filter(|record| record.review == Review::Needed).count() as u64;
        Lines {
            verdict: if records.is_empty() { Verdict::Failed } else { Verdict::Recorded },
            records: records::lines(&records),
            pages: lines,
            failures: failures::lines(&told),
            counts: Counts { records: records.len() as u64, review, pages, failed_pages },
            causes: causes(&told),
        }
    }
}

/// The pages of a file, all of which were tried.
struct Tried {
    /// Of `pages.ndjson`: those that were read.
    lines: Vec<u8>,
    texts: Vec<Result<PageText, PageFailure>>,
    /// Those that could not be read.
    told: Vec<Failure>,
}

impl Tried {
    fn of(source: &Source, results: Vec<PageResult>) -> Tried {
        let mut tried = Tried { lines: Vec::new(), texts: Vec::new(), told: Vec::new() };
        for (number, result) in (1..).zip(results) {
            match result.text {
                Ok(text) => {
                    let line = PageLine { source: source.clone(), text, milliseconds: result.milliseconds };
                    pages::append(&mut tried.lines, &line);
                    tried.texts.push(Ok(line.text));
                }
                Err(fault) => {
                    tried.texts.push(Err(page_failure(number, &fault)));
                    tried.told.push(failure(&source.path, Some(&source.sha256), Some(number), fault, result.attempts));
                }
            }
        }
        tried
    }
}

/// The records of the pages. A rule that panics costs this file and no other.
fn letters(assembler: &Assembler, source: &Source, pages: &[Result<PageText, PageFailure>]) -> Result<Vec<Record>, Fault> {
    catch_unwind(AssertUnwindSafe(|| assembler.assemble(source, pages)))
        .map_err(|_| Fault::new(Stage::Assemble, "assemble.panicked", "cannot assemble its letters: a rule failed; hint: report it"))
}

fn causes(failures: &[Failure]) -> Vec<String> {
    failures.iter().map(|failure| format!("{}/{}", failure.stage, failure.code)).collect()
}

/// Pages that were read and are in no record, or in two: no page is lost, and none belongs to two letters.
fn unaccounted<'a>(source: &Source, pages: impl Iterator<Item = &'a PageText>, records: &[Record]) -> Vec<Failure> {
    let mut told = Vec::new();
    for page in pages {
        let number = page.page;
        let holders = records.iter().filter(|record| record.source.pages.contains(&number)).count();
        let fault = match holders {
            1 => continue,
            0 => Fault::new(Stage::Assemble, "assemble.page_lost", "read, but in no record; hint: report it"),
            // A transcription may hold several letters without a mark between their pages.
            _ if page.engine == Engine::Transcribed => continue,
            _ => Fault::new(Stage::Assemble, "assemble.page_twice", "read once, but in several records; hint: report it"),
        };
        told.push(failure(&source.path, Some(&source.sha256), Some(number), fault, 1));
    }
    told
}

fn page_failure(page: u32, fault: &Fault) -> PageFailure {
    PageFailure { page, stage: fault.stage.clone(), code: fault.code.clone(), message: fault.message.clone() }
}

fn failure(path: &str, sha256: Option<&str>, page: Option<u32>, fault: Fault, attempts: u32) -> Failure {
    Failure {
        path: path.to_owned(),
        sha256: sha256.map(str::to_owned),
        stage: fault.stage,
        page,
        code: fault.code,
        message: fault.message,
        attempts,
    }
}
