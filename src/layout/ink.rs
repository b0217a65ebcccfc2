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

    /// A full round dot: a full stop, a bullet, or dirt.
    pub fn is_dot(&self) -> bool {
        self.fill() > 0.55 && (0.7..1.4).contains(&(self.width() / self.height()))
    }

    /// Ink of a seal or a red word, not of black print.
    pub fn is_red(&self) -> bool {
        self.tint == Tint::Red
    }

    pub fn center(&self) -> (f32, f32) {
        ((self.rect.left + self.rect.right) as f32 / 2.0, (self.rect.top + self.rect.bottom) as f32 / 2.0)
    }
}

/// All ink of a page on white paper.
pub fn blobs(page: &GrayImage, colors: Option<&Colors>) -> Vec<Blob> {
    let mut blobs = connected(runs(page, threshold(page)));
    if let Some(colors) = colors {
        for blob in &mut blobs {
            blob.tint = tint(tints(blob, colors));
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

/// A page's colors as they would be on white paper.
pub struct Colors<'a> {
    scan: &'a RgbImage,
    /// What each channel is multiplied with, in 1/256.
    gain: [i32; 3],
}

impl<'a> Colors<'a> {
    /// Paper is what most of the page is.
    pub fn new(scan: &'a RgbImage) -> Colors<'a> {
        const SAMPLES: usize = 20_000;
        const DARKEST_PAPER: u8 = 128;
        let step = (scan.width() as usize * scan.height() as usize / SAMPLES).max(1);
        let gain = [0, 1, 2].map(|channel| {
            let mut levels: Vec<u8> = scan.as_raw().chunks_exact(3).step_by(step).map(|pixel| pixel[channel]).collect();
            levels.sort_unstable();
            let paper = levels.get(levels.len() / 2).map_or(255, |paper| (*paper).max(DARKEST_PAPER));
            255 * 256 / i32::from(paper)
        });
        Colors { scan, gain }
    }

    /// Red, green and blue of a pixel, 0 to 255.
    pub fn at(&self, x: i32, y: i32) -> [i32; 3] {
        let pixel = self.scan.get_pixel(x as u32, y as u32).0;
        [0, 1, 2].map(|channel| (i32::from(pixel[channel]) * self.gain[channel] / 256).min(255))
    }
}

/// What one pixel of ink looks like. Yellowed paper shines through thin black strokes, so yellow is no ink.
fn tint_at(colors: &Colors, x: i32, y: i32) -> Tint {
    /// Least difference between the channels of a colored ink.
    const COLORED: i32 = 42;
    let [r, g, b] = colors.at(x, y);
    let strength = r.max(g).max(b) - r.min(g).min(b);
    if strength < COLORED {
        Tint::Dark
    } else if r - g > strength / 2 && r - b > strength / 2 {
        Tint::Red
    } else if b >= g && b > r {
        Tint::Blue
    } else {
        Tint::Dark
    }
}

/// How much of a blob's ink is dark, blue and red, from the middles of its strokes: their edges bear the scanner's color fringes.
fn tints(blob: &Blob, colors: &Colors) -> [usize; 3] {
    const SAMPLE: usize = 96;
    let mut counts = [0; 3];
    let step = (blob.runs.len() / SAMPLE).max(1);
    for run in blob.runs.iter().step_by(step) {
        counts[tint_at(colors, (run.left + run.right) / 2, run.y) as usize] += 1;
    }
    counts
}

fn tint(counts: [usize; 3]) -> Tint {
    let [dark, blue, red] = counts;
    if blue > dark + red {
        Tint::Blue
    } else if red > dark + blue {
        Tint::Red
    } else {
        Tint::Dark
    }
}

/// Takes blobs apart where a colored stamp or signature runs over black print. `letter` is the height of body letters.
pub fn separate_inks(blobs: Vec<Blob>, colors: &Colors, letter: f32) -> Vec<Blob> {
    /// Share of the blob that the lesser ink has at least.
    const MIXED: f32 = 0.12;
    let mut out = Vec::with_capacity(blobs.len());
    for blob in blobs {
        let large = blob.width().max(blob.height()) > 1.4 * letter;
        let [dark, blue, red] = if large { tints(&blob, colors) } else { [0; 3] };
        let lesser = dark.min(blue + red) as f32;
        if !large || lesser < MIXED * (dark + blue + red) as f32 {
            out.push(blob);
            continue;
        }
        let (colored, black): (Vec<Run>, Vec<Run>) =
            blob.runs.iter().flat_map(|run| one_ink(run, colors)).fold((vec![], vec![]), |mut inks, (run, dark)| {
                if dark {
                    inks.1.push(run)
                } else {
                    inks.0.push(run)
                }
                inks
            });
        for piece in connected(colored).into_iter().chain(connected(black)) {
            let tint = tint(tints(&piece, colors));
            out.push(Blob { tint, ..piece });
        }
    }
    out
}

/// Splits a run where its ink changes, with whether each part is dark. Pale pixels tell nothing and go with their neighbors.
fn one_ink(run: &Run, colors: &Colors) -> Vec<(Run, bool)> {
    const REACH: usize = 3;
    let inks: Vec<Option<bool>> = (run.left..run.right).map(|x| is_dark(colors, x, run.y)).collect();
    let mut parts: Vec<(Run, bool)> = Vec::new();
    for i in 0..inks.len() {
        let near = inks[i.saturating_sub(REACH)..(i + REACH + 1).min(inks.len())].iter().flatten();
        let (dark, colored) = near.fold((0, 0), |(dark, colored), is| if *is { (dark + 1, colored) } else { (dark, colored + 1) });
        let here = dark > colored;
        let x = run.left + i as i32;
        match parts.last_mut() {
            Some((part, is)) if *is == here || dark == colored => part.right = x + 1,
            _ => parts.push((Run { y: run.y, left: x, right: x + 1 }, here)),
        }
    }
    parts
}

/// None for the pale rim of a stroke, which any ink has.
fn is_dark(colors: &Colors, x: i32, y: i32) -> Option<bool> {
    const PALE: i32 = 135;
    let brightest = colors.at(x, y).into_iter().max().unwrap_or(0);
    match tint_at(colors, x, y) {
        Tint::Dark => (brightest < PALE).then_some(true),
        Tint::Blue => Some(false),
        // Red ink is bright in red; black print under it is not.
        Tint::Red => Some(colors.at(x, y)[0] < PALE),
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
