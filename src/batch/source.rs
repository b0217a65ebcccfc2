//! Reads pages in the process it lives in: a worker, or the caller's own with `--isolation none`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::config::Config;
use crate::document::PageText;
use crate::error::Error;
use crate::ingest::{self, Document, Page};
use crate::pipeline::PageReader;

use super::faults;
use super::protocol::{Fault, Reply, Setup};

/// A reader with the file that it had in hand last, so that the pages of one file are read without opening it again.
pub struct PageSource {
    reader: Kind,
}

enum Kind {
    Scans { reader: Box<PageReader>, config: Config, open: Option<(PathBuf, Document)> },
    Faults,
}

impl PageSource {
    /// Loads the model. A failure to is fatal: no scan can be read before someone changes the set-up.
    pub fn open(setup: &Setup) -> Result<PageSource, Fault> {
        if setup.faults {
            return Ok(PageSource { reader: Kind::Faults });
        }
        let reader = PageReader::open(setup.config.clone(), setup.model.as_deref()).map_err(|error| Fault {
            message: error.to_string(),
            fatal: true,
            ..Fault::from(error.clone())
        })?;
        Ok(PageSource { reader: Kind::Scans { reader: Box::new(reader), config: setup.config.clone(), open: None } })
    }

    /// Name and checksum of the model; part of the fingerprint.
    pub fn model(&self) -> String {
        match &self.reader {
            Kind::Scans { reader, .. } => reader.recognizer.model(),
            Kind::Faults => "faults".to_owned(),
        }
    }

    pub fn page_count(&mut self, file: &Path) -> Result<u32, Fault> {
        match &mut self.reader {
            Kind::Scans { config, open, .. } => Ok(document(open, file, config)?.page_count()),
            Kind::Faults => faults::page_count(file),
        }
    }

    /// One page, 1-based.
    pub fn read(&mut self, file: &Path, page: u32) -> Reply {
        let started = Instant::now();
        match self.text(file, page) {
            Ok(text) => Reply::Page { text, milliseconds: started.elapsed().as_millis() as u64 },
            Err(fault) => Reply::Failed(fault),
        }
    }

    fn text(&mut self, file: &Path, page: u32) -> Result<PageText, Fault> {
        match &mut self.reader {
            Kind::Scans { reader, config, open } => match document(open, file, config)?.page(page)? {
                Page::Scan(scan) => Ok(reader.read_page(scan)?),
                Page::Text(text) => Ok(text),
            },
            Kind::Faults => faults::read(file, page),
        }
    }
}

fn document<'a>(open: &'a mut Option<(PathBuf, Document)>, file: &Path, config: &Config) -> Result<&'a mut Document, Error> {
    if open.as_ref().is_some_and(|(path, _)| path != file) {
        *open = None;
    }
    match open {
        Some((_, document)) => Ok(document),
        None => Ok(&mut open.insert((file.to_path_buf(), ingest::open(file, &config.into())?)).1),
    }
}
