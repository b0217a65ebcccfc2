//! One line's pixels, cut upright out of its page, and the way from their columns back to the page.

use image::{GrayImage, Luma};

use crate::document::PageImage;
use crate::document::text::LineRegion;

/// A line as an engine reads it: its band only, baseline level.
#[derive(Debug, Clone)]
pub struct Cut {
    /// Brightness, 0 = black, 255 = white.
    pub grey: GrayImage,
    /// Where the left edge of `grey` stands on the page, in pixels.
    left: f32,
    /// Page pixels that one column of `grey` goes to the right: below 1 on a tilted line.
    step: f32,
}

impl Cut {
    /// The band of `region`; what lies outside the page is white. None where nothing of it lies on the page.
    pub fn new(page: &PageImage, region: &LineRegion) -> Option<Cut> {
        if region.tilt == 0.0 { level(&page.grey, region) } else { turned(&page.grey, region) }
    }

    /// Page column of column `x` of the cut.
    pub fn column(&self, x: f32) -> i32 {
        (self.left + x * self.step).round() as i32
    }
}

fn level(grey: &GrayImage, region: &LineRegion) -> Option<Cut> {
    let left = region.rect.left.max(0) as u32;
    let top = region.rect.top.max(0) as u32;
    let right = u32::try_from(region.rect.right).ok()?.min(grey.width());
    let bottom = u32::try_from(region.rect.bottom).ok()?.min(grey.height());
    if left >= right || top >= bottom {
        return None;
    }
    let view = image::imageops::crop_imm(grey, left, top, right - left, bottom - top);
    Some(Cut { grey: view.to_image(), left: left as f32, step: 1.0 })
}

/// A tilted band is its rectangle turned about the rectangle's center.
fn turned(grey: &GrayImage, region: &LineRegion) -> Option<Cut> {
    let rect = region.rect;
    if rect.is_empty() || rect.left >= grey.width() as i32 || rect.top >= grey.height() as i32 || rect.right <= 0 || rect.bottom <= 0 {
        return None;
    }
    let (sin, cos) = region.tilt.to_radians().sin_cos();
    let (half_width, half_height) = (rect.width() as f32 / 2.0, rect.height() as f32 / 2.0);
    let (center_x, center_y) = (rect.left as f32 + half_width, rect.top as f32 + half_height);
    let pixels = GrayImage::from_fn(rect.width() as u32, rect.height() as u32, |x, y| {
        let (along, down) = (x as f32 + 0.5 - half_width, y as f32 + 0.5 - half_height);
        Luma([between(grey, center_x + along * cos + down * sin - 0.5, center_y - along * sin + down * cos - 0.5)])
    });
    Some(Cut { grey: pixels, left: center_x - half_width * cos, step: cos })
}

/// Brightness at a point between pixel centers, white outside the page.
fn between(grey: &GrayImage, x: f32, y: f32) -> u8 {
    let at = |x: f32, y: f32| match (x >= 0.0, y >= 0.0) {
        (true, true) => grey.get_pixel_checked(x as u32, y as u32).map_or(255.0, |pixel| f32::from(pixel[0])),
        _ => 255.0,
    };
    let (column, row) = (x.floor(), y.floor());
    let (right, down) = (x - column, y - row);
    let upper = at(column, row) * (1.0 - right) + at(column + 1.0, row) * right;
    let lower = at(column, row + 1.0) * (1.0 - right) + at(column + 1.0, row + 1.0) * right;
    (upper * (1.0 - down) + lower * down).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::geometry::Rect;
    use crate::document::text::Role;

    fn page(width: u32, height: u32, ink: impl Fn(u32, u32) -> bool) -> PageImage {
        let grey = GrayImage::from_fn(width, height, |x, y| Luma([if ink(x, y) { 0 } else { 255 }]));
        PageImage { grey, color: None, dpi: 200.0, rotation: 0, skew: 0.0 }
    }

    fn region(rect: [i32; 4], tilt: f32) -> LineRegion {
        LineRegion { rect: Rect::from(rect), tilt, role: Role::Text }
    }

    #[test]
    fn a_level_line_is_cut_pixel_for_pixel() {
        let page = page(100, 50, |x, y| x == 30 && y == 12);
        let cut = Cut::new(&page, &region([20, 10, 60, 20], 0.0)).unwrap();
        assert_eq!(cut.grey.dimensions(), (40, 10));
        assert_eq!(cut.grey.get_pixel(10, 2)[0], 0);
        assert_eq!(cut.column(10.0), 30);
    }

    #[test]
    fn a_line_over_the_edge_is_cut_at_the_edge() {
        let page = page(100, 50, |_, _| false);
        let cut = Cut::new(&page, &region([-5, 40, 120, 60], 0.0)).unwrap();
        assert_eq!(cut.grey.dimensions(), (100, 10));
        assert_eq!(cut.column(0.0), 0);
    }

    #[test]
    fn a_line_off_the_page_gives_nothing() {
        let page = page(100, 50, |_, _| false);
        assert!(Cut::new(&page, &region([200, 0, 300, 20], 0.0)).is_none());
        assert!(Cut::new(&page, &region([200, 0, 300, 20], 5.0)).is_none());
        assert!(Cut::new(&page, &region([-50, 0, -10, 20], 0.0)).is_none());
    }

    #[test]
    fn a_tilted_line_comes_out_level() {
        let slope = 10.0_f32.to_radians().tan();
        let page = page(200, 120, |x, y| (y as f32 + (x as f32 - 100.0) * slope - 60.0).abs() < 1.5);
        let cut = Cut::new(&page, &region([20, 50, 180, 70], 10.0)).unwrap();
        let middle: Vec<u8> = (5..155).map(|x| cut.grey.get_pixel(x, 10)[0]).collect();
        assert!(middle.iter().all(|&value| value < 100), "the rising line should lie along the middle row: {middle:?}");
        assert!((0..160).all(|x| cut.grey.get_pixel(x, 2)[0] > 200));
        assert_eq!(cut.column(80.0), 100);
    }
}
