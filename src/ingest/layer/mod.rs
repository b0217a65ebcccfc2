//! A PDF's own words → the text layer of its page, and whether it may be believed.
//!
//! The hard thing is that a layer can say what the page does not show: hidden OCR full of garbage, words in white or outside the sheet, a
//! font that draws 2 as ๒. A layer is trusted only where nothing speaks against it; otherwise the page is read from its picture and the
//! layer stays as a second reading, without the words that have no ink under them.

mod doubts;

use image::GrayImage;

use crate::document::PageImage;
use crate::document::geometry::Rect;
use crate::document::image::TextLayer;
use crate::document::text::{Engine, Glyph, PageText, TextLine};
use crate::thai::confusion::is_mark;

use super::pdf::place::Area;

/// One character that a file claims, in pixels of the page's picture.
#[derive(Debug, Clone)]
pub struct Character {
    pub text: char,
    /// The glyph's own box.
    pub tight: Area,
    /// y of the line it stands on.
    pub baseline: f64,
    /// Height of the font's line.
    pub em: f64,
    pub font: String,
    /// False for text that is there to be searched, not seen.
    pub drawn: bool,
    /// Whether it runs in another direction than to the right.
    pub turned: bool,
    /// Whether the file has a blank before it.
    pub after_blank: bool,
}

/// Confidence of a line of a layer that is not trusted.
const DOUBTED: f32 = 0.5;

/// The layer of a page, or None where there are no words with ink under them.
///
/// `page_holds_image`: the page shows an image, so the layer cannot be all that is on it.
pub fn of(characters: Vec<Character>, page: u32, image: &PageImage, page_holds_image: bool) -> Option<TextLayer> {
    let claimed = characters.iter().filter(|character| !character.text.is_whitespace()).count();
    let shown = with_ink(characters, &image.grey);
    if shown.is_empty() {
        return None;
    }
    let rows = rows(&shown);
    let mut doubts = doubts::of(&shown, &rows, &image.grey);
    if shown.len() < claimed {
        doubts.push(format!("the text layer holds {} characters that the page does not show", claimed - shown.len()));
    }
    if page_holds_image {
        doubts.push("the page holds an image".to_owned());
    }
    let trusted = doubts.is_empty();
    let confidence = if trusted { 1.0 } else { DOUBTED };
    let text = PageText {
        width: image.width(),
        height: image.height(),
        dpi: image.dpi,
        ..PageText::of_lines(page, Engine::Embedded, rows.iter().map(|row| line(row, confidence)).collect())
    };
    Some(TextLayer { text, trusted, doubts })
}

/// Leaves out blanks, and words most of whose characters have no ink under them.
fn with_ink(characters: Vec<Character>, grey: &GrayImage) -> Vec<Character> {
    let mut kept = Vec::with_capacity(characters.len());
    let mut word: Vec<Character> = Vec::new();
    let mut settle = |word: &mut Vec<Character>| {
        let inked = word.iter().filter(|character| has_ink(&character.tight, grey)).count();
        if 2 * inked > word.len() {
            kept.append(word);
        }
        word.clear();
    };
    let mut after_blank = false;
    for mut character in characters {
        if character.text.is_whitespace() {
            after_blank = true;
            continue;
        }
        if after_blank || word.last().is_some_and(|last| parts(last, &character)) {
            settle(&mut word);
        }
        character.after_blank = std::mem::take(&mut after_blank);
        word.push(character);
    }
    settle(&mut word);
    kept
}

/// Whether two characters that follow each other in the file stand apart on the page.
fn parts(last: &Character, next: &Character) -> bool {
    (last.baseline - next.baseline).abs() > 0.3 * last.em || next.tight.left - last.tight.right > WORD_GAP * last.em
}

/// Gaps in parts of the line height: between words where the file has no blank, between columns.
const WORD_GAP: f64 = 0.2;
const COLUMN_GAP: f64 = 2.5;

/// Whether anything in the box stands out from its ground: at least this many levels of 255.
const CONTRAST: u8 = 48;

fn has_ink(area: &Area, grey: &GrayImage) -> bool {
    let (low, high) = samples(area, grey).fold((u8::MAX, u8::MIN), |(low, high), sample| (low.min(sample), high.max(sample)));
    high.saturating_sub(low) >= CONTRAST
}

/// The pixels of a box with one more around it; none where it lies off the page.
fn samples<'a>(area: &Area, grey: &'a GrayImage) -> impl Iterator<Item = u8> + use<'a> {
    let rect = rect(area).intersection(&Rect::new(0, 0, grey.width() as i32, grey.height() as i32));
    let Rect { left, top, right, bottom } = if rect.is_empty() { Rect::default() } else { rect };
    let width = grey.width() as usize;
    (top as usize..bottom as usize).flat_map(move |y| grey.as_raw()[y * width + left as usize..y * width + right as usize].iter().copied())
}

fn rect(area: &Area) -> Rect {
    let whole = |side: f64| side.clamp(-1e6, 1e6) as i32;
    Rect::new(whole(area.left.floor()) - 1, whole(area.top.floor()) - 1, whole(area.right.ceil()) + 1, whole(area.bottom.ceil()) + 1)
}

/// Characters of each line piece in reading order; columns of one row are pieces of their own.
fn rows(characters: &[Character]) -> Vec<Vec<&Character>> {
    let mut runs: Vec<Vec<&Character>> = Vec::new();
    for character in characters {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| follows(last, character)) => run.push(character),
            _ => runs.push(vec![character]),
        }
    }
    runs.sort_by(|one, other| one[0].baseline.total_cmp(&other[0].baseline));
    let mut rows: Vec<Vec<Vec<&Character>>> = Vec::new();
    for run in runs {
        match rows.last_mut() {
            Some(row) if (row[0][0].baseline - run[0].baseline).abs() < 0.3 * row[0][0].em.min(run[0].em) => row.push(run),
            _ => rows.push(vec![run]),
        }
    }
    rows.into_iter().flat_map(pieces).collect()
}

/// Whether the next character of the file goes on where the last one ended. Marks stand on the letter before them.
fn follows(last: &Character, next: &Character) -> bool {
    let gap = next.tight.left - last.tight.right;
    (last.baseline - next.baseline).abs() < 0.3 * last.em && gap < WORD_GAP * last.em && gap > -1.2 * last.em
}

fn pieces(mut row: Vec<Vec<&Character>>) -> Vec<Vec<&Character>> {
    row.sort_by(|one, other| one[0].tight.left.total_cmp(&other[0].tight.left));
    let mut pieces: Vec<Vec<&Character>> = Vec::new();
    for run in row {
        match pieces.last_mut() {
            // Bold is sometimes the same word set twice.
            Some(piece) if repeats(piece, &run) => {}
            Some(piece) if run[0].tight.left - right_of(piece) < COLUMN_GAP * run[0].em => piece.extend(run),
            _ => pieces.push(run),
        }
    }
    pieces
}

fn repeats(piece: &[&Character], run: &[&Character]) -> bool {
    let Some(at) = piece.len().checked_sub(run.len()) else { return false };
    let near = |one: f64, other: f64, em: f64| (one - other).abs() < 0.1 * em;
    piece[at..].iter().zip(run).all(|(one, other)| one.text == other.text && near(one.tight.left, other.tight.left, one.em))
}

fn right_of(characters: &[&Character]) -> f64 {
    characters.iter().map(|character| character.tight.right).fold(f64::MIN, f64::max)
}

fn line(row: &[&Character], confidence: f32) -> TextLine {
    let mut text = String::new();
    let mut glyphs = Vec::new();
    let mut end: Option<f64> = None;
    for character in row {
        let Area { left, right, .. } = character.tight;
        let stands_apart = |end: &f64| character.after_blank || left - end > WORD_GAP * character.em && !is_mark(character.text);
        if let Some(end) = end.filter(stands_apart) {
            text.push(' ');
            glyphs.push(Glyph { left: end as i32, right: left as i32, confidence });
        }
        text.push(character.text);
        glyphs.push(Glyph { left: left.floor() as i32, right: right.ceil() as i32, confidence });
        end = Some(end.map_or(right, |end| end.max(right)));
    }
    let area = row.iter().map(|character| character.tight).reduce(|one, other| one.around(&other));
    TextLine { text, rect: area.map(|area| rect(&area)), confidence, glyphs, ..TextLine::default() }
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    /// Letters 10 pixels wide and 20 high, standing on `baseline`, from x = `left`.
    fn set(text: &str, left: f64, baseline: f64) -> Vec<Character> {
        let mut x = left;
        let mut characters = Vec::new();
        for text in text.chars() {
            let width = if is_mark(text) { 0.0 } else { 10.0 };
            let (from, to) = if is_mark(text) { (x - 8.0, x) } else { (x, x + width) };
            let tight = Area { left: from, top: baseline - 20.0, right: to, bottom: baseline };
            characters.push(Character {
                text,
                tight,
                baseline,
                em: 30.0,
                font: "ABCDEF+Cordia".into(),
                drawn: true,
                turned: false,
                after_blank: false,
            });
            x += width;
        }
        characters
    }

    fn inked(characters: &[Character]) -> PageImage {
        let mut grey = GrayImage::from_pixel(800, 400, Luma([255]));
        for character in characters.iter().filter(|c| !c.text.is_whitespace()) {
            let Area { left, top, right, bottom } = character.tight;
            for y in top as u32 + 2..bottom as u32 - 2 {
                for x in left as u32 + 2..right as u32 - 2 {
                    grey.put_pixel(x, y, Luma([0]));
                }
            }
        }
        PageImage { grey, color: None, dpi: 300.0, rotation: 0, skew: 0.0 }
    }

    fn layer(characters: Vec<Character>) -> TextLayer {
        let image = inked(&characters);
        of(characters, 1, &image, false).expect("words")
    }

    fn texts(layer: &TextLayer) -> Vec<&str> {
        layer.text.lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn a_clean_layer_is_trusted() {
        let layer = layer(set("ที่ทำการ", 20.0, 100.0));
        assert_eq!((texts(&layer), layer.doubts.as_slice(), layer.trusted), (vec!["ที่ทำการ"], [].as_slice(), true));
        assert_eq!(layer.text.lines[0].glyphs.len(), "ที่ทำการ".chars().count());
    }

    #[test]
    fn columns_of_a_row_are_lines_of_their_own_left_first() {
        let right = set("ศาลากลาง", 500.0, 101.0);
        let characters = [right, set("ที่กท", 20.0, 100.0), set("เรื่อง", 20.0, 160.0)].concat();
        assert_eq!(texts(&layer(characters)), ["ที่กท", "ศาลากลาง", "เรื่อง"]);
    }

    #[test]
    fn words_that_the_page_does_not_show_are_left_out_and_told() {
        let shown = set("ด่วน", 20.0, 100.0);
        let image = inked(&shown);
        let off_page = set("ลับ", 20.0, -300.0);
        let in_white = set("ลับมาก", 20.0, 300.0);
        let layer = of([shown, in_white, off_page].concat(), 1, &image, false).expect("words");
        assert_eq!(texts(&layer), ["ด่วน"]);
        assert!(!layer.trusted && layer.doubts[0].contains("9 characters"), "{:?}", layer.doubts);
        assert!(of(set("ลับ", 20.0, 300.0), 1, &image, false).is_none(), "nothing that is shown");
    }

    #[test]
    fn a_layer_with_a_known_defect_is_not_trusted() {
        let doubted = |change: fn(&mut Character), text: &str| {
            let mut characters = set(text, 20.0, 100.0);
            characters.iter_mut().for_each(change);
            !layer(characters).trusted
        };
        assert!(!doubted(|_| {}, "พ.ศ. 2567"), "a font of another family draws what it says");
        assert!(doubted(|c| c.font = "ABCDEF+THSarabunPSK".into(), "พ.ศ. 2567"));
        assert!(doubted(|c| c.font = "CIDFont+F1".into(), "พ.ศ. 2567"));
        assert!(doubted(|c| c.drawn = false, "เรียน"));
        assert!(doubted(|c| c.turned = true, "เรียน"));
        assert!(doubted(|_| {}, "กำหนด\u{f70a}"));
        assert!(doubted(|_| {}, "¡Ò÷´Êͺ"));
    }

    #[test]
    fn blanks_come_from_the_file_and_words_set_twice_once() {
        let mut characters = set("ที่ กท", 20.0, 100.0);
        characters.extend(set("ที่", 21.0, 100.0));
        assert_eq!(texts(&layer(characters)), ["ที่ กท"]);
    }

    #[test]
    fn ink_outside_the_layer_speaks_against_it() {
        let characters = set("เรียน", 20.0, 100.0);
        let image = inked(&[characters.clone(), set("ตราประทับ", 20.0, 200.0)].concat());
        let layer = of(characters, 1, &image, false).expect("words");
        assert_eq!(layer.doubts, ["the page shows more than its text layer says"]);
    }
}
