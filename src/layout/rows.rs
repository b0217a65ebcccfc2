//! Body letters in, rows of them out. A row is grown from letter to letter, so that tilt and curl of the paper do no harm.

use crate::document::Rect;
use crate::document::text::Role;

use super::ink::{Blob, Sets};

/// Body letters are at least this tall, in letter heights of the page, …
const SHORTEST_BODY: f32 = 0.55;
/// … and at most so: what is taller spans rows, or is no letter.
const TALLEST_BODY: f32 = 3.4;
/// Widest gap inside a row that needs no further evidence, in heights of the taller neighbor.
const GAP: f32 = 1.8;
/// Titles and urgency words are so much larger than the page's letters, and have smaller spaces.
pub const LARGE: f32 = 1.4;
const LARGE_GAP: f32 = 1.1;
/// Marks stand no further above their letters' tops than this, in heights of those letters.
const MARKS_ABOVE: f32 = 1.1;
const MARKS_BELOW: f32 = 0.75;

/// Letters on one baseline.
#[derive(Debug, Clone)]
pub struct Row {
    /// Indices into the page's blobs.
    pub members: Vec<usize>,
    pub rect: Rect,
    /// Height of its body letters, pixels.
    pub height: f32,
    pub role: Role,
    baseline: Baseline,
    slope: f32,
}

#[derive(Debug, Clone, Copy)]
struct Baseline {
    x: f32,
    y: f32,
    slope: f32,
}

impl Row {
    /// `slope` is that of lines too short to show their own: y over x, positive downwards.
    pub fn new(members: Vec<usize>, ink: &[Blob], role: Role, slope: f32) -> Row {
        let mut rect = ink[members[0]].rect;
        for member in &members {
            rect = rect.union(&ink[*member].rect);
        }
        let height = body_height(&members, ink);
        Row { baseline: Baseline::fit(&members, ink, height, slope), members, rect, height, role, slope }
    }

    /// Where letters at `x` stand.
    pub fn baseline(&self, x: f32) -> f32 {
        self.baseline.y + (x - self.baseline.x) * self.baseline.slope
    }

    /// Where letters at `x` end above, marks apart.
    pub fn body_top(&self, x: f32) -> f32 {
        self.baseline(x) - self.height
    }

    /// Degrees that the baseline rises to the right.
    pub fn tilt(&self) -> f32 {
        (-self.baseline.slope).atan().to_degrees()
    }

    pub fn middle(&self) -> f32 {
        (self.rect.left + self.rect.right) as f32 / 2.0
    }

    pub fn add(&mut self, member: usize, ink: &[Blob]) {
        self.rect = self.rect.union(&ink[member].rect);
        self.members.push(member);
    }

    pub fn joined(&self, other: &Row, ink: &[Blob]) -> Row {
        let mut members = self.members.clone();
        members.extend(&other.members);
        members.sort_by_key(|i| (ink[*i].rect.left, *i));
        Row::new(members, ink, self.role, self.slope)
    }

    /// Whether the letters of both stand side by side: their bodies share most of the smaller one's height.
    pub fn is_level_with(&self, other: &Row) -> bool {
        let x = if self.rect.left < other.rect.left {
            (self.rect.right + other.rect.left) as f32 / 2.0
        } else {
            (other.rect.right + self.rect.left) as f32 / 2.0
        };
        let shared = self.baseline(x).min(other.baseline(x)) - self.body_top(x).max(other.body_top(x));
        // What is written and stamped into a stamp stands less level than print.
        let least = if matches!(self.role, Role::Stamp(_)) { 0.35 } else { 0.55 };
        shared >= least * self.height.min(other.height)
    }

    /// Whether both stand in one row of the page, if not quite level: handwriting floats, stamped numbers sink.
    pub fn is_beside(&self, other: &Row) -> bool {
        let bands = |row: &Row| (row.body_top(row.middle()), row.baseline(row.middle()));
        let (a, b) = (bands(self), bands(other));
        a.1.min(b.1) - a.0.max(b.0) >= 0.4 * self.height.min(other.height)
    }
}

/// The height that most of the row's blobs share: tall stamped digits on a row are few, however wide.
fn body_height(members: &[usize], ink: &[Blob]) -> f32 {
    const ALIKE: f32 = 0.15;
    let mut heights: Vec<f32> = members.iter().map(|i| ink[*i].height()).collect();
    heights.sort_by(f32::total_cmp);
    let alike = |height: f32| heights.iter().filter(|other| (**other - height).abs() <= ALIKE * height).count();
    let most = heights.iter().map(|height| alike(*height)).max().unwrap_or(0);
    let shared: Vec<f32> = heights.iter().copied().filter(|height| alike(*height) == most).collect();
    shared.get(shared.len() / 2).copied().unwrap_or(1.0)
}

impl Baseline {
    fn fit(members: &[usize], ink: &[Blob], height: f32, slope: f32) -> Baseline {
        let bodies = members.iter().map(|i| &ink[*i]).filter(|blob| blob.height() > 0.6 * height && blob.height() < 1.7 * height);
        let mut feet: Vec<(f32, f32)> = bodies.map(|blob| (blob.center().0, blob.rect.bottom as f32)).collect();
        if feet.is_empty() {
            feet = members.iter().map(|i| (ink[*i].center().0, ink[*i].rect.bottom as f32)).collect();
        }
        let x = feet.iter().map(|foot| foot.0).sum::<f32>() / feet.len() as f32;
        let mut line = Baseline { x, y: median(feet.iter().map(|foot| foot.1 - (foot.0 - x) * slope)), slope };
        let span = feet.iter().fold((f32::MAX, f32::MIN), |(low, high), foot| (low.min(foot.0), high.max(foot.0)));
        if feet.len() < 6 || span.1 - span.0 < 8.0 * height {
            return line;
        }
        line.slope = middle_slope(&feet, height);
        for near in [0.35, 0.2] {
            line.y = median(feet.iter().map(|foot| foot.1 - (foot.0 - x) * line.slope));
            let close: Vec<_> = feet.iter().filter(|foot| (foot.1 - line.at(foot.0)).abs() <= near * height).collect();
            let n = close.len() as f32;
            if n < 3.0 {
                return line;
            }
            let (mx, my) = (close.iter().map(|f| f.0).sum::<f32>() / n, close.iter().map(|f| f.1).sum::<f32>() / n);
            let sxx: f32 = close.iter().map(|f| (f.0 - mx).powi(2)).sum();
            let sxy: f32 = close.iter().map(|f| (f.0 - mx) * (f.1 - my)).sum();
            if sxx > 0.0 {
                line = Baseline { x, y: my + (x - mx) * sxy / sxx, slope: sxy / sxx };
            }
        }
        line
    }

    fn at(&self, x: f32) -> f32 {
        self.y + (x - self.x) * self.slope
    }
}

/// The median of slopes between feet far apart: single descenders do not turn it.
fn middle_slope(feet: &[(f32, f32)], height: f32) -> f32 {
    let apart = feet.len() / 2;
    let slopes = (0..feet.len() - apart).map(|i| (feet[i], feet[i + apart])).filter(|(a, b)| b.0 - a.0 > 2.0 * height);
    let slopes: Vec<f32> = slopes.map(|(a, b)| (b.1 - a.1) / (b.0 - a.0)).collect();
    if slopes.is_empty() { 0.0 } else { median(slopes.into_iter()) }
}

fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// Rows of what can be body letters among `free` blobs; `roles` tells stamps and cells apart. Marks are in no row yet.
/// `slope` gives the slope of a stamp's own lines.
pub fn grow(ink: &[Blob], free: &[usize], roles: &[Role], letter: f32, slope: impl Fn(Role) -> f32) -> Vec<Row> {
    let mut bodies: Vec<usize> = free.iter().copied().filter(|i| is_body(&ink[*i], letter)).collect();
    bodies.sort_by_key(|i| (ink[*i].rect.left, *i));
    let mut sets = Sets::new(bodies.len());
    for a in 0..bodies.len() {
        let best = (a + 1..bodies.len())
            .take_while(|b| (ink[bodies[*b]].rect.left - ink[bodies[a]].rect.right) as f32 <= letter * TALLEST_BODY * GAP)
            .filter(|b| roles[bodies[*b]] == roles[bodies[a]] && ink[bodies[*b]].is_red() == ink[bodies[a]].is_red())
            .filter_map(|b| Some((distance(&ink[bodies[a]], &ink[bodies[b]], letter)?, b)))
            .min_by(|x, y| x.0.total_cmp(&y.0));
        if let Some((_, b)) = best {
            sets.join(a, b);
        }
    }
    let rows = sets.groups().into_iter().map(|group| {
        let members: Vec<usize> = group.into_iter().map(|i| bodies[i]).collect();
        let role = roles[members[0]];
        Row::new(members, ink, role, slope(role))
    });
    let rows: Vec<Row> = rows.collect();
    take_back_marks(rows, ink, letter)
}

fn is_body(blob: &Blob, letter: f32) -> bool {
    let (width, height) = (blob.width(), blob.height());
    // The remains of a rule are long and thin.
    let solid = width <= 4.0 * letter || blob.area as f32 / width >= 0.3 * letter;
    solid && height >= letter * SHORTEST_BODY && height <= letter * TALLEST_BODY && width <= letter * 25.0 && width <= 14.0 * height
}

/// How far `b` is from following `a` on a row; None where it does not.
fn distance(a: &Blob, b: &Blob, letter: f32) -> Option<f32> {
    let (small, tall) = (a.height().min(b.height()), a.height().max(b.height()));
    let gap = (b.rect.left - a.rect.right) as f32;
    let shared = (a.rect.bottom.min(b.rect.bottom) - a.rect.top.max(b.rect.top)) as f32;
    let feet = (a.rect.bottom - b.rect.bottom).abs() as f32;
    let heads = (a.rect.top - b.rect.top).abs() as f32;
    let level = feet <= 0.4 * small || (heads <= 0.3 * small && feet <= 0.8 * small) || (feet <= 0.35 * tall && shared >= 0.9 * small);
    let widest = if small >= LARGE * letter { LARGE_GAP } else { GAP };
    let follows = gap <= widest * tall.min(small * 2.0) && gap > -(a.width().min(b.width()));
    (level && follows && shared >= 0.5 * small).then_some(gap.max(0.0) + 2.0 * feet.min(heads))
}

/// A row of upper or lower marks that passed for letters goes back to the ink.
fn take_back_marks(mut rows: Vec<Row>, ink: &[Blob], letter: f32) -> Vec<Row> {
    rows.sort_by(|a, b| weight(b, ink).total_cmp(&weight(a, ink)));
    let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        if is_line_of_letters(&row, ink, letter) || !kept.iter().any(|owner| bears(owner, &row, ink)) {
            kept.push(row);
        }
    }
    kept
}

fn weight(row: &Row, ink: &[Blob]) -> f32 {
    row.members.iter().map(|i| ink[*i].rect.width() as f32).sum::<f32>() * row.height
}

/// A date over a clock time that a pen wrote twice as tall: as tall as the page's letters, and as close to each other. Marks have white between them.
fn is_line_of_letters(row: &Row, ink: &[Blob], letter: f32) -> bool {
    const FEWEST: usize = 4;
    const TALL: f32 = 0.75;
    const CLOSE: f32 = 0.4;
    let covered: f32 = row.members.iter().map(|i| ink[*i].width()).sum();
    row.members.len() >= FEWEST && row.height >= TALL * letter && covered >= CLOSE * row.rect.width() as f32
}

/// Whether all that `marks` holds stands over or under letters of `owner`.
fn bears(owner: &Row, marks: &Row, ink: &[Blob]) -> bool {
    if owner.role != marks.role || marks.height > 1.15 * owner.height {
        return false;
    }
    // Marks come in twos and threes; a long row as tall as the owner's letters is a line of its own.
    let covered: f32 = marks.members.iter().map(|i| ink[*i].width()).sum();
    if marks.height > 0.75 * owner.height && covered > 8.0 * owner.height {
        return false;
    }
    let slack = 1.5 * owner.height;
    if (marks.rect.left as f32) < owner.rect.left as f32 - slack || marks.rect.right as f32 > owner.rect.right as f32 + slack {
        return false;
    }
    let carriers = owner.members.iter().filter(|i| ink[**i].rect.right > marks.rect.left && ink[**i].rect.left < marks.rect.right).count();
    // The small letters of 36th stand raised in a gap, over nothing.
    let is_raised = marks.members.len() <= 3 && covered <= 2.0 * owner.height && marks.height <= 0.9 * owner.height && carriers == 0;
    if marks.members.len() > carriers + 1 && !is_raised {
        return false;
    }
    let reach = if is_raised { 1.0 } else { 0.5 };
    marks.members.iter().all(|i| {
        let (x, y) = ink[*i].center();
        let above = (owner.body_top(x) - y) / owner.height;
        let below = (y - owner.baseline(x)) / owner.height;
        let tall = ink[*i].height() / owner.height;
        if above <= 0.0 && below <= 0.0 {
            tall <= 1.2
        } else {
            above <= MARKS_ABOVE
                && below <= MARKS_BELOW
                && (below <= 0.0 || tall <= 0.8)
                && owner.members.iter().any(|o| carries(&ink[*o], &ink[*i], owner.height, reach))
        }
    })
}

/// Whether a mark stands over or under this very letter, with no more than another mark between them, and at most `reach` heights aside.
fn carries(letter: &Blob, mark: &Blob, height: f32, reach: f32) -> bool {
    let aside = (mark.rect.left - letter.rect.right).max(letter.rect.left - mark.rect.right) as f32;
    let apart = (letter.rect.top - mark.rect.bottom).max(mark.rect.top - letter.rect.bottom) as f32;
    aside <= reach * height && apart <= 0.95 * letter.height()
}

#[cfg(test)]
mod tests {
    use super::super::ink::Run;
    use super::*;

    /// Letters as solid boxes: left, bottom, width, height.
    fn ink(letters: &[(i32, i32, i32, i32)]) -> Vec<Blob> {
        let letter = |&(left, bottom, width, height): &(i32, i32, i32, i32)| {
            Blob::new((bottom - height..bottom).map(|y| Run { y, left, right: left + width }).collect())
        };
        letters.iter().map(letter).collect()
    }

    fn grown(letters: &[(i32, i32, i32, i32)]) -> usize {
        let ink = ink(letters);
        let free: Vec<usize> = (0..ink.len()).collect();
        grow(&ink, &free, &vec![Role::Text; ink.len()], 20.0, |_| 0.0).len()
    }

    const WRITTEN: [(i32, i32, i32, i32); 4] = [(0, 200, 30, 40), (40, 200, 30, 40), (80, 200, 30, 40), (120, 200, 30, 40)];

    #[test]
    fn a_printed_date_over_tall_figures_is_a_row_of_its_own() {
        let date = [(4, 152, 12, 20), (18, 152, 12, 20), (44, 152, 12, 19), (58, 152, 12, 20), (84, 152, 12, 20), (98, 152, 12, 21)];
        assert_eq!(grown(&[&WRITTEN[..], &date].concat()), 2);
    }

    #[test]
    fn vowels_over_tall_letters_are_none() {
        let marks = [(2, 152, 18, 14), (42, 152, 18, 14), (82, 152, 18, 14), (122, 152, 18, 14)];
        assert_eq!(grown(&[&WRITTEN[..], &marks].concat()), 1);
    }
}
