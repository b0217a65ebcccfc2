//! Tesseract's Thai model behind the same door as saraban's own reader: line regions in, text out. The only user of `tesseract-rs`.
//!
//! Its Thai model cannot output ๔ ๖ ๗ ๘ ๙ and puts other digits there with high confidence, so nothing it says of digits may be trusted
//! (see [`Engine::reads_all_thai_digits`]). Its Thai "words" are single characters, so positions come from symbols.

use std::sync::{Mutex, PoisonError};

use image::GrayImage;
use image::imageops::{self, FilterType};
use tesseract_rs::{TessPageIteratorLevel, TessPageSegMode, TesseractAPI, TesseractError};

use super::cut::Cut;
use super::{Recognizer, mean_confidence};
use crate::document::PageImage;
use crate::document::text::{Engine, Glyph, LineRegion, PageLayout, TextLine};
use crate::error::{Error, Stage};

const LANGUAGE: &str = "tha";
/// Lines from coarser scans are enlarged to this: the model was trained on letters of this size.
const READING_DPI: f32 = 300.0;
/// White around the line, in pixels at [`READING_DPI`]; Tesseract loses letters that touch the edge.
const MARGIN: u32 = 12;

/// Tesseract with the Thai model loaded. One page at a time: a second caller waits.
pub struct Tesseract {
    api: Mutex<TesseractAPI>,
}

struct Symbol {
    text: String,
    /// Columns of the rendered line.
    left: i32,
    right: i32,
    /// 0–1.
    confidence: f32,
}

impl Tesseract {
    /// Loads the Thai language data from `TESSDATA_PREFIX` or where Tesseract was installed.
    pub fn open() -> Result<Tesseract, Error> {
        let api = TesseractAPI::new();
        let failed = |cause| failed("cannot be set up", cause);
        api.set_variable("debug_file", "/dev/null").map_err(failed)?;
        api.init("", LANGUAGE).map_err(|_| no_language_data())?;
        api.set_page_seg_mode(TessPageSegMode::PSM_SINGLE_LINE).map_err(failed)?;
        Ok(Tesseract { api: Mutex::new(api) })
    }

    fn read_line(api: &TesseractAPI, page: &PageImage, region: &LineRegion) -> Result<TextLine, Error> {
        let empty = TextLine { rect: Some(region.rect), role: region.role, ..TextLine::default() };
        let Some(cut) = Cut::new(page, region) else { return Ok(empty) };
        let failed = |cause| failed(&format!("cannot read the line at {}, {}", region.rect.left, region.rect.top), cause);
        let scale = (READING_DPI / page.dpi).clamp(1.0, 4.0);
        let picture = render(&cut.grey, scale);
        let (width, height) = (picture.width() as i32, picture.height() as i32);
        api.set_image(picture.as_raw(), width, height, 1, width).map_err(failed)?;
        api.set_source_resolution(READING_DPI as i32).map_err(failed)?;
        if api.recognize().is_err() {
            return Ok(empty);
        }
        let text = api.get_utf8_text().map_err(failed)?;
        let column = |x: i32| cut.column((x - MARGIN as i32) as f32 / scale);
        let (text, glyphs) = place(text.trim(), &symbols(api).map_err(failed)?, column);
        let glyphs = region.doubted(glyphs, LineRegion::GUESS);
        Ok(TextLine { confidence: mean_confidence(glyphs.iter().map(|glyph| glyph.confidence)), text, glyphs, ..empty })
    }
}

impl Recognizer for Tesseract {
    fn engine(&self) -> Engine {
        Engine::Tesseract
    }

    fn model(&self) -> String {
        format!("tesseract-{}-{LANGUAGE}", TesseractAPI::version())
    }

    fn read(&self, page: &PageImage, layout: &PageLayout) -> Result<Vec<TextLine>, Error> {
        let api = self.api.lock().unwrap_or_else(PoisonError::into_inner);
        layout.lines.iter().map(|region| Self::read_line(&api, page, region)).collect()
    }
}

/// The line at reading size with white around it.
fn render(grey: &GrayImage, scale: f32) -> GrayImage {
    let enlarge = |side: u32| (side as f32 * scale).round() as u32;
    let line = imageops::resize(grey, enlarge(grey.width()), enlarge(grey.height()), FilterType::CatmullRom);
    let mut picture = GrayImage::from_pixel(line.width() + 2 * MARGIN, line.height() + 2 * MARGIN, image::Luma([255]));
    imageops::replace(&mut picture, &line, i64::from(MARGIN), i64::from(MARGIN));
    picture
}

fn symbols(api: &TesseractAPI) -> Result<Vec<Symbol>, TesseractError> {
    // No iterator means that nothing was found on the line.
    let Ok(found) = api.get_iterator() else { return Ok(Vec::new()) };
    let level = TessPageIteratorLevel::RIL_SYMBOL;
    let mut symbols = Vec::new();
    loop {
        if let (Ok(text), Ok((left, _, right, _))) = (found.get_utf8_text(level), found.get_bounding_box(level)) {
            let confidence = found.confidence(level)? / 100.0;
            symbols.push(Symbol { text, left, right, confidence: confidence.clamp(0.0, 1.0) });
        }
        if !found.next(level)? {
            return Ok(symbols);
        }
    }
}

/// The text with single spaces, and a glyph for each of its characters; no glyphs where text and symbols tell different stories.
fn place(text: &str, symbols: &[Symbol], column: impl Fn(i32) -> i32) -> (String, Vec<Glyph>) {
    let mut placed = String::new();
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut rest = text;
    for symbol in symbols {
        let left = column(symbol.left);
        let trimmed = rest.trim_start();
        if trimmed.len() < rest.len() {
            let before = glyphs.last().map_or(left, |glyph| glyph.right);
            glyphs.push(Glyph { left: before, right: left.max(before), confidence: symbol.confidence });
            placed.push(' ');
        }
        let Some(after) = trimmed.strip_prefix(symbol.text.as_str()) else {
            return (text.split_whitespace().collect::<Vec<_>>().join(" "), Vec::new());
        };
        let glyph = Glyph { left, right: column(symbol.right), confidence: symbol.confidence };
        glyphs.extend(symbol.text.chars().map(|_| glyph));
        placed.push_str(&symbol.text);
        rest = after;
    }
    match rest.trim().is_empty() {
        true => (placed, glyphs),
        false => (text.split_whitespace().collect::<Vec<_>>().join(" "), Vec::new()),
    }
}

fn failed(what: &str, cause: TesseractError) -> Error {
    Error::new(Stage::Recognize, "tesseract.failed", what, cause)
        .at("tesseract")
        .hint("read without --engine tesseract and --second-reader")
}

fn no_language_data() -> Error {
    let place =
        std::env::var("TESSDATA_PREFIX").map_or_else(|_| "Tesseract's own folder".into(), |folder| format!("TESSDATA_PREFIX={folder}"));
    Error::new(
        Stage::Recognize,
        "tesseract.no_language_data",
        "no Thai language data",
        format!("tha.traineddata not found or not readable in {place}"),
    )
    .at("tesseract")
    .hint("apt-get install tesseract-ocr-tha")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbol(text: &str, left: i32, right: i32) -> Symbol {
        Symbol { text: text.into(), left, right, confidence: 0.5 }
    }

    #[test]
    fn every_character_gets_its_place() {
        let symbols = [symbol("ที่", 10, 30), symbol("ก", 50, 60)];
        let (text, glyphs) = place("ที่  ก", &symbols, |x| x + 100);
        assert_eq!(text, "ที่ ก");
        let places: Vec<(i32, i32)> = glyphs.iter().map(|glyph| (glyph.left, glyph.right)).collect();
        assert_eq!(places, [(110, 130), (110, 130), (110, 130), (130, 150), (150, 160)]);
    }

    #[test]
    fn text_that_does_not_fit_its_symbols_has_no_glyphs() {
        assert_eq!(place("กขค", &[symbol("ก", 0, 5)], |x| x), ("กขค".into(), Vec::new()));
        assert_eq!(place("ก", &[symbol("ข", 0, 5)], |x| x), ("ก".into(), Vec::new()));
    }
}
