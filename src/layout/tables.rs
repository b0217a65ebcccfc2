//! Tables among the rules of a page: networks of rules that meet, worn or whole, and their cells.

use crate::document::{PageImage, Rect};

use super::ink::{Blob, Sets};
use super::rules::Rule;

/// Ends of rules this near to each other meet, in letter heights.
const MEETING: f32 = 0.8;
/// Rules of a table are no steeper than this on a straightened page: strokes of signatures are.
const STEEPEST: f32 = 0.05;
/// A box this large (share of the page's area) with nothing drawn in it is a border around the page.
const PAGE_BORDER: f32 = 0.45;
/// Widest gap, in letter heights, that wear leaves in a rule of a table.
const WORN_RULE: f32 = 6.0;
/// Pieces of a table's rule lie no further off their line than this, in letter heights.
const STRAY: f32 = 0.6;
/// Widest gap that wear leaves between two parts of one table, as a share of its width.
const WORN_TABLE: f32 = 0.4;

/// Rules that part a page into cells.
#[derive(Debug)]
pub struct Table {
    pub rect: Rect,
    level: Vec<Line>,
    upright: Vec<Line>,
}

/// Rules on one straight line of a table.
#[derive(Debug)]
struct Line {
    pieces: Vec<Rule>,
}

/// The tables that `rules` make, from the top. `letter` is the height of body letters in pixels.
pub fn find(rules: &[Rule], letter: f32, page: &PageImage) -> Vec<Table> {
    let mut sets = Sets::new(rules.len());
    for a in 0..rules.len() {
        for b in a + 1..rules.len() {
            if meet(&rules[a], &rules[b], letter) || rules[a].is_in_line(&rules[b], WORN_RULE * letter, STRAY * letter) {
                sets.join(a, b);
            }
        }
    }
    let networks = networks(sets.groups(), rules, letter);
    let mut tables: Vec<Table> = networks.iter().filter_map(|group| table(group, rules, letter, page)).collect();
    tables.sort_by_key(|table| (table.rect.top, table.rect.left));
    tables
}

/// None for a network that parts nothing, and for a border around the page.
fn table(group: &[usize], rules: &[Rule], letter: f32, page: &PageImage) -> Option<Table> {
    let members: Vec<&Rule> = group.iter().map(|i| &rules[*i]).collect();
    let (level, upright) = dividers(lines(&members, false, letter), lines(&members, true, letter), letter);
    if level.len() + upright.len() < 3 || level.is_empty() || upright.is_empty() {
        return None;
    }
    let rect = rect_of(group, rules);
    let border = level.len() <= 2 && upright.len() <= 2 && rect.area() as f32 > PAGE_BORDER * (page.width() * page.height()) as f32;
    (!border).then_some(Table { rect, level, upright })
}

fn rect_of(group: &[usize], rules: &[Rule]) -> Rect {
    group.iter().map(|i| rules[*i].blob.rect).reduce(|a, b| a.union(&b)).unwrap_or_default()
}

/// Rules that meet, with those inside a network that wear cut off from it.
fn networks(groups: Vec<Vec<usize>>, rules: &[Rule], letter: f32) -> Vec<Vec<usize>> {
    let (alone, met): (Vec<Vec<usize>>, Vec<Vec<usize>>) = groups.into_iter().partition(|group| group.len() == 1);
    let mut parts = abutting(met, rules, letter);
    parts.sort_by_key(|group| -rect_of(group, rules).area());
    let mut whole: Vec<Vec<usize>> = Vec::new();
    for part in parts.into_iter().chain(alone) {
        let rect = rect_of(&part, rules);
        let around = |network: &Vec<usize>| grown(rect_of(network, rules), letter).intersection(&rect) == rect;
        match whole.iter().position(around) {
            Some(network) => whole[network].extend(part),
            None if part.len() > 1 => whole.push(part),
            None => {}
        }
    }
    whole
}

/// Joins networks of rules that stand side by side at one height: a table whose level rules are broken.
fn abutting(groups: Vec<Vec<usize>>, rules: &[Rule], letter: f32) -> Vec<Vec<usize>> {
    let mut joined: Vec<Vec<usize>> = Vec::new();
    for group in groups {
        match joined.iter().position(|other| are_abutting(other, &group, rules, letter)) {
            Some(other) => joined[other].extend(group),
            None => joined.push(group),
        }
    }
    joined
}

fn are_abutting(a: &[usize], b: &[usize], rules: &[Rule], letter: f32) -> bool {
    let (here, there) = (rect_of(a, rules), rect_of(b, rules));
    let shared = here.bottom.min(there.bottom) - here.top.max(there.top);
    let apart = (here.left.max(there.left) - here.right.min(there.right)) as f32;
    let widest = WORN_TABLE * here.union(&there).width() as f32;
    let beside = shared as f32 >= 0.8 * here.height().max(there.height()) as f32;
    beside && (apart <= 2.0 * letter || (apart <= widest && share_a_line(a, b, rules, widest, letter)))
}

/// Whether a level rule of one network lies on the straight line of one of the other.
fn share_a_line(a: &[usize], b: &[usize], rules: &[Rule], widest: f32, letter: f32) -> bool {
    let level = |group: &[usize]| group.iter().map(|i| &rules[*i]).filter(|rule| !rule.upright).collect::<Vec<&Rule>>();
    let others = level(b);
    level(a).iter().any(|rule| others.iter().any(|other| rule.is_in_line(other, widest, STRAY * letter)))
}

fn meet(a: &Rule, b: &Rule, letter: f32) -> bool {
    a.upright != b.upright && !grown(a.blob.rect, letter).intersection(&b.blob.rect).is_empty()
}

/// A rectangle with what meets it.
fn grown(rect: Rect, letter: f32) -> Rect {
    let reach = (letter * MEETING) as i32;
    Rect::new(rect.left - reach, rect.top - reach, rect.right + reach, rect.bottom + reach)
}

/// Rules of one direction, those on one straight line together, in order of place.
fn lines(members: &[&Rule], upright: bool, letter: f32) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for rule in members.iter().filter(|rule| rule.upright == upright) {
        if rule.slope().abs() > STEEPEST {
            continue;
        }
        let at = rule.middle();
        let place = rule.across(at);
        // Short pieces do not show their slope well, so that their own place counts too.
        let same = |line: &&mut Line| {
            let piece = line.nearest(at);
            let long = piece.length() > 8.0 * letter;
            (if long { piece.across(at) } else { line.place() } - place).abs() <= 1.3 * letter
        };
        match lines.iter_mut().find(same) {
            Some(line) => line.pieces.push((*rule).clone()),
            None => lines.push(Line { pieces: vec![(*rule).clone()] }),
        }
    }
    lines.sort_by(|a, b| a.place().total_cmp(&b.place()));
    lines
}

/// The lines that part cells: from a crossing line, or a good part of the way where they are worn. A signature's long stroke inside a cell is none.
fn dividers(level: Vec<Line>, upright: Vec<Line>, letter: f32) -> (Vec<Line>, Vec<Line>) {
    let parts = |line: &Line, crossing: &[Line]| {
        let (low, high) = line.reach();
        let (first, last) = crossing.iter().map(Line::place).fold((f32::MAX, f32::MIN), |(a, b), at| (a.min(at), b.max(at)));
        let ends = |along: f32| crossing.iter().any(|other| (other.place() - along).abs() <= 1.6 * letter);
        ends(low) || ends(high) || high - low >= 0.4 * (last - first)
    };
    let kept_level: Vec<bool> = level.iter().map(|line| parts(line, &upright)).collect();
    let kept_upright: Vec<bool> = upright.iter().map(|line| parts(line, &level)).collect();
    let keep = |lines: Vec<Line>, kept: Vec<bool>| lines.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(line, _)| line).collect();
    (keep(level, kept_level), keep(upright, kept_upright))
}

impl Line {
    /// Where the line begins and ends.
    fn reach(&self) -> (f32, f32) {
        self.pieces.iter().fold((f32::MAX, f32::MIN), |(low, high), rule| (low.min(rule.low()), high.max(rule.high())))
    }

    fn place(&self) -> f32 {
        self.pieces[0].across(self.pieces[0].middle())
    }

    fn nearest(&self, along: f32) -> &Rule {
        let away = |rule: &Rule| (rule.low() - along).max(along - rule.high()).max(0.0);
        self.pieces.iter().min_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or(&self.pieces[0])
    }

    /// Where the line passes `along`, if a piece of it is drawn there.
    fn across(&self, along: f32, slack: f32) -> Option<f32> {
        let drawn = |rule: &&Rule| (rule.low() - slack..=rule.high() + slack).contains(&along);
        self.pieces.iter().find(drawn).map(|rule| rule.across(along))
    }

    /// The same, drawn or worn off: what ends short of a `crossing` line was once drawn up to it.
    fn across_or_worn(&self, along: f32, crossing: &[Line], letter: f32) -> Option<f32> {
        if let Some(at) = self.across(along, letter) {
            return Some(at);
        }
        let end = self.pieces.iter().filter(|piece| piece.high() <= along).max_by(|a, b| a.high().total_cmp(&b.high()));
        let start = self.pieces.iter().filter(|piece| piece.low() >= along).min_by(|a, b| a.low().total_cmp(&b.low()));
        // Nothing crosses on the way from the drawn end to here.
        let goes_on = |from: f32, at: f32| {
            let (low, high) = (from.min(along) - MEETING * letter, from.max(along) + MEETING * letter);
            !crossing.iter().filter_map(|other| other.across(at, letter)).any(|cross| (low..high).contains(&cross))
        };
        let ends = [end.map(|piece| (piece, piece.high())), start.map(|piece| (piece, piece.low()))];
        ends.into_iter().flatten().find(|(piece, from)| goes_on(*from, piece.across(*from))).map(|(piece, _)| piece.across(along))
    }
}

impl Table {
    /// Row and column of the cell at a place: counted by the rules above it and to its left that are drawn there.
    pub fn cell(&self, x: f32, y: f32, letter: f32) -> Option<(u16, u16)> {
        let passes_x = |line: &Line| line.across_or_worn(x, &self.upright, letter);
        let passes_y = |line: &Line| line.across_or_worn(y, &self.level, letter);
        let row = self.level.iter().rposition(|line| passes_x(line).is_some_and(|at| at < y));
        let column = self.upright.iter().rposition(|line| passes_y(line).is_some_and(|at| at < x));
        let below = self.level.iter().any(|line| passes_x(line).is_some_and(|at| at >= y));
        let after = self.upright.iter().any(|line| passes_y(line).is_some_and(|at| at >= x));
        let sides = usize::from(row.is_some()) + usize::from(column.is_some()) + usize::from(below) + usize::from(after);
        (sides >= 2).then(|| (row.map_or(0, |row| row as u16), column.map_or(0, |column| column as u16)))
    }

    /// Whether a blob is what wear left of the border.
    pub fn is_residue(&self, blob: &Blob, letter: f32) -> bool {
        let (x, y) = blob.center();
        let reach = 3.0 * letter;
        let near = |lines: &[Line], along: f32, across: f32| {
            lines.iter().any(|line| line.across(along, reach).is_some_and(|at| (at - across).abs() <= 0.45 * letter))
        };
        let upright = blob.width() <= 0.4 * letter && blob.height() >= 1.5 * blob.width();
        let level = blob.height() <= 0.3 * letter && blob.width() >= 2.0 * blob.height();
        (upright && near(&self.upright, y, x)) || (level && near(&self.level, x, y))
    }
}
