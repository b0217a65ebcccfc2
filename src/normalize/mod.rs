//! Page text in, repaired lines out, each with the way back to what the reader gave.

use crate::document::letter::{Line, ReadPage};
use crate::document::text::PageText;

/// Repairs every line of a page.
pub fn page(page: &PageText) -> ReadPage {
    ReadPage {
        page: page.page,
        width: page.width,
        height: page.height,
        dpi: page.dpi,
        lines: page
            .lines
            .iter()
            .enumerate()
            .map(|(index, line)| Line {
                page: page.page,
                number: index as u32 + 1,
                text: line.text.clone(),
                raw: line.text.clone(),
                map: line.text.char_indices().map(|(at, c)| at..at + c.len_utf8()).collect(),
                repairs: Vec::new(),
                starts_block: index == 0,
                rect: line.rect,
                confidence: line.confidence,
                role: line.role,
                glyphs: line.glyphs.clone(),
                alternatives: line.alternatives.clone(),
                engine: page.engine,
            })
            .collect(),
        second: page.second.as_deref().map(|second| Box::new(self::page(second))),
        doubts: page.doubts.clone(),
    }
}
