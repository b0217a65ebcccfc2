//! A cell that seems to reach over several rows of its table, because the rule between them is worn off: its lines go to the rows that they are level
//! with. Only in the first column, where labels stand: further right a value may well stand below its label in a high cell.

use crate::document::text::Role;

use super::rows::Row;

/// White, in letter heights, that parts two cells where no rule does. The lines of one cell stand closer.
const APART: f32 = 2.0;

/// Gives every line of such a cell the row of the line at its right.
pub fn part(rows: &mut [Row]) {
    let mut order: Vec<usize> = (0..rows.len()).filter(|line| cell(&rows[*line]).is_some()).collect();
    order.sort_by_key(|line| rows[*line].baseline(rows[*line].middle()) as i32);
    let mut settled: Vec<Option<u16>> = rows.iter().map(|line| cell(line).map(|(_, row, _)| row)).collect();
    for (place, line) in order.iter().enumerate() {
        let Some(above) = order[..place].iter().rev().find(|other| cell(&rows[**other]) == cell(&rows[*line])) else { continue };
        let gap = rows[*line].rect.top - rows[*above].rect.bottom;
        let parted = gap as f32 > APART * rows[*line].height;
        settled[*line] = parted.then(|| row_at_right(rows, *line)).flatten().or(settled[*above]);
    }
    for (line, settled) in rows.iter_mut().zip(settled) {
        if let (Role::Cell { row, .. }, Some(settled)) = (&mut line.role, settled) {
            *row = settled;
        }
    }
}

/// The row, further down, of the line in the second column that a line of the first is level with.
fn row_at_right(rows: &[Row], line: usize) -> Option<u16> {
    let (table, row, 0) = cell(&rows[line])? else { return None };
    let beside = |other: &&Row| cell(other).is_some_and(|(of, below, column)| of == table && below > row && column == 1);
    rows.iter().filter(beside).find(|other| rows[line].is_level_with(other)).and_then(cell).map(|(_, row, _)| row)
}

fn cell(row: &Row) -> Option<(u16, u16, u16)> {
    match row.role {
        Role::Cell { table, row, column } => Some((table, row, column)),
        _ => None,
    }
}
