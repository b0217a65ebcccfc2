//! Numerals: ๐–๙ and 0–9 stand for the same ten values, one `char` each.

const THAI_ZERO: u32 = '๐' as u32;

/// 0–9 of a Thai or Arabic numeral.
pub fn value(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '๐'..='๙' => Some(c as u32 - THAI_ZERO),
        _ => None,
    }
}

pub fn is_digit(c: char) -> bool {
    value(c).is_some()
}

/// The same text with every Thai numeral as an Arabic one.
pub fn to_arabic(text: &str) -> String {
    text.chars().map(|c| value(c).and_then(|v| char::from_digit(v, 10)).unwrap_or(c)).collect()
}

/// The same text with every Arabic numeral as a Thai one.
pub fn to_thai(text: &str) -> String {
    text.chars().map(|c| value(c).and_then(|v| char::from_u32(THAI_ZERO + v)).unwrap_or(c)).collect()
}

/// The Arabic digits of `text`, everything else dropped.
pub fn only(text: &str) -> String {
    text.chars().filter_map(value).filter_map(|v| char::from_digit(v, 10)).collect()
}

/// One to ten, written out.
pub const WRITTEN: [&str; 10] = ["หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ"];

/// The number that the digits of `text` spell; None without digits or above `u32`.
pub fn number(text: &str) -> Option<u32> {
    let digits = only(text);
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_numeral_goes_both_ways() {
        assert_eq!(to_arabic("๐๑๒๓๔๕๖๗๘๙"), "0123456789");
        assert_eq!(to_thai("0123456789"), "๐๑๒๓๔๕๖๗๘๙");
        assert_eq!(to_arabic("ว ๔๑ ๒ ก"), "ว 41 2 ก");
    }

    #[test]
    fn numbers_are_exact_or_absent() {
        assert_eq!(number("๑,๒๐๐"), Some(1200));
        assert_eq!(number("ไม่มี"), None);
        assert_eq!(number("99999999999"), None);
    }
}
