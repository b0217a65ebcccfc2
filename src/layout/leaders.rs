//! Leaders: rows of dots or dashes that values are written on. They are taken out of the ink, or they would join columns and pass for full stops.

use crate::document::Rect;

use super::ink::{Blob, Run};

/// A dot or dash is at most this thick, in letter heights.
const THICKEST: f32 = 0.32;
/// Widest gap between two dots of a leader, in letter heights.
const GAP: f32 = 0.75;
/// How far, in letter heights, a dot may be off the row of its neighbors.
const STRAY: f32 = 0.14;
/// Fewer dots than this are punctuation (`...`).
const FEWEST: usize = 6;
/// Shortest leader in letter heights.
const SHORTEST: f32 = 2.5;

/// Splits ink into leaders (each one chain of dots) and the rest.
pub fn take(ink: Vec<Blob>, letter: f32) -> (Vec<Blob>, Vec<Vec<Blob>>) {
    let mut dots: Vec<usize> = (0..ink.len()).filter(|i| is_dot(&ink[*i], letter)).collect();
    dots.sort_by_key(|i| ink[*i].rect.left);
    let mut used = vec![false; ink.len()];
    let mut chains = Vec::new();
    for start in 0..dots.len() {
        if used[dots[start]] {
            continue;
        }
        let chain = follow(&ink, &dots, &used, start, letter);
        if is_leader(&ink, &chain, letter) && !is_cut_off(&ink, &chain) {
            chain.iter().for_each(|i| used[*i] = true);
            chains.push(chain);
        }
    }
    let mut slots: Vec<Option<Blob>> = ink.into_iter().map(Some).collect();
    let leaders = chains.into_iter().map(|chain| chain.into_iter().filter_map(|i| slots[i].take()).collect()).collect();
    (slots.into_iter().flatten().collect(), leaders)
}

fn is_dot(blob: &Blob, letter: f32) -> bool {
    blob.height() <= letter * THICKEST && blob.width() <= letter * 12.0 && blob.area as f32 >= (letter * 0.05).powi(2)
}

/// The chain of dots that goes right from `dots[start]`.
fn follow(ink: &[Blob], dots: &[usize], used: &[bool], start: usize, letter: f32) -> Vec<usize> {
    let mut chain = vec![dots[start]];
    let mut at = start;
    loop {
        let last = &ink[dots[at]];
        let next = (at + 1..dots.len())
            .take_while(|i| (ink[dots[*i]].rect.left - last.rect.right) as f32 <= letter * GAP)
            .filter(|i| !used[dots[*i]] && ink[dots[*i]].rect.left >= last.rect.right)
            .find(|i| (ink[dots[*i]].center().1 - last.center().1).abs() <= letter * STRAY);
        match next {
            Some(next) => {
                chain.push(dots[next]);
                at = next;
            }
            None => return chain,
        }
    }
}

fn is_leader(ink: &[Blob], chain: &[usize], letter: f32) -> bool {
    let (Some(first), Some(last)) = (chain.first(), chain.last()) else { return false };
    let length = (ink[*last].rect.right - ink[*first].rect.left) as f32;
    let dashes = chain.iter().filter(|i| ink[**i].width() >= letter * 1.5).count();
    length >= letter * SHORTEST && (chain.len() >= FEWEST || dashes >= 2 || (dashes == 1 && length >= letter * 4.0))
}

/// Whether most of the dots touch other ink: then they are crumbs of letters, which colors cut apart.
fn is_cut_off(ink: &[Blob], chain: &[usize]) -> bool {
    let touches = |dot: &Blob, other: &Blob| {
        let near = Rect::new(dot.rect.left - 1, dot.rect.top - 1, dot.rect.right + 1, dot.rect.bottom + 1);
        let beside = |run: &Run| dot.runs.iter().any(|own| (own.y - run.y).abs() <= 1 && own.left <= run.right && run.left <= own.right);
        !near.intersection(&other.rect).is_empty() && other.runs.iter().any(beside)
    };
    let cut = |i: &&usize| ink.iter().enumerate().any(|(other, blob)| other != **i && touches(&ink[**i], blob));
    chain.iter().filter(cut).count() * 2 > chain.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(x: i32, y: i32) -> Blob {
        Blob::new((y..y + 3).map(|y| Run { y, left: x, right: x + 3 }).collect())
    }

    #[test]
    fn a_row_of_dots_is_a_leader_and_an_ellipsis_is_not() {
        let mut ink: Vec<Blob> = (0..30).map(|i| dot(100 + i * 7, 50 + i / 15)).collect();
        ink.extend((0..3).map(|i| dot(100 + i * 7, 150)));
        let (rest, leaders) = take(ink, 20.0);
        assert_eq!((rest.len(), leaders.len(), leaders[0].len()), (3, 1, 30));
    }

    #[test]
    fn crumbs_on_letters_are_no_leader() {
        let stem = |x: i32| Blob::new((53..70).map(|y| Run { y, left: x, right: x + 3 }).collect());
        let ink: Vec<Blob> = (0..12).flat_map(|i| [dot(100 + i * 9, 50), stem(100 + i * 9)]).collect();
        assert!(take(ink, 20.0).1.is_empty());
    }
}
