//! A page as pixels, on its way from the scanner to the reader.

use image::{GrayImage, Luma, RgbImage, imageops};

use super::geometry::Rect;
use super::text::{Damage, LineRegion, PageText};

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

    /// One line's pixels as a reader takes them: its band alone, level, other ink painted over. At the page's resolution; 1×1 white where the region is empty.
    pub fn line(&self, region: &LineRegion) -> GrayImage {
        let bounds = Rect::new(0, 0, self.width() as i32, self.height() as i32);
        let rect = region.rect.intersection(&bounds);
        if rect.is_empty() {
            return GrayImage::from_pixel(1, 1, Luma([255]));
        }
        let (left, top) = (rect.left as u32, rect.top as u32);
        let mut line = imageops::crop_imm(&self.grey, left, top, rect.width() as u32, rect.height() as u32).to_image();
        if let Some(color) = self.color.as_ref().filter(|_| region.under_red) {
            for (x, y, pixel) in line.enumerate_pixels_mut() {
                pixel[0] = pixel[0].max(color.get_pixel(left + x, top + y)[0]);
            }
        }
        for strip in region.foreign.iter().chain(&region.pens) {
            paint_over(&mut line, strip, rect);
        }
        if region.tilt == 0.0 { line } else { level(&line, region.tilt, region.size()) }
    }
}

/// Whitens a strip and the grey fringe around it; dark ink next to it is another letter's and stays.
fn paint_over(line: &mut GrayImage, strip: &Rect, origin: Rect) {
    const FRINGE: u8 = 150;
    let (width, height) = (line.width() as i32, line.height() as i32);
    for y in (strip.top - origin.top - 1).max(0)..(strip.bottom - origin.top + 1).min(height) {
        for x in (strip.left - origin.left - 1).max(0)..(strip.right - origin.left + 1).min(width) {
            let inside = y >= strip.top - origin.top
                && y < strip.bottom - origin.top
                && x >= strip.left - origin.left
                && x < strip.right - origin.left;
            let pixel = line.get_pixel_mut(x as u32, y as u32);
            if inside || pixel[0] > FRINGE {
                *pixel = Luma([255]);
            }
        }
    }
}

/// Takes a tilt (degrees, rising to the right) out of a line's picture; `size` is that of the band along its tilt.
fn level(line: &GrayImage, tilt: f32, size: (f32, f32)) -> GrayImage {
    let (sin, cos) = tilt.to_radians().sin_cos();
    let (width, height) = (line.width() as f32, line.height() as f32);
    let (out_width, out_height) = (size.0.round(), size.1.round());
    let sample = |x: f32, y: f32| {
        let at = |x: i32, y: i32| {
            let inside = x >= 0 && y >= 0 && x < line.width() as i32 && y < line.height() as i32;
            if inside { f32::from(line.get_pixel(x as u32, y as u32)[0]) } else { 255.0 }
        };
        let (x0, y0) = (x.floor(), y.floor());
        let (fx, fy) = (x - x0, y - y0);
        let (x0, y0) = (x0 as i32, y0 as i32);
        let upper = at(x0, y0) * (1.0 - fx) + at(x0 + 1, y0) * fx;
        let lower = at(x0, y0 + 1) * (1.0 - fx) + at(x0 + 1, y0 + 1) * fx;
        upper * (1.0 - fy) + lower * fy
    };
    GrayImage::from_fn(out_width.max(1.0) as u32, out_height.max(1.0) as u32, |u, v| {
        let (du, dv) = (u as f32 + 0.5 - out_width / 2.0, v as f32 + 0.5 - out_height / 2.0);
        Luma([sample(width / 2.0 + du * cos + dv * sin - 0.5, height / 2.0 - du * sin + dv * cos - 0.5).round() as u8])
    })
}

/// What a file gives for one page: its picture, and the words that the file itself claims are on it.
#[derive(Debug, Clone)]
pub struct PageScan {
    /// 1-based number in the file.
    pub page: u32,
    pub image: PageImage,
    /// The file's own text layer, boxes in pixels of `image`.
    pub embedded: Option<TextLayer>,
    pub damage: Vec<Damage>,
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
