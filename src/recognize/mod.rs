//! Line regions in, text with confidences out. Two engines: saraban's own network and Tesseract.

use crate::document::PageImage;
use crate::document::text::{Engine, PageLayout, TextLine};
use crate::error::Error;

/// Something that reads lines. What it gives for a line does not depend on the other lines of the page.
pub trait Recognizer: Send + Sync {
    fn engine(&self) -> Engine;

    /// Name and checksum of the model, for the fingerprint and `--version`.
    fn model(&self) -> String;

    /// One `TextLine` per region of `layout`, in its order; a line that reads as nothing is an empty text.
    fn read(&self, page: &PageImage, layout: &PageLayout) -> Result<Vec<TextLine>, Error>;
}
