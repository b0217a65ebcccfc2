//! Decoded samples of any layout → brightness, and the colors where the page has any.

use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};

use crate::document::PageImage;

use super::paper;

/// Brightness, and the colors of a page that has some.
#[derive(Debug, Clone)]
pub struct Picture {
    pub grey: GrayImage,
    pub color: Option<RgbImage>,
}

/// How far apart the channels of a colored pixel are: above the color noise of a JPEG of a grey page.
const CHROMA: u8 = 40;
/// A page is colored when more than one pixel in this many is: a signature in blue ink on A4 is about one in 2,000.
const COLORED_ONE_IN: usize = 20_000;

/// Scans finer than this, in dpi, are halved: text gains nothing from more than 300 dpi, and a page costs a fourth.
const FINE: f32 = 450.0;

/// The page's picture, turned as `orientation` says, for a resolution that the file declares across and down before that. What is transparent
/// lies on white paper. A fine scan is halved before anything is made of it: its samples are never held twice.
pub fn page(image: DynamicImage, orientation: Orientation, declared: Option<(f32, f32)>) -> PageImage {
    let mut image = match image {
        DynamicImage::ImageRgba8(rgba) => DynamicImage::ImageRgb8(on_white(rgba)),
        image if image.color().has_alpha() => DynamicImage::ImageRgb8(on_white(image.into_rgba8())),
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageLuma16(_) => DynamicImage::ImageLuma8(image.into_luma8()),
        image => DynamicImage::ImageRgb8(image.into_rgb8()),
    };
    let mut dpi = paper::dpi(image.width(), image.height(), declared);
    while dpi > FINE {
        (image, dpi) = (halved(image), dpi / 2.0);
    }
    image.apply_orientation(orientation);
    let picture = match image {
        DynamicImage::ImageLuma8(grey) => Picture { grey, color: None },
        image => Picture::from_rgb(image.into_rgb8()),
    };
    PageImage { grey: picture.grey, color: picture.color, dpi, rotation: 0, skew: 0.0 }
}

fn halved(image: DynamicImage) -> DynamicImage {
    match image {
        DynamicImage::ImageLuma8(grey) => DynamicImage::ImageLuma8(halved_grey(grey)),
        image => DynamicImage::ImageRgb8(halved_rgb(image.into_rgb8())),
    }
}

fn halved_grey(grey: GrayImage) -> GrayImage {
    let (width, height) = grey.dimensions();
    GrayImage::from_raw(width / 2, height / 2, halved_samples(grey.into_raw(), width as usize, 1)).unwrap_or_default()
}

fn halved_rgb(rgb: RgbImage) -> RgbImage {
    let (width, height) = rgb.dimensions();
    RgbImage::from_raw(width / 2, height / 2, halved_samples(rgb.into_raw(), width as usize, 3)).unwrap_or_default()
}

/// Half the columns and rows, each sample the mean of four, in the same memory.
fn halved_samples(mut samples: Vec<u8>, width: usize, channels: usize) -> Vec<u8> {
    let (stride, used) = (width * channels, width / 2 * channels);
    let rows = samples.len().checked_div(2 * stride).unwrap_or(0);
    let mut row = vec![0; used];
    for y in 0..rows {
        let (upper, lower) = samples[2 * y * stride..2 * (y + 1) * stride].split_at(stride);
        let fours = upper.chunks_exact(2 * channels).zip(lower.chunks_exact(2 * channels));
        for (mean, (upper, lower)) in row.chunks_exact_mut(channels).zip(fours) {
            for (channel, mean) in mean.iter_mut().enumerate() {
                let four = [upper[channel], upper[channel + channels], lower[channel], lower[channel + channels]];
                *mean = ((four.map(u16::from).iter().sum::<u16>() + 2) / 4) as u8;
            }
        }
        samples[y * used..(y + 1) * used].copy_from_slice(&row);
    }
    samples.truncate(rows * used);
    samples.shrink_to_fit();
    samples
}

/// How samples lie in memory, 8 bits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    Grey,
    Bgr,
    /// The fourth byte means nothing.
    Bgrx,
}

impl Layout {
    pub fn bytes(&self) -> usize {
        match self {
            Layout::Grey => 1,
            Layout::Bgr => 3,
            Layout::Bgrx => 4,
        }
    }
}

impl Picture {
    /// `samples` hold `height` rows of `stride` bytes; they are turned into the picture in place. None when they are too short for that.
    pub fn from_rows(samples: Vec<u8>, width: u32, height: u32, stride: usize, layout: Layout) -> Option<Picture> {
        let (columns, rows) = (width as usize, height as usize);
        let used = columns * layout.bytes();
        if stride < used || samples.len() < stride * rows {
            return None;
        }
        let mut samples = samples;
        close_up(&mut samples, used, stride, rows);
        match layout {
            Layout::Grey => return GrayImage::from_raw(width, height, samples).map(|grey| Picture { grey, color: None }),
            Layout::Bgr => samples.chunks_exact_mut(3).for_each(|pixel| pixel.swap(0, 2)),
            Layout::Bgrx => {
                for at in 0..columns * rows {
                    let pixel = [samples[4 * at + 2], samples[4 * at + 1], samples[4 * at]];
                    samples[3 * at..3 * at + 3].copy_from_slice(&pixel);
                }
                samples.truncate(3 * columns * rows);
                samples.shrink_to_fit();
            }
        }
        RgbImage::from_raw(width, height, samples).map(Picture::from_rgb)
    }

    pub fn from_rgb(rgb: RgbImage) -> Picture {
        let (width, height) = rgb.dimensions();
        let mut grey = Vec::with_capacity(width as usize * height as usize);
        let mut colored = 0;
        for pixel in rgb.as_raw().chunks_exact(3) {
            let (red, green, blue) = (pixel[0], pixel[1], pixel[2]);
            let weighed = u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29;
            grey.push((weighed >> 8) as u8);
            let spread = red.max(green).max(blue) - red.min(green).min(blue);
            colored += usize::from(spread > CHROMA);
        }
        let has_color = colored > grey.len() / COLORED_ONE_IN;
        let grey = GrayImage::from_raw(width, height, grey).unwrap_or_default();
        Picture { grey, color: has_color.then_some(rgb) }
    }

    /// The page's picture, for a resolution that the file declares across and down. Fine scans are halved.
    pub fn page(self, declared: Option<(f32, f32)>) -> PageImage {
        let mut dpi = paper::dpi(self.grey.width(), self.grey.height(), declared);
        let mut picture = self;
        while dpi > FINE {
            (picture, dpi) = (picture.map(halved_grey, halved_rgb), dpi / 2.0);
        }
        PageImage { grey: picture.grey, color: picture.color, dpi, rotation: 0, skew: 0.0 }
    }

    /// Applies the same change to brightness and colors.
    pub fn map(self, grey: impl FnOnce(GrayImage) -> GrayImage, color: impl FnOnce(RgbImage) -> RgbImage) -> Picture {
        Picture { grey: grey(self.grey), color: self.color.map(color) }
    }
}

/// Takes the padding out from between rows.
fn close_up(samples: &mut Vec<u8>, used: usize, stride: usize, rows: usize) {
    if stride != used {
        for row in 1..rows {
            samples.copy_within(row * stride..row * stride + used, row * used);
        }
    }
    samples.truncate(used * rows);
}

/// In the same memory.
fn on_white(rgba: RgbaImage) -> RgbImage {
    let (width, height) = rgba.dimensions();
    let mut samples = rgba.into_raw();
    let over = |sample: u8, alpha: u8| ((u32::from(sample) * u32::from(alpha) + 255 * (255 - u32::from(alpha)) + 127) / 255) as u8;
    let count = samples.len() / 4;
    for at in 0..count {
        let alpha = samples[4 * at + 3];
        let pixel = [samples[4 * at], samples[4 * at + 1], samples[4 * at + 2]].map(|sample| over(sample, alpha));
        samples[3 * at..3 * at + 3].copy_from_slice(&pixel);
    }
    samples.truncate(3 * count);
    samples.shrink_to_fit();
    RgbImage::from_raw(width, height, samples).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use image::{LumaA, Rgb, Rgba};

    use super::*;

    #[test]
    fn padded_rows_are_closed_up() {
        let picture = Picture::from_rows(vec![1, 2, 0, 0, 3, 4, 0, 0], 2, 2, 4, Layout::Grey).expect("enough samples");
        assert_eq!(picture.grey.as_raw(), &[1, 2, 3, 4]);
        assert!(Picture::from_rows(vec![0; 7], 2, 2, 4, Layout::Grey).is_none(), "too few samples");
    }

    #[test]
    fn color_is_kept_where_there_is_some() {
        let mut page = RgbImage::from_pixel(200, 200, Rgb([250, 246, 240]));
        assert!(Picture::from_rgb(page.clone()).color.is_none(), "paper that is a little yellow is no color");
        for x in 0..20 {
            page.put_pixel(x, 0, Rgb([200, 20, 30]));
        }
        assert!(Picture::from_rgb(page).color.is_some());
        let bgr = Picture::from_rows(vec![10, 20, 200, 0], 1, 1, 4, Layout::Bgr).expect("enough samples");
        assert_eq!(bgr.color.expect("a red pixel").get_pixel(0, 0), &Rgb([200, 20, 10]));
        let bgrx = Picture::from_rows(vec![10, 20, 200, 0, 1, 2, 90, 0, 7, 7], 2, 1, 10, Layout::Bgrx).expect("enough samples");
        assert_eq!(bgrx.color.expect("red pixels").as_raw(), &[200, 20, 10, 90, 2, 1]);
    }

    #[test]
    fn fine_scans_are_halved_and_others_left_alone() {
        let page = |width, height, dpi| Picture { grey: GrayImage::new(width, height), color: None }.page(Some((dpi, dpi)));
        let (fine, plain) = (page(4961, 7016, 600.0), page(2480, 3508, 300.0));
        assert_eq!((fine.width(), fine.height(), fine.dpi), (2480, 3508, 300.0));
        assert_eq!((plain.width(), plain.height(), plain.dpi), (2480, 3508, 300.0));
        let rgb = RgbImage::from_raw(3, 2, vec![0, 9, 9, 4, 9, 9, 7, 7, 7, 8, 9, 9, 12, 9, 9, 7, 7, 7]).expect("six pixels");
        assert_eq!(halved_grey(GrayImage::from_raw(3, 2, vec![0, 4, 7, 8, 12, 7]).expect("six pixels")).as_raw(), &[6]);
        assert_eq!(halved_rgb(rgb).as_raw(), &[6, 9, 9]);
    }

    #[test]
    fn fine_images_are_halved_before_they_are_turned() {
        let mut rgb = RgbImage::from_pixel(4961, 7016, Rgb([255; 3]));
        (0..200).for_each(|x| (0..200).for_each(|y| rgb.put_pixel(x, y, Rgb([200, 20, 30]))));
        let page = page(DynamicImage::ImageRgb8(rgb), Orientation::Rotate90, Some((600.0, 600.0)));
        assert_eq!((page.width(), page.height(), page.dpi), (3508, 2480, 300.0));
        assert_eq!(page.color.expect("a red corner").get_pixel(3507, 0), &Rgb([200, 20, 30]));
    }

    #[test]
    fn transparent_is_white_paper() {
        let grey = |image| page(image, Orientation::NoTransforms, None).grey.into_raw();
        assert_eq!(grey(DynamicImage::ImageRgba8(RgbaImage::from_pixel(2, 2, Rgba([0, 0, 0, 0])))), [255; 4]);
        assert_eq!(grey(DynamicImage::ImageLumaA16(image::ImageBuffer::from_pixel(1, 1, LumaA([0, 65_535])))), [0]);
    }
}
