//! What layout saw, drawn on the page: line bands numbered in reading order, colors by role, furniture crossed out, foreign ink tinted.

use image::{Rgb, RgbImage};
use imageproc::drawing::{draw_hollow_rect_mut, draw_line_segment_mut};

use crate::document::text::{FurnitureKind, PageLayout, Role};
use crate::document::{PageImage, Rect};

const TEXT: Rgb<u8> = Rgb([0, 150, 40]);
const STAMP: Rgb<u8> = Rgb([30, 60, 230]);
const CELL: Rgb<u8> = Rgb([190, 90, 0]);
const FURNITURE: Rgb<u8> = Rgb([220, 0, 160]);
const BLEMISH: Rgb<u8> = Rgb([150, 150, 150]);
const FOREIGN: Rgb<u8> = Rgb([255, 170, 170]);

/// The page with everything that was found on it.
pub fn drawn(page: &PageImage, layout: &PageLayout) -> RgbImage {
    let mut picture = RgbImage::from_fn(page.width(), page.height(), |x, y| {
        let grey = page.grey.get_pixel(x, y)[0];
        // Paler than the scan, so that the drawing stands out.
        Rgb([96 + grey / 8 * 5; 3])
    });
    for strip in layout.lines.iter().flat_map(|line| &line.foreign) {
        for x in strip.left..strip.right {
            picture.put_pixel(x as u32, strip.top as u32, FOREIGN);
        }
    }
    for thing in &layout.furniture {
        let color = if thing.kind == FurnitureKind::Blemish { BLEMISH } else { FURNITURE };
        frame(&mut picture, thing.rect, color);
        if !matches!(thing.kind, FurnitureKind::Stamp | FurnitureKind::Table | FurnitureKind::Rule) {
            cross(&mut picture, thing.rect, color);
        }
    }
    for (number, line) in layout.lines.iter().enumerate() {
        let color = match line.role {
            Role::Text => TEXT,
            Role::Stamp(_) => STAMP,
            Role::Cell { .. } => CELL,
        };
        frame(&mut picture, line.rect, color);
        let middle = (line.rect.left + line.rect.right) as f32 / 2.0;
        let rise = |x: i32| line.baseline - (x as f32 - middle) * line.tilt.to_radians().tan();
        let (left, right) = (line.rect.left, line.rect.right - 1);
        draw_line_segment_mut(&mut picture, (left as f32, rise(left)), (right as f32, rise(right)), color);
        let height = (page.dpi / 14.0) as i32;
        write_number(&mut picture, number + 1, line.rect.left - height / 4, line.rect.top, height, color);
    }
    picture
}

fn frame(picture: &mut RgbImage, rect: Rect, color: Rgb<u8>) {
    if !rect.is_empty() {
        let at = imageproc::rect::Rect::at(rect.left, rect.top).of_size(rect.width() as u32, rect.height() as u32);
        draw_hollow_rect_mut(picture, at, color);
    }
}

fn cross(picture: &mut RgbImage, rect: Rect, color: Rgb<u8>) {
    let (left, top, right, bottom) = (rect.left as f32, rect.top as f32, rect.right as f32, rect.bottom as f32);
    draw_line_segment_mut(picture, (left, top), (right, bottom), color);
    draw_line_segment_mut(picture, (left, bottom), (right, top), color);
}

/// Digits of 3 × 5 dots, row by row: enough for a number, and no font to carry.
const DIGITS: [u16; 10] = [0o75557, 0o26227, 0o71747, 0o71717, 0o55711, 0o74717, 0o74757, 0o71111, 0o75757, 0o75717];

/// Writes a number that ends at `right`.
fn write_number(picture: &mut RgbImage, number: usize, right: i32, top: i32, height: i32, color: Rgb<u8>) {
    let dot = (height / 5).max(1);
    let text = number.to_string();
    let mut left = right - text.len() as i32 * dot * 4;
    for digit in text.bytes() {
        let shape = DIGITS[usize::from(digit - b'0')];
        for bit in (0..15).filter(|bit| shape >> (14 - bit) & 1 == 1) {
            for (dx, dy) in (0..dot * dot).map(|i| (i % dot, i / dot)) {
                let (x, y) = (left + bit % 3 * dot + dx, top + bit / 3 * dot + dy);
                if x >= 0 && y >= 0 && (x as u32) < picture.width() && (y as u32) < picture.height() {
                    picture.put_pixel(x as u32, y as u32, color);
                }
            }
        }
        left += dot * 4;
    }
}
