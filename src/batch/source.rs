//! Reads pages in the process it lives in: a worker, or the caller's own with `--isolation none`.

use std::path::{Path, PathBuf};
use std::time::Instant;

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
    Scans(Box<Scans>),
    Faults,
}

struct Scans {
    reader: PageReader,
    open: Option<(PathBuf, Document)>,
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
        Ok(PageSource { reader: Kind::Scans(Box::new(Scans { reader, open: None })) })
    }

    /// Name and checksum of the model; part of the fingerprint.
    pub fn model(&self) -> String {
        match &self.reader {
            Kind::Scans(scans) => scans.reader.recognizer.model(),
            Kind::Faults => "faults".to_owned(),
        }
    }

    pub fn page_count(&mut self, file: &Path) -> Result<u32, Fault> {
        match &mut self.reader {
            Kind::Scans(scans) => Ok(scans.document(file)?.page_count()),
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
            Kind::Scans(scans) => Ok(scans.text(file, page)?),
            Kind::Faults => faults::read(file, page),
        }
    }
}

impl Scans {
    fn text(&mut self, file: &Path, page: u32) -> Result<PageText, Error> {
        match self.document(file)?.page(page)? {
            Page::Scan(scan) => self.reader.read_page(scan),
            Page::Text(text) => Ok(text),
        }
    }

    fn document(&mut self, file: &Path) -> Result<&mut Document, Error> {
        if self.open.as_ref().is_some_and(|(path, _)| path != file) {
            self.open = None;
        }
        match &mut self.open {
            Some((_, document)) => Ok(document),
            open => Ok(&mut open.insert((file.to_path_buf(), ingest::open(file, &(&self.reader.config).into())?)).1),
        }
    }
}
