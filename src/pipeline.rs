//! How a scan becomes records: every stage in order.

use std::path::Path;

use crate::config::Config;
use crate::document::PageScan;
use crate::document::letter::{Letter, ReadPage};
use crate::document::record::{Record, RecordSource};
use crate::document::source::{PageFailure, Source};
use crate::document::text::PageText;
use crate::error::{Error, Stage};
use crate::fields::{Extractor, FIELDS};
use crate::recognize::{self, Recognizer};
use crate::{check, layout, normalize, prepare, segment};

/// The half that needs pixels: one page, from scan to text. Pages do not depend on each other.
pub struct PageReader {
    pub recognizer: Box<dyn Recognizer>,
    pub config: Config,
}

impl PageReader {
    /// Loads the engine's model. `model` is a folder as in `models/`; None takes the one that is built in.
    pub fn open(config: Config, model: Option<&Path>) -> Result<PageReader, Error> {
        Ok(PageReader { recognizer: recognize::open(config.engine, model)?, config })
    }

    pub fn read_page(&self, scan: PageScan) -> Result<PageText, Error> {
        let (number, doubts) = (scan.page, scan.doubts);
        let second = match scan.embedded {
            Some(layer) if layer.trusted => return Ok(PageText { doubts, ..layer.text }),
            Some(layer) => Some(Box::new(layer.text)),
            None => None,
        };
        let page = prepare::upright(scan.image);
        let found = layout::find_lines(&page);
        let lines = self.recognizer.read(&page, &found)?;
        Ok(PageText {
            page: number,
            width: page.width(),
            height: page.height(),
            dpi: page.dpi,
            rotation: page.rotation,
            lines,
            furniture: found.furniture,
            engine: self.recognizer.engine(),
            second,
            doubts,
        })
    }
}

/// The half that needs only text: one bundle, from its pages to its records.
pub struct Assembler {
    pub extractor: Extractor,
}

impl Assembler {
    /// Compiles every rule.
    pub fn new() -> Result<Assembler, Error> {
        let extractor = Extractor::new(FIELDS).map_err(|bad| {
            let all: Vec<String> = bad.iter().map(ToString::to_string).collect();
            Error::new(Stage::Assemble, "rules.bad_pattern", "cannot compile the rules", all.join(", "))
        })?;
        Ok(Assembler { extractor })
    }

    /// A page that failed arrives as an error and leaves as an issue.
    pub fn assemble(&self, source: &Source, pages: &[Result<PageText, PageFailure>]) -> Vec<Record> {
        let failures: Vec<&PageFailure> = pages.iter().filter_map(|page| page.as_ref().err()).collect();
        let pages: Vec<ReadPage> = pages.iter().flatten().map(normalize::page).collect();
        let letters = segment::letters(&pages);
        let mut records: Vec<Record> = letters
            .iter()
            .enumerate()
            .map(|(index, letter)| self.extractor.read(letter, place(source, letter, index, letters.len())))
            .collect();
        for (index, letter) in letters.iter().enumerate() {
            records[index].part_of = letter.part_of.map(|main| records[main].id.clone());
        }
        check::bundle(&mut records, &letters, &pages, &failures);
        records
    }
}

fn place(source: &Source, letter: &Letter, index: usize, count: usize) -> RecordSource {
    RecordSource {
        path: source.path.clone(),
        sha256: source.sha256.clone(),
        page_count: source.page_count,
        pages: letter.pages.clone(),
        index: index as u32 + 1,
        count: count as u32,
    }
}
