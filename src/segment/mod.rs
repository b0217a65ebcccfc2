//! Pages in, letters out: where one letter ends and the next begins, what kind each is, and which part of the form each line is.

use crate::document::letter::{Letter, ReadPage, Zone};
use crate::document::record::Kind;

/// The letters of a bundle, in page order. Every line lands in exactly one letter.
pub fn letters(pages: &[ReadPage]) -> Vec<Letter> {
    vec![Letter {
        kind: Kind::Other,
        kind_confidence: 0.0,
        kind_rule: "kind.none",
        pages: pages.iter().map(|page| page.page).collect(),
        lines: pages.iter().flat_map(|page| page.lines.iter().map(|line| (Zone::Body, line.clone()))).collect(),
        part_of: None,
    }]
}
