//! A line while it is being repaired: every character knows which bytes of the raw line it stands for.

use std::ops::Range;

use crate::document::letter::Repair;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub char: char,
    start: usize,
    end: usize,
}

/// Chars `range` of the draft give way to `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub range: Range<usize>,
    pub text: String,
}

impl Edit {
    pub fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Edit { range, text: text.into() }
    }

    pub fn delete(range: Range<usize>) -> Self {
        Edit { range, text: String::new() }
    }
}

#[derive(Debug)]
pub struct Draft {
    pub pieces: Vec<Piece>,
    pub repairs: Vec<Repair>,
}

impl Draft {
    pub fn new(raw: &str) -> Self {
        let pieces = raw.char_indices().map(|(at, char)| Piece { char, start: at, end: at + char.len_utf8() }).collect();
        Draft { pieces, repairs: Vec::new() }
    }

    pub fn char(&self, index: usize) -> Option<char> {
        self.pieces.get(index).map(|piece| piece.char)
    }

    /// Makes `edits` (in order, not overlapping, none of them empty on both sides) and records each.
    ///
    /// A replacement as long as what it replaces keeps the map char by char; any other stands as a whole for the whole.
    pub fn apply(&mut self, rule: &'static str, edits: Vec<Edit>) {
        if edits.is_empty() {
            return;
        }
        let old = std::mem::take(&mut self.pieces);
        self.pieces.reserve(old.len());
        let mut done = 0;
        for Edit { range, text } in edits {
            let Some(replaced) = old.get(range.clone()) else { continue };
            let (Some(first), Some(last)) = (replaced.first(), replaced.last()) else { continue };
            self.pieces.extend_from_slice(&old[done..range.start]);
            done = range.end;
            let whole = first.start.min(last.start)..last.end.max(first.end);
            let same_length = text.chars().count() == replaced.len();
            for (index, char) in text.chars().enumerate() {
                let span = if same_length { replaced[index].start..replaced[index].end } else { whole.clone() };
                self.pieces.push(Piece { char, start: span.start, end: span.end });
            }
            self.repairs.push(Repair { rule, raw: whole });
        }
        self.pieces.extend_from_slice(&old[done..]);
    }

    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.char).collect()
    }

    pub fn map(&self) -> Vec<Range<usize>> {
        self.pieces.iter().map(|piece| piece.start..piece.end).collect()
    }
}
