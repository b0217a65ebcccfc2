//! A page as pixels, on its way from the scanner to the reader.

use image::{GrayImage, RgbImage};

use super::text::PageText;

/// One page's picture. Ink is dark, paper is light.
#[derive(Debug, Clone)]
pub struct PageImage {
    /// Brightness, 0 = black, 255 = white.
    pub grey: GrayImage,
    /// The colors, same size as `grey`, where the scan has any (red urgency words, blue stamps and handwriting).
    pub color: Option<RgbImage>,
    /// Pixels per inch of the paper, best estimate.
    pub dpi: f32,
    /// Degrees that the page was turned clockwise to stand upright: 0, 90, 180 or 270.
    pub rotation: u16,
    /// Degrees of residual tilt that were taken out, counter-clockwise positive.
    pub skew: f32,
}

impl PageImage {
    pub fn width(&self) -> u32 {
        self.grey.width()
    }

    pub fn height(&self) -> u32 {
        self.grey.height()
    }
}

/// What a file gives for one page: its picture, and the words that the file itself claims are on it.
#[derive(Debug, Clone)]
pub struct PageScan {
    /// 1-based number in the file.
    pub page: u32,
    pub image: PageImage,
    /// The file's own text layer, boxes in pixels of `image`.
    pub embedded: Option<TextLayer>,
    /// Doubts about the picture ("the JPEG ends early"), in words for the auditor.
    pub doubts: Vec<String>,
}

/// A text layer of a PDF page. Never trusted blindly: many say what the page does not show.
#[derive(Debug, Clone)]
pub struct TextLayer {
    pub text: PageText,
    /// Born digital (no page image) and free of the known defects: may stand as the page's text.
    pub trusted: bool,
    /// Why not, in words for the auditor.
    pub doubts: Vec<String>,
}
