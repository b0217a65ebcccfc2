//! Rows that stand on one level: one line with wide spaces, or lines of two columns? ที่ and the sender beside it are two lines; an enclosure and its
//! `จำนวน ๑ ชุด` far right are one.

use crate::document::Rect;

use super::ink::Blob;
use super::rows::{LARGE, Row};

/// Narrower gaps (in letter heights) are spaces, whatever stands above and below.
const SPACE: f32 = 2.6;
/// Two columns begin this far (share of the text's width) from its left at the earliest: what begins before is a hanging indent.
const FIRST_COLUMN: f32 = 0.4;
/// Rows further apart than this, in letter heights, are no neighbors.
const NEIGHBOR: f32 = 5.0;

/// Joins level rows into lines where nothing says that they are columns. `walls` are boxes that no line runs through.
pub fn join_level(mut rows: Vec<Row>, ink: &[Blob], walls: &[Rect], letter: f32) -> Vec<Row> {
    let text = rows.iter().map(|row| row.rect).reduce(|a, b| a.union(&b)).unwrap_or_default();
    loop {
        let pair = nearest_pairs(&rows).into_iter().find(|(left, right, _)| {
            belong_together(&rows, *left, *right, text, walls) && !two_displays(&rows[*left], &rows[*right], letter)
        });
        let Some((left, right, _)) = pair else { return rows };
        rows[left] = rows[left].joined(&rows[right], ink);
        rows.swap_remove(right);
    }
}

/// Rows with the next row on their level to the right, narrowest gap first.
fn nearest_pairs(rows: &[Row]) -> Vec<(usize, usize, f32)> {
    let mut pairs: Vec<(usize, usize, f32)> = (0..rows.len()).filter_map(|left| right_of(rows, left)).collect();
    pairs.sort_by(|a, b| a.2.total_cmp(&b.2).then(a.0.cmp(&b.0)));
    pairs
}

fn right_of(rows: &[Row], left: usize) -> Option<(usize, usize, f32)> {
    let row = &rows[left];
    let beside = |other: &Row| {
        other.role == row.role && other.middle() > row.middle() && other.rect.left > row.rect.left && row.is_level_with(other)
    };
    let gap = |right: usize| (rows[right].rect.left - row.rect.right) as f32;
    (0..rows.len())
        .filter(|right| *right != left && beside(&rows[*right]))
        .map(|right| (left, right, gap(right)))
        .min_by(|a, b| a.2.total_cmp(&b.2))
}

fn belong_together(rows: &[Row], left: usize, right: usize, text: Rect, walls: &[Rect]) -> bool {
    let (a, b) = (&rows[left], &rows[right]);
    let gap = (b.rect.left - a.rect.right) as f32;
    let height = a.height.max(b.height).min(1.6 * a.height.min(b.height));
    if gap < -height * 2.0 {
        return false;
    }
    let between = Rect::new(
        a.rect.right.min(b.rect.left),
        a.rect.top.max(b.rect.top),
        b.rect.left.max(a.rect.right),
        a.rect.bottom.min(b.rect.bottom),
    );
    if walls.iter().any(|wall| crosses(wall, &between)) {
        return false;
    }
    gap <= SPACE * height || !is_column(rows, right, text, height)
}

/// Two large lines side by side, as ด่วนที่สุด before the title บันทึกข้อความ: large type has small spaces.
fn two_displays(left: &Row, right: &Row, letter: f32) -> bool {
    const SPACE: f32 = 1.1;
    let (small, tall) = (left.height.min(right.height), left.height.max(right.height));
    let gap = (right.rect.left - left.rect.right) as f32;
    small >= LARGE * letter && gap >= SPACE * small && (tall > 1.1 * small || gap >= 2.0 * small)
}

fn crosses(wall: &Rect, between: &Rect) -> bool {
    let shared = wall.intersection(between);
    shared.width() > 0 && shared.height() * 2 > between.height()
}

/// Whether rows above or below begin, or are centered, where this one does, with nothing to their left.
fn is_column(rows: &[Row], which: usize, text: Rect, height: f32) -> bool {
    let row = &rows[which];
    if ((row.rect.left - text.left) as f32) < FIRST_COLUMN * text.width() as f32 {
        return false;
    }
    rows.iter().enumerate().any(|(i, other)| {
        let apart = (other.baseline(other.middle()) - row.baseline(row.middle())).abs();
        let aligned = (other.rect.left - row.rect.left).abs() as f32 <= height || (other.middle() - row.middle()).abs() <= 1.2 * height;
        i != which && other.role == row.role && apart > height && apart <= NEIGHBOR * height && aligned && stands_alone(rows, i)
    })
}

fn stands_alone(rows: &[Row], which: usize) -> bool {
    !rows.iter().enumerate().any(|(i, other)| i != which && other.middle() < rows[which].middle() && other.is_level_with(&rows[which]))
}
