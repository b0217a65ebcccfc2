//! Months: full names, abbreviations with or without their dots, and the spellings that scans and typists leave behind.

use super::confusion;

/// Full names, January first.
pub const NAMES: [&str; 12] =
    ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"];

/// Abbreviations without dots, January first.
const SHORT: [&str; 12] = ["มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค"];

const ENGLISH: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// A month, and whether the spelling had to be repaired to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// 1–12.
    pub number: u32,
    pub repaired: bool,
}

/// Regular expression fragment (verbose mode) of all spellings that [`read`] may understand; no capture groups.
pub fn pattern() -> String {
    let mut all: Vec<String> = NAMES.iter().map(|name| confusion::tolerant(name)).collect();
    // กรกฏาคม with ฏ and พฤษจิกายน are typists' slips, not scans'.
    all.push("กรก[ฏฎภถ]าคม".to_owned());
    all.push("พฤ[ศษส]จิ?กายน".to_owned());
    all.push("กุมภาพัน[ธท]์?".to_owned());
    // The vowels of มี.ค., มิ.ย. and เม.ย. are what scans confuse or lose.
    all.push(r"(?:ม[ิ-ื]?|เม|[กพสธตดคศ])[.,]?[[:blank:]]?[คพย][.,]?".to_owned());
    all.extend(ENGLISH.iter().map(|name| format!("(?i:{name}|{}\\b)", &name[..3])));
    format!("(?:{})", all.join("|"))
}

/// The month that `text` names: exact, abbreviated, or within two letters of exactly one name.
pub fn read(text: &str) -> Option<Month> {
    let letters: String = text.chars().filter(|c| !matches!(c, '.' | ',' | ' ' | '\t' | '\u{a0}')).collect();
    if let Some(at) = NAMES.iter().position(|name| *name == letters).or_else(|| SHORT.iter().position(|name| *name == letters)) {
        return Some(Month { number: at as u32 + 1, repaired: false });
    }
    if letters.is_ascii() {
        let lower = letters.to_lowercase();
        let at = ENGLISH.iter().position(|name| *name == lower || name[..3] == lower)?;
        return Some(Month { number: at as u32 + 1, repaired: false });
    }
    if letters.chars().count() <= 4 { short(&letters) } else { nearest(&letters) }
}

/// Abbreviations whose vowel or first letter was misread, where only one month remains possible. `มย` (มิ.ย. or เม.ย.) is not one of them.
fn short(letters: &str) -> Option<Month> {
    let mut chars = letters.chars();
    let number = match (chars.next()?, chars.next()?, chars.next()) {
        ('ม', 'ิ'..='ื', Some('ค')) => 3,
        ('ม', 'ิ'..='ื', Some('ย')) => 6,
        ('ด' | 'ค', 'ค', None) => 10,
        ('ศ', 'ค', None) => 8,
        _ => return None,
    };
    Some(Month { number, repaired: true })
}

fn nearest(letters: &str) -> Option<Month> {
    let mut best = (usize::MAX, 0);
    let mut second = usize::MAX;
    for (at, name) in NAMES.iter().enumerate() {
        let distance = confusion::distance(letters, name, 3);
        if distance < best.0 {
            second = best.0;
            best = (distance, at);
        } else {
            second = second.min(distance);
        }
    }
    (best.0 <= 2 && second > best.0).then_some(Month { number: best.1 as u32 + 1, repaired: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_and_abbreviation_is_itself() {
        for (at, (name, short)) in NAMES.iter().zip(SHORT).enumerate() {
            let month = Month { number: at as u32 + 1, repaired: false };
            assert_eq!(read(name), Some(month), "{name}");
            assert_eq!(read(short), Some(month), "{short}");
        }
        assert_eq!(read("ม.ค.").map(|m| m.number), Some(1));
        assert_eq!(read("เม.ย.").map(|m| m.number), Some(4));
    }

    #[test]
    fn one_or_two_wrong_letters_are_repaired_and_said() {
        for (text, number) in [("กรกฏาคม", 7), ("มนาคม", 3), ("มึ.ค.", 3), ("มื.ย", 6), ("ด.ค.", 10), ("พฤษจิกายน", 11), ("กุมภาพันธ", 2)]
        {
            assert_eq!(read(text), Some(Month { number, repaired: true }), "{text}");
        }
    }

    #[test]
    fn a_month_that_could_be_two_is_none() {
        for text in ["ม.ย.", "นาคม", "คม", "ศูนย์", "จังหวัด"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
