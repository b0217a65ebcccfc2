//! Two columns that a reader fused into one line come apart: ที่ and the sender, a stamp and the sender, a stamp and the date.
//!
//! The hard thing is to leave one column alone: a citation holds a number too, a sentence may hold the words of a stamp.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::letter::Line;

use super::cue::{self, Cue};
use super::lexicon;
use crate::thai::digits::is_digit;

/// A fused line of the head is short; longer ones are running text (bytes).
const LONGEST: usize = 480;

/// A whole head whose line ends were lost (bytes).
const LONGEST_HEAD: usize = 1500;

/// Blanks in a row that a reader puts where a column ends.
const COLUMN_GAP: usize = 3;

/// White as wide as the edge between two columns of a page, in heights of the line.
const COLUMN_WHITE: f32 = 3.0;

/// A post beside the owner's block is one row (chars).
const LONGEST_POST: usize = 90;

/// Where a value ends that a second column may follow: number rows, stamp rows, dates, postcodes.
static VALUES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"^(?:เลข)?ที่\s?{NUMBER}",
        r"^{STAMPED}\s?[:.]?\s?{D}[{D}/.]*",
        r"^เวลา\s?[:.]?\s?{D}{1,2}\s?[.:]?\s?{D}{0,2}\s?(?:น\s?\.?)",
        r"^(?:ลง)?วันที่\s?[:.]?\s?{D}{1,2}\s?/?\s?{MONTH}\s?/?\s?(?:พ\.?ศ\.?\s?)?{D}{2,4}",
        r"^{D}{1,2}\s?{MONTH}\s?(?:พ\.?ศ\.?\s?)?{D}{4}",
        r"^(?:ถนน|ตำบล|อำเภอ|หมู่|แขวง|เขต).{0,80}?\s{D}{5}",
        r"^(?:สำนัก|ศาลากลาง|ที่ว่าการ|กรม|กระทรวง|โรงเรียน|โรงพยาบาล|มหาวิทยาลัย|เทศบาล|องค์การ).{0,120}?\s{D}{5}",
    ]
    .into_iter()
    .map(pattern)
    .collect()
});

/// A label of a stamp or of a memo's date in the middle of a line.
static INNER: LazyLock<Regex> = LazyLock::new(|| {
    let label = r"\s(?:{STAMPED}\s?[:.]?\s?(?:{D}|$)|เวลา\s?{D}{1,2}[.:]{D}{2}\s?น|วันที่\s?(?:{D}|$))";
    pattern(label)
});

/// A letter's date with its subject behind it.
static HEAD_DATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^{D}{1,2}\s{MONTH}\s{D}{4}(?<edge>\s)เรื่อง\s"));

static ORDER_HEAD: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:เลข)?ที่\s?{D}{0,5}\s?/\s?{D}{4}(?<edge>\s)เรื่อง\s"));

/// The next part of a letter behind another on one line, because the line end between them was lost: what the line begins with, and where it parts.
static PARTS: LazyLock<Vec<(&[Cue], Regex)>> = LazyLock::new(|| {
    let listed: &[Cue] = &[Cue::Subject, Cue::Salutation, Cue::Reference, Cue::Citation];
    let parts: [(&[Cue], &str); 14] = [
        (&[Cue::Other], HEAD_DATE.as_str()),
        (&[Cue::Other], r"^บันทึกข้อความ(?<edge>\s)(?:ด่วน|ลับ)"),
        (&[Cue::Other], r"^ด่วน(?:ที่สุด|มาก)?(?<edge>\s)บันทึกข้อความ"),
        (&[Cue::Other], r"^ด่วน(?:ที่สุด|มาก)?(?<edge>\s?)ที่\s?{NUMBER}(?:[^(]|$)"),
        (&[Cue::SenderRow], r"(?<edge>\s)ที่\s{NUMBER}(?:\s|$)"),
        (&[Cue::Subject], r"(?<edge>\s)เรียน\s{POST}"),
        (&[Cue::Subject, Cue::Salutation], r"(?<edge>\s)อ้างถึง\s(?:{D}\s?[.)]|หนังสือ|คำสั่ง|ประกาศ|บันทึก|ระเบียบ|สำเนา)"),
        (listed, r"(?<edge>\s)สิ่งที่ส่งมาด้วย\s(?:[๑1]\s?[.)]\s?)?[ก-ฮเ-ไ(]"),
        (&[Cue::Item], r"{MONTH}\s{D}{4}(?<edge>\s)สิ่งที่ส่งมาด้วย\s(?:[๑1]\s?[.)]\s?)?[ก-ฮเ-ไ(]"),
        (&[Cue::Attachments, Cue::Item], r"จำนวน\s?{D}{1,3}\s?{PAPER}(?<edge>\s)(?:ด้วย|ตามที่|ตามหนังสือ|เนื่อง)[ก-ฮเ-ไ].{60}"),
        (&[Cue::Salutation], r"(?<edge>\s)(?:ด้วย|ตามที่|ตามหนังสือ|เนื่องจาก)[ก-ฮเ-ไ].{60}"),
        (&[Cue::Opening], r"(?<edge>\s)ขอแสดงความนับถือ(?:อย่างยิ่ง)?(?:\s|$)"),
        (&[Cue::Closing], r"^ขอแสดงความนับถือ(?:อย่างยิ่ง)?(?<edge>\s)\("),
        (&[Cue::Other], r"^\((?:นาย|นาง|ว่าที่|ดร\.|ผศ|รศ|ศ\.|พล|พัน|ร้อย)[^()]{4,60}\)(?<edge>\s){POST}"),
    ];
    parts.into_iter().map(|(of, part)| (of, pattern(&part.replace("{POST}", POST)))).collect()
});

/// How a post begins whose reader was not told that a new line did.
const POST: &str = "(?:ผู้|นาย|ท่าน|ประธาน|ปลัด|หัวหน้า|รอง|อธิบดี|อธิการบดี|คณบดี|เลขา|รัฐมนตรี|ท้องถิ่น)";

fn pattern(pattern: &str) -> Regex {
    Regex::new(&cue::expand(pattern)).expect("a constant pattern: a test says that it compiles")
}

/// The line, or its columns from left to right; `titled` says that the title of an order stands above.
pub fn split(line: Line, titled: bool) -> Vec<Line> {
    let mut columns = Vec::new();
    let longest = if is_whole_head(&line.text) { LONGEST_HEAD } else { LONGEST };
    let mut rest = line;
    while let Some(at) = cut(&rest, longest, titled) {
        let length = rest.text.chars().count();
        columns.push(rest.part(0..at));
        let right = at + rest.text.chars().skip(at).take_while(|char| *char == ' ').count();
        let mut next = rest.part(right..length);
        next.starts_block = false;
        rest = next;
    }
    columns.push(rest);
    columns
}

/// ที่, เรื่อง and เรียน on one line.
fn is_whole_head(text: &str) -> bool {
    let after = |label: &str, from: usize| text.get(from..)?.find(label).map(|at| from + at + label.len());
    cue::of(text) == Cue::Number && after(" เรื่อง ", 0).and_then(|subject| after(" เรียน ", subject)).is_some()
}

/// Where, in chars, the left column ends.
fn cut(line: &Line, longest: usize, titled: bool) -> Option<usize> {
    let short = line.text.len() <= longest;
    let column = short.then(|| at_gap(line).or_else(|| after_value(&line.text)).or_else(|| before_label(&line.text))).flatten();
    // The whole head of a memo on one line: its number comes before its date.
    let unit = (cue::of(&line.text) == Cue::SenderRow).then(|| before_part(&line.text)).flatten();
    let byte = unit.or(column).or_else(|| before_part(&line.text)).or_else(|| before_subject(&line.text).filter(|_| titled))?;
    let (left, right) = line.text.split_at(byte);
    // A value is never cut in two, whatever matched.
    if left.ends_with(is_digit) && right.starts_with(is_digit) {
        return None;
    }
    let left = left.trim_end();
    (!left.is_empty() && left.len() < line.text.trim_end().len()).then(|| left.chars().count())
}

fn after_value(text: &str) -> Option<usize> {
    let found = VALUES.iter().find_map(|value| value.find(text))?;
    let rest = text[found.end()..].trim_start();
    (rest.chars().count() >= 3 && opens_column(rest)).then_some(found.end())
}

/// Whether text to the right of a value is a column of its own, not the rest of a sentence or citation.
fn opens_column(text: &str) -> bool {
    let cue = cue::of(text);
    matches!(cue, Cue::Date | Cue::DateRow | Cue::ReceiptNumber | Cue::ReceiptTime | Cue::Number | Cue::Level) && !text.starts_with("ลงวันที่")
        || HEAD_DATE.is_match(text)
        || lexicon::names_office(text)
        || lexicon::is_address(text)
}

fn before_part(text: &str) -> Option<usize> {
    let of_line = cue::of(text);
    let mut parts = PARTS.iter().filter(|(before, _)| before.contains(&of_line));
    parts.find_map(|(_, part)| part.captures(text)?.name("edge").map(|edge| edge.start()))
}

/// An order's number with its subject behind it.
fn before_subject(text: &str) -> Option<usize> {
    ORDER_HEAD.captures(text)?.name("edge").map(|edge| edge.start())
}

fn before_label(text: &str) -> Option<usize> {
    let found = INNER.find(text)?;
    let left = &text[..found.start()];
    let of_head =
        matches!(cue::of(left), Cue::Number | Cue::OrderNumber | Cue::Date | Cue::DateRow | Cue::ReceiptNumber | Cue::ReceiptTime)
            || lexicon::names_office(left)
            || lexicon::is_address(left)
            || lexicon::is_short_name(left.trim()) && cue::of(found.as_str().trim_start()) == Cue::ReceiptNumber;
    let ends_citation = ["ลง", "ณ", "ใน", "ภายใน", "เมื่อ", "ตั้งแต่", "ถึง"].iter().any(|word| left.ends_with(word));
    (of_head && !ends_citation && !found.as_str().contains("ลงวันที่")).then_some(found.start())
}

/// A blank as wide as a column's edge, with a head's words on both sides.
fn at_gap(line: &Line) -> Option<usize> {
    gaps(line).into_iter().find(|&at| {
        let (left, right) = (line.text[..at].trim(), line.text[at..].trim());
        let left_cue = cue::of(left);
        let of_head = matches!(
            left_cue,
            Cue::Number | Cue::OrderNumber | Cue::Date | Cue::DateRow | Cue::ReceiptNumber | Cue::ReceiptTime | Cue::Level
        ) || lexicon::names_office(left)
            || lexicon::is_address(left)
            || left == "ที่";
        (of_head && !is_bare_label(left) && !is_day_beside_month(left, right) && opens_column(right)) || is_owner_beside_post(left, right)
    })
}

/// `วันที่   ๖   กุมภาพันธ์  ๒๕๖๘`: a form leaves room around what is filled in.
fn is_day_beside_month(left: &str, right: &str) -> bool {
    static MONTH: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!(r"^(?:เดือน\s?)?{}", lexicon::MONTH)).expect("a constant pattern, covered by tests"));
    let day = left.rsplit(' ').next().unwrap_or_default();
    (1..=2).contains(&day.chars().count()) && day.chars().all(is_digit) && MONTH.is_match(right)
}

/// The owner's block stands to the left of the signature's, row beside row.
fn is_owner_beside_post(left: &str, right: &str) -> bool {
    let owner = cue::of(left) == Cue::Contact || (lexicon::names_office(left) && !left.contains(is_digit));
    owner && (lexicon::names_post(right) || cue::of(right) == Cue::Name) && right.chars().count() < LONGEST_POST
}

/// Whether a line came apart into a row of the owner's block and one of the signature's.
pub fn is_owner_beside_signature(parts: &[Line]) -> bool {
    matches!(parts, [left, right] if is_owner_beside_post(&left.text, &right.text))
}

/// Bytes of the blanks as wide as a column's edge: by their number in a transcript, by their width on a page.
fn gaps(line: &Line) -> Vec<usize> {
    let blanks = line.text.char_indices().zip(&line.map).filter(|((_, char), _)| *char == ' ');
    let wide = |raw: &std::ops::Range<usize>| raw.len() >= COLUMN_GAP || white(line, raw).is_some_and(|white| white > COLUMN_WHITE);
    blanks.filter(|(_, raw)| wide(raw)).map(|((at, _), _)| at).collect()
}

/// How wide the white of a blank is, in heights of its line.
fn white(line: &Line, blank: &std::ops::Range<usize>) -> Option<f32> {
    let chars = |to: usize| line.raw.get(..to).map(|before| before.chars().count());
    let before = line.glyphs.get(chars(blank.start)?.checked_sub(1)?)?;
    let after = line.glyphs.get(chars(blank.end)?)?;
    Some((after.left - before.right) as f32 / line.rect?.height().max(1) as f32)
}

/// `วันที่`, `เลขรับ`: what follows is its value, however far away.
fn is_bare_label(text: &str) -> bool {
    let label = matches!(cue::of(text), Cue::DateRow | Cue::ReceiptNumber | Cue::ReceiptTime);
    label && !text.chars().any(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(text: &str) -> Vec<String> {
        columns_below(text, false)
    }

    /// Runs of blanks are one blank of the text, as in lines after repairs.
    fn columns_below(raw: &str, titled: bool) -> Vec<String> {
        let blank = |at: usize| raw.as_bytes().get(at) == Some(&b' ');
        let kept: Vec<(usize, char)> = raw.char_indices().filter(|(at, char)| *char != ' ' || *at == 0 || !blank(at - 1)).collect();
        let ends = kept.iter().skip(1).map(|(at, _)| *at).chain([raw.len()]);
        let map = kept.iter().zip(ends).map(|((at, _), end)| *at..end).collect();
        let text: String = kept.iter().map(|(_, char)| char).collect();
        let line = Line { text, raw: raw.to_owned(), map, starts_block: true, ..Line::blank() };
        split(line, titled).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn fused_columns_come_apart() {
        assert_eq!(columns("ที่ นม ๐๐๑๗.๒/ว ๓๑๔ ศาลากลางจังหวัดนครราชสีมา"), ["ที่ นม ๐๐๑๗.๒/ว ๓๑๔", "ศาลากลางจังหวัดนครราชสีมา"]);
        assert_eq!(
            columns("ส่วนราชการ กองจำลอง โทร. ๐ ๒๐๐๐ ๑๑๒๓ ที่ ชย ๗๖๓๐๑/๒๓๕ วันที่ ๑๗ กันยายน ๒๕๖๗"),
            ["ส่วนราชการ กองจำลอง โทร. ๐ ๒๐๐๐ ๑๑๒๓", "ที่ ชย ๗๖๓๐๑/๒๓๕", "วันที่ ๑๗ กันยายน ๒๕๖๗"]
        );
        assert_eq!(columns("ที่ กห ๐๔๐๔/๗๗๑ วันที่ ๑๔ ต.ค. ๖๕"), ["ที่ กห ๐๔๐๔/๗๗๑", "วันที่ ๑๔ ต.ค. ๖๕"]);
        assert_eq!(columns("เลขรับ ๖๐๓ ถนนมหาดไทย นม ๓๐๐๐๐"), ["เลขรับ ๖๐๓", "ถนนมหาดไทย นม ๓๐๐๐๐"]);
        assert_eq!(columns("ถนนมหาดไทย นม ๓๐๐๐๐ วันที่ ๕ ก.ค. ๖๖"), ["ถนนมหาดไทย นม ๓๐๐๐๐", "วันที่ ๕ ก.ค. ๖๖"]);
        assert_eq!(columns("๓ มิถุนายน ๒๕๖๕ เวลา ๐๙.๑๕ น."), ["๓ มิถุนายน ๒๕๖๕", "เวลา ๐๙.๑๕ น."]);
        assert_eq!(columns("ที่ อก ๐๓๐๘/ว ๙๐๖ กรมการปกครอง เลขรับ ๔๗"), ["ที่ อก ๐๓๐๘/ว ๙๐๖", "กรมการปกครอง", "เลขรับ ๔๗"]);
    }

    #[test]
    fn wide_blanks_part_columns() {
        assert_eq!(columns("ที่ ตง ๐๐๒๓.๓/ว ๑๑๔๗          ๖ สิงหาคม ๒๕๖๗"), ["ที่ ตง ๐๐๒๓.๓/ว ๑๑๔๗", "๖ สิงหาคม ๒๕๖๗"]);
        assert_eq!(columns("โทร. ๐ ๒๐๐๐ ๐๐๐๐          รองอธิบดี ปฏิบัติราชการแทน"), ["โทร. ๐ ๒๐๐๐ ๐๐๐๐", "รองอธิบดี ปฏิบัติราชการแทน"]);
    }

    #[test]
    fn an_orders_number_and_subject_come_apart() {
        let text = "ที่ ๔๑๒/๒๕๖๕ เรื่อง แต่งตั้งคณะกรรมการ";
        assert_eq!(columns_below(text, true), ["ที่ ๔๑๒/๒๕๖๕", "เรื่อง แต่งตั้งคณะกรรมการ"]);
        assert_eq!(columns_below(text, false), [text], "the wrapped rest of a citation");
    }

    #[test]
    fn lost_line_ends_come_back_between_the_parts_of_a_letter() {
        assert_eq!(
            columns("ที่ อด ๐๐๓๓.๑/๔๔๐๑ สำนักงานตัวอย่าง ถนนอธิบดี อด ๔๑๐๐๐ ๒๓ มิถุนายน ๒๕๖๓ เรื่อง ขอส่งตัวข้าราชการ เรียน ผู้อำนวยการวิทยาลัยจำลอง"),
            ["ที่ อด ๐๐๓๓.๑/๔๔๐๑", "สำนักงานตัวอย่าง ถนนอธิบดี อด ๔๑๐๐๐", "๒๓ มิถุนายน ๒๕๖๓", "เรื่อง ขอส่งตัวข้าราชการ", "เรียน ผู้อำนวยการวิทยาลัยจำลอง"]
        );
        assert_eq!(
            columns("อ้างถึง หนังสือกรมจำลอง ที่ มท ๐๑/๕ ลงวันที่ ๑ มิถุนายน ๒๕๖๓ สิ่งที่ส่งมาด้วย รายชื่อ จำนวน ๑ แผ่น"),
            ["อ้างถึง หนังสือกรมจำลอง ที่ มท ๐๑/๕ ลงวันที่ ๑ มิถุนายน ๒๕๖๓", "สิ่งที่ส่งมาด้วย รายชื่อ จำนวน ๑ แผ่น"]
        );
        assert_eq!(
            columns("จึงเรียนมาเพื่อทราบ ขอแสดงความนับถือ (นายทดสอบ จำลอง) ผู้อำนวยการกองจำลอง"),
            ["จึงเรียนมาเพื่อทราบ", "ขอแสดงความนับถือ", "(นายทดสอบ จำลอง)", "ผู้อำนวยการกองจำลอง"]
        );
    }

    #[test]
    fn one_column_stays_whole() {
        for text in [
            "ที่ อก ๐๓๐๘/ว ๙๐๖ ลงวันที่ ๘ ธันวาคม ๒๕๖๒ จำนวน ๑ ชุด",
            "หนังสือกรมการปกครอง ที่ มท ๐๔๗/ว ๕ ลงวันที่ ๑ มกราคม ๒๕๖๕",
            "ลงวันที่ ๘ ธันวาคม ๒๕๖๒ จำนวน ๑ ชุด",
            "๓ มิถุนายน ๒๕๖๕",
            "วันที่ ๖ กุมภาพันธ์ ๒๕๖๘",
            "ถนนเทศา นฐ ๗๓๐๐๐",
            "เรียน ผู้ว่าราชการจังหวัด ทุกจังหวัด",
            "หมู่ - วัน - เวลา: ๐๕๑๐๐๐ ก.พ. ๖๗",
            "เรื่อง การจัดการ เรียน การสอน",
            "๑. ให้ดำเนินการตาม สิ่งที่ส่งมาด้วย ๒ ต่อไป",
        ] {
            assert_eq!(columns(text), [text]);
        }
        assert_eq!(columns("วันที่   ๖          กุมภาพันธ์   ๒๕๖๘"), ["วันที่ ๖ กุมภาพันธ์ ๒๕๖๘"]);
    }
}
