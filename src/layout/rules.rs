//! Drawn rules: table borders, frames of stamps, underlines. They are taken out of the ink, and letters that touched them come free.

use super::ink::{Blob, Run, Sets, connected};
use super::mask::Mask;

/// Shortest rule, in letter heights, when it was drawn in one piece.
const SHORTEST: f32 = 4.0;
/// Thickest rule, in letter heights.
const THICKEST: f32 = 0.35;
/// Widest break in a worn rule, in letter heights.
const BREAK: f32 = 2.5;
/// Tallest stem of a letter, in letter heights.
const STEM: f32 = 1.7;
/// A tilted rule is a staircase; this is its shortest step, in letter heights.
const STEP: f32 = 0.8;

/// One straight rule, from `start` to `end` (left to right, or top to bottom).
#[derive(Debug, Clone)]
pub struct Rule {
    pub blob: Blob,
    pub upright: bool,
    pub start: (f32, f32),
    pub end: (f32, f32),
}

impl Rule {
    pub fn new(blob: Blob, upright: bool) -> Rule {
        let middle = |runs: &mut dyn Iterator<Item = &Run>| {
            let (mut x, mut y, mut n) = (0.0, 0.0, 0.0f32);
            for run in runs {
                let len = run.len() as f32;
                x += (run.left + run.right) as f32 / 2.0 * len;
                y += (run.y as f32 + 0.5) * len;
                n += len;
            }
            (x / n.max(1.0), y / n.max(1.0))
        };
        let rect = blob.rect;
        let reach = if upright { rect.height() / 8 } else { rect.width() / 8 } + 1;
        let near_start = |run: &&Run| if upright { run.y < rect.top + reach } else { run.left < rect.left + reach };
        let near_end = |run: &&Run| if upright { run.y >= rect.bottom - reach } else { run.right > rect.right - reach };
        let (mut start, mut end) = (middle(&mut blob.runs.iter().filter(near_start)), middle(&mut blob.runs.iter().filter(near_end)));
        if upright {
            (start.1, end.1) = (rect.top as f32, rect.bottom as f32);
        } else {
            (start.0, end.0) = (rect.left as f32, rect.right as f32);
        }
        Rule { blob, upright, start, end }
    }

    /// Where the rule begins and ends along its own direction.
    pub fn low(&self) -> f32 {
        if self.upright { self.start.1 } else { self.start.0 }
    }

    pub fn high(&self) -> f32 {
        if self.upright { self.end.1 } else { self.end.0 }
    }

    pub fn length(&self) -> f32 {
        self.high() - self.low()
    }

    pub fn middle(&self) -> f32 {
        (self.low() + self.high()) / 2.0
    }

    /// Across over along: y over x of a level rule, x over y of an upright one.
    pub fn slope(&self) -> f32 {
        let (dx, dy) = (self.end.0 - self.start.0, self.end.1 - self.start.1);
        if self.upright { dx / dy.max(1.0) } else { dy / dx.max(1.0) }
    }

    /// Whether `next`, which begins later, lies on the straight line that this rule is.
    fn goes_on_in(&self, next: &Rule, letter: f32) -> bool {
        let gap = next.low() - self.high();
        // The stems of letters in one column are short, and as far apart as lines.
        let short = self.length().min(next.length()) < STEM * letter;
        if self.upright != next.upright || gap > if short { 0.6 } else { BREAK } * letter {
            return false;
        }
        let off = |rule: &Rule, at: f32, other: f32| (rule.across(at) - other).abs();
        let longer_here = self.length() >= next.length();
        let stray =
            if longer_here { off(self, next.low(), next.across(next.low())) } else { off(next, self.high(), self.across(self.high())) };
        // Pieces of a tilted rule lie beside each other for a while: then they must do so at either end.
        let last =
            if longer_here { off(self, next.high(), next.across(next.high())) } else { off(next, self.low(), self.across(self.low())) };
        stray <= 0.22 * letter && (gap >= -letter || last <= 0.22 * letter)
    }

    /// Whether two rules lie on one straight line: at most `gap` pixels apart along it, and the shorter at most `stray` off the longer.
    /// For long rules; short pieces next to each other are better told by their ends (`goes_on_in`).
    pub fn is_in_line(&self, other: &Rule, gap: f32, stray: f32) -> bool {
        let (long, short) = if self.length() >= other.length() { (self, other) } else { (other, self) };
        let apart = self.low().max(other.low()) - self.high().min(other.high());
        let at = short.middle();
        self.upright == other.upright && apart <= gap && (long.across(at) - short.across(at)).abs() <= stray
    }

    /// Where the rule, made longer if need be, passes `along` (x of a level rule, y of an upright one).
    pub fn across(&self, along: f32) -> f32 {
        let (a, b) = if self.upright { ((self.start.1, self.start.0), (self.end.1, self.end.0)) } else { (self.start, self.end) };
        a.1 + (along - a.0) * (b.1 - a.1) / (b.0 - a.0).max(1.0)
    }
}

/// Splits ink into rules and the rest. `letter` is the height of body letters.
pub fn take(ink: Vec<Blob>, letter: f32) -> (Vec<Blob>, Vec<Rule>) {
    let mut rest = Vec::with_capacity(ink.len());
    let mut rules = Vec::new();
    for blob in ink {
        if blob.width() < letter * SHORTEST && blob.height() < letter * SHORTEST * 0.6 {
            rest.push(blob);
        } else {
            split(blob, letter, &mut rest, &mut rules);
        }
    }
    mend(rest, rules, letter)
}

/// Puts rules together that wear or a coarse scan broke into pieces.
fn mend(rest: Vec<Blob>, rules: Vec<Rule>, letter: f32) -> (Vec<Blob>, Vec<Rule>) {
    let whole = rules.len();
    let mut all = rules;
    let mut left = Vec::with_capacity(rest.len());
    for blob in rest {
        match is_piece(&blob, letter) {
            Some(upright) => all.push(Rule::new(blob, upright)),
            None => left.push(blob),
        }
    }
    let groups = groups(&all, BREAK * letter, |a, b| a.goes_on_in(b, letter));
    let mut slots: Vec<Option<Rule>> = all.into_iter().map(Some).collect();
    let (mut rest, mut rules) = (left, Vec::new());
    for group in groups {
        let drawn = group[0] < whole;
        let members: Vec<Rule> = group.iter().filter_map(|i| slots[*i].take()).collect();
        let covered: f32 = members.iter().map(Rule::length).sum();
        let low = members.iter().map(Rule::low).fold(f32::MAX, f32::min);
        let high = members.iter().map(Rule::high).fold(f32::MIN, f32::max);
        if drawn || (members.len() > 1 && high - low >= letter * SHORTEST * 1.2 && covered >= 0.65 * (high - low)) {
            rules.push(joined(members));
        } else {
            rest.extend(members.into_iter().map(|rule| rule.blob));
        }
    }
    (rest, rules)
}

/// Which rules are pieces of one: places in `rules`, by `is_one(a, b)` where `b` begins no earlier than `a` and at most `gap` pixels beyond its end.
pub fn groups(rules: &[Rule], gap: f32, is_one: impl Fn(&Rule, &Rule) -> bool) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..rules.len()).collect();
    order.sort_by(|a, b| rules[*a].low().total_cmp(&rules[*b].low()));
    let mut sets = Sets::new(rules.len());
    for (place, a) in order.iter().enumerate() {
        let reach = rules[*a].high() + gap;
        for b in order[place + 1..].iter().take_while(|b| rules[**b].low() <= reach) {
            if is_one(&rules[*a], &rules[*b]) {
                sets.join(*a, *b);
            }
        }
    }
    sets.groups()
}

/// Whether a blob is thin enough to be a piece of a rule, and of an upright one.
fn is_piece(blob: &Blob, letter: f32) -> Option<bool> {
    // A tilted piece is thin although its box is not.
    let thin = |across: f32, length: f32| {
        let stroke = blob.area as f32 / length;
        across <= 0.3 * letter + 0.05 * length
            && length >= 4.0 * across.min(0.3 * letter)
            && stroke <= 0.3 * letter
            && stroke >= 0.4 * across.min(0.12 * letter)
    };
    if blob.width() >= letter && thin(blob.height(), blob.width()) {
        Some(false)
    } else if blob.height() >= 0.9 * letter && thin(blob.width(), blob.height()) {
        Some(true)
    } else {
        None
    }
}

/// Several pieces of one rule (at least one) as one.
pub fn joined(mut members: Vec<Rule>) -> Rule {
    if members.len() == 1 {
        return members.remove(0);
    }
    let upright = members[0].upright;
    let tint = members[0].blob.tint;
    let mut runs: Vec<Run> = members.into_iter().flat_map(|rule| rule.blob.runs).collect();
    runs.sort_by_key(|run| (run.y, run.left));
    Rule::new(Blob { tint, ..Blob::new(runs) }, upright)
}

fn split(blob: Blob, letter: f32, rest: &mut Vec<Blob>, rules: &mut Vec<Rule>) {
    let straight =
        |runs: &[Run]| -> Vec<Vec<Run>> { long_and_thin(runs, letter).into_iter().filter(|group| !is_bent(group, letter)).collect() };
    let level = straight(&blob.runs);
    let standing = straight(&turned(&blob));
    let drawn: i32 = level.iter().chain(&standing).flatten().map(Run::len).sum();
    // An emblem's feathers are long and thin too, but a frame or a table is little else than rules.
    let engraved = blob.fill() > 0.2 && drawn * 3 < blob.area && blob.width() < 2.5 * blob.height() && blob.height() < 2.5 * blob.width();
    if engraved || (level.is_empty() && standing.is_empty()) {
        rest.push(blob);
        return;
    }
    let mut mask = Mask::of(&blob);
    let tint = blob.tint;
    for group in level {
        mask.wipe_level(&group);
        rules.push(Rule::new(Blob { tint, ..Blob::new(group) }, false));
    }
    for group in standing {
        let mut group: Vec<Run> = turned(&Blob::new(group));
        group.sort_by_key(|run| (run.y, run.left));
        mask.wipe(&group);
        rules.push(Rule::new(Blob { tint, ..Blob::new(group) }, true));
    }
    rest.extend(connected(mask.runs()).into_iter().map(|piece| Blob { tint, ..piece }));
}

/// Chains of long runs that make up something long and thin.
fn long_and_thin(runs: &[Run], letter: f32) -> Vec<Vec<Run>> {
    let long: Vec<Run> = runs.iter().copied().filter(|run| run.len() as f32 >= letter * STEP).collect();
    let mut sets = Sets::new(long.len());
    let mut first = 0;
    for here in 0..long.len() {
        while long[first].y < long[here].y - 2 {
            first += 1;
        }
        for other in first..here {
            let (a, b) = (long[other], long[here]);
            if a.y < b.y && a.left <= b.right + 2 && b.left <= a.right + 2 {
                sets.join(other, here);
            }
        }
    }
    sets.groups()
        .into_iter()
        .map(|group| group.into_iter().map(|i| long[i]).collect::<Vec<Run>>())
        .filter(|group| {
            let left = group.iter().map(|run| run.left).min().unwrap_or(0);
            let right = group.iter().map(|run| run.right).max().unwrap_or(0);
            let area: i32 = group.iter().map(Run::len).sum();
            let width = (right - left) as f32;
            width >= letter * SHORTEST && area as f32 / width <= letter * THICKEST
        })
        .collect()
}

/// Whether a chain of level runs is a pen's: it leaves the straight line between its ends further than a rule on curled paper.
fn is_bent(group: &[Run], letter: f32) -> bool {
    const LONGEST: f32 = 16.0;
    let rule = Rule::new(Blob::new(group.to_vec()), false);
    let length = rule.blob.width();
    let thickness = rule.blob.area as f32 / length;
    let off = |run: &Run| {
        let x = (run.left + run.right) as f32 / 2.0;
        (run.y as f32 + 0.5 - rule.across(x)).abs() * run.len() as f32
    };
    let stray = group.iter().map(off).sum::<f32>() / rule.blob.area as f32;
    length < LONGEST * letter && stray > 0.025 * letter + 0.3 * thickness
}

/// Columns as runs: x and y exchanged.
fn turned(blob: &Blob) -> Vec<Run> {
    let rect = blob.rect;
    let mut open = vec![i32::MIN; rect.width() as usize];
    let mut last = vec![i32::MIN; rect.width() as usize];
    let mut out = Vec::new();
    for run in &blob.runs {
        for x in run.left..run.right {
            let column = (x - rect.left) as usize;
            if last[column] != run.y - 1 {
                if open[column] != i32::MIN {
                    out.push(Run { y: x, left: open[column], right: last[column] + 1 });
                }
                open[column] = run.y;
            }
            last[column] = run.y;
        }
    }
    for (column, (open, last)) in open.into_iter().zip(last).enumerate() {
        if open != i32::MIN {
            out.push(Run { y: rect.left + column as i32, left: open, right: last + 1 });
        }
    }
    out.sort_by_key(|run| (run.y, run.left));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Rect;

    fn bar(left: i32, top: i32, right: i32, bottom: i32) -> Vec<Run> {
        (top..bottom).map(|y| Run { y, left, right }).collect()
    }

    fn merged(mut runs: Vec<Run>) -> Vec<Blob> {
        runs.sort_by_key(|run| (run.y, run.left));
        connected(runs)
    }

    #[test]
    fn a_letter_that_stands_on_a_rule_comes_free() {
        let mut runs = bar(0, 50, 200, 53);
        runs.extend(bar(40, 30, 52, 50));
        let (rest, rules) = take(merged(runs), 20.0);
        assert_eq!((rest.len(), rules.len()), (1, 1));
        assert_eq!(rest[0].rect, Rect::new(40, 30, 52, 50));
        assert!(!rules[0].upright);
    }

    #[test]
    fn a_frame_is_four_rules() {
        let mut runs = bar(0, 0, 300, 3);
        runs.extend(bar(0, 3, 3, 157));
        runs.extend(bar(297, 3, 300, 157));
        runs.extend(bar(0, 157, 300, 160));
        let (rest, rules) = take(merged(runs), 20.0);
        assert!(rest.iter().all(|blob| blob.area < 20), "{rest:?}");
        assert_eq!(rules.iter().filter(|rule| rule.upright).count(), 2);
        assert_eq!(rules.len(), 4);
    }

    #[test]
    fn words_are_not_rules() {
        let runs = bar(0, 0, 60, 20);
        let (rest, rules) = take(merged(runs), 20.0);
        assert_eq!((rest.len(), rules.len()), (1, 0));
    }
}
