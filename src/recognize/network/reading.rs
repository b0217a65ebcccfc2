//! What is kept of several readings of one line: with the pens over it and without them, at one glance and at five.

use super::super::mean_confidence;
use super::super::vote::{Voice, elect};
use crate::document::text::{Glyph, LineRegion, Reading, TextLine};
use crate::thai::digits;

/// Readings of a doubtful line that are kept beside the best.
pub const ALTERNATIVES: usize = 4;
/// A line whose every character is surer than this has no other reading worth keeping.
const SURE: f32 = 0.98;
/// A long line with a character less sure than this is looked at again.
const UNSURE: f32 = 0.7;
/// Lines of at most this many characters keep other readings even where no digit is in doubt.
const SHORT: usize = 40;

/// A line read, its letters as sure as if no pen ran over them.
pub struct Read {
    pub line: TextLine,
    /// How well the reading stands ([`value`](super::super::doubt::Weighed::value)).
    pub value: f64,
    /// Index of the view it was seen in.
    pub view: usize,
    /// Whether it reads the same with the pens over it and without them.
    pub through_pens: bool,
}

impl Read {
    /// The line with less trust in letters that a pen ran over.
    pub fn under_pens(mut self, region: &LineRegion) -> TextLine {
        let share = if self.through_pens { LineRegion::AGREED } else { LineRegion::GUESS };
        self.line.glyphs = region.doubted(self.line.glyphs, share);
        self.line.confidence = mean_confidence(self.line.glyphs.iter().map(|glyph| glyph.confidence));
        self.line
    }
}

/// Of a line that a pen ran over, read with the pen lifted off and with the pen in it, the reading that stands better; the other stays beside it.
pub fn clearer(lifted: Read, seen: Read) -> Read {
    let (mut best, other) = if seen.value > lifted.value { (seen, lifted) } else { (lifted, seen) };
    best.through_pens = other.line.text == best.line.text;
    keep_beside(&mut best.line, &other.line);
    best
}

/// Of the readings of one line the one that is closest to all, as sure as they agree; the others stay beside it.
pub fn settled(first: Read, others: Vec<Read>) -> Read {
    let mut reads: Vec<Read> = std::iter::once(first).chain(others).collect();
    let voices = |read: &Read| -> Vec<Voice> {
        read.line.text.chars().zip(&read.line.glyphs).map(|(letter, glyph)| Voice { letter, confidence: glyph.confidence }).collect()
    };
    let Some((elected, sure)) = elect(&reads.iter().map(voices).collect::<Vec<_>>()) else { return reads.remove(0) };
    let mut best = reads.remove(elected);
    best.line.glyphs.iter_mut().zip(sure).for_each(|(glyph, sure)| glyph.confidence = sure);
    reads.iter().rev().for_each(|read| keep_beside(&mut best.line, &read.line));
    best
}

/// The other reading stands first among the line's alternatives, where it says something new.
fn keep_beside(line: &mut TextLine, other: &TextLine) {
    if other.text == line.text || line.alternatives.iter().any(|reading| reading.text == other.text) {
        return;
    }
    line.alternatives.insert(0, Reading { text: other.text.clone(), confidence: other.confidence });
    line.alternatives.truncate(ALTERNATIVES);
}

/// Whether a line is worth looks that cost as much as the first: any doubt on a short line, more than a little on a long one.
pub fn doubtful(glyphs: &[Glyph]) -> bool {
    let enough = if glyphs.len() <= SHORT { SURE } else { UNSURE };
    glyphs.iter().any(|glyph| glyph.confidence < enough)
}

/// Short lines are labels, stamps and names, where any doubt counts; of long ones only doubt about digits, and about what nearly stood beside one.
pub fn wants_alternatives(text: &str, glyphs: &[Glyph]) -> bool {
    let digit: Vec<bool> = text.chars().map(digits::is_digit).collect();
    let at_digit = |index: usize| digit[index.saturating_sub(1)..(index + 2).min(digit.len())].contains(&true);
    glyphs.iter().enumerate().any(|(index, glyph)| glyph.confidence < SURE && (glyphs.len() <= SHORT || at_digit(index)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reading_that_stands_better_is_kept_and_the_other_stays_beside_it() {
        let glyphs = || vec![Glyph { left: 0, right: 9, confidence: 1.0 }, Glyph { left: 10, right: 19, confidence: 1.0 }];
        let read = |text: &str, value: f64| Read {
            line: TextLine { text: text.into(), glyphs: glyphs(), ..TextLine::default() },
            value,
            view: 0,
            through_pens: false,
        };
        let over = LineRegion { overwritten: vec![(10, 20)], ..LineRegion::default() };
        let best = clearer(read("(นาย มมติ)", -9.0), read("(นายสมมติ)", -2.0)).under_pens(&over);
        assert_eq!(best.text, "(นายสมมติ)");
        assert_eq!(best.alternatives[0].text, "(นาย มมติ)");
        let lifted = clearer(read("(นายสมมติ)", -2.0), read("(นายสมมติ)", -9.0)).under_pens(&over);
        assert!(lifted.alternatives.is_empty());
        let sure: Vec<f32> = lifted.glyphs.iter().map(|glyph| glyph.confidence).collect();
        assert_eq!(sure, [1.0, 0.75], "a letter under the pen that both looks agree on");
    }

    #[test]
    fn the_reading_of_most_looks_is_kept() {
        let read = |text: &str| {
            let glyphs = text.chars().map(|_| Glyph { left: 0, right: 9, confidence: 1.0 }).collect();
            Read { line: TextLine { text: text.into(), glyphs, ..TextLine::default() }, value: 0.0, view: 0, through_pens: true }
        };
        let kept = settled(read("กก"), vec![read("กวก"), read("กวก"), read("กลก")]);
        assert_eq!(kept.line.text, "กวก");
        assert_eq!(kept.line.glyphs.iter().map(|glyph| glyph.confidence).collect::<Vec<_>>(), [1.0, 0.5, 1.0]);
        let beside: Vec<&str> = kept.line.alternatives.iter().map(|reading| reading.text.as_str()).collect();
        assert_eq!(beside, ["กก", "กลก"]);
    }

    #[test]
    fn doubt_counts_everywhere_on_short_lines_and_at_digits_on_long_ones() {
        let glyphs = |text: &str, unsure: usize| -> Vec<Glyph> {
            (0..text.chars().count())
                .map(|index| Glyph { left: 0, right: 1, confidence: if index == unsure { 0.5 } else { 1.0 } })
                .collect()
        };
        let long = format!("{}๑๒", "ก".repeat(50));
        let wants = |text: &str, unsure: usize| wants_alternatives(text, &glyphs(text, unsure));
        assert!(wants("เรื่อง", 2) && !wants("เรื่อง", 99));
        assert!(!wants(&long, 20) && wants(&long, 49) && wants(&long, 51));
    }
}
