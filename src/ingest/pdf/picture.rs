//! The picture of a PDF page: the scan itself where the page is one scan, as it lies in the file, without resampling; else the page drawn.

use image::imageops;
use image::{GrayImage, RgbImage};
use pdfium_render::prelude::*;

use crate::document::PageImage;
use crate::document::text::Damage;
use crate::error::{Error, Stage};
use crate::ingest::color::{Layout, Picture};
use crate::ingest::{Limits, check_size, paper};

use super::mosaic::{self, Mosaic};
use super::place::{Affine, Area, Turn};
use super::survey::{Placed, Survey};

/// Dots per inch of paper at which pages are drawn.
const DRAWN_DPI: f64 = 300.0;
/// Scans of these resolutions are drawn at their own: pixel for pixel.
const OWN_DPI: std::ops::RangeInclusive<f64> = 150.0..=400.0;
/// Pixels of A4 at 300 dpi: what a page of unbelievable size is drawn with.
const A4_PIXELS: (f64, f64) = (2480.0, 3508.0);

/// Bytes of samples up to which a scan is taken as it lies in the file, where PDFium's and ours are in memory together: a color A4 page at 450 dpi.
/// Beyond, the page is drawn: PDFium then decodes it row by row, and reading wants no finer pixels.
const TAKEN_BYTES: u64 = 64 * 1024 * 1024;

/// A page's pixels, and where they lie on it.
pub struct Taken {
    pub image: PageImage,
    /// Shown page in points → pixels.
    pub pixels: Affine,
    pub damage: Vec<Damage>,
}

impl Taken {
    /// `pixels` leads to the samples of `picture`, which the page image may hold halved.
    fn new(picture: Picture, (across, down): (f64, f64), pixels: Affine) -> Taken {
        let width = picture.grey.width();
        let image = picture.page(Some((across as f32, down as f32)));
        let halvings = (f64::from(width) / f64::from(image.width().max(1))).log2().round();
        let scale = (-halvings).exp2();
        let smaller = Affine { a: scale, b: 0.0, c: 0.0, d: scale, e: 0.0, f: 0.0 };
        Taken { image, pixels: pixels.then(&smaller), damage: Vec::new() }
    }
}

/// The page as pixels, or why there is no picture.
pub fn of(page: &PdfPage, survey: &Survey, limits: &Limits) -> Result<Taken, Error> {
    for placed in &survey.images {
        check_size(placed.width.max(1).into(), placed.height.max(1).into(), limits)?;
    }
    let mut taken = match scan(page, survey, limits) {
        Some(taken) => taken,
        None => drawn(page, survey, limits)?,
    };
    if survey.images.iter().any(|placed| is_cut_off(&placed.image)) {
        taken.damage.push(Damage::PictureCutOff);
    }
    Ok(taken)
}

/// The one image that is the page, or the strips it was stored in.
fn scan(page: &PdfPage, survey: &Survey, limits: &Limits) -> Option<Taken> {
    let first = survey.images.first()?;
    let area = survey.images.iter().map(|placed| placed.area).reduce(|one, other| one.around(&other))?;
    if !survey.marks.is_empty() || !survey.page.holds(&area, 2.0) || is_large(&survey.images) {
        return None;
    }
    let turn = Turn::of(&first.place)?;
    let (across, down) = resolution(first, turn);
    let alike = |one: f64, other: f64| (0.99..1.01).contains(&(one / other));
    let fits = |placed: &Placed| {
        let (own_across, own_down) = resolution(placed, turn);
        Turn::of(&placed.place) == Some(turn) && alike(own_across, across) && alike(own_down, down)
    };
    // Fax lines are twice as high as wide: drawing squares them.
    let is_square = (0.95..1.05).contains(&(across / down));
    let pixel = 72.0 / across;
    if !is_square || !survey.images.iter().all(fits) || !mosaic::is_tiling(&survey.images, pixel) {
        return None;
    }
    let pixels = scaled(across / 72.0, down / 72.0, &area);
    let picture = match survey.images.as_slice() {
        [one] => turned(raw(&one.image)?, turn),
        tiles => assembled(tiles, turn, &pixels, &area, limits)?,
    };
    if survey.images.iter().any(|placed| placed.veiled) && !shows(page, survey, &picture, &pixels) {
        return None;
    }
    Some(Taken::new(picture, (across, down), pixels))
}

/// Whether the decoded samples of a scan take more than [`TAKEN_BYTES`]. PDFium decodes some images to tell their depth: the small ones are not asked.
fn is_large(images: &[Placed]) -> bool {
    let bytes = |placed: &Placed, each: u64| u64::from(placed.width) * u64::from(placed.height) * each;
    let depth = |placed: &Placed| placed.image.bits_per_pixel().map_or(1, |bits| u64::from(bits.max(8)) / 8);
    images.iter().map(|placed| bytes(placed, 4)).sum::<u64>() > TAKEN_BYTES
        && images.iter().map(|placed| bytes(placed, depth(placed))).sum::<u64>() > TAKEN_BYTES
}

fn assembled(tiles: &[Placed], turn: Turn, pixels: &Affine, area: &Area, limits: &Limits) -> Option<Picture> {
    let whole = area.placed(pixels);
    let (width, height) = (whole.width().round(), whole.height().round());
    check_size(width as u64, height as u64, limits).ok()?;
    let mut mosaic = Mosaic::new(width as u32, height as u32);
    for tile in tiles {
        let Area { left, top, .. } = tile.area.placed(pixels);
        mosaic.put(turned(raw(&tile.image)?, turn), left.round() as i64, top.round() as i64);
    }
    Some(mosaic.finish())
}

/// Whether the page, drawn small, looks like the picture: nothing of it is masked, clipped or painted over.
fn shows(page: &PdfPage, survey: &Survey, picture: &Picture, pixels: &Affine) -> bool {
    /// Dots per point of the small drawing, and at most per pixel of the picture.
    const SMALL: (f64, f64) = (0.5, 0.5);
    /// Levels by which a cell may differ; how many of a thousand may differ by more.
    const LEVELS: u8 = 40;
    const DIFFERENT: usize = 4;
    let scale = SMALL.0.min(SMALL.1 * pixels.a.min(pixels.d));
    let side = |points: f64| (points * scale).round().clamp(1.0, 2000.0);
    let (width, height) = (side(survey.page.width()), side(survey.page.height()));
    let Some(small) = draw(page, width as u32, height as u32) else { return false };
    let (across, down) = (survey.page.width() / width, survey.page.height() / height);
    let mut different = 0;
    for (x, y, drawn) in small.grey.enumerate_pixels() {
        let (left, top) = pixels.apply(f64::from(x) * across, f64::from(y) * down);
        let (right, bottom) = pixels.apply(f64::from(x + 1) * across, f64::from(y + 1) * down);
        let own = mean(&picture.grey, left, top, right, bottom);
        different += usize::from(own.abs_diff(drawn.0[0]) > LEVELS);
    }
    different * 1000 <= DIFFERENT * small.grey.as_raw().len()
}

/// Mean brightness of a box; white paper outside the picture.
fn mean(grey: &GrayImage, left: f64, top: f64, right: f64, bottom: f64) -> u8 {
    let clamp = |side: f64, limit: u32| side.round().clamp(0.0, f64::from(limit)) as u32;
    let (left, right) = (clamp(left, grey.width()), clamp(right, grey.width()));
    let (top, bottom) = (clamp(top, grey.height()), clamp(bottom, grey.height()));
    let count = u64::from(right - left) * u64::from(bottom - top);
    let row = |y: u32| &grey.as_raw()[(y * grey.width() + left) as usize..(y * grey.width() + right) as usize];
    let sum: u64 = (top..bottom).flat_map(row).map(|sample| u64::from(*sample)).sum();
    sum.checked_div(count).map_or(u8::MAX, |mean| mean as u8)
}

/// A JPEG without its end marker.
fn is_cut_off(image: &PdfPageImageObject) -> bool {
    const TAIL: usize = 512;
    let filters = image.filters();
    if filters.len() != 1 || filters.get(0).is_ok_and(|filter| filter.name() != "DCTDecode") {
        return false;
    }
    let Ok(data) = image.get_raw_image_data() else { return true };
    !data[data.len().saturating_sub(TAIL)..].windows(2).any(|pair| pair == [0xFF, 0xD9])
}

/// Points → pixels, for a picture that shows `area` at so many pixels per point across and down.
fn scaled(across: f64, down: f64, area: &Area) -> Affine {
    Affine { a: across, b: 0.0, c: 0.0, d: down, e: -area.left * across, f: -area.top * down }
}

/// Pixels per inch across and down the shown page.
fn resolution(placed: &Placed, turn: Turn) -> (f64, f64) {
    let (width, height) = (f64::from(placed.width), f64::from(placed.height));
    let (across, down) = if turn.lies() { (height, width) } else { (width, height) };
    (across * 72.0 / placed.area.width(), down * 72.0 / placed.area.height())
}

/// The samples as they lie in the file, decoded; None when PDFium cannot.
fn raw(image: &PdfPageImageObject) -> Option<Picture> {
    picture(image.get_raw_bitmap().ok()?)
}

fn picture(bitmap: PdfBitmap) -> Option<Picture> {
    let (width, height) = (u32::try_from(bitmap.width()).ok()?, u32::try_from(bitmap.height()).ok()?);
    let layout = match bitmap.format().ok()? {
        PdfBitmapFormat::Gray => Layout::Grey,
        PdfBitmapFormat::BGR => Layout::Bgr,
        PdfBitmapFormat::BGRx | PdfBitmapFormat::BGRA => Layout::Bgrx,
    };
    let samples = bitmap.as_raw_bytes();
    // A page's samples are large: PDFium's own go before others are made of them.
    drop(bitmap);
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

fn drawn(page: &PdfPage, survey: &Survey, limits: &Limits) -> Result<Taken, Error> {
    let (across, down) = drawn_dpi(survey);
    let pixels = |points: f64, dpi: f64| (points * dpi / 72.0).round().max(1.0) as u32;
    let (width, height) = (pixels(survey.page.width(), across), pixels(survey.page.height(), down));
    check_size(width.into(), height.into(), limits)?;
    let failed = |why: &str| Error::new(Stage::Ingest, "pdf.undrawable", "cannot draw the page", why).hint("print the page to a new PDF");
    let picture = draw(page, width, height).ok_or_else(|| failed("PDFium gave no pixels"))?;
    if is_uniform(&picture.grey) && survey.images.iter().any(|placed| !is_blank(placed)) {
        let why = "it holds an image that cannot be decoded";
        return Err(Error::new(Stage::Ingest, "pdf.blank_render", "the page comes out blank", why)
            .hint("print the page to a new PDF, or scan it again"));
    }
    let pixels = scaled(f64::from(width) / survey.page.width(), f64::from(height) / survey.page.height(), &survey.page);
    Ok(Taken::new(picture, (across, down), pixels))
}

/// The page with its annotations and form fields, stretched to so many pixels.
fn draw(page: &PdfPage, width: u32, height: u32) -> Option<Picture> {
    // In this layout PDFium draws everything; its grey bitmaps abort the process on some pages.
    let config = PdfRenderConfig::new()
        .set_fixed_size(width as Pixels, height as Pixels)
        .set_format(PdfBitmapFormat::BGR)
        .set_reverse_byte_order(false);
    picture(page.render_with_config(&config).ok()?)
}

/// Dots per declared inch to draw the page with, across and down.
fn drawn_dpi(survey: &Survey) -> (f64, f64) {
    let (width, height) = (survey.page.width(), survey.page.height());
    if paper::is_paper((width / 72.0) as f32, (height / 72.0) as f32) {
        return own_dpi(survey).unwrap_or((DRAWN_DPI, DRAWN_DPI));
    }
    let (short, long) = (width.min(height), width.max(height));
    let dpi = 72.0 * (A4_PIXELS.0 / short).min(A4_PIXELS.1 / long);
    (dpi, dpi)
}

/// The resolution of a scan that covers most of the page: drawn with it, its pixels stay what they are.
fn own_dpi(survey: &Survey) -> Option<(f64, f64)> {
    let covers = |area: &Area| area.common(&survey.page).size() > 0.6 * survey.page.size();
    let placed = survey.images.iter().find(|placed| covers(&placed.area))?;
    let (across, down) = resolution(placed, Turn::of(&placed.place)?);
    let is_square = (0.95..1.05).contains(&(across / down));
    (is_square && OWN_DPI.contains(&across)).then_some((across, down))
}

fn is_uniform(grey: &GrayImage) -> bool {
    let (low, high) = grey.as_raw().iter().fold((u8::MAX, u8::MIN), |(low, high), sample| (low.min(*sample), high.max(*sample)));
    high.saturating_sub(low) <= 2
}

/// An image that decodes and holds one shade only.
fn is_blank(placed: &Placed) -> bool {
    raw(&placed.image).is_some_and(|picture| is_uniform(&picture.grey))
}
