//! Turning a page: by quarter turns without loss, by small angles with one resampling.

use image::{GrayImage, RgbImage, imageops};

use crate::document::PageImage;

/// The page turned clockwise by 0, 90, 180 or 270 degrees; other angles leave it as it is.
pub fn turned(page: &PageImage, degrees: u16) -> PageImage {
    let color = page.color.as_ref();
    let (grey, color): (GrayImage, Option<RgbImage>) = match degrees % 360 {
        90 => (imageops::rotate90(&page.grey), color.map(imageops::rotate90)),
        180 => (imageops::rotate180(&page.grey), color.map(imageops::rotate180)),
        270 => (imageops::rotate270(&page.grey), color.map(imageops::rotate270)),
        _ => return page.clone(),
    };
    PageImage { grey, color, rotation: (page.rotation + degrees) % 360, ..*page }
}

/// The page with lines level that rose by `tilt` degrees. Paper that was not on the scan is white.
pub fn straightened(mut page: PageImage, tilt: f32) -> PageImage {
    let map = Map::level(page.width(), page.height(), tilt);
    // One after the other: the tilted brightness is gone before the colors are held twice.
    page.grey = rotate_grey(&page.grey, &map);
    page.color = page.color.map(|color| rotate_color(&color, &map));
    page.skew += tilt;
    page
}

/// Where a point of an upright page lies on the scan it was made from, whose width and height are `scan`. Pixels, origin at the top left.
pub fn on_the_scan(page: &PageImage, scan: (u32, u32), (x, y): (f32, f32)) -> (f32, f32) {
    let (sin, cos) = page.skew.to_radians().sin_cos();
    let (dx, dy) = (x - page.width() as f32 / 2.0, y - page.height() as f32 / 2.0);
    let (dx, dy) = (dx * cos + dy * sin, -dx * sin + dy * cos);
    let (dx, dy) = match page.rotation {
        90 => (dy, -dx),
        180 => (-dx, -dy),
        270 => (-dy, dx),
        _ => (dx, dy),
    };
    (dx + scan.0 as f32 / 2.0, dy + scan.1 as f32 / 2.0)
}

/// Where each pixel of the straightened page comes from; steps in 1/65536 pixel.
struct Map {
    width: u32,
    height: u32,
    origin: (i64, i64),
    step_right: (i64, i64),
    step_down: (i64, i64),
}

const ONE: f64 = 65536.0;

impl Map {
    fn level(width: u32, height: u32, tilt: f32) -> Map {
        let (sin, cos) = f64::from(tilt).to_radians().sin_cos();
        let (w, h) = (f64::from(width), f64::from(height));
        // A little tilt moves no text over the edge, and the page keeps its size; a lot would cut corners off.
        let grow = tilt.abs() > 2.0;
        let out = if grow { (w * cos + h * sin.abs(), w * sin.abs() + h * cos) } else { (w, h) };
        let at = |x: f64, y: f64| (x * cos + y * sin + w / 2.0 - 0.5, -x * sin + y * cos + h / 2.0 - 0.5);
        let start = at(-out.0 / 2.0 + 0.5, -out.1 / 2.0 + 0.5);
        let fixed = |(x, y): (f64, f64)| ((x * ONE) as i64, (y * ONE) as i64);
        Map {
            width: out.0 as u32,
            height: out.1 as u32,
            origin: fixed(start),
            step_right: fixed((cos, -sin)),
            step_down: fixed((sin, cos)),
        }
    }

    fn row_start(&self, y: u32) -> (i64, i64) {
        (self.origin.0 + self.step_down.0 * i64::from(y), self.origin.1 + self.step_down.1 * i64::from(y))
    }
}

fn rotate_grey(page: &GrayImage, map: &Map) -> GrayImage {
    let (width, height) = (page.width() as usize, page.height() as usize);
    let pixels = page.as_raw();
    let mut out = Vec::with_capacity((map.width * map.height) as usize);
    for y in 0..map.height {
        let (mut x, mut y) = map.row_start(y);
        for _ in 0..map.width {
            let (left, top) = ((x >> 16) as usize, (y >> 16) as usize);
            out.push(if x >= 0 && y >= 0 && left + 1 < width && top + 1 < height {
                let at = top * width + left;
                let (fx, fy) = ((x as u32 & 0xffff) >> 8, (y as u32 & 0xffff) >> 8);
                let upper = u32::from(pixels[at]) * (256 - fx) + u32::from(pixels[at + 1]) * fx;
                let lower = u32::from(pixels[at + width]) * (256 - fx) + u32::from(pixels[at + width + 1]) * fx;
                ((upper * (256 - fy) + lower * fy) >> 16) as u8
            } else {
                255
            });
            x += map.step_right.0;
            y += map.step_right.1;
        }
    }
    GrayImage::from_raw(map.width, map.height, out).unwrap_or_default()
}

/// Nearest pixel: colors only tell inks apart.
fn rotate_color(page: &RgbImage, map: &Map) -> RgbImage {
    let (width, height) = (page.width() as usize, page.height() as usize);
    let pixels = page.as_raw();
    let mut out = Vec::with_capacity((map.width * map.height * 3) as usize);
    for y in 0..map.height {
        let (mut x, mut y) = map.row_start(y);
        for _ in 0..map.width {
            let (near_x, near_y) = ((x + 0x8000) >> 16, (y + 0x8000) >> 16);
            let inside = near_x >= 0 && near_y >= 0 && (near_x as usize) < width && (near_y as usize) < height;
            if inside {
                let at = (near_y as usize * width + near_x as usize) * 3;
                out.extend_from_slice(&pixels[at..at + 3]);
            } else {
                out.extend_from_slice(&[255, 255, 255]);
            }
            x += map.step_right.0;
            y += map.step_right.1;
        }
    }
    RgbImage::from_raw(map.width, map.height, out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    fn page(grey: GrayImage) -> PageImage {
        PageImage { grey, color: None, dpi: 200.0, rotation: 0, skew: 0.0 }
    }

    #[test]
    fn a_rising_line_becomes_level() {
        let tilt = 3.0f32;
        let slope = tilt.to_radians().tan();
        let mut grey = GrayImage::from_pixel(800, 600, Luma([255]));
        for x in 100..700u32 {
            let y = 300.0 - (x as f32 - 400.0) * slope;
            for dy in 0..4 {
                grey.put_pixel(x, y as u32 + dy, Luma([0]));
            }
        }
        let level = straightened(page(grey), tilt);
        let dark = level.grey.enumerate_pixels().filter(|(_, _, p)| p[0] < 128);
        let (top, bottom) = dark.fold((u32::MAX, 0), |(top, bottom), (_, y, _)| (top.min(y), bottom.max(y)));
        assert!(bottom - top <= 6, "{top}..{bottom}");
        assert_eq!(level.skew, tilt);
    }

    #[test]
    fn points_find_their_way_back_to_the_scan() {
        let mut grey = GrayImage::from_pixel(400, 300, Luma([255]));
        grey.put_pixel(310, 40, Luma([0]));
        let upright = turned(&page(grey), 90);
        let (x, y, _) = upright.grey.enumerate_pixels().find(|(_, _, p)| p[0] == 0).expect("the dot");
        assert_eq!(on_the_scan(&upright, (400, 300), (x as f32 + 0.5, y as f32 + 0.5)), (310.5, 40.5));
    }

    #[test]
    fn four_quarter_turns_give_the_page_back() {
        let grey = GrayImage::from_fn(30, 20, |x, y| Luma([(x * 7 + y) as u8]));
        let back = (0..4).fold(page(grey.clone()), |p, _| turned(&p, 90));
        assert_eq!(back.grey, grey);
        assert_eq!(back.rotation, 0);
    }
}
