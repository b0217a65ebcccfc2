//! Marks, dots and broken pieces to the rows they belong to: upper vowels and tones, lower vowels, full stops, both rings of ะ.

use super::ink::{Blob, Run};
use super::rows::Row;
use crate::document::text::Role;

/// Reach of a row above its letters' tops and below its baseline, in its letter heights.
const ABOVE: f32 = 1.15;
const BELOW: f32 = 0.6;
/// How far to either side of a row a dot, a dash or ะ may stand, in letter heights.
const BESIDE: f32 = 1.6;
/// Letters from which on a row is sure to be text.
const LETTERS: usize = 4;
/// What a mark costs more among the few letters of a row that may be a scribble, so that a line of text whose letter it stands over comes first.
const SCRIBBLE: f32 = 0.6;
/// Ink smaller than this, in letter heights, is a speck.
const SPECK: f32 = 0.09;

/// Gives each of the `free` blobs to the row it is nearest to; what is near to none is returned.
pub fn attach(rows: &mut [Row], ink: &[Blob], free: &[usize], roles: &[Role]) -> Vec<usize> {
    let mut left: Vec<usize> = free.to_vec();
    // Again and again: a tone mark is near only once the vowel under it is part of the line.
    for _ in 0..3 {
        left.sort_by_key(|i| (ink[*i].rect.left, *i));
        left.retain(|i| match owner(rows, &ink[*i], roles[*i], ink) {
            Some(row) => {
                rows[row].add(*i, ink);
                false
            }
            None => true,
        });
    }
    left
}

fn owner(rows: &[Row], blob: &Blob, role: Role, ink: &[Blob]) -> Option<usize> {
    let costs = rows.iter().enumerate().filter(|(_, row)| row.role == role).filter_map(|(i, row)| Some((cost(row, blob, ink)?, i)));
    costs.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, i)| i)
}

/// How far a blob is from a row's letters, 0 (among them) to 1 (out of reach).
fn cost(row: &Row, blob: &Blob, ink: &[Blob]) -> Option<f32> {
    let (x, y) = blob.center();
    let height = row.height;
    if (blob.area as f32) < (SPECK * height).powi(2) || blob.height() > 3.0 * height {
        return None;
    }
    let before = (row.rect.left as f32 - blob.rect.left as f32).max(0.0) / height;
    let after = (blob.rect.right as f32 - row.rect.right as f32).max(0.0) / height;
    let (top, baseline) = (row.body_top(x), row.baseline(x));
    if y >= top && y <= baseline + 0.15 * height {
        // A full stop follows its letter closely, a dash may stand apart, and dirt is small and anywhere.
        let dash = !blob.is_dot() && (blob.width() >= 0.3 * height || blob.height() >= 0.4 * height);
        let (reach_before, reach_after) = if dash { (BESIDE, BESIDE) } else { (0.3, 0.8) };
        let scribble = if is_script(row, ink) { 0.0 } else { SCRIBBLE };
        return (before <= reach_before && after <= reach_after).then_some(before.max(after) / BESIDE * 0.5 + scribble);
    }
    if before > 0.5 || after > 0.8 || blob.height() > 1.5 * height {
        return None;
    }
    let reach = if y < top { top - y <= (ABOVE + 0.25) * height } else { y - baseline <= (BELOW + 0.3) * height };
    let away = if y < top { (top - blob.rect.bottom as f32) / height / ABOVE } else { (blob.rect.top as f32 - baseline) / height / BELOW };
    let held = || row.members.iter().any(|i| holds(&ink[*i], blob, y < top, height));
    (reach && away <= 1.0 && held()).then_some(away.max(0.0) + 0.05)
}

/// Whether a row has letters enough of one height to be text, and no pen's strokes above a name.
fn is_script(row: &Row, ink: &[Blob]) -> bool {
    let letters = row.members.iter().filter(|i| (0.7..1.5).contains(&(ink[**i].height() / row.height)));
    letters.take(LETTERS).count() == LETTERS
}

/// Whether a mark stands right over (or under) a letter, or over a mark that does.
fn holds(letter: &Blob, mark: &Blob, above: bool, height: f32) -> bool {
    let aside = (mark.rect.left - letter.rect.right).max(letter.rect.left - mark.rect.right) as f32;
    let apart = if above { letter.rect.top - mark.rect.bottom } else { mark.rect.top - letter.rect.bottom } as f32;
    aside <= 0.3 * height && apart <= if above { 0.55 } else { 0.4 } * height
}

/// Cuts blobs that reach over several rows (a tail that touches the tone mark below it) between the rows, where their ink is thinnest.
pub fn cut_between_rows(blob: &Blob, rows: &[Row]) -> Option<Vec<Blob>> {
    let x = blob.center().0;
    let mut crossed: Vec<(f32, f32)> = rows
        .iter()
        .filter(|row| (row.rect.left as f32) < x && (row.rect.right as f32) > x)
        .map(|row| (row.body_top(x), row.baseline(x)))
        .filter(|(top, baseline)| {
            let shared = baseline.min(blob.rect.bottom as f32) - top.max(blob.rect.top as f32);
            shared > 0.5 * (baseline - top)
        })
        .collect();
    if crossed.len() < 2 {
        return None;
    }
    crossed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let cuts: Vec<i32> = crossed.windows(2).map(|pair| thinnest(blob, pair[0].1 as i32, pair[1].0 as i32)).collect();
    let part = |run: &Run| cuts.iter().filter(|cut| run.y >= **cut).count();
    let mut pieces: Vec<Vec<Run>> = vec![Vec::new(); cuts.len() + 1];
    for run in &blob.runs {
        pieces[part(run)].push(*run);
    }
    Some(pieces.into_iter().filter(|runs| !runs.is_empty()).map(|runs| Blob { tint: blob.tint, ..Blob::new(runs) }).collect())
}

fn thinnest(blob: &Blob, from: i32, to: i32) -> i32 {
    let ink_at = |y: i32| blob.runs.iter().filter(|run| run.y == y).map(Run::len).sum::<i32>();
    (from..to.max(from + 1)).min_by_key(|y| ink_at(*y)).unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Solid boxes: left, bottom, width, height.
    type Solid = (i32, i32, i32, i32);

    fn ink(boxes: &[Solid]) -> Vec<Blob> {
        let solid = |&(left, bottom, width, height): &Solid| {
            Blob::new((bottom - height..bottom).map(|y| Run { y, left, right: left + width }).collect())
        };
        boxes.iter().map(solid).collect()
    }

    fn row(members: std::ops::Range<usize>, ink: &[Blob]) -> Row {
        Row::new(members.collect(), ink, Role::Text, 0.0)
    }

    const NAME: [Solid; 6] =
        [(0, 200, 14, 20), (20, 200, 14, 20), (40, 200, 14, 20), (60, 200, 14, 20), (80, 200, 14, 20), (100, 200, 14, 20)];

    /// Whether a tone mark right over the name, on the level of the strokes or letters of a row above, goes to the name.
    fn name_keeps_its_mark(above: &[Solid]) -> bool {
        let ink = ink(&[&NAME, above, &[(44, 176, 6, 6)]].concat());
        let mark = ink.len() - 1;
        let mut rows = [row(0..NAME.len(), &ink), row(NAME.len()..mark, &ink)];
        assert_eq!(attach(&mut rows, &ink, &[mark], &vec![Role::Text; ink.len()]), [0usize; 0]);
        rows[0].members.contains(&mark)
    }

    #[test]
    fn a_scribble_above_a_name_takes_no_mark_of_it() {
        assert!(name_keeps_its_mark(&[(4, 180, 14, 22), (24, 180, 14, 22), (70, 180, 14, 22)]), "few strokes");
        assert!(
            name_keeps_its_mark(&[(4, 180, 14, 22), (24, 180, 14, 22), (70, 180, 14, 22), (90, 180, 20, 60)]),
            "strokes of many heights"
        );
    }

    #[test]
    fn a_line_of_text_keeps_what_stands_among_its_letters() {
        assert!(!name_keeps_its_mark(&[(4, 180, 14, 22), (24, 180, 14, 22), (70, 180, 14, 22), (90, 180, 14, 22)]));
    }

    #[test]
    fn four_letters_of_one_height_are_script() {
        let script = |boxes: &[Solid]| {
            let ink = ink(boxes);
            is_script(&row(0..ink.len(), &ink), &ink)
        };
        assert!(script(&NAME[..4]));
        assert!(!script(&NAME[..3]), "three letters");
        assert!(!script(&[(0, 200, 14, 20), (20, 200, 14, 20), (40, 200, 14, 20), (60, 200, 14, 5)]), "three letters and a dash");
    }

    #[test]
    fn a_mark_far_above_or_beside_belongs_to_no_row() {
        let ink = ink(&[&NAME[..], &[(44, 140, 6, 6), (200, 176, 6, 6), (44, 206, 6, 4)]].concat());
        let mut rows = [row(0..NAME.len(), &ink)];
        assert_eq!(attach(&mut rows, &ink, &[6, 7, 8], &vec![Role::Text; ink.len()]), [6, 7]);
        assert!(rows[0].members.contains(&8), "a vowel below");
    }
}
