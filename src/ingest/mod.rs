//! Files in, pages out: what a file is, how many pages it has, and the picture or the text of each.
//!
//! The hard thing is that nothing about a file can be believed: not its name, not the size that its pages declare, not the words of its
//! text layer, not that it is whole. Everything is decided by content, and a size is checked before anything of that size is allocated.

pub mod color;
mod fax;
pub mod layer;
pub mod paper;
pub mod pdf;
mod placed;
pub mod raster;
pub mod sniff;
pub mod tiff;
pub mod transcript;
pub mod walk;

use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::config::Config;
use crate::document::PageScan;
use crate::document::text::PageText;
use crate::error::{Error, Stage};

pub use sniff::Kind;

/// What a file or a page may cost at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Pixels of one page image.
    pub max_pixels: u64,
    /// Pages of one file.
    pub max_pages: u32,
}

impl From<&Config> for Limits {
    fn from(config: &Config) -> Self {
        Limits { max_pixels: config.max_pixels, max_pages: config.max_pages }
    }
}

/// Anything a file's bytes can come from.
pub trait Bytes: Read + Seek + Send {}
impl<T: Read + Seek + Send> Bytes for T {}

/// An open file. Pages are decoded one at a time, when they are asked for.
pub struct Document {
    kind: Kind,
    pages: Pages,
}

enum Pages {
    Pdf(pdf::Pdf),
    Tiff(Box<tiff::Tiff>),
    Raster(raster::Raster),
    Text(Vec<PageText>),
}

/// What one page of a file is: a picture still to be read, or text that was transcribed before.
#[derive(Debug, Clone)]
pub enum Page {
    Scan(PageScan),
    Text(PageText),
}

/// Opens a file by its content; the name only serves to tell transcribed text (`.txt`, `.md`) from text that claims to be a scan.
///
/// Errors have no place yet: the caller knows under which name the user gave the file.
pub fn open(path: &Path, limits: &Limits) -> Result<Document, Error> {
    let unreadable = |why: std::io::Error| Error::new(Stage::Ingest, "file.unreadable", "cannot open", why);
    // A pipe or a device would block whoever opens it.
    if !path.metadata().map_err(unreadable)?.is_file() {
        return Err(Error::new(Stage::Ingest, "file.not_regular", "cannot open", "not a regular file"));
    }
    let file = File::open(path).map_err(unreadable)?;
    open_reader(file, path, limits)
}

/// The same for bytes in memory; `name` is the file name they came under.
pub fn open_bytes(bytes: Vec<u8>, name: &Path, limits: &Limits) -> Result<Document, Error> {
    open_reader(Cursor::new(bytes), name, limits)
}

fn open_reader(bytes: impl Bytes + 'static, name: &Path, limits: &Limits) -> Result<Document, Error> {
    guarded(|| open_kind(bytes, name, limits))
}

/// Decoders are written by others and meet broken files here first: one that panics costs the page in hand, not the batch.
fn guarded<T>(decode: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(decode)).unwrap_or_else(|_| {
        Err(Error::new(Stage::Ingest, "file.damaged", "cannot decode", "the decoder failed on it").hint("scan or copy it again"))
    })
}

fn open_kind(mut bytes: impl Bytes + 'static, name: &Path, limits: &Limits) -> Result<Document, Error> {
    let kind = sniff::kind(&mut bytes, name)?;
    let pages = match kind {
        Kind::Pdf => Pages::Pdf(pdf::Pdf::open(bytes, *limits)?),
        Kind::Tiff => Pages::Tiff(Box::new(tiff::Tiff::open(Box::new(bytes), *limits)?)),
        Kind::Png | Kind::Jpeg | Kind::WebP | Kind::Bmp => Pages::Raster(raster::Raster::open(Box::new(bytes), kind, *limits)?),
        Kind::Text => Pages::Text(transcribed(&mut bytes, limits)?),
    };
    Ok(Document { kind, pages })
}

fn transcribed(bytes: &mut impl Bytes, limits: &Limits) -> Result<Vec<PageText>, Error> {
    /// A shelf of books; no letter comes near.
    const MAX_TEXT: u64 = 64 * 1024 * 1024;
    let mut text = Vec::new();
    let unreadable = |why: std::io::Error| Error::new(Stage::Ingest, "file.unreadable", "cannot read", why);
    bytes.take(MAX_TEXT + 1).read_to_end(&mut text).map_err(unreadable)?;
    if text.len() as u64 > MAX_TEXT {
        return Err(Error::new(Stage::Ingest, "text.too_large", "text too large", "more than 64 MiB").hint("split the file"));
    }
    let pages = transcript::read(&text)?;
    match pages.len() {
        0 => Err(Error::new(Stage::Ingest, "text.empty", "no text", "the file holds only white space")),
        count if count > limits.max_pages as usize => Err(too_many_pages(count, limits)),
        _ => Ok(pages),
    }
}

fn too_many_pages(count: usize, limits: &Limits) -> Error {
    let why = format!("{count} pages, at most {} are read", limits.max_pages);
    Error::new(Stage::Ingest, "document.too_many_pages", "too many pages", why).hint("split the file, or raise --max-pages")
}

fn too_many_pixels(width: u64, height: u64, limits: &Limits) -> Error {
    let why = format!("{width}×{height} pixels, at most {} are read", limits.max_pixels);
    Error::new(Stage::Ingest, "page.too_large", "page too large", why).hint("raise --max-pixels if the page is real")
}

/// Checks a size before anything of that size is allocated.
fn check_size(width: u64, height: u64, limits: &Limits) -> Result<(), Error> {
    if width == 0 || height == 0 {
        return Err(Error::new(Stage::Ingest, "page.empty", "page without pixels", format!("{width}×{height} pixels")));
    }
    if width.saturating_mul(height) > limits.max_pixels { Err(too_many_pixels(width, height, limits)) } else { Ok(()) }
}

impl Document {
    pub fn kind(&self) -> Kind {
        self.kind
    }

    pub fn page_count(&self) -> u32 {
        match &self.pages {
            Pages::Pdf(pdf) => pdf.page_count(),
            Pages::Tiff(tiff) => tiff.page_count(),
            Pages::Raster(_) => 1,
            Pages::Text(pages) => pages.len() as u32,
        }
    }

    /// Page `number`, from 1. Only this page is decoded; nothing of it is kept.
    pub fn page(&mut self, number: u32) -> Result<Page, Error> {
        if number == 0 || number > self.page_count() {
            let why = format!("page {number} of {}", self.page_count());
            return Err(Error::new(Stage::Ingest, "page.out_of_range", "no such page", why));
        }
        guarded(|| match &mut self.pages {
            Pages::Pdf(pdf) => pdf.page(number).map(Page::Scan),
            Pages::Tiff(tiff) => tiff.page(number).map(Page::Scan),
            Pages::Raster(raster) => raster.page().map(Page::Scan),
            Pages::Text(pages) => Ok(Page::Text(pages[number as usize - 1].clone())),
        })
    }
}
