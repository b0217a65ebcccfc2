//! The picture of a PDF page: the scan itself where the page is one scan, as it lies in the file, without resampling; else the page drawn.

use image::imageops;
use image::{GrayImage, RgbImage};
use pdfium_render::prelude::*;

use crate::document::PageImage;
use crate::error::{Error, Stage};
use crate::ingest::color::{Layout, Picture};
use crate::ingest::{Limits, check_size, paper};

use super::place::{Area, Turn};
use super::survey::{Placed, Survey};

/// Dots per inch of paper at which pages are drawn.
const DRAWN_DPI: f64 = 300.0;
/// Scans of these resolutions are drawn at their own: pixel for pixel.
const OWN_DPI: std::ops::RangeInclusive<f64> = 150.0..=400.0;
/// Pixels of A4 at 300 dpi: what a page of unbelievable size is drawn with.
const A4_PIXELS: (f64, f64) = (2480.0, 3508.0);

/// The page as pixels, or why there is no picture.
pub fn of(page: &PdfPage, survey: &Survey, limits: &Limits) -> Result<PageImage, Error> {
    for placed in &survey.images {
        check_size(placed.width.max(1).into(), placed.height.max(1).into(), limits)?;
    }
    if let Some(image) = scan(survey) {
        return Ok(image);
    }
    drawn(page, survey, limits)
}

/// The one image that is the page.
fn scan(survey: &Survey) -> Option<PageImage> {
    let [placed] = survey.images.as_slice() else { return None };
    if !survey.marks.is_empty() || !survey.page.holds(&placed.area, 2.0) {
        return None;
    }
    let turn = Turn::of(&placed.place)?;
    let (across, down) = resolution(placed, turn);
    // Fax lines are twice as high as wide: drawing squares them.
    if !(0.95..1.05).contains(&(across / down)) {
        return None;
    }
    let picture = turned(raw(&placed.image)?, turn);
    let (width, height) = picture.grey.dimensions();
    let dpi = paper::dpi(width, height, Some((across as f32, down as f32)));
    Some(PageImage { grey: picture.grey, color: picture.color, dpi, rotation: 0, skew: 0.0 })
}

/// Pixels per inch across and down the shown page.
fn resolution(placed: &Placed, turn: Turn) -> (f64, f64) {
    let (width, height) = (f64::from(placed.width), f64::from(placed.height));
    let (across, down) = if turn.lies() { (height, width) } else { (width, height) };
    (across * 72.0 / placed.area.width(), down * 72.0 / placed.area.height())
}

/// The samples as they lie in the file, decoded; None when PDFium cannot.
fn raw(image: &PdfPageImageObject) -> Option<Picture> {
    picture(&image.get_raw_bitmap().ok()?)
}

fn picture(bitmap: &PdfBitmap) -> Option<Picture> {
    let (width, height) = (u32::try_from(bitmap.width()).ok()?, u32::try_from(bitmap.height()).ok()?);
    let layout = match bitmap.format().ok()? {
        PdfBitmapFormat::Gray => Layout::Grey,
        PdfBitmapFormat::BGR => Layout::Bgr,
        PdfBitmapFormat::BGRx | PdfBitmapFormat::BGRA => Layout::Bgrx,
    };
    let samples = bitmap.as_raw_bytes();
    let stride = samples.len().checked_div(height as usize).filter(|stride| *stride > 0)?;
    Picture::from_rows(samples, width, height, stride, layout)
}

fn turned(picture: Picture, turn: Turn) -> Picture {
    macro_rules! both {
        ($change:expr) => {
            picture.map(|grey: GrayImage| $change(&grey), |color: RgbImage| $change(&color))
        };
    }
    match turn {
        Turn::Upright => picture,
        Turn::Quarter => both!(imageops::rotate90),
        Turn::Half => both!(imageops::rotate180),
        Turn::ThreeQuarters => both!(imageops::rotate270),
        Turn::Mirrored => both!(imageops::flip_horizontal),
        Turn::Flipped => both!(imageops::flip_vertical),
        Turn::Transposed => picture.map(
            |grey| imageops::flip_horizontal(&imageops::rotate90(&grey)),
            |color| imageops::flip_horizontal(&imageops::rotate90(&color)),
        ),
        Turn::Transversed => picture.map(
            |grey| imageops::flip_horizontal(&imageops::rotate270(&grey)),
            |color| imageops::flip_horizontal(&imageops::rotate270(&color)),
        ),
    }
}

fn drawn(page: &PdfPage, survey: &Survey, limits: &Limits) -> Result<PageImage, Error> {
    let (width, height, dpi) = drawn_size(survey);
    check_size(width.into(), height.into(), limits)?;
    let failed = |why: String| Error::new(Stage::Ingest, "pdf.undrawable", "cannot draw the page", why).hint("print the page to a new PDF");
    let config = PdfRenderConfig::new()
        .set_fixed_size(width as Pixels, height as Pixels)
        .set_format(PdfBitmapFormat::BGR)
        .set_reverse_byte_order(false);
    let bitmap = page.render_with_config(&config).map_err(|error| failed(format!("{error:?}")))?;
    let picture = picture(&bitmap).ok_or_else(|| failed("PDFium gave no pixels".to_owned()))?;
    if is_uniform(&picture.grey) && survey.images.iter().any(|placed| !is_blank(placed)) {
        return Err(Error::new(Stage::Ingest, "pdf.blank_render", "the page comes out blank", "it holds an image that cannot be decoded")
            .hint("print the page to a new PDF, or scan it again"));
    }
    Ok(PageImage { grey: picture.grey, color: picture.color, dpi, rotation: 0, skew: 0.0 })
}

/// Pixels across and down, and their dpi.
fn drawn_size(survey: &Survey) -> (u32, u32, f32) {
    let (width, height) = (survey.page.width(), survey.page.height());
    let scale = if paper::is_paper((width / 72.0) as f32, (height / 72.0) as f32) {
        own_dpi(survey).unwrap_or(DRAWN_DPI) / 72.0
    } else {
        let (short, long) = (width.min(height), width.max(height));
        (A4_PIXELS.0 / short).min(A4_PIXELS.1 / long)
    };
    let pixels = |points: f64| (points * scale).round().max(1.0) as u32;
    let (width, height) = (pixels(width), pixels(height));
    (width, height, paper::dpi(width, height, Some((scale as f32 * 72.0, scale as f32 * 72.0))))
}

/// The resolution of a scan that covers most of the page.
fn own_dpi(survey: &Survey) -> Option<f64> {
    let covers = |area: &Area| area.common(&survey.page).size() > 0.6 * survey.page.size();
    let placed = survey.images.iter().find(|placed| covers(&placed.area))?;
    let (across, down) = resolution(placed, Turn::of(&placed.place)?);
    Some(across.max(down)).filter(|dpi| OWN_DPI.contains(dpi))
}

fn is_uniform(grey: &GrayImage) -> bool {
    let (low, high) = grey.as_raw().iter().fold((u8::MAX, u8::MIN), |(low, high), sample| (low.min(*sample), high.max(*sample)));
    high.saturating_sub(low) <= 2
}

/// An image that decodes and holds one shade only.
fn is_blank(placed: &Placed) -> bool {
    raw(&placed.image).is_some_and(|picture| is_uniform(&picture.grey))
}
