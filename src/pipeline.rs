//! How a scan becomes records: every stage in order.

mod way_up;

use std::path::Path;

use crate::check::Calibration;
use crate::config::Config;
use crate::document::letter::{Letter, Line, ReadPage};
use crate::document::record::{Record, RecordSource};
use crate::document::source::{PageFailure, Source};
use crate::document::text::{Engine, LineRegion, PageLayout, PageText, Role, TextLine};
use crate::document::{PageImage, PageScan};
use crate::error::{Error, Stage};
use crate::fields::{Extractor, FIELDS};
use crate::recognize::{self, Recognizer};
use crate::{check, layout, normalize, prepare, segment};

/// Share of the page's height, from the top, that the head of a letter does not exceed.
const HEAD: f32 = 0.5;

/// The half that needs pixels: one page, from scan to text. Pages do not depend on each other.
pub struct PageReader {
    pub recognizer: Box<dyn Recognizer>,
    /// The other engine, which reads heads and stamps again for the checks to compare.
    pub second: Option<Box<dyn Recognizer>>,
    pub config: Config,
}

impl PageReader {
    /// Loads what the engine needs. `model` is a folder as in `models/`; None takes the one that is built in.
    pub fn open(config: Config, model: Option<&Path>) -> Result<PageReader, Error> {
        let other = if config.engine == Engine::Network { Engine::Tesseract } else { Engine::Network };
        Ok(PageReader {
            recognizer: recognize::open(config.engine, model)?,
            second: config.second_reader.then(|| recognize::open(other, model)).transpose()?,
            config,
        })
    }

    pub fn read_page(&self, scan: PageScan) -> Result<PageText, Error> {
        let number = scan.page;
        let second = match scan.embedded {
            Some(layer) if layer.trusted => return Ok(PageText { damage: scan.damage, ..layer.text }),
            Some(layer) => Some(layer.text),
            None => None,
        };
        let mut page = prepare::upright(scan.image);
        let mut found = layout::find_lines(&page);
        let mut lines = self.recognizer.read(&page, &found)?;
        if let Some(turned) = way_up::better(&page, &found, &lines, &*self.recognizer)? {
            (page, found) = turned;
            lines = self.recognizer.read(&page, &found)?;
        }
        let second = match &self.second {
            Some(reader) => Some(text(number, &page, reader.read(&page, &heads(&page, &found))?, reader.engine())),
            None => second,
        };
        let read = text(number, &page, lines, self.recognizer.engine());
        Ok(PageText { furniture: found.furniture, second: second.map(Box::new), damage: scan.damage, ..read })
    }
}

fn text(number: u32, page: &PageImage, lines: Vec<TextLine>, engine: Engine) -> PageText {
    PageText {
        width: page.width(),
        height: page.height(),
        dpi: page.dpi,
        rotation: page.rotation,
        ..PageText::of_lines(number, engine, lines)
    }
}

/// The lines that numbers and dates of the letter itself stand on: the upper part of the page, and stamps anywhere.
fn heads(page: &PageImage, found: &PageLayout) -> PageLayout {
    let lowest = (page.height() as f32 * HEAD) as i32;
    let head = |line: &&LineRegion| line.rect.top < lowest || matches!(line.role, Role::Stamp(_));
    PageLayout { lines: found.lines.iter().filter(head).cloned().collect(), furniture: Vec::new() }
}

/// What was measured of the model that reads page images for `engine`: none for an engine that nobody measured, or a model without the file.
pub fn calibration(engine: Engine, model: Option<&Path>) -> Result<Calibration, Error> {
    if engine != Engine::Network {
        return Ok(Calibration::default());
    }
    let (place, text) = recognize::bundle::calibration(model)?;
    Calibration::parse(&text).map_err(|why| {
        Error::new(Stage::Configure, "model.bad_calibration", "cannot understand calibration.toml", why)
            .at(place)
            .hint("write it anew with saraban eval --calibrate")
    })
}

/// The half that needs only text: one bundle, from its pages to its records.
pub struct Assembler {
    pub extractor: Extractor,
    /// Of the model that read the pages.
    pub calibration: Calibration,
}

impl Assembler {
    /// Compiles every rule; confidences stay raw.
    pub fn new() -> Result<Assembler, Error> {
        let extractor = Extractor::new(FIELDS).map_err(|bad| {
            let all: Vec<String> = bad.iter().map(ToString::to_string).collect();
            Error::new(Stage::Assemble, "rules.bad_pattern", "cannot compile the rules", all.join(", "))
        })?;
        Ok(Assembler { extractor, calibration: Calibration::default() })
    }

    /// Makes confidences what was measured.
    pub fn calibrated(self, calibration: Calibration) -> Assembler {
        Assembler { calibration, ..self }
    }

    /// A page that failed arrives as an error and leaves as an issue.
    pub fn assemble(&self, source: &Source, pages: &[Result<PageText, PageFailure>]) -> Vec<Record> {
        let failures: Vec<&PageFailure> = pages.iter().filter_map(|page| page.as_ref().err()).collect();
        let read =
            |page: &Result<PageText, PageFailure>| page.as_ref().map_or_else(|failure| ReadPage::empty(failure.page), normalize::page);
        let pages: Vec<ReadPage> = pages.iter().map(read).collect();
        let letters = segment::letters(&pages);
        let mut records: Vec<Record> = letters
            .iter()
            .enumerate()
            .map(|(index, letter)| self.extractor.read(letter, place(source, letter, index, letters.len())))
            .collect();
        for (index, letter) in letters.iter().enumerate() {
            records[index].part_of = letter.part_of.map(|main| records[main].id.clone());
        }
        check::bundle(&mut records, &letters, &pages, &failures, &self.calibration);
        records
    }
}

/// A text as one line after repairs, for trying rules on it.
pub fn line(text: &str) -> Line {
    let text_line = TextLine { text: text.to_owned(), confidence: 1.0, ..TextLine::default() };
    let page = PageText::of_lines(1, Engine::Network, vec![text_line]);
    normalize::page(&page).lines.pop().unwrap_or_else(Line::blank)
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
