//! Which found record is which true letter: the pairing of one source that keeps the order and agrees in most fields.

use crate::document::record::Record;

use super::statement::{Statement, statements};
use super::truth::TrueLetter;

/// One true letter, one found record, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pairing {
    /// Index among the source's true letters.
    pub truth: Option<usize>,
    /// Index among the source's found records.
    pub found: Option<usize>,
}

/// Every true letter and every found record once, in order.
pub fn align(letters: &[TrueLetter], records: &[Record]) -> Vec<Pairing> {
    let found: Vec<Vec<Statement>> = records.iter().map(statements).collect();
    let (rows, columns) = (letters.len(), records.len());
    let mut best = vec![vec![0.0; columns + 1]; rows + 1];
    let gain = |row: usize, column: usize| agreement(&letters[row], &records[column], &found[column]);
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let paired = best[row + 1][column + 1] + gain(row, column);
            best[row][column] = paired.max(best[row + 1][column]).max(best[row][column + 1]);
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < rows || column < columns {
        let both = row < rows && column < columns;
        if both && best[row][column] == best[row + 1][column + 1] + gain(row, column) {
            pairs.push(Pairing { truth: Some(row), found: Some(column) });
            (row, column) = (row + 1, column + 1);
        } else if column == columns || (row < rows && best[row][column] == best[row + 1][column]) {
            pairs.push(Pairing { truth: Some(row), found: None });
            row += 1;
        } else {
            pairs.push(Pairing { truth: None, found: Some(column) });
            column += 1;
        }
    }
    pairs
}

/// Fields that agree, and the share of pages in common; a little for any pair, so that letters are paired before they are given up.
fn agreement(letter: &TrueLetter, record: &Record, found: &[Statement]) -> f64 {
    let values = |said: &[Statement], field: &str| said.iter().filter(|s| s.field == field).map(|s| s.text.clone()).collect::<Vec<_>>();
    let fields = letter.asked.iter().filter(|field| values(&letter.statements, field) == values(found, field)).count();
    let pages = letter.pages.as_ref().map_or(0.0, |pages| {
        let common = pages.iter().filter(|page| record.source.pages.contains(page)).count();
        let all = pages.len() + record.source.pages.len() - common;
        common as f64 / all.max(1) as f64
    });
    fields as f64 + 5.0 * pages + 0.001
}
