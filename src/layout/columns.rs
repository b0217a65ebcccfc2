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
    let mut neighbors = Neighbors::of(&rows);
    loop {
        let pair = neighbors
            .narrowest_first()
            .into_iter()
            .find(|(left, right)| belong_together(&rows, *left, *right, text, walls) && !two_displays(&rows[*left], &rows[*right], letter));
        let Some((left, right)) = pair else { return rows };
        rows[left] = rows[left].joined(&rows[right], ink);
        rows.swap_remove(right);
        neighbors.joined(left, right, &rows);
    }
}

/// For each row the next one on its level to the right, and the gap to it in pixels.
struct Neighbors(Vec<Option<(usize, f32)>>);

impl Neighbors {
    fn of(rows: &[Row]) -> Neighbors {
        Neighbors((0..rows.len()).map(|left| nearest(rows, left)).collect())
    }

    /// Pairs of rows, left and right.
    fn narrowest_first(&self) -> Vec<(usize, usize)> {
        let mut pairs: Vec<(usize, usize, f32)> =
            self.0.iter().enumerate().filter_map(|(left, next)| next.map(|(right, gap)| (left, right, gap))).collect();
        pairs.sort_by(|a, b| a.2.total_cmp(&b.2).then(a.0.cmp(&b.0)));
        pairs.into_iter().map(|(left, right, _)| (left, right)).collect()
    }

    /// Row `right` became a part of row `left`, and the last row took its place. Only rows that looked at either look anew: a page of
    /// scribbles has hundreds of rows.
    fn joined(&mut self, left: usize, right: usize, rows: &[Row]) {
        let last = rows.len();
        self.0.swap_remove(right);
        let moved = |row: usize| if row == last { right } else { row };
        let grown = moved(left);
        for here in 0..rows.len() {
            match self.0[here] {
                Some((next, _)) if next == left || next == right => self.0[here] = nearest(rows, here),
                _ if here == grown => self.0[here] = nearest(rows, here),
                Some((next, gap)) => self.0[here] = nearer(Some((moved(next), gap)), gap_to(rows, here, grown)),
                None => self.0[here] = gap_to(rows, here, grown),
            }
        }
    }
}

fn nearest(rows: &[Row], left: usize) -> Option<(usize, f32)> {
    (0..rows.len()).map(|right| gap_to(rows, left, right)).reduce(nearer).flatten()
}

fn nearer(a: Option<(usize, f32)>, b: Option<(usize, f32)>) -> Option<(usize, f32)> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if (b.1, b.0) < (a.1, a.0) { b } else { a }),
        _ => a.or(b),
    }
}

/// None where `right` does not stand on the level of `left`, to its right.
fn gap_to(rows: &[Row], left: usize, right: usize) -> Option<(usize, f32)> {
    let (row, other) = (&rows[left], &rows[right]);
    let beside = right != left
        && other.role == row.role
        && other.middle() > row.middle()
        && other.rect.left > row.rect.left
        && row.is_level_with(other);
    beside.then(|| (right, (other.rect.left - row.rect.right) as f32))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::text::Role;
    use crate::layout::ink::Run;

    /// A letter-like blob at a place of a small page.
    fn blob(left: i32, top: i32, width: i32) -> Blob {
        Blob::new((top..top + 20).map(|y| Run { y, left, right: left + width }).collect())
    }

    proptest! {
        #[test]
        fn neighbors_kept_up_to_date_are_those_of_a_full_search(
            places in prop::collection::vec((0..600i32, 0..120i32, 8..60i32), 2..30),
            joins in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..20),
        ) {
            let ink: Vec<Blob> = places.iter().map(|(left, top, width)| blob(*left, *top, *width)).collect();
            let mut rows: Vec<Row> = (0..ink.len()).map(|i| Row::new(vec![i], &ink, Role::Text, 0.0)).collect();
            let mut kept = Neighbors::of(&rows);
            for (a, b) in joins {
                let (left, right) = (a.index(rows.len()), b.index(rows.len()));
                if left == right {
                    continue;
                }
                rows[left] = rows[left].joined(&rows[right], &ink);
                rows.swap_remove(right);
                kept.joined(left, right, &rows);
                let gaps = |all: &Neighbors| all.0.iter().map(|next| next.map(|(_, gap)| gap)).collect::<Vec<_>>();
                prop_assert_eq!(gaps(&kept), gaps(&Neighbors::of(&rows)));
                for (here, next) in kept.0.iter().enumerate() {
                    // Of two rows at the same distance either will do.
                    prop_assert_eq!(next.and_then(|(right, _)| gap_to(&rows, here, right)), *next);
                }
            }
        }
    }
}
