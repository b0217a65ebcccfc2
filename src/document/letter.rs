//! A letter found in the pages: its lines, its kind, and which part of the form each line is.

use std::ops::Range;

use super::geometry::Rect;
use super::record::Kind;
use super::text::{Damage, Engine, Glyph, Reading, Role};

/// One line after repairs, with the way back to the raw text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// 1-based page of the file.
    pub page: u32,
    /// 1-based line of the page's text (`pages.ndjson`).
    pub number: u32,
    /// Repaired text: what rules match on. Digits are as printed.
    pub text: String,
    /// As the reader gave it.
    pub raw: String,
    /// For each `char` of `text`, the byte range of `raw` it stands for.
    pub map: Vec<Range<usize>>,
    /// What was repaired, e.g. `ํา → ำ`; empty when `text == raw`.
    pub repairs: Vec<Repair>,
    /// Set off from the line before it: a blank line, a wider gap, a new page. Blank lines themselves do not come this far.
    pub starts_block: bool,
    pub rect: Option<Rect>,
    /// 0–1.
    pub confidence: f32,
    pub role: Role,
    /// One per `char` of `raw`, or empty.
    pub glyphs: Vec<Glyph>,
    pub alternatives: Vec<Reading>,
    pub engine: Engine,
}

impl Line {
    /// A line with nothing on it.
    pub fn blank() -> Line {
        Line {
            page: 1,
            number: 1,
            text: String::new(),
            raw: String::new(),
            map: Vec::new(),
            repairs: Vec::new(),
            starts_block: false,
            rect: None,
            confidence: 1.0,
            role: Role::Text,
            glyphs: Vec::new(),
            alternatives: Vec::new(),
            engine: Engine::Transcribed,
        }
    }

    /// Bytes of `raw` that the chars `range` of `text` stand for.
    pub fn raw_span(&self, range: Range<usize>) -> Range<usize> {
        let covered = self.map.get(range).unwrap_or_default();
        let start = covered.iter().map(|span| span.start).min().unwrap_or(0);
        let end = covered.iter().map(|span| span.end).max().unwrap_or(start);
        start..end
    }

    /// The letters, marks and digits within `bytes` of `raw`, each with the reader's confidence, 0–1, where it gave one.
    pub fn letters(&self, bytes: &Range<usize>) -> impl Iterator<Item = (char, f32)> {
        let inside =
            self.glyphs.iter().zip(self.raw.char_indices()).filter(|(_, (at, letter))| bytes.contains(at) && !letter.is_whitespace());
        inside.map(|(glyph, (_, letter))| (letter, glyph.confidence))
    }

    /// The reader's confidence, 0–1, in the worst of the letters within `bytes` of `raw` that `counts`; 1 when none has one of its own. One
    /// wrong letter in a long text is lost in the mean.
    pub fn worst_letter(&self, bytes: &Range<usize>, counts: impl Fn(char) -> bool) -> f32 {
        self.letters(bytes).filter(|(letter, _)| counts(*letter)).map(|(_, confidence)| confidence).fold(1.0, f32::min)
    }

    /// The chars `range` of this line as a line of its own: same number, same raw text, its own part of the map.
    ///
    /// Two columns that a reader fused come apart this way.
    pub fn part(&self, range: Range<usize>) -> Line {
        let text: String = self.text.chars().skip(range.start).take(range.len()).collect();
        let map = self.map.get(range).unwrap_or_default().to_vec();
        Line { text, map, ..self.clone() }
    }
}

/// One change that normalization made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Stable name, e.g. `marks.sara_am`.
    pub rule: &'static str,
    /// Byte range of the raw line.
    pub raw: Range<usize>,
}

/// A page after normalization.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadPage {
    pub page: u32,
    /// Pixels; 0 without an image.
    pub width: u32,
    pub height: u32,
    pub dpi: f32,
    pub lines: Vec<Line>,
    /// Where receiving stamps lie, in pixels of the page.
    pub stamps: Vec<Rect>,
    pub second: Option<Box<ReadPage>>,
    pub damage: Vec<Damage>,
}

impl ReadPage {
    /// A page of which nothing is known but its number: it could not be read, and is not lost.
    pub fn empty(page: u32) -> Self {
        ReadPage { page, width: 0, height: 0, dpi: 0.0, lines: Vec::new(), stamps: Vec::new(), second: None, damage: Vec::new() }
    }
}

/// The part of the form that a line is (domain: external letter, top to bottom).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Zone {
    /// Receiving stamps, wherever they stand.
    Stamp,
    /// ชั้นความเร็ว, ชั้นความลับ, ที่, sender, date, เรื่อง, เรียน, อ้างถึง, สิ่งที่ส่งมาด้วย.
    Head,
    Body,
    /// คำลงท้าย, name, post.
    Closing,
    /// ส่วนราชการเจ้าของเรื่อง, telephone, e-mail.
    Footer,
    /// Page numbers, catchwords, handwriting remains: belongs to no value.
    Noise,
}

/// One letter: consecutive lines of a bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    pub kind: Kind,
    /// How sure the kind is, 0–1, and the rule that said so.
    pub kind_confidence: f32,
    pub kind_rule: &'static str,
    /// 1-based pages of the file.
    pub pages: Vec<u32>,
    /// In reading order, with the zone of each.
    pub lines: Vec<(Zone, Line)>,
    /// For annexes and forms: index, in the bundle, of the letter that they came with.
    pub part_of: Option<usize>,
}
