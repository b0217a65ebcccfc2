//! Grey pixels in, blobs of connected ink out. Blobs are kept as runs: a page of text is a few thousand blobs and no second picture.

use image::{GrayImage, RgbImage};

use crate::document::Rect;

/// Ink on one pixel row, `right` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub y: i32,
    pub left: i32,
    pub right: i32,
}

impl Run {
    pub fn len(&self) -> i32 {
        self.right - self.left
    }
}

/// Ink pixels that touch each other, sides or corners.
#[derive(Debug, Clone)]
pub struct Blob {
    pub rect: Rect,
    /// Ink pixels.
    pub area: i32,
    /// From top to bottom, each row from left to right.
    pub runs: Vec<Run>,
    pub tint: Tint,
}

/// What an ink looks like on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tint {
    /// Black or grey, or no colors known.
    #[default]
    Dark,
    Blue,
    Red,
}

impl Blob {
    pub fn new(runs: Vec<Run>) -> Blob {
        let mut rect = Rect::new(i32::MAX, i32::MAX, i32::MIN, i32::MIN);
        let mut area = 0;
        for run in &runs {
            rect.left = rect.left.min(run.left);
            rect.right = rect.right.max(run.right);
            rect.top = rect.top.min(run.y);
            rect.bottom = rect.bottom.max(run.y + 1);
            area += run.len();
        }
        Blob { rect, area, runs, tint: Tint::Dark }
    }

    pub fn width(&self) -> f32 {
        self.rect.width() as f32
    }

    pub fn height(&self) -> f32 {
        self.rect.height() as f32
    }

    /// Share of the bounding box that is ink.
    pub fn fill(&self) -> f32 {
        self.area as f32 / self.rect.area().max(1) as f32
    }

    pub fn center(&self) -> (f32, f32) {
        ((self.rect.left + self.rect.right) as f32 / 2.0, (self.rect.top + self.rect.bottom) as f32 / 2.0)
    }
}

/// All ink of a page on white paper.
pub fn blobs(page: &GrayImage, colors: Option<&RgbImage>) -> Vec<Blob> {
    let mut blobs = connected(runs(page, threshold(page)));
    if let Some(colors) = colors {
        for blob in &mut blobs {
            blob.tint = tint(blob, colors);
        }
    }
    blobs
}

/// Brightness below which a pixel is ink: between ink and paper (Otsu), nearer to the paper so that thin strokes hold together.
fn threshold(page: &GrayImage) -> u8 {
    const THIN_STROKES: f32 = 0.3;
    let mut histogram = [0u32; 256];
    let width = page.width().max(1) as usize;
    for row in page.as_raw().chunks_exact(width).step_by(3) {
        for pixel in row.iter().step_by(3) {
            histogram[usize::from(*pixel)] += 1;
        }
    }
    let paper = (128..256).max_by_key(|level| histogram[*level]).unwrap_or(255);
    let split = otsu(&histogram) as f32;
    let level = split + (paper as f32 - split) * THIN_STROKES;
    level.clamp(90.0, (paper as f32 - 32.0).max(90.0)) as u8
}

/// The level that splits a histogram into its two most distinct halves.
fn otsu(histogram: &[u32; 256]) -> usize {
    let total: f64 = histogram.iter().map(|n| f64::from(*n)).sum();
    let sum: f64 = histogram.iter().enumerate().map(|(level, n)| level as f64 * f64::from(*n)).sum();
    let (mut below, mut sum_below, mut best, mut best_level) = (0.0, 0.0, -1.0, 128);
    for (level, n) in histogram.iter().enumerate() {
        below += f64::from(*n);
        sum_below += level as f64 * f64::from(*n);
        let above = total - below;
        if below == 0.0 || above == 0.0 {
            continue;
        }
        let between = below * above * (sum_below / below - (sum - sum_below) / above).powi(2);
        if between > best {
            (best, best_level) = (between, level);
        }
    }
    best_level
}

fn runs(page: &GrayImage, threshold: u8) -> Vec<Run> {
    /// Pixels that are looked at together: most of a page is paper.
    const STRETCH: usize = 32;
    let width = page.width().max(1) as usize;
    let mut runs = Vec::new();
    for (y, row) in page.as_raw().chunks_exact(width).enumerate() {
        let mut start = None;
        for (stretch, pixels) in row.chunks(STRETCH).enumerate() {
            let x0 = stretch * STRETCH;
            let darkest = pixels.iter().fold(255u8, |a, b| a.min(*b));
            if darkest >= threshold {
                if let Some(left) = start.take() {
                    runs.push(Run { y: y as i32, left, right: x0 as i32 });
                }
                continue;
            }
            for (x, pixel) in pixels.iter().enumerate() {
                let x = (x0 + x) as i32;
                match (start, *pixel < threshold) {
                    (None, true) => start = Some(x),
                    (Some(left), false) => {
                        runs.push(Run { y: y as i32, left, right: x });
                        start = None;
                    }
                    _ => {}
                }
            }
        }
        if let Some(left) = start {
            runs.push(Run { y: y as i32, left, right: width as i32 });
        }
    }
    runs
}

/// Groups runs (sorted by row, then by place) that touch, corners included.
pub fn connected(runs: Vec<Run>) -> Vec<Blob> {
    let mut sets = Sets::new(runs.len());
    let mut above = 0..0;
    let mut start = 0;
    while start < runs.len() {
        let y = runs[start].y;
        let end = start + runs[start..].iter().take_while(|run| run.y == y).count();
        if above.is_empty() || runs[above.start].y != y - 1 {
            above = start..start;
        }
        let mut upper = above.start;
        for here in start..end {
            while upper < above.end && runs[upper].right < runs[here].left {
                upper += 1;
            }
            let mut touching = upper;
            while touching < above.end && runs[touching].left <= runs[here].right {
                sets.join(touching, here);
                touching += 1;
            }
        }
        above = start..end;
        start = end;
    }
    sets.groups().into_iter().map(|group| Blob::new(group.into_iter().map(|i| runs[i]).collect())).collect()
}

/// Disjoint sets of the numbers below `len`.
pub struct Sets(Vec<u32>);

impl Sets {
    pub fn new(len: usize) -> Sets {
        Sets((0..len as u32).collect())
    }

    pub fn root(&mut self, mut of: usize) -> usize {
        while self.0[of] as usize != of {
            self.0[of] = self.0[self.0[of] as usize];
            of = self.0[of] as usize;
        }
        of
    }

    /// The smaller number leads its set, so that groups come out in a fixed order.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b) as u32;
    }

    /// Every set with its members in order, sets by their first member.
    pub fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut number = vec![u32::MAX; self.0.len()];
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for i in 0..self.0.len() {
            let root = self.root(i);
            if number[root] == u32::MAX {
                number[root] = groups.len() as u32;
                groups.push(Vec::new());
            }
            groups[number[root] as usize].push(i);
        }
        groups
    }
}

/// The color of most of a blob's ink, from the middles of its strokes: their edges bear the scanner's color fringes.
fn tint(blob: &Blob, colors: &RgbImage) -> Tint {
    let (mut blue, mut red, mut dark) = (0, 0, 0);
    let step = (blob.runs.len() / 64).max(1);
    for run in blob.runs.iter().step_by(step) {
        let [r, g, b] = colors.get_pixel(((run.left + run.right) / 2) as u32, run.y as u32).0.map(i32::from);
        let strength = r.max(g).max(b) - r.min(g).min(b);
        if strength < 45 {
            dark += 1;
        } else if r >= g && r > b + strength / 2 {
            red += 1;
        } else if b >= g && b > r {
            blue += 1;
        } else {
            dark += 1;
        }
    }
    if blue > dark + red {
        Tint::Blue
    } else if red > dark + blue {
        Tint::Red
    } else {
        Tint::Dark
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    fn picture(rows: &[&str]) -> GrayImage {
        let at = |x: u32, y: u32| rows[y as usize].as_bytes()[x as usize] == b'#';
        GrayImage::from_fn(rows[0].len() as u32, rows.len() as u32, |x, y| Luma([if at(x, y) { 10 } else { 255 }]))
    }

    #[test]
    fn ink_that_touches_at_a_corner_is_one_blob() {
        let blobs = blobs(&picture(&["#..#.", ".#.#.", "#..#.", "...##"]), None);
        let rects: Vec<_> = blobs.iter().map(|blob| (blob.rect, blob.area)).collect();
        assert_eq!(rects, [(Rect::new(0, 0, 2, 3), 3), (Rect::new(3, 0, 5, 4), 5)]);
    }

    #[test]
    fn arms_that_join_lower_down_are_one_blob() {
        assert_eq!(blobs(&picture(&["#...#.#", "#...#.#", "#####.#"]), None).len(), 2);
    }

    #[test]
    fn a_page_without_ink_has_no_blobs() {
        assert!(blobs(&picture(&["....", "...."]), None).is_empty());
    }
}
