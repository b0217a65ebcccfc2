//! Round seals (ตราชื่อส่วนราชการ), stamped where others sign: the sender's name and the date are printed through them. A seal's ink is red, or grey on
//! a scan without colors; what is darker than it, and stands in rows, is the page's print.

use crate::document::PageImage;

use super::ink::{Blob, Colors, Run, Tint, connected};
use super::mask::Mask;

/// Official seals are 4.5 cm wide; inches.
const DIAMETER: std::ops::Range<f32> = 1.3..2.4;
/// How much darker print is than a seal's ink, at least, and where between the two (share of the way) ink is told apart.
const DARKER: u8 = 30;
const BETWEEN: f32 = 0.45;
/// Smaller pieces, in letter heights, are crumbs of the seal.
const CRUMB: f32 = 0.22;
/// Letters on one baseline that are a row of print.
const ROW: usize = 4;

/// A seal's own ink, and the letters that stand in it.
pub struct Lifted {
    pub seal: Blob,
    pub print: Vec<Blob>,
}

/// The circle that a seal fills, pixels.
#[derive(Debug, Clone, Copy)]
pub struct Circle {
    x: f32,
    y: f32,
    radius: f32,
}

impl Circle {
    /// Around the largest blob of a seal, if it is as large and as round as one. Where print parts the ring, its other end tells where it lies.
    pub fn of(ring: &Blob, page: &PageImage) -> Option<Circle> {
        let (width, height) = (ring.width(), ring.height());
        let sized = |side: f32| DIAMETER.contains(&(side / page.dpi));
        if !sized(width) || !sized(height) || !(0.75..1.33).contains(&(width / height)) {
            return None;
        }
        let (x, radius) = (ring.center().0, width.max(height) / 2.0);
        let is_end = |y: i32| ring.runs.iter().any(|run| run.y == y && ((run.left + run.right) as f32 / 2.0 - x).abs() < 0.3 * radius);
        let y = match (is_end(ring.rect.top), is_end(ring.rect.bottom - 1)) {
            (false, true) => ring.rect.bottom as f32 - radius,
            (true, false) => ring.rect.top as f32 + radius,
            _ => ring.center().1,
        };
        Some(Circle { x, y, radius })
    }

    /// Whether a blob stands in the circle.
    pub fn holds(&self, blob: &Blob) -> bool {
        let (x, y) = blob.center();
        (x - self.x).hypot(y - self.y) <= 1.05 * self.radius
    }
}

/// Parts all `ink` of a seal into the seal and the print on it, which is as dark as the `letters` around it; None where none can be told from it.
pub fn lift(ink: &[&Blob], letters: &[&Blob], page: &PageImage, colors: Option<&Colors>, letter: f32) -> Option<Lifted> {
    let red: i32 = ink.iter().filter(|blob| blob.is_red()).map(|blob| blob.area).sum();
    let tint = if 2 * red > ink.iter().map(|blob| blob.area).sum() { Tint::Red } else { Tint::Dark };
    let mut runs: Vec<Run> = ink.iter().flat_map(|blob| &blob.runs).copied().collect();
    runs.sort_by_key(|run| (run.y, run.left));
    let whole = Blob::new(runs);
    // Red ink is white in the red channel.
    let brightness = |x: i32, y: i32| match colors.filter(|_| tint == Tint::Red) {
        Some(colors) => colors.at(x, y)[0] as u8,
        None => page.grey.get_pixel(x as u32, y as u32)[0],
    };
    let own = strokes(whole.runs.iter().copied(), &brightness)?;
    let print = strokes(letters.iter().flat_map(|blob| &blob.runs).copied(), &brightness)?;
    if own < print.saturating_add(DARKER) {
        return None;
    }
    let level = print + (f32::from(own - print) * BETWEEN) as u8;
    let mut seal = Mask::of(&whole);
    let mut print = seal.darker_than(level, &brightness).grown();
    print.retain(&seal);
    let is_small = |piece: &Blob| piece.height() <= 2.2 * letter && piece.height().max(piece.width()) >= CRUMB * letter;
    let print: Vec<Blob> = connected(print.runs()).into_iter().filter(is_small).collect();
    if !has_row(&print, letter) {
        return None;
    }
    print.iter().for_each(|piece| seal.wipe(&piece.runs));
    Some(Lifted { seal: Blob { tint, ..Blob::new(seal.runs()) }, print })
}

/// The median brightness of strokes in their middles: their edges are as bright as their paper.
fn strokes(runs: impl Iterator<Item = Run>, brightness: &impl Fn(i32, i32) -> u8) -> Option<u8> {
    let mut levels: Vec<u8> = runs.map(|run| brightness((run.left + run.right) / 2, run.y)).collect();
    let middle = levels.len() / 2;
    (!levels.is_empty()).then(|| *levels.select_nth_unstable(middle).1)
}

fn has_row(print: &[Blob], letter: f32) -> bool {
    let feet: Vec<i32> =
        print.iter().filter(|piece| (0.6..1.5).contains(&(piece.height() / letter))).map(|piece| piece.rect.bottom).collect();
    feet.iter().any(|foot| feet.iter().filter(|other| (**other - foot).abs() as f32 <= 0.2 * letter).count() >= ROW)
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma};

    use super::*;

    /// A grey ring around five black bars, and the ring alone.
    fn page(with_print: bool) -> PageImage {
        let grey = GrayImage::from_fn(400, 400, |x, y| {
            let away = ((x as f32 - 200.0).powi(2) + (y as f32 - 200.0).powi(2)).sqrt();
            let beside = y >= 390 && x < 20;
            let bar = beside || with_print && (190..214).contains(&y) && (100..300).contains(&x) && x % 40 < 14;
            Luma([if bar {
                10
            } else if (180.0..186.0).contains(&away) || y.abs_diff(200) < 2 {
                120
            } else {
                255
            }])
        });
        PageImage { grey, color: None, dpi: 200.0, rotation: 0, skew: 0.0 }
    }

    fn ink(page: &PageImage) -> Vec<Blob> {
        super::super::ink::blobs(&page.grey, None).into_iter().filter(|blob| blob.rect.bottom < 390).collect()
    }

    /// Black letters beside the seal.
    fn print() -> Blob {
        Blob::new((390..400).map(|y| Run { y, left: 0, right: 20 }).collect())
    }

    #[test]
    fn black_print_comes_off_a_grey_seal() {
        let page = page(true);
        let blobs = ink(&page);
        let circle = Circle::of(&blobs[0], &page).expect("a circle");
        assert!(blobs.iter().all(|blob| circle.holds(blob)));
        let letters = print();
        let lifted = lift(&blobs.iter().collect::<Vec<_>>(), &[&letters], &page, None, 24.0).expect("print");
        assert_eq!(lifted.print.len(), 5);
        assert!(lifted.print.iter().all(|bar| bar.rect.height() == 24 && (14..=16).contains(&bar.rect.width())));
        assert!(lifted.seal.rect.width() > 360);
    }

    #[test]
    fn a_seal_without_print_stays_whole() {
        let page = page(false);
        assert!(lift(&ink(&page).iter().collect::<Vec<_>>(), &[&print()], &page, None, 24.0).is_none());
    }
}
