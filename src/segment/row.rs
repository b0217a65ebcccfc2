//! A line on its way into a letter, with what its own words say.

use crate::document::letter::{Line, ReadPage};
use crate::document::text::Role;

use super::cue::{self, Cue};
use super::{column, stamp};

#[derive(Debug)]
pub struct Row {
    pub line: Line,
    pub cue: Cue,
    /// The receiving stamp that it belongs to.
    pub stamp: Option<u16>,
    /// The first row of its page.
    pub opens_page: bool,
    /// Length of the text in chars.
    pub length: usize,
}

impl Row {
    pub fn in_table(&self) -> bool {
        matches!(self.line.role, Role::Cell { .. })
    }

    pub fn text(&self) -> &str {
        &self.line.text
    }

    /// The line, with the role that was found for it.
    pub fn finish(mut self) -> Line {
        if let Some(stamp) = self.stamp {
            self.line.role = Role::Stamp(stamp);
        }
        self.line
    }

    /// Stamps, levels, page numbers and rules: nothing that a letter is told by.
    pub fn is_aside(&self) -> bool {
        self.stamp.is_some() || matches!(self.cue, Cue::Level | Cue::PageNumber | Cue::Rule | Cue::Sample | Cue::Catchword)
    }
}

fn push(line: Line, rows: &mut Vec<Row>, first: usize) {
    let (cue, length) = (cue::of(&line.text), line.text.chars().count());
    rows.push(Row { line, cue, stamp: None, opens_page: rows.len() == first, length });
}

/// State enterprises call a memo บันทึก, with จาก, ถึง and เรื่อง straight below; elsewhere the word is none.
fn short_memo_titles(rows: &mut [Row]) {
    const REACH: usize = 5;
    for at in 0..rows.len() {
        let below = &rows[at + 1..rows.len().min(at + 1 + REACH)];
        let says = |word: &str| below.iter().any(|row| row.text().starts_with(word));
        if rows[at].text() == "บันทึก" && says("จาก ") && says("เรื่อง") {
            rows[at].cue = Cue::MemoTitle;
        }
    }
}

/// A row of running text that cannot end where it does: `… ถึงวันศุกร์ที่`.
fn is_unfinished(row: &Row) -> bool {
    const LABEL: usize = 20;
    let text = row.text();
    let weekday = text.rfind("วัน").is_some_and(|day| text[day..].ends_with("ที่") && !text[day..].contains(' '));
    row.length > LABEL && (weekday || [" ที่", "ถึง"].iter().any(|word| text.ends_with(word)))
}

/// The rows of a bundle, fused columns apart, stamps marked.
pub fn rows(pages: &[ReadPage]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(pages.iter().map(|page| page.lines.len()).sum());
    for page in pages {
        let before = rows.len();
        // The owner's block to the left of the signature's is read after it.
        let mut owner: Vec<Line> = Vec::new();
        for line in stamp::without_levels(&page.lines) {
            let titled = rows.last().is_some_and(|above| above.cue == Cue::OrderTitle);
            let goes_on = cue::of(&line.text) == Cue::Other && rows.last().is_some_and(is_unfinished);
            let mut parts = if goes_on { vec![line] } else { column::split(line, titled) };
            if column::is_owner_beside_signature(&parts) {
                owner.push(parts.remove(0));
            } else {
                owner.drain(..).for_each(|line| push(line, &mut rows, before));
            }
            parts.into_iter().for_each(|line| push(line, &mut rows, before));
        }
        owner.into_iter().for_each(|line| push(line, &mut rows, before));
        stamp::column_by_column(&mut rows[before..]);
    }
    short_memo_titles(&mut rows);
    stamp::mark(&mut rows);
    rows
}
