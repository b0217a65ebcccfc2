//! Ink that is not text: scanner edges and holes, the ครุฑ, QR codes, signatures.

use crate::document::text::FurnitureKind;
use crate::document::{PageImage, Rect};

use super::ink::{Blob, Tint};
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

/// A filled round hole of 5 to 8 mm in the margin.
fn is_hole(blob: &Blob, page: &PageImage) -> bool {
    let size = blob.width().max(blob.height()) / page.dpi;
    let round = (blob.width() / blob.height() - 1.0).abs() < 0.25 && blob.fill() > 0.7;
    let margin = page.dpi * 0.8;
    let (x, y) = blob.center();
    let outside = x < margin || y < margin || x > page.width() as f32 - margin || y > page.height() as f32 - margin;
    (0.17..0.36).contains(&size) && round && outside
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
        let picture = grown(kind, blob, ink, &taken, letter);
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
    // A signature has a stroke or two on most rows, even with a name hanging on it; an engraved emblem has many.
    sized && (blob.fill() > 0.3 || (blob.runs.len() as f32 > 5.0 * height && lower_third(blob) > 4))
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
