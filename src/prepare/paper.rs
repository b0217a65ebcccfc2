//! Uneven, yellowed or grey paper in, white paper out. Ink keeps its contrast to the paper around it.

use image::GrayImage;

/// Side of the blocks that the paper's brightness is taken from, in inches: wider than any stroke of body text.
const BLOCK: f32 = 0.06;
/// How far, in blocks, paper is looked for around a block that is all ink.
const REACH: usize = 2;
/// Paper is never believed to be darker than this share of the page's usual paper, so that solid dark areas stay dark.
const DARKEST_PAPER: f32 = 0.6;
/// Paper this bright needs no correction.
const WHITE: u8 = 250;

/// Divides every pixel by the brightness of the paper around it.
pub fn whiten(page: &mut GrayImage, dpi: f32) {
    let block = ((dpi * BLOCK) as usize).max(4);
    let (width, height) = (page.width() as usize, page.height() as usize);
    if width < block || height < block {
        return;
    }
    let Some(gain) = Gain::measure(page, block) else { return };
    let mut row_gain = vec![0u16; width];
    for (y, row) in page.chunks_exact_mut(width).enumerate() {
        gain.of_row(y, block, &mut row_gain);
        for (pixel, gain) in row.iter_mut().zip(&row_gain) {
            *pixel = ((u32::from(*pixel) * u32::from(*gain)) >> 8).min(255) as u8;
        }
    }
}

/// Factors (256 = leave as it is) that turn the paper white, one per block.
struct Gain {
    columns: usize,
    rows: usize,
    factors: Vec<u16>,
}

impl Gain {
    /// None where the paper is white everywhere.
    fn measure(page: &GrayImage, block: usize) -> Option<Gain> {
        let width = page.width() as usize;
        let columns = width.div_ceil(block);
        let rows = (page.height() as usize).div_ceil(block);
        let mut brightest = vec![0u8; columns * rows];
        for (y, row) in page.as_raw().chunks_exact(width).enumerate() {
            let out = &mut brightest[y / block * columns..][..columns];
            for (best, pixels) in out.iter_mut().zip(row.chunks(block)) {
                *best = pixels.iter().fold(*best, |a, b| a.max(*b));
            }
        }
        if brightest.iter().all(|b| *b >= WHITE) {
            return None;
        }
        let mut sorted = brightest.clone();
        sorted.sort_unstable();
        let usual = sorted[sorted.len() / 2].max(64);
        let floor = (f32::from(usual) * DARKEST_PAPER) as u8;
        let paper = smooth(&widen(&brightest, columns, rows), columns, rows);
        let factors = paper.iter().map(|p| (255u32 * 256 / u32::from((*p).max(floor))) as u16).collect();
        Some(Gain { columns, rows, factors })
    }

    /// The factors of one pixel row, interpolated between block centers.
    fn of_row(&self, y: usize, block: usize, out: &mut [u16]) {
        let at = (y as f32 + 0.5) / block as f32 - 0.5;
        let top = (at.floor().max(0.0) as usize).min(self.rows - 1);
        let bottom = (top + 1).min(self.rows - 1);
        let share = ((at - top as f32).clamp(0.0, 1.0) * 256.0) as u32;
        let blend = |column: usize| {
            let a = u32::from(self.factors[top * self.columns + column]);
            let b = u32::from(self.factors[bottom * self.columns + column]);
            (a * (256 - share) + b * share) >> 8
        };
        for (column, pixels) in out.chunks_mut(block).enumerate() {
            let here = blend(column);
            let left = blend(column.saturating_sub(1));
            let right = blend((column + 1).min(self.columns - 1));
            let half = block / 2;
            for (x, gain) in pixels.iter_mut().enumerate() {
                let (other, away) = if x < half { (left, half - x) } else { (right, x - half) };
                let away = (away * 256 / (2 * half.max(1))) as u32;
                *gain = ((here * (256 - away.min(256)) + other * away.min(256)) >> 8) as u16;
            }
        }
    }
}

/// Each block takes the brightest block within reach: ink does not hide its paper.
fn widen(blocks: &[u8], columns: usize, rows: usize) -> Vec<u8> {
    around(blocks, columns, rows, |window| window.max().unwrap_or(0))
}

fn smooth(blocks: &[u8], columns: usize, rows: usize) -> Vec<u8> {
    around(blocks, columns, rows, |window| {
        let (sum, count) = window.fold((0u32, 0u32), |(sum, count), b| (sum + u32::from(b), count + 1));
        (sum / count.max(1)) as u8
    })
}

fn around(blocks: &[u8], columns: usize, rows: usize, pick: impl Fn(&mut dyn Iterator<Item = u8>) -> u8) -> Vec<u8> {
    let mut across = Vec::with_capacity(blocks.len());
    for row in blocks.chunks_exact(columns) {
        for x in 0..columns {
            across.push(pick(&mut row[x.saturating_sub(REACH)..(x + REACH + 1).min(columns)].iter().copied()));
        }
    }
    let mut out = Vec::with_capacity(blocks.len());
    for y in 0..rows {
        for x in 0..columns {
            let window = y.saturating_sub(REACH)..(y + REACH + 1).min(rows);
            out.push(pick(&mut window.map(|y| across[y * columns + x])));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    #[test]
    fn shaded_paper_becomes_white_and_ink_stays_dark() {
        let mut page = GrayImage::from_fn(400, 300, |x, _| Luma([150 + (x / 5) as u8]));
        for x in 100..140 {
            page.put_pixel(x, 150, Luma([40]));
        }
        whiten(&mut page, 200.0);
        assert!(page.get_pixel(20, 20)[0] > 235, "{}", page.get_pixel(20, 20)[0]);
        assert!(page.get_pixel(390, 290)[0] > 235);
        assert!(page.get_pixel(120, 150)[0] < 80);
    }

    #[test]
    fn white_paper_keeps_its_pixels() {
        let mut page = GrayImage::from_fn(300, 300, |x, y| Luma([if x == y { 90 } else { 255 }]));
        let before = page.clone();
        whiten(&mut page, 200.0);
        assert_eq!(page, before);
    }

    #[test]
    fn a_black_page_stays_black() {
        let mut page = GrayImage::new(300, 300);
        whiten(&mut page, 200.0);
        assert!(page.pixels().all(|p| p[0] == 0));
    }
}
