//! A page that was stored in strips or tiles → one picture, each sample where it belongs, without resampling.

use image::{GrayImage, Luma, RgbImage, imageops};

use crate::ingest::color::Picture;

use super::place::Area;
use super::survey::Placed;

/// Pixels that neighbours may overlap by, or stand apart.
const SEAM: f64 = 3.0;
/// Strips of one page; a fax has one for every few rows at most.
const MAX_TILES: usize = 4000;

/// A canvas of white paper that tiles are put on.
pub struct Mosaic {
    grey: GrayImage,
    color: Option<RgbImage>,
}

impl Mosaic {
    pub fn new(width: u32, height: u32) -> Mosaic {
        Mosaic { grey: GrayImage::from_pixel(width, height, Luma([u8::MAX])), color: None }
    }

    pub fn put(&mut self, tile: Picture, left: i64, top: i64) {
        if let (None, Some(_)) = (&self.color, &tile.color) {
            self.color = Some(colored(&self.grey));
        }
        if let Some(canvas) = &mut self.color {
            let color = tile.color.unwrap_or_else(|| colored(&tile.grey));
            imageops::replace(canvas, &color, left, top);
        }
        imageops::replace(&mut self.grey, &tile.grey, left, top);
    }

    pub fn finish(self) -> Picture {
        Picture { grey: self.grey, color: self.color }
    }
}

fn colored(grey: &GrayImage) -> RgbImage {
    let samples = grey.as_raw().iter().flat_map(|sample| [*sample; 3]).collect();
    RgbImage::from_raw(grey.width(), grey.height(), samples).unwrap_or_default()
}

/// Whether images lie side by side, none over another: then their order of painting does not matter. `pixel` is the size of one in points.
pub fn is_tiling(images: &[Placed], pixel: f64) -> bool {
    if images.len() > MAX_TILES {
        return false;
    }
    let mut areas: Vec<&Area> = images.iter().map(|placed| &placed.area).collect();
    areas.sort_by(|one, other| one.top.total_cmp(&other.top));
    let seam = SEAM * pixel;
    areas.iter().enumerate().all(|(index, area)| {
        let below = areas[index + 1..].iter().take_while(|other| other.top < area.bottom - seam);
        below.into_iter().all(|other| {
            let shared = area.common(other);
            shared.width() <= seam || shared.height() <= seam
        })
    })
}
