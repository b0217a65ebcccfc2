//! The text of a page as a reader saw it: lines with boxes and confidences, in reading order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::geometry::Rect;

/// Where one line of text stands on the upright page, before it is read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineRegion {
    /// The line's whole band: letters with their marks above and below.
    pub rect: Rect,
    /// Degrees that the baseline rises to the right, relative to the page (stamps are often tilted).
    pub tilt: f32,
    pub role: Role,
    /// Row that letters stand on in the middle of `rect`, pixels.
    pub baseline: f32,
    /// Height of consonants without marks, pixels.
    pub letter_height: f32,
    /// Strips inside `rect` with ink of other lines, of rules, leaders and pictures ([`PageImage::line`](super::PageImage::line) paints them over).
    pub foreign: Vec<Rect>,
    /// Strips with ink of pens that signed across the letters; painted over too, and with them what they hid or took along of the letters.
    pub pens: Vec<Rect>,
    /// Whether red ink runs over black letters, so that they are read from the red channel, where red ink is white.
    pub under_red: bool,
    /// Columns, left and right in pixels, where a pen ran over the letters: what is read there is a guess.
    pub overwritten: Vec<(i32, i32)>,
}

impl LineRegion {
    /// What a letter that a pen ran over counts of what the reader says: a guess; if it reads the same with the stroke and without it, rather more.
    pub const GUESS: f32 = 0.5;
    pub const AGREED: f32 = 0.75;

    /// The glyphs read, those that a pen ran over only `share` as sure; which of them the reader doubts itself still shows.
    pub fn doubted(&self, mut glyphs: Vec<Glyph>, share: f32) -> Vec<Glyph> {
        let under_pen = |glyph: &Glyph| self.overwritten.iter().any(|(left, right)| *left < glyph.right && *right > glyph.left);
        glyphs.iter_mut().filter(|glyph| under_pen(glyph)).for_each(|glyph| glyph.confidence *= share);
        glyphs
    }

    /// The line with the pens that ran over it, where any did: a reader may see through a stroke what lifting it off tore.
    pub fn under_pens(&self) -> Option<LineRegion> {
        let written_over = !self.overwritten.is_empty() && !self.pens.is_empty();
        written_over.then(|| LineRegion { pens: Vec::new(), ..self.clone() })
    }

    /// Width and height of the line's band along its own tilt, pixels.
    pub fn size(&self) -> (f32, f32) {
        let (width, height) = (self.rect.width() as f32, self.rect.height() as f32);
        let rise = width * self.tilt.to_radians().tan().abs();
        (width / self.tilt.to_radians().cos(), (height - rise).max(1.8 * self.letter_height).min(height))
    }

    /// The band's corners on the page, clockwise from the top left.
    pub fn corners(&self) -> [(f32, f32); 4] {
        let (sin, cos) = self.tilt.to_radians().sin_cos();
        let (width, height) = self.size();
        let center = ((self.rect.left + self.rect.right) as f32 / 2.0, (self.rect.top + self.rect.bottom) as f32 / 2.0);
        [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map(|(u, v)| {
            let (du, dv) = (u * width, v * height);
            (center.0 + du * cos + dv * sin, center.1 - du * sin + dv * cos)
        })
    }
}

/// What a line belongs to. Numbers tell two stamps or two tables of a page apart, from 0 in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Running text of the page.
    #[default]
    Text,
    /// Inside a receiving stamp (ตราประทับรับหนังสือ).
    Stamp(u16),
    /// In a cell of a ruled table.
    Cell { table: u16, row: u16, column: u16 },
}

impl Role {
    pub fn is_text(&self) -> bool {
        *self == Role::Text
    }

    /// Table, row and column of a cell.
    pub fn cell(&self) -> Option<(u16, u16, u16)> {
        match *self {
            Role::Cell { table, row, column } => Some((table, row, column)),
            _ => None,
        }
    }
}

/// Ink that is not text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Furniture {
    pub kind: FurnitureKind,
    #[serde(rename = "box")]
    pub rect: Rect,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FurnitureKind {
    /// ครุฑ or another emblem.
    Emblem,
    /// The frame of a receiving stamp.
    Stamp,
    Signature,
    QrCode,
    /// A drawn rule or leader.
    Rule,
    /// The borders of a table.
    Table,
    Picture,
    /// Dirt, holes, scanner edges.
    Blemish,
}

/// Lines and furniture of one page, lines in reading order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageLayout {
    pub lines: Vec<LineRegion>,
    pub furniture: Vec<Furniture>,
}

/// One line as it was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TextLine {
    pub text: String,
    /// None for text that came in already transcribed.
    #[serde(rename = "box", default)]
    pub rect: Option<Rect>,
    /// 0–1; what the reader believes of the whole line. 1 for transcribed text.
    pub confidence: f32,
    #[serde(default, skip_serializing_if = "Role::is_text")]
    pub role: Role,
    /// One per `char` of `text` where the reader knows; else empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub glyphs: Vec<Glyph>,
    /// Other readings of the whole line, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Reading>,
}

/// Where a character stands on its line, and how sure the reader is. Written in JSON as `[left, right, confidence]`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "(i32, i32, f32)", into = "(i32, i32, f32)")]
pub struct Glyph {
    /// Pixels of the page.
    pub left: i32,
    pub right: i32,
    /// 0–1.
    pub confidence: f32,
}

impl From<(i32, i32, f32)> for Glyph {
    fn from((left, right, confidence): (i32, i32, f32)) -> Self {
        Glyph { left, right, confidence }
    }
}

impl From<Glyph> for (i32, i32, f32) {
    fn from(glyph: Glyph) -> Self {
        (glyph.left, glyph.right, glyph.confidence)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    pub text: String,
    /// 0–1.
    pub confidence: f32,
}

/// Who read a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Engine {
    /// saraban's own reader.
    Network,
    Tesseract,
    /// The text layer of a born-digital PDF page.
    Embedded,
    /// Text that came in already transcribed.
    Transcribed,
}

impl Engine {
    /// Whether the engine can output all ten Thai numerals. Tesseract's Thai models lack ๔ ๖ ๗ ๘ ๙ and put other digits there.
    pub fn reads_all_thai_digits(&self) -> bool {
        *self != Engine::Tesseract
    }
}

/// One page's text, in reading order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageText {
    /// 1-based number in the file.
    pub page: u32,
    /// Pixels of the upright page image; 0 for transcribed text.
    pub width: u32,
    pub height: u32,
    pub dpi: f32,
    /// Degrees that the page was turned clockwise to stand upright.
    pub rotation: u16,
    pub lines: Vec<TextLine>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub furniture: Vec<Furniture>,
    pub engine: Engine,
    /// A second reading of the same page (the file's text layer, another engine), for cross-checks only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<Box<PageText>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub damage: Vec<Damage>,
}

impl PageText {
    /// A page of which nothing but its lines is known.
    pub fn of_lines(page: u32, engine: Engine, lines: Vec<TextLine>) -> PageText {
        PageText {
            page,
            width: 0,
            height: 0,
            dpi: 0.0,
            rotation: 0,
            lines,
            furniture: Vec::new(),
            engine,
            second: None,
            damage: Vec::new(),
        }
    }
}

/// What is broken about the file of a page that could be read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// The picture ends early: the lower part of the page may be missing.
    PictureCutOff,
    /// Rows of a fax are damaged or missing.
    FaxRows,
    /// The file ends early: later pages may be missing.
    FileCutOff,
}
