//! The page that was read, as a small picture: upright as the boxes are.

use std::path::Path;

use image::imageops::{self, FilterType};
use image::{DynamicImage, RgbImage};

use crate::config::Config;
use crate::document::PageText;
use crate::error::{Error, Stage};
use crate::ingest::{self, Limits, Page};
use crate::prepare;

/// Columns of a picture: a line of text can just be read.
const WIDTH: u32 = 1000;

/// The page `text.page` of the file `scan`, [`WIDTH`] columns wide, turned as it was for reading.
pub fn of(scan: &Path, text: &PageText) -> Result<RgbImage, Error> {
    let none = || Error::new(Stage::Ingest, "eval.no_picture", "nothing to show", "transcribed text has no page image");
    let mut document = ingest::open(scan, &Limits::from(&Config::default()))?;
    let Page::Scan(scan) = document.page(text.page)? else { return Err(none()) };
    let page = prepare::upright(scan.image);
    let turn = (360 + text.rotation - page.rotation) % 360;
    let page = prepare::turned(&page, turn);
    let height = (WIDTH as f32 * page.height() as f32 / page.width().max(1) as f32).round() as u32;
    let whole = page.color.unwrap_or_else(|| DynamicImage::from(page.grey).into_rgb8());
    Ok(imageops::resize(&whole, WIDTH, height.max(1), FilterType::Triangle))
}
