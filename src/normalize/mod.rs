//! Page text in, repaired lines out, each with the way back to what the reader gave.
//!
//! Repairs are made once, here, so that every rule behind sees one spelling. None of them touches a digit of a number or a date.

mod draft;
mod labels;
mod leaders;
mod marks;
mod markup;

use crate::document::letter::{Line, ReadPage};
use crate::document::text::{Engine, PageText, TextLine};

use draft::Draft;

/// The repairs, in the order they are made.
const REPAIRS: &[fn(&mut Draft)] =
    &[marks::characters, marks::detached, marks::sara_ae, marks::order, leaders::leaders, leaders::spaces, labels::labels];

/// Repairs every line of a page and leaves blank ones out.
pub fn page(page: &PageText) -> ReadPage {
    let mut lines: Vec<Line> = Vec::with_capacity(page.lines.len());
    let mut blank_before = true;
    for (index, text_line) in page.lines.iter().enumerate() {
        let mut line = line(page, text_line);
        if line.text.is_empty() {
            blank_before = true;
            continue;
        }
        line.number = index as u32 + 1;
        line.starts_block = blank_before || lines.last().is_some_and(|before| wide_gap(before, &line));
        blank_before = false;
        lines.push(line);
    }
    ReadPage {
        page: page.page,
        width: page.width,
        height: page.height,
        dpi: page.dpi,
        lines,
        second: page.second.as_deref().map(|second| Box::new(self::page(second))),
        doubts: page.doubts.clone(),
    }
}

fn line(page: &PageText, line: &TextLine) -> Line {
    let mut draft = Draft::new(&line.text);
    if page.engine == Engine::Transcribed {
        markup::markup(&mut draft);
    }
    for repair in REPAIRS {
        repair(&mut draft);
    }
    Line {
        page: page.page,
        number: 0,
        text: draft.text(),
        raw: line.text.clone(),
        map: draft.map(),
        repairs: draft.repairs,
        starts_block: false,
        rect: line.rect,
        confidence: line.confidence,
        role: line.role,
        glyphs: line.glyphs.clone(),
        alternatives: line.alternatives.clone(),
        engine: page.engine,
    }
}

/// More white between two lines than the lines are high.
fn wide_gap(above: &Line, below: &Line) -> bool {
    match (above.rect, below.rect) {
        (Some(above), Some(below)) => below.top - above.bottom > above.height().min(below.height()),
        _ => false,
    }
}
