//! Rows in, line regions out: the band to cut, and the ink in that band that belongs to others.

use crate::document::text::{Furniture, FurnitureKind, LineRegion, PageLayout, Role};
use crate::document::{PageImage, Rect};

use super::frames::Frames;
use super::furniture::{Aside, Picture};
use super::ink::{Blob, Run, Tint};
use super::order;
use super::rows::Row;
use super::spans;

/// White space around a line's ink, in its letter heights.
const MARGIN: f32 = 0.18;
/// Baselines less tilted than this (degrees) are level.
const LEVEL: f32 = 0.15;
/// Lines in reading order with what to paint over in each, and all furniture.
pub fn compose((blobs, rows): (Vec<Blob>, Vec<Row>), aside: Aside, pictures: Vec<Picture>, frames: Frames, page: &PageImage) -> PageLayout {
    let bounds = Rect::new(0, 0, page.width() as i32, page.height() as i32);
    let mut rows: Vec<Row> = rows.into_iter().filter(|row| !is_speck(row, &blobs)).collect();
    spans::part(&mut rows);
    let rows = order::reading_order(rows, &frames);
    let mut owners: Vec<Owner> = vec![Owner::Nobody; blobs.len()];
    for picture in &pictures {
        let owner = match picture.is_apart {
            _ if is_pen(picture) => Owner::Pen,
            true => Owner::Furniture,
            false => Owner::Signature,
        };
        picture.members.iter().for_each(|i| owners[*i] = owner);
    }
    for (number, row) in rows.iter().enumerate() {
        row.members.iter().for_each(|i| owners[*i] = Owner::Row(number));
    }
    let drawn: Vec<&Blob> = aside
        .rules
        .iter()
        .map(|rule| &rule.blob)
        .chain(aside.leaders.iter().flatten())
        .chain(&aside.blemishes)
        .chain(&aside.residue)
        .collect();
    let pens: Vec<&Blob> =
        pictures.iter().filter(|picture| is_pen(picture)).flat_map(|picture| picture.members.iter().map(|i| &blobs[*i])).collect();
    let lines = rows.iter().enumerate().map(|(number, row)| {
        let rect = band(row).intersection(&bounds);
        let under_red =
            is_black(row, &blobs) && blobs.iter().any(|blob| blob.tint == Tint::Red && !blob.rect.intersection(&rect).is_empty());
        let painted = |blob: &&Blob| !(under_red && blob.tint == Tint::Red);
        let others = blobs.iter().zip(&owners).filter(|(blob, owner)| owner.is_foreign_to(number, row, blob, &blobs)).map(|(blob, _)| blob);
        LineRegion {
            rect,
            tilt: if row.tilt().abs() < LEVEL { 0.0 } else { row.tilt() },
            role: row.role,
            baseline: row.baseline(row.middle()),
            letter_height: row.height,
            under_red,
            overwritten: overwritten(row, &pens),
            pens: pens.iter().copied().filter(painted).flat_map(|blob| within(blob, rect)).collect(),
            foreign: drawn.iter().copied().chain(others).filter(painted).flat_map(|blob| within(blob, rect)).collect(),
        }
    });
    PageLayout { lines: lines.collect(), furniture: furniture(&aside, &pictures, &frames) }
}

/// A signature that was lifted off what it ran over.
fn is_pen(picture: &Picture) -> bool {
    picture.kind == FurnitureKind::Signature && picture.is_apart
}

/// A dot that stands alone on the page.
fn is_speck(row: &Row, blobs: &[Blob]) -> bool {
    row.role == Role::Text && row.members.len() == 1 && blobs[row.members[0]].is_dot()
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Owner {
    Nobody,
    Row(usize),
    Furniture,
    /// A signature's stroke, lifted off what it ran over.
    Pen,
    /// One that could not be lifted off.
    Signature,
}

impl Owner {
    /// Ink of no known owner stays: it may be part of the line. A signature stays where it touches the line's letters.
    fn is_foreign_to(&self, number: usize, row: &Row, blob: &Blob, blobs: &[Blob]) -> bool {
        match self {
            Owner::Nobody | Owner::Pen => false,
            Owner::Row(owner) => *owner != number && !is_overprinted(row, blob, blobs),
            Owner::Furniture => true,
            Owner::Signature => {
                row.members.iter().all(|i| blobs[*i].rect.right <= blob.rect.left || blobs[*i].rect.left >= blob.rect.right)
            }
        }
    }
}

/// Whether a blob of another line holds letters of this one too: a stamp's ink that touches print of its own color.
fn is_overprinted(row: &Row, blob: &Blob, blobs: &[Blob]) -> bool {
    let x = blob.center().0;
    let (top, baseline) = (row.body_top(x), row.baseline(x));
    let covers = blob.rect.top as f32 <= top + 0.15 * row.height && blob.rect.bottom as f32 >= baseline - 0.15 * row.height;
    let among = (row.rect.left as f32) < x && (row.rect.right as f32) > x;
    let dark = blob.tint == Tint::Dark && blobs[row.members[0]].tint == Tint::Dark;
    dark && covers && among && blob.height() > 1.3 * row.height
}

/// Whether most of a row's ink is black.
fn is_black(row: &Row, blobs: &[Blob]) -> bool {
    let area = |dark: bool| -> i32 {
        row.members.iter().map(|i| &blobs[*i]).filter(|blob| (blob.tint == Tint::Dark) == dark).map(|blob| blob.area).sum()
    };
    area(true) > area(false)
}

/// Columns of a row whose letters a pen ran over, in pixels, from left to right.
fn overwritten(row: &Row, pens: &[&Blob]) -> Vec<(i32, i32)> {
    let among = |run: &&Run| {
        let x = (run.left + run.right) as f32 / 2.0;
        let y = run.y as f32;
        y > row.body_top(x) - 0.6 * row.height && y < row.baseline(x) + 0.1 * row.height
    };
    let near = pens.iter().filter(|pen| !pen.rect.intersection(&row.rect).is_empty());
    let mut columns: Vec<(i32, i32)> = near.flat_map(|pen| pen.runs.iter()).filter(among).map(|run| (run.left, run.right)).collect();
    columns.sort_unstable();
    columns.into_iter().fold(Vec::new(), |mut joined: Vec<(i32, i32)>, next| {
        match joined.last_mut() {
            Some(last) if next.0 <= last.1 => last.1 = last.1.max(next.1),
            _ => joined.push(next),
        }
        joined
    })
}

fn band(row: &Row) -> Rect {
    let margin = (row.height * MARGIN).ceil() as i32;
    Rect::new(row.rect.left - margin, row.rect.top - margin, row.rect.right + margin, row.rect.bottom + margin)
}

/// The runs of a blob inside a rectangle.
fn within(blob: &Blob, rect: Rect) -> impl Iterator<Item = Rect> {
    let runs: &[Run] = if blob.rect.intersection(&rect).is_empty() { &[] } else { &blob.runs };
    runs.iter().map(move |run| Rect::new(run.left, run.y, run.right, run.y + 1).intersection(&rect)).filter(|strip| !strip.is_empty())
}

fn furniture(aside: &Aside, pictures: &[Picture], frames: &Frames) -> Vec<Furniture> {
    let of = |kind| move |rect| Furniture { kind, rect };
    let pictures = pictures.iter().map(|picture| Furniture { kind: picture.kind, rect: picture.rect });
    let framed =
        |rect: &Rect| frames.stamps().iter().map(|stamp| stamp.rect).chain(frames.tables()).any(|frame| frame.intersection(rect) == *rect);
    let leaders = aside.leaders.iter().filter_map(|chain| chain.iter().map(|dot| dot.rect).reduce(|a, b| a.union(&b)));
    let rules = aside.rules.iter().map(|rule| rule.blob.rect).filter(|rect| !framed(rect)).chain(leaders);
    pictures
        .chain(frames.stamps().iter().map(|stamp| stamp.rect).map(of(FurnitureKind::Stamp)))
        .chain(frames.tables().map(of(FurnitureKind::Table)))
        .chain(rules.map(of(FurnitureKind::Rule)))
        .chain(aside.blemishes.iter().map(|blob| Furniture { kind: FurnitureKind::Blemish, rect: blob.rect }))
        .collect()
}
