//! What speaks against a text layer: known ways in which files say other words than they show.

use image::{GrayImage, Luma};

use crate::document::geometry::Rect;

use super::{Character, rect};

/// Everything that speaks against the layer, in words.
pub(super) fn of(characters: &[Character], rows: &[Vec<&Character>], grey: &GrayImage) -> Vec<String> {
    let mut doubts = Vec::new();
    let mut doubt = |speaks: bool, what: &str| {
        if speaks {
            doubts.push(what.to_owned());
        }
    };
    doubt(characters.iter().any(|c| !c.drawn), "the text layer holds text that is not drawn");
    doubt(characters.iter().any(|c| c.turned), "the text layer holds turned text");
    doubt(characters.iter().any(|c| is_foreign(c.text)), "the text layer holds characters of no known meaning");
    doubt(rows.iter().any(|row| breaks_thai_order(row.iter().map(|c| c.text))), "Thai marks stand in the wrong order in the text layer");
    doubt(confuses_sara_am(characters.iter().map(|c| c.text)), "the text layer confuses า and ำ");
    doubt(may_draw_thai_digits(characters), "the font may draw Arabic digits as Thai ones");
    doubt(is_latin_for_thai(characters.iter().map(|c| c.text)), "the text layer spells Thai with Latin letters");
    doubt(leaves_ink(characters, grey), "the page shows more than its text layer says");
    doubts
}

fn is_thai(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{e5b}')
}

fn is_foreign(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{ffff}') || c.is_control() && c != '\t'
}

/// A mark without a letter under it, a vowel after its tone, two tones, or ำ in two parts.
fn breaks_thai_order(text: impl Iterator<Item = char>) -> bool {
    let mut last = ' ';
    for c in text {
        let broken = match c {
            // ั ิ ี ึ ื ุ ู ฺ ็ stand on a consonant; า after ํ is a broken ำ.
            '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}' => !matches!(last, '\u{e01}'..='\u{e2e}'),
            // Tones and ์ stand on a consonant or on its vowel.
            '\u{e48}'..='\u{e4e}' => !matches!(last, '\u{e01}'..='\u{e2e}' | '\u{e31}' | '\u{e34}'..='\u{e39}'),
            '\u{e32}' => last == '\u{e4d}',
            '\u{e33}' => !matches!(last, '\u{e01}'..='\u{e2e}' | '\u{e48}'..='\u{e4b}'),
            _ => false,
        };
        if broken {
            return true;
        }
        last = c;
    }
    false
}

/// Every hundredth letter of Thai is ำ, one for ten of า: a page without any has lost them (ทำลาย → ทาลาย), a page full of them has taken
/// า for ำ (การ → กำร).
fn confuses_sara_am(text: impl Iterator<Item = char>) -> bool {
    const ENOUGH: usize = 500;
    let (mut letters, mut am, mut aa) = (0, 0, 0);
    for c in text.filter(|c| is_thai(*c)) {
        letters += 1;
        am += usize::from(c == '\u{e33}');
        aa += usize::from(c == '\u{e32}');
    }
    letters >= ENOUGH && am == 0 || am > 5 && am > aa / 2
}

/// TH Sarabun IT๙ draws ๐–๙ for 0–9 and goes under the names of its family; a font without a name may be it.
fn may_draw_thai_digits(characters: &[Character]) -> bool {
    let suspects = characters.iter().filter(|c| c.text.is_ascii_digit() && may_be_it9(&c.font));
    let mut fonts: Vec<&str> = suspects.map(|c| c.font.as_str()).collect();
    fonts.dedup();
    !fonts.is_empty() && characters.iter().any(|c| is_thai(c.text))
}

fn may_be_it9(font: &str) -> bool {
    // Subsets are named "ABCDEF+Name".
    let name = font.split_once('+').map_or(font, |(_, name)| name).to_lowercase();
    let tells_nothing = name.len() <= 4 || name.starts_with("cidfont") || name.starts_with("font");
    name.contains("sarabun") || name.contains("it๙") || name.contains("it9") || tells_nothing
}

/// Thai in a font of the days before Unicode reads as À–ÿ.
fn is_latin_for_thai(text: impl Iterator<Item = char>) -> bool {
    let (mut letters, mut accented) = (0, 0);
    for c in text.filter(|c| c.is_alphabetic()) {
        letters += 1;
        accented += usize::from(matches!(c, '\u{a1}'..='\u{ff}'));
    }
    accented * 20 > letters
}

/// Whether much of the page's ink lies outside the layer's characters: outlines, drawings, forms. Ruled lines are let pass.
fn leaves_ink(characters: &[Character], grey: &GrayImage) -> bool {
    const DARK: u8 = 128;
    /// Part of the ink that may lie outside.
    const LEFT_OVER: f64 = 0.25;
    let total = grey.as_raw().iter().filter(|sample| **sample < DARK).count();
    let mut covered = grey.clone();
    for character in characters {
        let Rect { left, top, right, bottom } =
            rect(&character.tight).intersection(&Rect::new(0, 0, grey.width() as i32, grey.height() as i32));
        for y in top..bottom {
            for x in left..right {
                covered.put_pixel(x as u32, y as u32, Luma([u8::MAX]));
            }
        }
    }
    let outside = covered.as_raw().iter().filter(|sample| **sample < DARK).count();
    outside as f64 > LEFT_OVER * total as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thai_marks_keep_their_order() {
        let broken = |text: &str| breaks_thai_order(text.chars());
        for right in ["ที่ทำน้ำ", "กรุงเทพฯ ๑๐", "สิ่งที่ส่งมาด้วย", "ก่อสร้าง", "พิพัฒน์", "รัฐ", "บ้ำ"]
        {
            assert!(!broken(right), "{right}");
        }
        for wrong in ["ท ี่", "ที่\u{e34}", "ก\u{e48}\u{e35}", "ทํา", "น\u{e49}\u{e49}ำ"] {
            assert!(broken(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_page_that_lost_its_sara_am_is_noticed() {
        let confuses = |text: &str, times: usize| confuses_sara_am(text.repeat(times).chars());
        assert!(confuses("การทาลายเอกสาร", 50));
        assert!(confuses("กำรทำลำยเอกสำร", 3));
        assert!(!confuses("การทำลายเอกสาร", 50));
        assert!(!confuses("การทาลาย", 1), "too little to tell");
    }
}
