//! Ink that is not text: scanner edges and holes, the ครุฑ, QR codes, signatures.

use crate::document::text::FurnitureKind;
use crate::document::{PageImage, Rect};

use super::ink::{Blob, Run, Tint};
use super::rules::Rule;
use super::seals::Circle;

/// Ink that was taken out before lines were looked for.
pub struct Aside {
    pub blemishes: Vec<Blob>,
    pub rules: Vec<Rule>,
    pub leaders: Vec<Vec<Blob>>,
    /// Crumbs of rules.
    pub residue: Vec<Blob>,
}

/// Blobs that make up one thing that is not text.
pub struct Picture {
    pub kind: FurnitureKind,
    pub rect: Rect,
    /// Indices of its blobs.
    pub members: Vec<usize>,
    /// Whether no print is left in its ink.
    pub is_apart: bool,
}

impl Picture {
    /// Whether text to its left and right cannot be one line. Signatures stand inside lines (`พล.ร.ต. … ร.น.`), red seals upon them.
    pub fn parts_columns(&self, ink: &[Blob]) -> bool {
        self.kind != FurnitureKind::Signature && !self.members.iter().any(|i| ink[*i].tint == Tint::Red)
    }
}

/// Width of the strip along the page's edges that scanners dirty, in inches.
const EDGE: f32 = 0.12;
/// An emblem is at least this wide and tall, in letter heights and in inches.
const EMBLEM: f32 = 4.2;
const EMBLEM_INCHES: f32 = 0.42;
/// An emblem drawn in thin lines is not wider or taller than this, by its other side, …
const SQUARISH: f32 = 1.7;
/// … and its lines fill at least this share of its box.
const ENGRAVED: f32 = 0.2;
/// Letters and digits of body text are no taller than this, in letter heights.
const LETTERS: f32 = 1.8;
/// A signature's stroke sprawls at least this wide or tall, in letter heights, …
const SPRAWL: f32 = 3.0;
/// … and fills at most this share of its box.
const THIN: f32 = 0.22;

/// Splits off dark scanner edges and punch holes.
pub fn take_blemishes(ink: Vec<Blob>, page: &PageImage, letter: f32) -> (Vec<Blob>, Vec<Blob>) {
    let edge = (page.dpi * EDGE) as i32;
    let inner = Rect::new(edge, edge, page.width() as i32 - edge, page.height() as i32 - edge);
    ink.into_iter().partition(|blob| {
        let rect = &blob.rect;
        let outside = rect.intersection(&inner).is_empty();
        let at_edge = rect.left <= 2 || rect.top <= 2 || rect.right >= page.width() as i32 - 2 || rect.bottom >= page.height() as i32 - 2;
        let sprawling = blob.width() > 5.0 * letter || blob.height() > 5.0 * letter;
        !(outside || (at_edge && sprawling) || is_hole(blob, page))
    })
}

/// A round hole of 5 to 8 mm in the margin: dark all over, or the ring that a copy of it leaves at a page's side.
fn is_hole(blob: &Blob, page: &PageImage) -> bool {
    let size = blob.width().max(blob.height()) / page.dpi;
    let round = (blob.width() / blob.height() - 1.0).abs() < 0.25;
    let margin = page.dpi * 0.8;
    let (x, y) = blob.center();
    let beside = x < margin || x > page.width() as f32 - margin;
    let outside = beside || y < margin || y > page.height() as f32 - margin;
    (0.17..0.36).contains(&size) && round && ((outside && blob.fill() > 0.7) || (beside && is_thin_ring(blob)))
}

/// All its ink lies near its outline: no letter is so empty in its middle and so even around it.
fn is_thin_ring(blob: &Blob) -> bool {
    let ((x, y), radius) = (blob.center(), blob.width().max(blob.height()) / 2.0);
    let inside = |run: &Run| {
        let across = (x - (run.left as f32).max(x.min(run.right as f32))).abs();
        across.hypot(run.y as f32 + 0.5 - y) < 0.75 * radius
    };
    let quarters = [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)];
    let closed = quarters.iter().all(|(right, down)| {
        let (at, level) = (x + right * radius * 0.93, y + down * radius * 0.93);
        let near = |run: &Run| {
            (run.y as f32 + 0.5 - level).abs() < 0.12 * radius
                && run.left as f32 - at < 0.12 * radius
                && at - (run.right as f32) < 0.12 * radius
        };
        blob.runs.iter().any(near)
    });
    closed && !blob.runs.iter().any(inside)
}

/// QR codes, emblems and seals, each with all its ink.
pub fn emblems(ink: &[Blob], letter: f32, page: &PageImage) -> Vec<Picture> {
    let mut pictures = qr_codes(ink, letter);
    let mut taken: Vec<bool> = vec![false; ink.len()];
    pictures.iter().flat_map(|p| &p.members).for_each(|i| taken[*i] = true);
    for (i, blob) in ink.iter().enumerate() {
        if taken[i] || !(is_emblem(blob, letter, page) || is_ring(blob, page)) {
            continue;
        }
        let kind = if blob.rect.top < page.height() as i32 * 2 / 5 { FurnitureKind::Emblem } else { FurnitureKind::Picture };
        let mut picture = grown(kind, blob, ink, &taken, letter);
        let print = print_beside(&picture, ink, letter);
        picture.members.retain(|i| !print.contains(i));
        picture.members.iter().for_each(|i| taken[*i] = true);
        pictures.push(picture);
    }
    pictures
}

/// Signatures among the `free` ink.
pub fn signatures(ink: &[Blob], free: &[usize], letter: f32) -> Vec<Picture> {
    let mut taken: Vec<bool> = vec![true; ink.len()];
    free.iter().for_each(|i| taken[*i] = false);
    let mut pictures = Vec::new();
    for (i, blob) in ink.iter().enumerate() {
        if !taken[i] && is_signature(blob, letter) {
            let members = signature_parts(i, ink, &taken, letter);
            members.iter().for_each(|i| taken[*i] = true);
            let rect = members.iter().fold(blob.rect, |rect, i| rect.union(&ink[*i].rect));
            pictures.push(Picture { kind: FurnitureKind::Signature, rect, members, is_apart: false });
        }
    }
    pictures
}

/// The outer ring of a red seal: the rest of it may hang on it or not.
fn is_ring(blob: &Blob, page: &PageImage) -> bool {
    blob.is_red() && Circle::of(blob, page).is_some()
}

fn is_emblem(blob: &Blob, letter: f32, page: &PageImage) -> bool {
    let side = (letter * EMBLEM).max(page.dpi * EMBLEM_INCHES);
    let (width, height) = (blob.width(), blob.height());
    let sized = width >= side && height >= side && width < 3.0 * height && height < 3.0 * width;
    // A signature has a stroke or two on most rows, even with a name hanging on it; an engraved emblem has many. One that loops back and forth has
    // as many, but is wider than tall or leaves more of its box empty: 12 such, in 248 pages of drawn and real scans, all were one or the other (measured once).
    let squarish = width < SQUARISH * height && height < SQUARISH * width;
    let engraved = blob.runs.len() as f32 > 5.0 * height && lower_third(blob) > 4;
    sized && (blob.fill() > 0.3 || (engraved && squarish && blob.fill() >= ENGRAVED))
}

/// Ink runs on a pixel row of the blob, as two thirds of its rows have at least.
fn lower_third(blob: &Blob) -> usize {
    let mut counts = vec![0usize; blob.rect.height() as usize];
    blob.runs.iter().for_each(|run| counts[(run.y - blob.rect.top) as usize] += 1);
    counts.sort_unstable();
    counts[counts.len() / 3]
}

/// All ink inside a picture's box, and what reaches into it; black print in a red seal is the page's.
fn grown(kind: FurnitureKind, whole: &Blob, ink: &[Blob], taken: &[bool], letter: f32) -> Picture {
    let seed = whole.rect;
    let mut rect = seed;
    let reach = (letter * 0.2) as i32;
    let limit =
        Rect::new(seed.left - seed.width(), seed.top - seed.height() / 2, seed.right + seed.width(), seed.bottom + seed.height() / 2);
    loop {
        let near = Rect::new(rect.left - reach, rect.top - reach, rect.right + reach, rect.bottom + reach);
        let touching = ink.iter().enumerate().filter(|(i, blob)| {
            let shared = blob.rect.intersection(&near);
            !taken[*i]
                && (blob.is_red() || !whole.is_red())
                && !shared.is_empty()
                && blob.rect.intersection(&limit) == blob.rect
                && shared.area() * 2 > blob.rect.area()
        });
        let members: Vec<usize> = touching.map(|(i, _)| i).collect();
        let all = members.iter().fold(rect, |all, i| all.union(&ink[*i].rect));
        if all == rect {
            return Picture { kind, rect, members, is_apart: true };
        }
        rect = all;
    }
}

/// Members that are the end of a line of text, in a corner of the picture's box where the picture has no ink: a garuda's wings are wider than its
/// feet, and the sender's name begins below a wing.
fn print_beside(picture: &Picture, ink: &[Blob], letter: f32) -> Vec<usize> {
    let (large, small): (Vec<usize>, Vec<usize>) = picture.members.iter().partition(|i| ink[**i].height() > LETTERS * letter);
    let outside = |blob: &Blob| {
        let rows = large.iter().flat_map(|i| &ink[*i].runs).filter(|run| (blob.rect.top..blob.rect.bottom).contains(&run.y));
        let (left, right) = rows.fold((i32::MAX, i32::MIN), |(left, right), run| (left.min(run.left), right.max(run.right)));
        blob.rect.left > right || blob.rect.right < left
    };
    let mut beside: Vec<usize> = small.into_iter().filter(|i| outside(&ink[*i])).collect();
    let is_letter = |blob: &Blob| (0.5..LETTERS).contains(&(blob.height() / letter));
    let mut line: Vec<usize> = (0..ink.len()).filter(|i| !picture.members.contains(i) && is_letter(&ink[*i])).collect();
    let mut print = Vec::new();
    // From the line outside the box letter by letter, marks with the letters that they stand over.
    while let Some(at) = beside.iter().position(|i| line.iter().any(|next| continues(&ink[*i], &ink[*next], letter))) {
        let next = beside.swap_remove(at);
        line.push(next);
        print.push(next);
    }
    print
}

/// Whether one blob is the next letter of a line, or a mark over or under a letter.
fn continues(one: &Blob, other: &Blob, letter: f32) -> bool {
    let (one, other) = (&one.rect, &other.rect);
    let gap = one.left.max(other.left) - one.right.min(other.right);
    let level = one.bottom.min(other.bottom) - one.top.max(other.top);
    let beside = 2 * level > one.height().min(other.height()) && (gap as f32) < 0.6 * letter;
    let over = gap < 0 && -(level as f32) < 0.5 * letter;
    beside || over
}

fn is_signature(blob: &Blob, letter: f32) -> bool {
    let (width, height) = (blob.width() / letter, blob.height() / letter);
    let large = (width >= SPRAWL && height >= 1.7) || height >= 3.6;
    large && blob.fill() < THIN
}

/// A signature's stroke with the dots and dashes of the same colored pen on and around it. A black pen cannot be told from print.
fn signature_parts(stroke: usize, ink: &[Blob], taken: &[bool], letter: f32) -> Vec<usize> {
    let tint = ink[stroke].tint;
    let reach = (0.6 * letter) as i32;
    let rect = ink[stroke].rect;
    let near = Rect::new(rect.left - reach, rect.top - reach, rect.right + reach, rect.bottom + reach);
    let belongs = |i: usize| {
        tint != Tint::Dark && ink[i].tint == tint && !taken[i] && ink[i].rect.intersection(&near).area() * 2 > ink[i].rect.area()
    };
    (0..ink.len()).filter(|i| *i == stroke || belongs(*i)).collect()
}

/// Squares whose three finder patterns were found.
fn qr_codes(ink: &[Blob], letter: f32) -> Vec<Picture> {
    let finders: Vec<Rect> = ink.iter().filter(|blob| is_finder(blob, ink, letter)).map(|blob| blob.rect).collect();
    let mut pictures: Vec<Picture> = Vec::new();
    for corner in &finders {
        let size = corner.width();
        let alike = |other: &&Rect| (other.width() - size).abs() * 5 <= size;
        let right = finders.iter().filter(alike).find(|r| (r.top - corner.top).abs() * 3 < size && r.left > corner.right + size / 3);
        let below = finders.iter().filter(alike).find(|r| (r.left - corner.left).abs() * 3 < size && r.top > corner.bottom + size / 3);
        let (Some(right), Some(below)) = (right, below) else { continue };
        let rect = corner.union(right).union(below);
        let members = (0..ink.len()).filter(|i| rect.intersection(&ink[*i].rect).area() * 2 > ink[*i].rect.area()).collect();
        pictures.push(Picture { kind: FurnitureKind::QrCode, rect, members, is_apart: true });
    }
    pictures
}

/// A square ring of 7 modules around a full square of 3.
fn is_finder(ring: &Blob, ink: &[Blob], letter: f32) -> bool {
    let size = ring.width();
    let square = |blob: &Blob| (blob.width() / blob.height() - 1.0).abs() < 0.2;
    if size < 0.7 * letter || !square(ring) || !(0.3..0.75).contains(&ring.fill()) {
        return false;
    }
    let (x, y) = ring.center();
    ink.iter().any(|core| {
        let share = core.width() / size;
        let (core_x, core_y) = core.center();
        (0.3..0.56).contains(&share)
            && square(core)
            && core.fill() > 0.75
            && (core_x - x).abs() < 0.1 * size
            && (core_y - y).abs() < 0.1 * size
    })
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma};

    use super::*;

    fn page() -> PageImage {
        PageImage { grey: GrayImage::from_pixel(2480, 3508, Luma([255])), color: None, dpi: 300.0, rotation: 0, skew: 0.0 }
    }

    /// Ink around (`x`, `y`) between two radii; `open` leaves out the right quarter.
    fn ring(x: i32, y: i32, inner: f32, outer: f32, open: bool) -> Blob {
        let far = |a: i32, b: i32| (a as f32).hypot(b as f32);
        let reach = outer as i32 + 1;
        let dots = (-reach..=reach).flat_map(|down| (-reach..=reach).map(move |right| (right, down)));
        let ink =
            dots.filter(|(right, down)| (inner..outer).contains(&far(*right, *down)) && !(open && *right > 0 && down.abs() < right / 2));
        Blob::new(ink.map(|(right, down)| Run { y: y + down, left: x + right, right: x + right + 1 }).collect())
    }

    fn full(left: i32, top: i32, right: i32, bottom: i32) -> Blob {
        Blob::new((top..bottom).map(|y| Run { y, left, right }).collect())
    }

    #[test]
    fn a_line_that_begins_below_a_wing_keeps_its_letters() {
        let wings = (0..60).map(|y| Run { y, left: 0, right: 300 });
        let feet = (60..260).map(|y| Run { y, left: 100, right: 200 });
        let emblem = Blob::new(wings.chain(feet).collect());
        let feather = full(210, 70, 216, 84);
        // Letters of 30 px from under the wing to beyond it, a mark over the first.
        let line = [full(250, 220, 270, 250), full(252, 205, 262, 214), full(280, 220, 300, 250), full(310, 220, 330, 250)];
        let ink: Vec<Blob> = [emblem, feather].into_iter().chain(line).collect();
        let picture = grown(FurnitureKind::Emblem, &ink[0], &ink, &[false; 6], 30.0);
        assert_eq!(picture.members, [0, 1, 2, 3, 4]);
        let mut print = print_beside(&picture, &ink, 30.0);
        print.sort_unstable();
        assert_eq!(print, [2, 3, 4]);
    }

    #[test]
    fn print_inside_an_emblem_or_alone_under_its_wing_stays_with_it() {
        let wings = (0..60).map(|y| Run { y, left: 0, right: 300 });
        let feet = (60..260).map(|y| Run { y, left: 100, right: 200 });
        let frame = (260..270).map(|y| Run { y, left: 0, right: 300 });
        let emblem = Blob::new(wings.chain(feet).chain(frame).collect());
        let freed = |letters: &[Blob]| {
            let ink: Vec<Blob> = [emblem.clone()].into_iter().chain(letters.iter().cloned()).collect();
            let picture = grown(FurnitureKind::Emblem, &ink[0], &ink, &vec![false; ink.len()], 30.0);
            let mut print = print_beside(&picture, &ink, 30.0);
            print.sort_unstable();
            print
        };
        let outside = full(310, 220, 330, 250);
        assert_eq!(freed(&[full(250, 220, 270, 250), full(280, 220, 300, 250), outside.clone()]), [1, 2], "the end of a line");
        assert_eq!(freed(&[full(250, 220, 270, 250), full(280, 220, 300, 250)]), [0usize; 0], "no line goes on beside the emblem");
        assert_eq!(freed(&[full(230, 220, 240, 250), outside.clone()]), [0usize; 0], "too far from the line");
        assert_eq!(freed(&[full(280, 10, 300, 40), full(310, 10, 330, 40)]), [0usize; 0], "on a level with the wing");
        assert_eq!(freed(&[full(280, 190, 300, 250), outside]), [0usize; 0], "as tall as no letter is");
    }

    #[test]
    fn an_emblem_is_square_and_fuller_than_a_signature_that_loops() {
        // So many strokes on each pixel row, each `thick`.
        let strokes = |width: i32, height: i32, count: i32, thick: i32| {
            let row = |y: i32| (0..count).map(move |n| Run { y, left: n * width / count, right: n * width / count + thick });
            let last = Run { y: 0, left: width - thick, right: width };
            Blob::new(std::iter::once(last).chain((0..height).flat_map(row)).collect())
        };
        assert!(is_emblem(&strokes(300, 300, 8, 9), 30.0, &page()), "engraved");
        assert!(!is_emblem(&strokes(600, 300, 8, 18), 30.0, &page()), "wider than an emblem");
        assert!(!is_emblem(&strokes(300, 300, 8, 5), 30.0, &page()), "thinner than an emblem");
        assert!(is_emblem(&full(0, 0, 600, 300), 30.0, &page()), "full");
    }

    #[test]
    fn a_hole_is_dark_or_a_ring_in_the_margin() {
        let page = page();
        assert!(is_hole(&ring(120, 1200, 0.0, 36.0, false), &page), "dark");
        assert!(is_hole(&ring(120, 1200, 32.0, 36.0, false), &page), "ring");
        assert!(!is_hole(&ring(1200, 1200, 32.0, 36.0, false), &page), "a ring among the text");
        assert!(!is_hole(&ring(120, 1200, 32.0, 36.0, true), &page), "an open stroke");
        assert!(!is_hole(&ring(120, 1200, 20.0, 36.0, false), &page), "a thick letter");
        assert!(!is_hole(&ring(1200, 100, 32.0, 36.0, false), &page), "a ring above the text");
    }
}
