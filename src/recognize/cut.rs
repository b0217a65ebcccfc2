//! One line's pixels, cut upright out of its page, and the way from their columns back to the page.

use image::GrayImage;

use crate::document::text::LineRegion;
use crate::document::{PageImage, Rect};

/// A line as an engine reads it: its band only, level.
#[derive(Debug, Clone)]
pub struct Cut {
    /// Brightness, 0 = black, 255 = white.
    pub grey: GrayImage,
    /// Page column that the middle of `grey` stands on.
    middle: f32,
    /// Page pixels that one column of `grey` goes to the right: below 1 on a tilted line.
    step: f32,
}

impl Cut {
    /// The band of `region`; None where nothing of it lies on the page.
    pub fn new(page: &PageImage, region: &LineRegion) -> Option<Cut> {
        let rect = region.rect.intersection(&Rect::new(0, 0, page.width() as i32, page.height() as i32));
        if rect.is_empty() {
            return None;
        }
        let middle = (rect.left + rect.right) as f32 / 2.0;
        Some(Cut { grey: page.line(region), middle, step: region.tilt.to_radians().cos() })
    }

    /// Page column of column `x` of the cut.
    pub fn column(&self, x: f32) -> i32 {
        (self.middle + (x - self.grey.width() as f32 / 2.0) * self.step).round() as i32
    }
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    fn page(ink: impl Fn(u32, u32) -> bool) -> PageImage {
        let grey = GrayImage::from_fn(200, 120, |x, y| Luma([if ink(x, y) { 0 } else { 255 }]));
        PageImage { grey, color: None, dpi: 200.0, rotation: 0, skew: 0.0 }
    }

    fn region(rect: [i32; 4], tilt: f32) -> LineRegion {
        LineRegion { rect: Rect::from(rect), tilt, letter_height: 8.0, ..LineRegion::default() }
    }

    /// Column of the darkest pixel.
    fn darkest(cut: &Cut) -> f32 {
        let (x, _, _) = cut.grey.enumerate_pixels().min_by_key(|(_, _, pixel)| pixel[0]).unwrap();
        x as f32 + 0.5
    }

    #[test]
    fn columns_lead_back_to_the_page() {
        let page = page(|x, y| x == 30 && y == 12);
        let cut = Cut::new(&page, &region([20, 10, 60, 20], 0.0)).unwrap();
        assert_eq!(cut.grey.dimensions(), (40, 10));
        assert_eq!(cut.column(10.0), 30);
    }

    #[test]
    fn columns_of_a_line_over_the_edge_count_from_the_edge() {
        let page = page(|_, _| false);
        let cut = Cut::new(&page, &region([-5, 100, 250, 130], 0.0)).unwrap();
        assert_eq!(cut.grey.dimensions(), (200, 20));
        assert_eq!(cut.column(0.0), 0);
    }

    #[test]
    fn columns_of_a_tilted_line_lead_back_too() {
        let slope = 8.0_f32.to_radians().tan();
        let page = page(|x, y| (x as i32 - 150).abs() < 3 && (y as f32 + (x as f32 - 100.0) * slope - 60.0).abs() < 3.0);
        let cut = Cut::new(&page, &region([20, 45, 180, 75], 8.0)).unwrap();
        let column = cut.column(darkest(&cut));
        assert!((147..=153).contains(&column), "{column}");
    }

    #[test]
    fn a_line_off_the_page_gives_nothing() {
        let page = page(|_, _| false);
        assert!(Cut::new(&page, &region([300, 0, 400, 20], 0.0)).is_none());
        assert!(Cut::new(&page, &region([-50, 0, -10, 20], 3.0)).is_none());
    }
}
