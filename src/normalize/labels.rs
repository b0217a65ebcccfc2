//! The form's own words at the start of a line, as scans spell them: `ที`, `เรือง`, `สิงทิส่งมาด้วย`, `ตำสั่ง`, `๗ี่`.
//!
//! The hard thing is to repair labels only: a name, a number or a sentence that merely looks like one keeps its letters.

use super::draft::{Draft, Edit};
use super::marks::is_tone;
use crate::thai::confusion::is_mark;
use crate::thai::digits::is_digit;

/// A word of the form, spelled as the regulation spells it.
struct Label {
    word: &'static str,
    /// What must follow for a misspelled one to be taken as this word.
    then: Then,
}

#[derive(Clone, Copy, PartialEq)]
enum Then {
    /// A blank, a sign, a digit, or the end of the line.
    Break,
    /// Anything: the word is long enough to stand on its own.
    Anything,
    /// The whole line.
    End,
}

const fn label(word: &'static str, then: Then) -> Label {
    Label { word, then }
}

/// Longer words before their own beginnings.
const LABELS: &[Label] = &[
    label("สิ่งที่ส่งมาด้วย", Then::Anything),
    label("บันทึกข้อความ", Then::End),
    label("ส่วนราชการ", Then::Break),
    label("ขอแสดงความนับถืออย่างยิ่ง", Then::End),
    label("ขอแสดงความนับถือ", Then::End),
    label("เรื่อง", Then::Break),
    label("เรียน", Then::Break),
    label("กราบเรียน", Then::Break),
    label("นมัสการ", Then::Break),
    label("อ้างถึง", Then::Break),
    label("ถึง", Then::Break),
    label("เลขที่รับที่", Then::Break),
    label("เลขที่รับ", Then::Break),
    label("เลขรับที่", Then::Break),
    label("เลขทะเบียนรับ", Then::Break),
    label("เลขรับ", Then::Break),
    label("เลขที่", Then::Break),
    label("รับที่", Then::Break),
    label("วันที่", Then::Break),
    label("เวลา", Then::Break),
    label("ที่", Then::Break),
    label("ด่วนที่สุด", Then::End),
    label("ด่วนมาก", Then::End),
    label("ด่วน", Then::End),
    label("ลับที่สุด", Then::End),
    label("ลับมาก", Then::End),
    label("สั่ง ณ วันที่", Then::Break),
    label("ประกาศ ณ วันที่", Then::Break),
    label("ให้ไว้ ณ วันที่", Then::Break),
    label("คำสั่ง", Then::Anything),
    label("ประกาศ", Then::Break),
    label("รายงานการประชุม", Then::Anything),
    label("หนังสือรับรอง", Then::Break),
    label("กระดาษเขียนข่าว", Then::Anything),
    label("ลำดับความเร่งด่วน", Then::Break),
    label("ชั้นความลับ", Then::Break),
    label("ที่ของผู้ให้ข่าว", Then::Break),
    label("นายทหารอนุมัติข่าว", Then::Break),
    label("ผู้เขียนข่าว", Then::Break),
    label("ผู้ประสานงาน", Then::Break),
    label("ไปรษณีย์อิเล็กทรอนิกส์", Then::Break),
    label("สำเนาถูกต้อง", Then::End),
    label("สำเนาคู่ฉบับ", Then::End),
    label("เริ่มประชุมเวลา", Then::Break),
    label("ระเบียบวาระที่", Then::Break),
    label("โทรสาร", Then::Break),
    label("โทรศัพท์", Then::Break),
    label("โทร", Then::Break),
];

/// Labels longer than any, in characters with their marks: how far into a line this looks.
const REACH: usize = 40;

/// Spells the label at the start of the line as the form does, and ที่ before a number in the middle of it.
pub fn labels(draft: &mut Draft) {
    let edit = opening(draft).or_else(|| beheaded(draft)).or_else(|| bare_number_label(draft));
    draft.apply("labels.spelling", edit.into_iter().collect());
    let inner = inner(draft);
    draft.apply("labels.tone", inner);
}

fn opening(draft: &Draft) -> Option<Edit> {
    let start = draft.pieces.iter().take(REACH).position(|piece| piece.char != ' ')?;
    let first = fold(draft.pieces[start].char)?;
    LABELS
        .iter()
        .find_map(|label| {
            let same_start = label.word.chars().next().and_then(fold) == Some(first);
            let end = same_start.then(|| covered(draft, start, label.word)).flatten()?;
            let range = start..end;
            (follows(draft, end, label.then) && believable(draft, &range, label.word)).then_some((range, label.word))
        })
        .filter(|(range, word)| !draft.pieces[range.clone()].iter().map(|piece| piece.char).eq(word.chars()))
        .map(|(range, word)| Edit::replace(range, word))
}

/// Letters of a word from which on one of them may be lost, wrong or too many, and it is still that word.
const LONG: usize = 9;

/// Letters of a word from which on a letter may be doubled.
const DOUBLED: usize = 4;

/// Where `word` ends in the draft when tones, upper vowels and blanks do not count and letters of one shape are one letter.
fn covered(draft: &Draft, start: usize, word: &str) -> Option<usize> {
    let wanted: Vec<char> = word.chars().filter_map(fold).collect();
    let slips = usize::from(wanted.len() >= LONG);
    let mut at = covered_from(draft, start, &wanted, slips)?;
    let last_doubled = wanted.len() >= DOUBLED && draft.char(at).is_some() && draft.char(at) == draft.char(at - 1);
    if last_doubled && draft.char(at + 1).is_none_or(|next| next == ' ') {
        at += 1;
    }
    while draft.char(at).is_some_and(is_mark) {
        at += 1;
    }
    Some(at)
}

/// The same from the middle of the word on, with `slips` letters that may be too many, wrong or lost. The first and the last letter stand firm.
fn covered_from(draft: &Draft, start: usize, wanted: &[char], slips: usize) -> Option<usize> {
    let (mut at, mut next) = (start, 0);
    while next < wanted.len() {
        while draft.char(at).is_some_and(|char| fold(char).is_none()) && at < start + REACH {
            at += 1;
        }
        let here = draft.char(at)?;
        // A numeral is a misread letter only under a mark: `๗ี่` is ที่, but `เลขรับ ๗๒๑๘` keeps its ๗.
        let numeral = is_digit(here) && !draft.char(at + 1).is_some_and(|next| is_mark(next) || next == 'ำ');
        let letter = fold(here).filter(|_| !numeral)?;
        if letter == wanted[next] {
            (at, next) = (at + 1, next + 1);
            continue;
        }
        if next > 0 && letter == wanted[next - 1] && draft.char(at) == draft.char(at - 1) {
            at += 1;
            continue;
        }
        let left = slips.checked_sub(1).filter(|_| next > 0)?;
        let rest = &wanted[next..];
        let one_wrong = || covered_from(draft, at + 1, rest.get(1..).filter(|rest| !rest.is_empty())?, left);
        let one_lost = || covered_from(draft, at, rest.get(1..).filter(|rest| !rest.is_empty())?, left);
        return covered_from(draft, at + 1, rest, left).or_else(one_wrong).or_else(one_lost);
    }
    Some(at)
}

/// Letters that scans mix up, as one; None for what is skipped.
fn fold(char: char) -> Option<char> {
    match char {
        ' ' | '\u{e31}' | '\u{e34}'..='\u{e37}' | '\u{e47}'..='\u{e4e}' => None,
        'ค' | 'ต' | 'ฅ' | '๓' => Some('ด'),
        'ฑ' | '๗' => Some('ท'),
        'ก' | 'ภ' => Some('ถ'),
        'ซ' | 'ช' => Some('ข'),
        'ป' | 'ษ' => Some('บ'),
        'ฮ' => Some('อ'),
        'ล' => Some('ส'),
        'ำ' => Some('า'),
        other => Some(other),
    }
}

fn follows(draft: &Draft, end: usize, then: Then) -> bool {
    let next = draft.char(end);
    match then {
        Then::Anything => true,
        Then::Break => next.is_none_or(|char| !char.is_alphabetic() && !is_mark(char)),
        Then::End => draft.pieces[end.min(draft.pieces.len())..].iter().all(|piece| !piece.char.is_alphanumeric()),
    }
}

/// A short word must show more than its consonants: `ทีม`, `ถูก` and a digit ๗ are no labels.
fn believable(draft: &Draft, range: &std::ops::Range<usize>, word: &str) -> bool {
    let seen = || draft.pieces[range.clone()].iter().map(|piece| piece.char);
    let letters = word.chars().filter_map(fold).count();
    let marks = seen().filter(|char| is_mark(*char) && !is_tone(*char)).count();
    let exact_letters =
        seen().filter(|char| !is_mark(*char) && *char != ' ').eq(word.chars().filter(|char| !is_mark(*char) && *char != ' '));
    match letters {
        0..=2 => marks > 0 && (exact_letters || seen().next() == Some('๗')),
        3 => exact_letters,
        _ => true,
    }
}

/// What is left of a receiving stamp's labels when its border or a neighbor's ink took a letter of their beginning. No other word begins like these.
const BEHEADED: &[(&str, &str)] =
    &[("ลขทะเบียนรับ", "เลขทะเบียนรับ"), ("ลขที่รับ", "เลขที่รับ"), ("ลขรับ", "เลขรับ"), ("ลขที่", "เลขที่"), ("วลา", "เวลา")];

/// The same where other words begin so: เวลา only with a clock behind it.
const BEFORE_CLOCK: &[&str] = &["แวลา", "เลา"];

/// `ลขรับ ๓๑๗`, `วลา ๑๓.๔๐ น.`, `เลา ๑๓.๔๐ น.`
fn beheaded(draft: &Draft) -> Option<Edit> {
    let start = draft.pieces.iter().take(REACH).position(|piece| !matches!(piece.char, ' ' | '('))?;
    let left = |rest: &str| covered(draft, start, rest).filter(|end| believable(draft, &(start..*end), rest));
    let sure = BEHEADED.iter().find_map(|(rest, word)| Some((left(rest).filter(|end| follows(draft, *end, Then::Break))?, *word)));
    let timed = || BEFORE_CLOCK.iter().find_map(|rest| Some((left(rest).filter(|end| clock_follows(draft, *end))?, "เวลา")));
    sure.or_else(timed).map(|(end, word)| Edit::replace(start..end, word))
}

/// ` ๑๓.๔๐`: an hour of one or two digits, a sign, minutes of two.
fn clock_follows(draft: &Draft, end: usize) -> bool {
    let rest: Vec<char> = draft.pieces[end..].iter().map(|piece| piece.char).skip_while(|char| *char == ' ').take(5).collect();
    let hour = rest.iter().take_while(|char| is_digit(**char)).count();
    (1..=2).contains(&hour)
        && matches!(rest.get(hour), Some('.' | ':' | ','))
        && rest.len() > hour + 2
        && rest[hour + 1..hour + 3].iter().all(|char| is_digit(*char))
}

/// `ท กษ ๐๔๑๒/๑`: all marks of ที่ lost, but a code and an office number follow.
fn bare_number_label(draft: &Draft) -> Option<Edit> {
    let mut chars = draft.pieces.iter().map(|piece| piece.char).take(REACH).peekable();
    (chars.next()? == 'ท' && chars.next()? == ' ').then_some(())?;
    let mut letters = 0;
    while chars.next_if(|char| matches!(char, 'ก'..='ฮ')).is_some() {
        letters += 1;
    }
    while chars.next_if(|char| matches!(char, ' ' | '.')).is_some() {}
    ((1..=3).contains(&letters) && is_digit(chars.next()?)).then(|| Edit::replace(0..1, "ที่"))
}

/// Words that ที่ ends, and the blank before a number: the places inside a line where a lost tone can be told from another word.
const BEFORE_THI: &[&str] = &["วัน", "เลข", "ฉบับ", "ครั้ง", "ข้อ", "ชุด", "หน้า", " "];

/// `ลงวันที ๕`, `ฉบับที ๒`, `หนังสือจังหวัด ที พบ ๐๐๒๓/๑`.
fn inner(draft: &Draft) -> Vec<Edit> {
    let chars = |at: usize| draft.char(at);
    let mut edits = Vec::new();
    for at in 1..draft.pieces.len() {
        let lost = chars(at) == Some('ท')
            && matches!(chars(at + 1), Some('ี' | 'ิ'))
            && chars(at + 2) == Some(' ')
            && (chars(at + 3).is_some_and(is_digit) || starts_number(draft, at + 3));
        if lost && BEFORE_THI.iter().any(|word| ends_with(draft, at, word)) {
            edits.push(Edit::replace(at..at + 2, "ที่"));
        }
    }
    edits
}

/// A code of two letters and an office number.
fn starts_number(draft: &Draft, at: usize) -> bool {
    let letter = |at: usize| matches!(draft.char(at), Some('ก'..='ฮ'));
    let digit = |at: usize| draft.char(at).is_some_and(is_digit);
    letter(at) && letter(at + 1) && (digit(at + 2) || (draft.char(at + 2) == Some(' ') && digit(at + 3)))
}

fn ends_with(draft: &Draft, end: usize, word: &str) -> bool {
    let length = word.chars().count();
    end >= length && draft.pieces[end - length..end].iter().map(|piece| piece.char).eq(word.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        let mut draft = Draft::new(text);
        labels(&mut draft);
        draft.text()
    }

    #[test]
    fn a_long_label_survives_one_letter_lost_or_doubled() {
        for text in ["สิ่งที่ส่งาด้วย ๑. แผนผัง", "สิ่งที่สส่งมาด้วย ๑. แผนผัง", "สิ่งทีส่งมาด้วย ๑. แผนผัง"]
        {
            assert_eq!(repaired(text), "สิ่งที่ส่งมาด้วย ๑. แผนผัง");
        }
        assert_eq!(repaired("สิ่งที่ส่งด้วยมือ"), "สิ่งที่ส่งด้วยมือ");
    }

    #[test]
    fn a_letter_may_be_doubled() {
        assert_eq!(repaired("เรื่องง ขอเชิญ"), "เรื่อง ขอเชิญ");
        assert_eq!(repaired("เรรื่อง ขอเชิญ"), "เรื่อง ขอเชิญ");
        assert_eq!(repaired("อ้าางถึง หนังสือ"), "อ้างถึง หนังสือ");
    }

    #[test]
    fn a_long_label_survives_one_wrong_letter() {
        assert_eq!(repaired("นายทหารอุนุมัติข่าว"), "นายทหารอนุมัติข่าว");
        assert_eq!(repaired("บันฟึกข้อความ"), "บันทึกข้อความ");
        assert_eq!(repaired("ทของผู้ให้ข่าว"), "ที่ของผู้ให้ข่าว");
        assert_eq!(repaired("รายงานผลการประชุม"), "รายงานผลการประชุม");
    }

    #[test]
    fn a_stamps_label_may_have_lost_its_first_letter() {
        for (scanned, meant) in [
            ("ลขรับ ๓๑๗", "เลขรับ ๓๑๗"),
            ("ลขที่รับ ศ๑๗", "เลขที่รับ ศ๑๗"),
            ("วลา ๑๓.๔๐ น.", "เวลา ๑๓.๔๐ น."),
            ("วลา (๓.๔๐ น.", "เวลา (๓.๔๐ น."),
            ("(วลา ๑๓.๔๐ น.", "(เวลา ๑๓.๔๐ น."),
            ("เลา ๑๓.๔๐ น.", "เวลา ๑๓.๔๐ น."),
        ] {
            assert_eq!(repaired(scanned), meant);
        }
        for other in ["ลา ๑๐.๓๐ น.", "ลา ๑.๕ วัน", "เลาขวัญ ๗๑๒๑๐", "ลาป่วย ๑๐.๓๐ น.", "สาขา ๑๐.๓๐"]
        {
            assert_eq!(repaired(other), other);
        }
    }

    #[test]
    fn a_numeral_is_a_letter_only_under_a_mark() {
        assert_eq!(repaired("๗ี่ พบ ๐๐๒๓/๑"), "ที่ พบ ๐๐๒๓/๑");
        for text in ["เลขรับ ๗๒๑๘", "รับ ๗", "เลขที่รับ ๗/๒๕๖๖", "วันที่ ๗ มีนาคม ๒๕๖๖"]
        {
            assert_eq!(repaired(text), text);
        }
    }
}
