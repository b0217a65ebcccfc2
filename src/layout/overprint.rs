//! Ink lands on ink. Signatures run through the name below them, and their strokes take letters with them; stamps land on text. A row of the page that runs into a stamp's box runs on inside it: its letters there are the page's, not the stamp's.

use crate::document::text::Role;

use super::frames::{Frames, Stamp};
use super::ink::{Blob, Run, Tint, connected};
use super::rows::Row;

/// A row ends this near to a stamp's edge, in its letter heights, if it runs on inside.
const NEAR: f32 = 2.2;
/// How far off a row's baseline its letters inside the stamp may stand, in letter heights.
const STRAY: f32 = 0.22;
/// Widest gap between letters of a row inside a stamp, in letter heights: letters that the stamp's ink touched are not seen as letters.
const GAP: f32 = 5.0;

/// Gives the letters of crossing rows, and the marks over and under them, back to the page. `rows` are those of the page outside of stamps.
pub fn give_back(ink: &[Blob], roles: &mut [Role], rows: &[Row], frames: &Frames) {
    for (number, stamp) in frames.stamps().iter().enumerate() {
        let role = Role::Stamp(number as u16);
        for row in rows.iter().filter(|row| row.role == Role::Text && row.members.len() > 2) {
            let letters = letters_inside(ink, roles, role, row, stamp);
            letters.iter().for_each(|i| roles[*i] = Role::Text);
            for i in 0..ink.len() {
                if roles[i] == role
                    && printed(&ink[i], stamp)
                    && letters.iter().any(|letter| is_mark_of(&ink[i], &ink[*letter], row.height))
                {
                    roles[i] = Role::Text;
                }
            }
        }
    }
}

/// Letters that a signature's strokes run through, cut out of them: pieces of the stroke in the band of a row that stands beside it.
pub fn letters_under(stroke: &Blob, rows: &[Row], letter: f32) -> Vec<Blob> {
    let mut letters = Vec::new();
    for row in rows.iter().filter(|row| row.role == Role::Text && row.members.len() > 1 && row.height < 1.8 * letter) {
        let height = row.height;
        let x = stroke.center().0;
        let (top, bottom) = (row.body_top(x) - 0.12 * height, row.baseline(x) + 0.12 * height);
        let apart = (row.rect.left - stroke.rect.right).max(stroke.rect.left - row.rect.right) as f32;
        let through = (stroke.rect.top as f32) < top + 0.3 * height && stroke.rect.bottom as f32 > bottom - 0.4 * height;
        if apart > 2.0 * height || !through {
            continue;
        }
        let inside: Vec<Run> = stroke.runs.iter().copied().filter(|run| run.y as f32 >= top && (run.y as f32) < bottom).collect();
        // A stroke alone crosses each pixel row once; a letter's outline is met twice.
        let is_letter = |piece: &Blob| {
            piece.runs.len() as f32 >= 1.55 * piece.height() && piece.height() >= 0.65 * height && piece.width() >= 0.4 * height
        };
        letters.extend(connected(inside).into_iter().filter(is_letter).map(|piece| Blob { tint: stroke.tint, ..piece }));
    }
    letters
}

/// Whether ink inside a stamp can be the page's: what has the color of a colored stamp is not.
fn printed(blob: &Blob, stamp: &Stamp) -> bool {
    stamp.tint == Tint::Dark || blob.tint == Tint::Dark
}

fn letters_inside(ink: &[Blob], roles: &[Role], role: Role, row: &Row, stamp: &Stamp) -> Vec<usize> {
    let reach = NEAR * row.height;
    let (left, right) = (row.rect.left as f32, row.rect.right as f32);
    let (stamp_left, stamp_right) = (stamp.rect.left as f32, stamp.rect.right as f32);
    let from_left = right > stamp_left - reach && right < stamp_right && left < stamp_left;
    let from_right = left < stamp_right + reach && left > stamp_left && right > stamp_right;
    if !from_left && !from_right {
        return Vec::new();
    }
    let fits = |blob: &Blob| {
        let off = blob.rect.bottom as f32 - row.baseline(blob.center().0);
        let tall = blob.height() / row.height;
        off.abs() <= STRAY * row.height && (0.7..1.6).contains(&tall)
    };
    let mut inside: Vec<usize> = (0..ink.len()).filter(|i| roles[*i] == role && printed(&ink[*i], stamp) && fits(&ink[*i])).collect();
    inside.sort_by_key(|i| ink[*i].rect.left);
    let mut letters = Vec::new();
    if from_left {
        let mut end = right;
        for i in &inside {
            if ink[*i].rect.left as f32 > end + GAP * row.height {
                break;
            }
            end = end.max(ink[*i].rect.right as f32);
            letters.push(*i);
        }
    }
    if from_right {
        let mut end = left;
        for i in inside.iter().rev() {
            if (ink[*i].rect.right as f32) < end - GAP * row.height {
                break;
            }
            end = end.min(ink[*i].rect.left as f32);
            letters.push(*i);
        }
    }
    letters
}

fn is_mark_of(mark: &Blob, letter: &Blob, height: f32) -> bool {
    let (x, _) = mark.center();
    let over = x > letter.rect.left as f32 - 0.3 * height && x < letter.rect.right as f32 + 0.3 * height;
    let above = (letter.rect.top - mark.rect.bottom) as f32;
    let below = (mark.rect.top - letter.rect.bottom) as f32;
    over && mark.height() < height && ((-0.3 * height..0.5 * height).contains(&above) || (-0.1 * height..0.3 * height).contains(&below))
}
