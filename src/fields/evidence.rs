//! From a span of a passage back to the paper: page, line, raw text, boxes, and how sure the reader was.

use std::ops::Range;

use crate::document::Rect;
use crate::document::letter::Line;
use crate::document::record::{Evidence, Signs};

use super::passage::Passage;

/// Where the bytes `span` of a passage stand. `confidence` is the reader's alone: the mean over the span. What the page says is not known here.
pub fn of(passage: &Passage, span: Range<usize>, rule: &str) -> Evidence {
    let mut raw = String::new();
    let mut boxes = Vec::new();
    let mut place = None;
    let mut sure = 0.0;
    let mut errors = 0.0;
    let mut parts = 0.0;
    for (line, part) in parts_of(passage, &span) {
        let bytes = line.raw_span(chars(&line.text, part));
        if !raw.is_empty() {
            raw.push('\n');
        }
        raw.push_str(line.raw.get(bytes.clone()).unwrap_or_default());
        boxes.extend(rect(line, &bytes));
        sure += confidence(line, &bytes);
        errors += line.letters(&bytes).map(|(_, confidence)| 1.0 - confidence).sum::<f32>();
        parts += 1.0;
        place = place.or(Some((line.page, line.number)));
    }
    let (page, line) = place.unwrap_or((0, 0));
    let confidence = if parts > 0.0 { sure / parts } else { 0.0 };
    let signs = Signs { sure: confidence, errors, page: 0.0, crossed: 0.0 };
    Evidence { page, boxes, line, raw, confidence, rule: rule.to_owned(), alternatives: Vec::new(), signs }
}

/// The reader's confidence in the worst letter, mark or digit of the span, 0–1.
pub fn worst_letter(passage: &Passage, span: Range<usize>) -> f32 {
    let told = |letter: char| !letter.is_whitespace() && !letter.is_ascii_punctuation();
    let parts = parts_of(passage, &span).map(|(line, part)| line.worst_letter(&line.raw_span(chars(&line.text, part)), told));
    parts.fold(1.0, f32::min)
}

/// Each line that the span touches, with the bytes of the line's text.
pub fn parts_of<'p, 'l>(passage: &'p Passage<'l>, span: &Range<usize>) -> impl Iterator<Item = (&'l Line, Range<usize>)> + use<'p, 'l> {
    let span = span.clone();
    passage.pieces.iter().filter_map(move |piece| {
        let start = span.start.max(piece.at);
        let end = span.end.min(piece.at + piece.len);
        (start < end).then(|| (piece.line, piece.from + start - piece.at..piece.from + end - piece.at))
    })
}

/// Bytes of a text as chars of it.
fn chars(text: &str, bytes: Range<usize>) -> Range<usize> {
    let start = text.get(..bytes.start).map_or(0, |before| before.chars().count());
    let length = text.get(bytes).map_or(0, |part| part.chars().count());
    start..start + length
}

/// The box of raw bytes of a line: from glyph to glyph where the reader gave them, else the whole line.
fn rect(line: &Line, bytes: &Range<usize>) -> Option<Rect> {
    let mut rect = line.rect?;
    let mut inside = line.glyphs.iter().zip(line.raw.char_indices()).filter(|(_, (at, _))| bytes.contains(at)).map(|(glyph, _)| glyph);
    if let Some(first) = inside.next() {
        let (left, right) = inside.fold((first.left, first.right), |(left, right), glyph| (left.min(glyph.left), right.max(glyph.right)));
        rect.left = left;
        rect.right = right;
    }
    Some(rect)
}

fn confidence(line: &Line, bytes: &Range<usize>) -> f32 {
    let (sum, count) = line.letters(bytes).fold((0.0, 0.0), |(sum, count), (_, confidence)| (sum + confidence, count + 1.0));
    if count > 0.0 { sum / count } else { line.confidence }
}
