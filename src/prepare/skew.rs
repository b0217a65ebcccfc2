//! How far a page's lines are from level. Letters of a line end on one baseline: at the right angle their lower edges fall into few rows.

use image::GrayImage;

/// Resolution that edges are looked at: fine enough for 0.1 degrees over a page's width.
const WORKING_DPI: f32 = 100.0;
/// Pages are fed by hand: what is further off than this (degrees) is not skew.
const LARGEST: f32 = 15.0;
/// An ink edge is a step to paper of at least this much brightness.
const EDGE: u8 = 60;
/// With fewer edges than this there is nothing to judge by.
const ENOUGH_EDGES: usize = 200;
/// How much sharper the rows must be the other way before a page is turned.
const CLEARLY: f64 = 1.35;

/// Degrees by which the lines rise to the right (counter-clockwise positive), to about 0.05; 0 where there are no lines to judge by.
pub fn estimate(page: &GrayImage, dpi: f32) -> f32 {
    let edges = Edges::of(page, dpi);
    sharpest(&edges.lower).0
}

/// Whether lines run from top to bottom rather than from left to right.
pub fn lies_on_its_side(page: &GrayImage, dpi: f32) -> bool {
    let edges = Edges::of(page, dpi);
    let level = sharpest(&edges.lower).1;
    let standing = sharpest(&edges.right).1.max(sharpest(&edges.left).1);
    standing > level * CLEARLY
}

/// Places where ink ends, as (along, across) the supposed lines, in pixels of the reduced page.
struct Edges {
    lower: Vec<(f32, f32)>,
    right: Vec<(f32, f32)>,
    left: Vec<(f32, f32)>,
}

impl Edges {
    fn of(page: &GrayImage, dpi: f32) -> Edges {
        let small = reduced(page, ((dpi / WORKING_DPI).round() as usize).max(1));
        let (width, height) = (small.width() as usize, small.height() as usize);
        let pixels = small.as_raw();
        let ends = |at: usize, next: usize| pixels[next] > pixels[at] && pixels[next] - pixels[at] >= EDGE;
        let along_x = |next: fn(usize, usize) -> usize| short_edges(height, width, |y, x| ends(y * width + x, next(y * width + x, width)));
        let along_y = |next: fn(usize, usize) -> usize| short_edges(width, height, |x, y| ends(y * width + x, next(y * width + x, width)));
        Edges { lower: along_x(|at, width| at + width), right: along_y(|at, _| at + 1), left: along_y(|at, _| at - 1) }
    }
}

/// Edge points as (along, across), without those of long straight edges: rules and scanner shadows say nothing of the letters.
fn short_edges(across: usize, along: usize, is_edge: impl Fn(usize, usize) -> bool) -> Vec<(f32, f32)> {
    /// Longest edge of a letter, in pixels of the reduced page (0.35 inches).
    const LETTER: u16 = 35;
    let margin = (across.min(along) / 40).max(1);
    let mut points = Vec::new();
    let mut before = vec![0u16; across];
    let mut here = vec![0u16; across];
    for x in margin..along.saturating_sub(margin) {
        for y in margin..across.saturating_sub(margin) {
            here[y] = 0;
            if is_edge(y, x) {
                here[y] = before[y - 1].max(before[y]).max(before[y + 1]).saturating_add(1);
                if here[y] <= LETTER {
                    points.push((x as f32, y as f32));
                }
            }
        }
        std::mem::swap(&mut before, &mut here);
    }
    points
}

/// Every `step`-th reduction by the darkest pixel, so that thin strokes survive.
fn reduced(page: &GrayImage, step: usize) -> GrayImage {
    if step == 1 {
        return page.clone();
    }
    let width = page.width() as usize;
    let (columns, rows) = (width / step, page.height() as usize / step);
    let mut out = vec![255u8; columns * rows];
    let mut dark = vec![255u8; width];
    for y in 0..rows {
        dark.fill(255);
        for line in page.as_raw()[y * step * width..].chunks_exact(width).take(step) {
            for (dark, pixel) in dark.iter_mut().zip(line) {
                *dark = (*dark).min(*pixel);
            }
        }
        for (out, pixels) in out[y * columns..][..columns].iter_mut().zip(dark.chunks_exact(step)) {
            *out = pixels.iter().fold(255, |a, b| a.min(*b));
        }
    }
    GrayImage::from_raw(columns as u32, rows as u32, out).unwrap_or_default()
}

/// The angle at which the points fall into the fewest rows, and how sharp the rows are there (1 = evenly spread).
fn sharpest(points: &[(f32, f32)]) -> (f32, f64) {
    if points.len() < ENOUGH_EDGES {
        return (0.0, 1.0);
    }
    // A photograph or a dirty page has millions of edges; a sample tells the same angle.
    let stride = points.len().div_ceil(20_000);
    let sample: Vec<(f32, f32)> = points.iter().copied().step_by(stride).collect();
    let mut best = (0.0f32, f64::MIN);
    let mut rows = Vec::new();
    let mut look = |angle: f32, best: &mut (f32, f64)| {
        let score = sharpness(&sample, angle, &mut rows);
        if score > best.1 {
            *best = (angle, score);
        }
    };
    for step in -30..=30 {
        look(step as f32 * LARGEST / 30.0, &mut best);
    }
    for fine in [0.1f32, 0.02] {
        let center = best.0;
        for step in -5..=5 {
            look(center + step as f32 * fine, &mut best);
        }
    }
    best
}

/// How unevenly the points are spread over rows that rise by `angle` degrees.
fn sharpness(points: &[(f32, f32)], angle: f32, rows: &mut Vec<u32>) -> f64 {
    let slope = angle.to_radians().tan();
    let offset = |(along, across): &(f32, f32)| across + along * slope;
    let (low, high) = points.iter().map(offset).fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(v), high.max(v)));
    rows.clear();
    rows.resize((high - low) as usize + 2, 0);
    for point in points {
        rows[(offset(point) - low) as usize] += 1;
    }
    let squares: f64 = rows.windows(2).map(|pair| f64::from(pair[0] + pair[1]).powi(2)).sum();
    squares * rows.len() as f64 / (4.0 * (points.len() as f64).powi(2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    /// Rows of short strokes on baselines that rise by `angle` degrees.
    fn page(angle: f32) -> GrayImage {
        let mut page = GrayImage::from_pixel(1600, 2200, Luma([255]));
        let slope = angle.to_radians().tan();
        for line in 0..25 {
            for letter in 0..50u32 {
                let (x, height) = (150 + letter * 26, 16 + (letter * 7 + line) % 9);
                let base = 300.0 + line as f32 * 56.0 + 210.0 - x as f32 * slope;
                for dy in 0..height {
                    for dx in 0..12 {
                        page.put_pixel(x + dx, (base as u32).saturating_sub(dy), Luma([20]));
                    }
                }
            }
        }
        page
    }

    #[test]
    fn finds_the_tilt_to_a_tenth_of_a_degree() {
        for angle in [-8.0, -2.5, -0.3, 0.0, 0.7, 4.2] {
            let found = estimate(&page(angle), 200.0);
            assert!((found - angle).abs() < 0.1, "wanted {angle}, found {found}");
        }
    }

    #[test]
    fn sees_which_way_lines_run() {
        assert!(!lies_on_its_side(&page(0.5), 200.0));
        assert!(lies_on_its_side(&image::imageops::rotate90(&page(0.5)), 200.0));
        assert!(lies_on_its_side(&image::imageops::rotate270(&page(0.5)), 200.0));
    }

    #[test]
    fn an_empty_page_is_level() {
        assert_eq!(estimate(&GrayImage::from_pixel(500, 700, Luma([255])), 200.0), 0.0);
    }
}
