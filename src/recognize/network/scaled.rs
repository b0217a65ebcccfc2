//! How a cut line becomes the network's input: without blank rows, at the network's height, paper 0 and ink 1. Training does exactly the same
//! (`training/normalize.py`).

use std::borrow::Cow;
use std::ops::Range;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeError, ResizeOptions, Resizer};
use image::GrayImage;

use crate::recognize::bundle::{Input, Tight};

/// A line narrower than this, in columns of the scaled line, does not exist.
const LEAST_WIDTH: u32 = 8;

pub fn padded(width: u32, multiple: u32) -> u32 {
    width.next_multiple_of(multiple)
}

/// The line at `height` rows, same proportions, antialiased with a triangle filter.
pub fn scale(resizer: &mut Resizer, grey: &GrayImage, height: u32) -> Result<GrayImage, ResizeError> {
    let width = (f64::from(grey.width()) * f64::from(height) / f64::from(grey.height()) + 0.5) as u32;
    let source =
        ImageRef::new(grey.width(), grey.height(), grey.as_raw(), PixelType::U8).map_err(|_| ResizeError::PixelTypesAreDifferent)?;
    let mut scaled = Image::new(width.max(LEAST_WIDTH), height, PixelType::U8);
    resizer.resize(&source, &mut scaled, &ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear)))?;
    let (width, height) = (scaled.width(), scaled.height());
    Ok(GrayImage::from_raw(width, height, scaled.into_vec()).expect("as many pixels as were asked for"))
}

/// The line without the blank rows above and below its ink, where they are many: in a loose crop letters would reach the network in small print.
pub fn tight<'a>(grey: &'a GrayImage, input: &Input) -> Cow<'a, GrayImage> {
    let Some(Range { start, end }) = input.tight.as_ref().and_then(|rule| inked(grey, input, rule)) else { return Cow::Borrowed(grey) };
    let columns = grey.width() as usize;
    let rows = grey.as_raw()[start * columns..end * columns].to_vec();
    Cow::Owned(GrayImage::from_raw(grey.width(), (end - start) as u32, rows).expect("whole rows"))
}

/// The rows that stay; None where all do.
fn inked(grey: &GrayImage, input: &Input, rule: &Tight) -> Option<Range<usize>> {
    let levels = Levels::of(grey, input);
    let pale = f64::from(levels.paper) - rule.ink_depth * f64::from(levels.span(input));
    let has_ink = |row: &[u8]| row.iter().filter(|grey| f64::from(**grey) < pale).count() >= rule.ink_pixels;
    let mut rows = grey.as_raw().chunks_exact(grey.width() as usize).map(has_ink);
    let all = rows.len();
    let (top, bottom) = (rows.clone().position(|ink| ink)?, rows.rposition(|ink| ink)? + 1);
    if (bottom - top) as f64 >= rule.loose * all as f64 {
        return None;
    }
    let margin = ((rule.margin * (bottom - top) as f64 + 0.5) as usize).max(1);
    let missing = ((rule.least * all as f64 + 0.5) as usize).saturating_sub(bottom - top + 2 * margin);
    let margin = margin + missing.div_ceil(2);
    Some(top.saturating_sub(margin)..(bottom + margin).min(all))
}

/// Grey levels of a line's paper and ink.
#[derive(Debug, PartialEq, Eq)]
pub struct Levels {
    paper: i32,
    ink: i32,
}

impl Levels {
    pub fn of(line: &GrayImage, input: &Input) -> Levels {
        let mut counts = [0_u64; 256];
        line.as_raw().iter().for_each(|grey| counts[usize::from(*grey)] += 1);
        let level = |share: f64| {
            let mut seen = 0;
            let reached = counts.iter().position(|count| {
                seen += count;
                seen as f64 >= share * line.as_raw().len() as f64
            });
            reached.map_or(255, |grey| grey as i32)
        };
        Levels { paper: level(input.paper_share), ink: level(input.ink_share) }
    }

    pub fn paper(&self) -> u8 {
        self.paper as u8
    }

    /// How much darker ink is than paper.
    fn span(&self, input: &Input) -> i32 {
        (self.paper - self.ink).max(i32::from(input.least_contrast))
    }

    /// What each grey value becomes: paper 0, ink about 1.
    pub fn table(&self, input: &Input) -> [f32; 256] {
        let span = self.span(input) as f32;
        std::array::from_fn(|grey| ((self.paper as f32 - grey as f32) / span).clamp(input.low, input.high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::bundle::Bundle;

    #[test]
    fn blank_rows_go_where_they_are_many() {
        let input = Bundle::open(None).unwrap().manifest.input;
        let input = Input { tight: Some(Tight { ink_depth: 0.35, ink_pixels: 2, loose: 0.8, margin: 0.1, least: 0.4 }), ..input };
        let line =
            |ink: Range<u32>| GrayImage::from_fn(80, 100, |x, y| image::Luma([if ink.contains(&y) && x % 3 == 0 { 20 } else { 220 }]));
        assert_eq!(tight(&line(30..70), &input).height(), 48);
        assert_eq!(tight(&line(0..50), &input).height(), 55, "nothing is added above the first row");
        assert_eq!(tight(&line(10..92), &input).height(), 100, "a line cut well stays as it is");
        assert_eq!(tight(&line(50..54), &input).height(), 40, "a dash stays small");
        assert_eq!(tight(&line(0..0), &input).height(), 100);
        assert_eq!(tight(&line(30..70), &Input { tight: None, ..input }).height(), 100);
    }

    #[test]
    fn paper_is_zero_and_ink_is_one() {
        let input = Bundle::open(None).unwrap().manifest.input;
        let line = GrayImage::from_fn(100, 40, |x, _| image::Luma([if x < 10 { 20 } else { 220 }]));
        let levels = Levels::of(&line, &input);
        assert_eq!(levels, Levels { paper: 220, ink: 20 });
        let table = levels.table(&input);
        assert_eq!((table[220], table[20], table[120]), (0.0, 1.0, 0.5));
        assert_eq!(table[255], (220.0 - 255.0) / 200.0);
    }

    #[test]
    fn lines_keep_their_proportions() {
        let scaled = scale(&mut Resizer::new(), &GrayImage::new(301, 60), 40).unwrap();
        assert_eq!(scaled.dimensions(), (201, 40));
        let sliver = scale(&mut Resizer::new(), &GrayImage::new(1, 60), 40).unwrap();
        assert_eq!(sliver.dimensions(), (8, 40));
    }
}
