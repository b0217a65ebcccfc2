//! What transcribers put into square brackets because it is ink and not print: signatures, seals, remarks, serials by hand, receiving stamps.
//!
//! A value written by hand is still a value (`ที่ กข ๐๑๒๓/ [ลายมือ: ๔๕]`); a remark on a row of its own is none of the letter.

use std::sync::LazyLock;

use regex::Regex;

use super::draft::{Draft, Edit};
use crate::thai::{ink, names, stamps};

/// No remark is longer than this many characters.
const LONGEST: usize = 300;

static RECEIVED: LazyLock<Regex> = LazyLock::new(|| compile(&format!(r"(?:{}|เลขที่)[ .:]*[0-9๐-๙]", stamps::NUMBER)));
static NAMED: LazyLock<Regex> = LazyLock::new(|| compile(r"^(?:ประทับ)?ตรา[ก-๎ ]{0,30}:\s*"));
static PARTED: LazyLock<Regex> = LazyLock::new(|| compile(r"\s[/|,]\s(?:เลข|รับ|วันที่|เวลา|ที่)"));
static BY_HAND: LazyLock<Regex> = LazyLock::new(|| compile(r"^(?:ลายมือ|เขียนด้วยมือ|หมายเหตุด้วยลายมือ)(?:เขียน)?\s*:\s*"));

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern, covered by tests")
}

/// Takes the brackets off what is a value, and everything off the row that is none.
pub fn remarks(draft: &mut Draft) {
    let edits = brackets(draft).into_iter().flat_map(|(open, close)| edits(draft, open, close)).collect();
    draft.apply("remarks.brackets", edits);
    ink_behind_rank(draft);
}

/// `พล.ท. (ลงชื่อ)`: where the pen stands, above the name in brackets.
fn ink_behind_rank(draft: &mut Draft) {
    let text = draft.text();
    let Some((rank, inner)) = text.trim_end().strip_suffix(')').and_then(|row| row.split_once('(')) else { return };
    if names::is_rank(rank.trim()) && ink::is_signature(inner) {
        draft.apply("remarks.ink", vec![Edit::delete(chars(rank)..draft.pieces.len())]);
    }
}

/// Places of `[` and `]` in pairs.
fn brackets(draft: &Draft) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut open = None;
    for (at, piece) in draft.pieces.iter().enumerate() {
        match (piece.char, open) {
            ('[', _) => open = Some(at),
            (']', Some(start)) if at - start <= LONGEST => {
                pairs.push((start, at));
                open = None;
            }
            _ => {}
        }
    }
    pairs
}

fn edits(draft: &Draft, open: usize, close: usize) -> Vec<Edit> {
    let inner: String = draft.pieces[open + 1..close].iter().map(|piece| piece.char).collect();
    let beside = |pieces: std::ops::Range<usize>| draft.pieces[pieces].iter().any(|piece| piece.char.is_alphanumeric());
    let alone = !beside(0..open) && !beside(close + 1..draft.pieces.len());
    if ink::begins_with_ink(&inner) {
        return vec![Edit::delete(open..close + 1)];
    }
    if RECEIVED.is_match(&inner) {
        return stamp(&inner, open, close);
    }
    let seal = inner.starts_with("ตรา") || inner.starts_with("ประทับตรา");
    match BY_HAND.find(&inner) {
        Some(label) if !alone => vec![Edit::delete(open..open + 1 + chars(&inner[..label.end()])), Edit::delete(close..close + 1)],
        None if !(alone && seal) => Vec::new(),
        _ => vec![Edit::delete(open..close + 1)],
    }
}

/// `[ประทับตรา: ที่ทำการ… / รับที่ ๒๐๗๔ / วันที่ …]`: the stamp's words on one row.
fn stamp(inner: &str, open: usize, close: usize) -> Vec<Edit> {
    let from = NAMED.find(inner).map_or(0, |name| name.end());
    let mut edits = vec![Edit::delete(open..open + 1 + chars(&inner[..from]))];
    for sign in PARTED.find_iter(inner).filter(|sign| sign.start() >= from) {
        let at = open + 1 + chars(&inner[..sign.start()]) + 1;
        edits.push(Edit::delete(at..at + 1));
    }
    edits.push(Edit::delete(close..close + 1));
    edits
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        let mut draft = Draft::new(text);
        remarks(&mut draft);
        draft.text().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn values_by_hand_stay_and_remarks_go() {
        assert_eq!(cleaned("ที่ กข ๐๑๒๓/ [ลายมือ: ๔๕]"), "ที่ กข ๐๑๒๓/ ๔๕");
        assert_eq!(cleaned("[ลายมือ: ๓] ตุลาคม ๒๕๖๗"), "๓ ตุลาคม ๒๕๖๗");
        assert_eq!(cleaned("พ.ต.ท. [ลายมือชื่อ]"), "พ.ต.ท.");
        assert_eq!(cleaned("พล.ท. (ลงชื่อ)"), "พล.ท.");
        assert_eq!(cleaned("(ลงชื่อ)"), "(ลงชื่อ)");
        for gone in ["[ลายมือ: ทราบ เห็นควรดำเนินการ]", "[ลายเซ็น]", "[ตรา: จังหวัดสมมติ]", "[ตรารับ]"]
        {
            assert_eq!(cleaned(gone), "", "{gone}");
        }
    }

    #[test]
    fn a_stamp_in_brackets_is_a_stamp() {
        assert_eq!(
            cleaned("[ประทับตรา: กองสมมติ / รับที่ ๒๐๗ / วันที่ ๒๘ / ส.ค. / ๖๖ / เวลา ๐๙.๑๕ น.]"),
            "กองสมมติ รับที่ ๒๐๗ วันที่ ๒๘ / ส.ค. / ๖๖ เวลา ๐๙.๑๕ น."
        );
        assert_eq!(cleaned("[ตราประทับสีม่วง: กองสมมติ / เลขที่รับ ๒๐๗]"), "กองสมมติ เลขที่รับ ๒๐๗");
        assert_eq!(cleaned("[ที่ว่าการสมมติ รับที่ ๑๑๐ วันที่ ๒๓ ก.พ. ๒๕๖๗]"), "ที่ว่าการสมมติ รับที่ ๑๑๐ วันที่ ๒๓ ก.พ. ๒๕๖๗");
    }

    #[test]
    fn other_brackets_stay() {
        for text in ["ข้อ [๑] ของระเบียบ", "[๒] หมายเหตุ", "ก [ข ค"] {
            assert_eq!(cleaned(text), text);
        }
    }
}
