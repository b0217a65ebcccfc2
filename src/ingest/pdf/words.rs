//! The characters that a PDF page claims to hold, with their places in the page's picture.

use pdfium_render::prelude::*;

use super::place::{Affine, Area};
use crate::ingest::layer::Character;

/// Characters of one page; no page of a letter comes near. Beyond, the layer is left out.
const MAX_CHARACTERS: usize = 50_000;

/// Every character of the layer in the file's order, without the blanks that PDFium makes up.
///
/// `pixels` takes user space to pixels of the page's picture.
pub fn of(page: &PdfPage, pixels: &Affine) -> Vec<Character> {
    let Ok(text) = page.text() else { return Vec::new() };
    let chars = text.chars();
    if chars.is_empty() || chars.len() > MAX_CHARACTERS {
        return Vec::new();
    }
    (0..chars.len()).filter_map(|index| character(&chars.get(index).ok()?, pixels)).collect()
}

fn character(char: &PdfPageTextChar, pixels: &Affine) -> Option<Character> {
    let text = char.unicode_char()?;
    if char.is_generated().unwrap_or(false) || matches!(text, '\r' | '\n') {
        return None;
    }
    let tight = area(&char.tight_bounds().ok()?).placed(pixels);
    let (x, y) = char.origin().ok()?;
    let (_, baseline) = pixels.apply(x.value.into(), y.value.into());
    let loose = char.loose_bounds().map_or(tight, |rect| area(&rect).placed(pixels));
    let drawn = !matches!(char.render_mode(), Ok(PdfPageTextRenderMode::Invisible | PdfPageTextRenderMode::InvisibleClipping));
    let turned = char.angle_radians().is_ok_and(|angle| is_turned(angle.into(), pixels));
    Some(Character { text, tight, baseline, em: loose.height(), font: char.font_name(), drawn, turned, after_blank: false })
}

/// Whether a line that runs at `angle` in user space, clockwise as PDFium counts, runs anywhere but to the right on the picture.
fn is_turned(angle: f64, pixels: &Affine) -> bool {
    let (across, down) = (pixels.a * angle.cos() - pixels.c * angle.sin(), pixels.b * angle.cos() - pixels.d * angle.sin());
    across <= 0.0 || down.abs() > 0.02 * across
}

fn area(rect: &PdfRect) -> Area {
    let [left, bottom, right, top] = [rect.left(), rect.bottom(), rect.right(), rect.top()].map(|points| f64::from(points.value));
    Area { left, top: bottom.min(top), right, bottom: bottom.max(top) }
}
