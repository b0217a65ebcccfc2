//! PDF files: the only door to PDFium.
//!
//! PDFium is native code that takes one call at a time; the calls are locked here, and a batch runs it in processes of its own.

mod bytes;
mod library;
mod mosaic;
mod picture;
pub mod place;
mod survey;
mod words;

use pdfium_render::prelude::*;

use crate::document::PageScan;
use crate::document::text::Damage;
use crate::error::{Error, Stage};

use super::{Bytes, Limits, layer, too_many_pages};
use bytes::Signs;
use survey::Survey;

pub use library::VARIABLE;

/// An open PDF file.
pub struct Pdf {
    document: PdfDocument<'static>,
    page_count: u32,
    limits: Limits,
    signs: Signs,
}

impl Pdf {
    /// Reads the bytes once to the end; no page is loaded.
    pub fn open(mut bytes: impl Bytes + 'static, limits: Limits) -> Result<Pdf, Error> {
        let signs = bytes::signs(&mut bytes)?;
        let document = library::pdfium()?.load_pdf_from_reader(bytes, None).map_err(|error| unopened(&error))?;
        let page_count = u32::try_from(document.pages().len()).unwrap_or(0);
        if page_count == 0 {
            return Err(Error::new(Stage::Ingest, "pdf.no_pages", "no pages", "the page tree is empty").hint("scan or copy it again"));
        }
        if page_count > limits.max_pages {
            return Err(too_many_pages(page_count as usize, &limits));
        }
        Ok(Pdf { document, page_count, limits, signs })
    }

    pub fn page_count(&self) -> u32 {
        self.page_count
    }

    pub fn page(&mut self, number: u32) -> Result<PageScan, Error> {
        let page = self.document.pages().get(number as i32 - 1).map_err(|_| {
            Error::new(Stage::Ingest, "pdf.page_damaged", "cannot load the page", "its object is missing or damaged")
                .hint("print the file to a new PDF")
        })?;
        let survey = Survey::of(&page, self.signs.masks);
        let taken = picture::of(&page, &survey, &self.limits)?;
        let words = words::of(&page, &survey.shown.then(&taken.pixels));
        let embedded = layer::of(words, number, &taken.image, !survey.images.is_empty());
        let mut damage = taken.damage;
        if self.signs.cut_off {
            damage.push(Damage::FileCutOff);
        }
        Ok(PageScan { page: number, image: taken.image, embedded, damage })
    }
}

fn unopened(error: &PdfiumError) -> Error {
    let open = |code, why: &str, hint: &str| Error::new(Stage::Ingest, code, "cannot open the PDF", why).hint(hint);
    match error {
        PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::PasswordError) => {
            open("pdf.password_required", "password required", "remove the password")
        }
        PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::SecurityError) => {
            open("pdf.unknown_encryption", "encrypted in a way that is not known", "print the file to a new PDF")
        }
        PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::FileError) => {
            open("file.unreadable", "the file cannot be read", "copy it again")
        }
        _ => open("pdf.damaged", "neither a whole PDF nor one that can be repaired", "scan or copy it again"),
    }
}
