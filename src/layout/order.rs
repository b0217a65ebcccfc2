//! The order that a clerk reads a page in: from top to bottom, on one level from left to right; a table as a whole, stamps last.

use crate::document::text::Role;

use super::frames::Frames;
use super::rows::Row;

/// Rows in reading order.
pub fn reading_order(rows: Vec<Row>, frames: &Frames) -> Vec<Row> {
    let mut units: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        match units.iter_mut().find(|unit| unit[0].role != Role::Text && whole(unit[0].role) == whole(row.role)) {
            Some(unit) => unit.push(row),
            None => units.push(vec![row]),
        }
    }
    for unit in &mut units {
        unit.sort_by_key(|row| (cell(row.role), row.baseline(row.middle()) as i32, row.rect.left));
    }
    let top = |unit: &[Row]| frames.rect_of(unit[0].role).map_or_else(|| unit[0].body_top(unit[0].middle()) as i32, |rect| rect.top);
    units.sort_by_key(|unit| (matches!(unit[0].role, Role::Stamp(_)), top(unit), unit[0].rect.left));
    level_from_left(&mut units);
    end_blocks(&mut units);
    units.into_iter().flatten().collect()
}

fn whole(role: Role) -> Option<(bool, u16)> {
    match role {
        Role::Text => None,
        Role::Stamp(number) => Some((true, number)),
        Role::Cell { table, .. } => Some((false, table)),
    }
}

fn cell(role: Role) -> (u16, u16) {
    match role {
        Role::Cell { row, column, .. } => (row, column),
        _ => (0, 0),
    }
}

/// Text rows that stand on one level follow each other from left to right.
fn level_from_left(units: &mut [Vec<Row>]) {
    let mut start = 0;
    while start < units.len() {
        let mut end = start + 1;
        while end < units.len() && is_level(&units[end - 1], &units[end]) {
            end += 1;
        }
        units[start..end].sort_by_key(|unit| unit[0].rect.left);
        start = end;
    }
}

/// What goes on with the block above it comes before a block that begins to its left: the post under a signatory's name before the office beside it.
fn end_blocks(units: &mut [Vec<Row>]) {
    for here in 1..units.len() {
        let Some(above) = (0..here).rev().find(|above| goes_on(&units[*above], &units[here])) else { continue };
        let between = &units[above + 1..here];
        let aside = |unit: &Vec<Row>| unit[0].role == Role::Text && unit[0].rect.right < units[here][0].rect.left;
        let begins = |unit: &Vec<Row>| !units[..=above].iter().any(|other| goes_on(other, unit) || is_level(other, unit));
        if between.first().is_some_and(begins) && between.iter().all(aside) {
            units[above + 1..=here].rotate_right(1);
        }
    }
}

/// Whether one line follows another on the next row, beginning or centered where that does.
fn goes_on(upper: &[Row], lower: &[Row]) -> bool {
    /// Furthest distance of two baselines, in letter heights.
    const NEXT: f32 = 4.0;
    let (a, b) = (&upper[0], &lower[0]);
    let height = a.height.max(b.height);
    let down = b.baseline(b.middle()) - a.baseline(a.middle());
    let aligned = (a.rect.left - b.rect.left).abs() as f32 <= height || (a.middle() - b.middle()).abs() <= 1.5 * height;
    a.role == Role::Text && b.role == Role::Text && aligned && (height..NEXT * height).contains(&down)
}

fn is_level(a: &[Row], b: &[Row]) -> bool {
    a[0].role == Role::Text && b[0].role == Role::Text && (a[0].is_level_with(&b[0]) || a[0].is_beside(&b[0]))
}
