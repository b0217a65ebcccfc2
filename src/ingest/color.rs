//! Decoded samples of any layout → brightness, and the colors where the page has any.

use image::{DynamicImage, GrayImage, RgbImage};

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

    /// Any image; what is transparent lies on white paper.
    pub fn from_image(image: DynamicImage) -> Picture {
        match image {
            DynamicImage::ImageLuma8(grey) => Picture { grey, color: None },
            DynamicImage::ImageRgb8(rgb) => Picture::from_rgb(rgb),
            DynamicImage::ImageLuma16(_) => Picture { grey: image.into_luma8(), color: None },
            image if image.color().has_alpha() => Picture::from_rgb(on_white(image)),
            image => Picture::from_rgb(image.into_rgb8()),
        }
    }

    /// Half the columns and rows, each sample the mean of four: text gains nothing from more than 300 dpi, and a page costs a fourth.
    pub fn halved(self) -> Picture {
        let halved = |samples: &[u8], width: usize, channels: usize| -> Vec<u8> {
            let stride = width * channels;
            let mut small = Vec::with_capacity(samples.len() / 4);
            for pair in samples.chunks_exact(2 * stride) {
                let (upper, lower) = pair.split_at(stride);
                for x in 0..width / 2 {
                    for at in 2 * x * channels..(2 * x + 1) * channels {
                        let sum = [upper[at], upper[at + channels], lower[at], lower[at + channels]].map(u16::from).iter().sum::<u16>();
                        small.push(((sum + 2) / 4) as u8);
                    }
                }
            }
            small
        };
        let (width, height) = (self.grey.width(), self.grey.height());
        let small = |samples: &[u8], channels: usize| halved(samples, width as usize, channels);
        let grey = GrayImage::from_raw(width / 2, height / 2, small(self.grey.as_raw(), 1)).unwrap_or_default();
        let color = self.color.and_then(|color| RgbImage::from_raw(width / 2, height / 2, small(color.as_raw(), 3)));
        Picture { grey, color }
    }

    /// The page's picture, for a resolution that the file declares across and down. Scans above 450 dpi are halved.
    pub fn page(self, declared: Option<(f32, f32)>) -> PageImage {
        const FINE: f32 = 450.0;
        let mut dpi = paper::dpi(self.grey.width(), self.grey.height(), declared);
        let mut picture = self;
        while dpi > FINE {
            (picture, dpi) = (picture.halved(), dpi / 2.0);
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

fn on_white(image: DynamicImage) -> RgbImage {
    let rgba = image.into_rgba8();
    let (width, height) = rgba.dimensions();
    let over = |sample: u8, alpha: u8| ((u32::from(sample) * u32::from(alpha) + 255 * (255 - u32::from(alpha)) + 127) / 255) as u8;
    let samples = rgba.as_raw().chunks_exact(4).flat_map(|p| [over(p[0], p[3]), over(p[1], p[3]), over(p[2], p[3])]).collect();
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
        let small = Picture { grey: GrayImage::from_raw(3, 2, vec![0, 4, 7, 8, 12, 7]).expect("six pixels"), color: Some(rgb) }.halved();
        assert_eq!(small.grey.as_raw(), &[6]);
        assert_eq!(small.color.expect("colors").as_raw(), &[6, 9, 9]);
    }

    #[test]
    fn transparent_is_white_paper() {
        let image = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(2, 2, Rgba([0, 0, 0, 0])));
        assert_eq!(Picture::from_image(image).grey.as_raw(), &[255; 4]);
        let image = DynamicImage::ImageLumaA16(image::ImageBuffer::from_pixel(1, 1, LumaA([0, 65_535])));
        assert_eq!(Picture::from_image(image).grey.as_raw(), &[0]);
    }
}
