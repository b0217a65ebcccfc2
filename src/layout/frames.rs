//! Rules that meet make frames: a receiving stamp (ตราประทับรับหนังสือ, a box of about 5 × 2.5 cm) or a table ([`super::tables`]).

use crate::document::text::Role;
use crate::document::{PageImage, Rect};

use super::faint;
use super::ink::{Blob, Tint};
use super::rules::Rule;
use super::tables::{self, Table};

/// Smallest and largest receiving stamp, in inches.
const STAMP_WIDTH: (f32, f32) = (1.1, 3.6);
const STAMP_HEIGHT: (f32, f32) = (0.5, 2.1);

/// Stamps and tables of a page.
#[derive(Debug, Default)]
pub struct Frames {
    stamps: Vec<Stamp>,
    tables: Vec<Table>,
}

/// A receiving stamp.
#[derive(Debug)]
pub struct Stamp {
    pub rect: Rect,
    pub tint: Tint,
    /// Of its level rules and so of its lines: y over x, positive downwards.
    slope: f32,
}

pub fn find(rules: &[Rule], letter: f32, page: &PageImage) -> Frames {
    let mut frames = Frames::default();
    let rest = frames.take_stamps(rules, letter, page);
    // Only now: the edges of a whole stamp, followed further, would meet the leaders of the rows beside it.
    let rest = frames.take_stamps(&faint::follow(rest, &page.grey, letter), letter, page);
    frames.tables = tables::find(&rest, letter, page);
    frames.stamps.sort_by_key(|stamp| (stamp.rect.top, stamp.rect.left));
    frames
}

impl Frames {
    /// Boxes of a stamp's size with nothing drawn across them; gives back the rules that are in none.
    fn take_stamps(&mut self, rules: &[Rule], letter: f32, page: &PageImage) -> Vec<Rule> {
        let mut used = vec![false; rules.len()];
        let level: Vec<usize> = (0..rules.len()).filter(|i| !rules[*i].upright).collect();
        let pairs = level.iter().flat_map(|top| level.iter().map(move |bottom| (top, bottom)));
        for (top, bottom) in pairs {
            let rect = rules[*top].blob.rect.union(&rules[*bottom].blob.rect);
            let below = rules[*bottom].start.1 > rules[*top].start.1;
            if used[*top] || used[*bottom] || !below || !is_stamp(rect, page) || !spans_like(&rules[*top], &rules[*bottom], letter) {
                continue;
            }
            let sides: Vec<usize> = (0..rules.len()).filter(|i| !used[*i] && is_side(&rules[*i], rect, letter)).collect();
            if sides.is_empty() || goes_beyond(rules, rect, &sides, letter) || is_divided(rules, rect, &sides, letter) {
                continue;
            }
            let members: Vec<usize> = [*top, *bottom].into_iter().chain(sides).collect();
            let colored = members.iter().filter(|i| rules[**i].blob.tint != Tint::Dark).count() * 2 > members.len();
            let edges = [&rules[*top], &rules[*bottom]];
            let slope = edges.iter().map(|rule| (rule.end.1 - rule.start.1) / (rule.end.0 - rule.start.0).max(1.0)).sum::<f32>() / 2.0;
            let rect = members.iter().fold(rect, |rect, i| rect.union(&rules[*i].blob.rect));
            self.stamps.push(Stamp { rect, tint: if colored { Tint::Blue } else { Tint::Dark }, slope });
            members.iter().for_each(|i| used[*i] = true);
        }
        (0..rules.len()).filter(|i| !used[*i]).map(|i| rules[i].clone()).collect()
    }
}

/// Whether two level rules begin and end one above the other, as those of a box do; a stamp's tilt moves them a little.
fn spans_like(a: &Rule, b: &Rule, letter: f32) -> bool {
    let apart = (b.start.1 - a.start.1).abs();
    let slack = 1.2 * letter + 0.12 * apart;
    (a.start.0 - b.start.0).abs() <= slack && (a.end.0 - b.end.0).abs() <= slack && apart > 2.0 * letter
}

/// Whether an upright rule stands at the left or right side of a box.
fn is_at_side(rule: &Rule, rect: Rect, letter: f32) -> bool {
    let x = (rule.start.0 + rule.end.0) / 2.0;
    let slack = 1.2 * letter + 0.06 * rect.height() as f32;
    rule.upright && ((x - rect.left as f32).abs() <= slack || (x - rect.right as f32).abs() <= slack)
}

/// How much of an upright rule is beside the box, and how much beyond, in pixels.
fn beside_and_beyond(rule: &Rule, rect: Rect) -> (f32, f32) {
    let beside = rule.end.1.min(rect.bottom as f32) - rule.start.1.max(rect.top as f32);
    (beside, rule.end.1 - rule.start.1 - beside)
}

fn is_side(rule: &Rule, rect: Rect, letter: f32) -> bool {
    is_at_side(rule, rect, letter) && beside_and_beyond(rule, rect).0 >= 0.35 * rect.height() as f32
}

/// Whether the sides of a box run on above or below it: then it is a row of a table.
fn goes_beyond(rules: &[Rule], rect: Rect, sides: &[usize], letter: f32) -> bool {
    sides.iter().any(|i| beside_and_beyond(&rules[*i], rect).1 > 1.5 * letter)
}

/// Whether rules cross a box from side to side, as a table's do.
fn is_divided(rules: &[Rule], rect: Rect, sides: &[usize], letter: f32) -> bool {
    let (width, height) = (rect.width() as f32, rect.height() as f32);
    rules.iter().enumerate().filter(|(i, _)| !sides.contains(i)).any(|(_, rule)| {
        let inner = rule.blob.rect.intersection(&rect);
        let (x, y) = ((rule.start.0 + rule.end.0) / 2.0, (rule.start.1 + rule.end.1) / 2.0);
        if rule.upright {
            inner.height() as f32 > 0.8 * height && x > rect.left as f32 + 2.0 * letter && x < rect.right as f32 - 2.0 * letter
        } else {
            let within = y > rect.top as f32 + 0.2 * height && y < rect.bottom as f32 - 0.2 * height;
            within && inner.width() as f32 > 0.93 * width && rule.blob.rect.width() as f32 <= 1.1 * width
        }
    })
}

fn is_stamp(rect: Rect, page: &PageImage) -> bool {
    let (width, height) = (rect.width() as f32 / page.dpi, rect.height() as f32 / page.dpi);
    let sized = (STAMP_WIDTH.0..=STAMP_WIDTH.1).contains(&width) && (STAMP_HEIGHT.0..=STAMP_HEIGHT.1).contains(&height);
    sized && width > height * 1.1
}

impl Frames {
    /// What a blob belongs to by its place.
    pub fn role_of(&self, blob: &Blob, letter: f32) -> Role {
        let (x, y) = blob.center();
        if let Some(number) = self.stamps.iter().position(|stamp| holds(&stamp.rect, x, y)) {
            return Role::Stamp(number as u16);
        }
        let cells = self.tables.iter().enumerate().filter(|(_, table)| holds(&table.rect, x, y));
        cells
            .filter_map(|(number, table)| table.cell(x, y, letter).map(|(row, column)| Role::Cell { table: number as u16, row, column }))
            .next()
            .unwrap_or_default()
    }

    /// Whether a blob is what wear left of a table's border.
    pub fn is_residue(&self, blob: &Blob, letter: f32) -> bool {
        self.tables.iter().any(|table| table.is_residue(blob, letter))
    }

    pub fn stamps(&self) -> &[Stamp] {
        &self.stamps
    }

    /// Slope of lines of this role where they do not show their own.
    pub fn slope_of(&self, role: Role) -> f32 {
        match role {
            Role::Stamp(number) => self.stamps.get(usize::from(number)).map_or(0.0, |stamp| stamp.slope),
            _ => 0.0,
        }
    }

    pub fn tables(&self) -> impl Iterator<Item = Rect> {
        self.tables.iter().map(|table| table.rect)
    }

    /// The box that a role belongs to.
    pub fn rect_of(&self, role: Role) -> Option<Rect> {
        match role {
            Role::Text => None,
            Role::Stamp(number) => self.stamps.get(usize::from(number)).map(|stamp| stamp.rect),
            Role::Cell { table, .. } => self.tables.get(usize::from(table)).map(|table| table.rect),
        }
    }
}

fn holds(rect: &Rect, x: f32, y: f32) -> bool {
    x >= rect.left as f32 && x < rect.right as f32 && y >= rect.top as f32 && y < rect.bottom as f32
}
