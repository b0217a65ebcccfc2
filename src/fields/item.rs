//! One line of อ้างถึง or สิ่งที่ส่งมาด้วย: a document with its level, number, date and count, in any order.
//! The hard thing: the count may be printed before the date (a right column read early), so parts are found where they stand and the title is what is left.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::urgency;
use super::value;
use crate::document::record::{Attachment, Copies};
use crate::thai::copies::{PAPER, UNIT};
use crate::thai::{confusion, dates, digits, number};

static ORDINAL: LazyLock<Regex> = LazyLock::new(|| compile(r"^\s*[(]?(?<ordinal>[0-9๐-๙]{1,2})[.)]\s*"));
static COPIES: LazyLock<Regex> = LazyLock::new(|| {
    let count = r"จ ?[ํำ]? ?า? ?น ?ว ?[นม](?:[ \t.…]*|[ \t]*\n[ \t]*)(?<count>[0-9๐-๙]{1,3}(?:,[0-9๐-๙]{3})+|[0-9๐-๙]{1,5})(?<more>[A-Za-zก-ฮ](?:[0-9๐-๙ \t]|$)|,?[0-9๐-๙])?(?:[ \t]*\((?<written>[ก-๎]{2,12})\))?";
    // Below the count a unit stands alone: a row that goes on is another thing.
    compile(&format!(r"{count}(?:[ \t]*(?<unit>{UNIT})|[ \t]*\n[ \t]*(?<below>{UNIT})\s*$)?"))
});
/// The same in words, with its unit and nothing more: other words begin like numbers (สามเณร, ห้างหุ้นส่วน, สิบสอง).
static WRITTEN_COPIES: LazyLock<Regex> = LazyLock::new(|| {
    let numbers = digits::WRITTEN.join("|");
    compile(&format!(r"จำนวน[ \t]*(?<count>{numbers})[ \t]*(?<unit>{UNIT})[ \t]*(?:$|\n)"))
});
/// The same without จำนวน, at the end of an entry: units that only paper comes in.
static BARE_COPIES: LazyLock<Regex> =
    LazyLock::new(|| compile(&format!(r"(?<before>\S+)\s+(?<whole>(?<count>[0-9๐-๙]{{1,3}})\s+(?<unit>{PAPER}))\s*$")));
/// A row that ends with how many there are.
static COUNTED: LazyLock<Regex> =
    LazyLock::new(|| compile(&format!(r"(?:จำนวน[ \t]*[0-9๐-๙]+[ \t]*{UNIT}|\S[ \t]+[0-9๐-๙]{{1,3}}[ \t]+{PAPER})[ \t]*$")));
static LEVEL: LazyLock<Regex> = LazyLock::new(|| compile(r"(?:^|[\s])(?<level>ด่วนที่สุด|ด่วนมาก|ด่วน)(?:\s|$)"));
/// Words that only tie the parts together.
static TIES: LazyLock<Regex> = LazyLock::new(|| compile(r"(?:ที่|เลขที่|ลงวันท[ีิึื]?[่้]?|ลง|ลว\.?|ฉบับลงวันที่|เมื่อวันที่|วันที่|เมื่อ)\s*$"));
static START: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?:^|[\n \t])[ \t–-]*(?<start>[(]?[0-9๐-๙]{1,2}[.)][ \t]*)\n?(?:[^0-9๐-๙\s]|$)"));

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern, covered by tests")
}

/// The items of a list, in bytes of `text`: at ordinals that count up from 1, one of them may be missing; without any, the whole text is one item.
pub fn split(text: &str) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut last = 0;
    for found in START.captures_iter(text) {
        let Some(start) = found.name("start") else { continue };
        let Some(ordinal) = digits::number(start.as_str()) else { continue };
        // One that could not be read may be missing, where the next begins its line.
        let begins_line = text[..start.start()].trim_end_matches([' ', '\t', '-', '–']).ends_with('\n');
        let counts_up = ordinal == last + 1 || (ordinal == last + 2 && begins_line);
        // `(แบบ กข. ๐๑)`: the bracket was opened before.
        let row = text[..start.start()].rsplit('\n').next().unwrap_or_default();
        let in_brackets = row.matches('(').count() > row.matches(')').count() && !start.as_str().starts_with('(');
        let is_a_count = text[..start.start()].trim_end().ends_with("จำนวน");
        if counts_up && !is_a_count && !in_brackets {
            starts.push(start.start());
            last = ordinal;
        }
    }
    if starts.is_empty() {
        let rows = counted_rows(text);
        return if rows.len() > 1 { rows } else { std::iter::once(0..text.len()).filter(|_| !text.trim().is_empty()).collect() };
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut items: Vec<Range<usize>> = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
    let before = without_bare_one(text, starts[0]);
    if !text[before.clone()].trim().is_empty() {
        items.insert(0, before);
    }
    items
}

/// The items of a list of what is cited: without ordinals, also `หนังสือ… ลงวันที่ … และหนังสือ… ลงวันที่ …`, where each letter ends with its date.
pub fn split_cited(text: &str) -> Vec<Range<usize>> {
    static AND: LazyLock<Regex> = LazyLock::new(|| compile(r"(?<and>และ)\s*(?<next>(?:หนังสือ|บันทึก|คำสั่ง|ประกาศ|วิทยุ))"));
    static DATED: LazyLock<Regex> =
        LazyLock::new(|| compile(r"(?:ลง|ลว\.?|เมื่อ)(?:วันที่)?[ \t]*[0-9๐-๙]{1,2}[ \t]*[ก-๎.]+[ \t]*[0-9๐-๙]{2,4}\s*$"));
    let whole = split(text);
    if whole.len() != 1 {
        return whole;
    }
    let (mut entries, mut start) = (Vec::new(), whole[0].start);
    for found in AND.captures_iter(text) {
        let (Some(and), Some(next)) = (found.name("and"), found.name("next")) else { continue };
        if and.start() > start && DATED.is_match(&text[start..and.start()]) && !text[start..and.start()].contains("เรื่อง") {
            entries.push(start..and.start());
            start = next.start();
        }
    }
    entries.push(start..whole[0].end);
    if entries.len() > 1 && DATED.is_match(&text[start..]) { entries } else { whole }
}

/// A list without ordinals: each entry ends where its row says how many there are. Empty where the last row does not, since then a right column
/// was read early, and where a row goes on with the entry above it.
fn counted_rows(text: &str) -> Vec<Range<usize>> {
    let (mut rows, mut start, mut at) = (Vec::new(), 0, 0);
    for row in text.split_inclusive('\n') {
        let opens_entry = at == start && at > 0;
        if opens_entry && goes_on(row, &text[..at]) {
            return Vec::new();
        }
        at += row.len();
        if COUNTED.is_match(row.trim_end()) {
            rows.push(start..at);
            start = at;
        }
    }
    if text[start..].trim().is_empty() { rows } else { Vec::new() }
}

/// Whether a row behind a count belongs to the entry before it: a date, more of the sentence, the rest of a bracket.
fn goes_on(row: &str, before: &str) -> bool {
    let words = ["ลง", "ลว", "ที่ ", "และ", "พร้อม", "ต่อ"];
    words.iter().any(|word| row.trim_start().starts_with(word)) || before.matches('(').count() > before.matches(')').count()
}

/// What stands before the first ordinal that was read, without a ๑ that lost its stop.
fn without_bare_one(text: &str, end: usize) -> Range<usize> {
    let before = &text[..end];
    let rest = before.trim_start();
    let bare = rest.strip_prefix(['๑', '1']).filter(|more| more.starts_with([' ', '\t']));
    bare.map_or(0, |more| end - more.len())..end
}

/// The parts of an attached document; None when no words are left.
pub fn read(text: &str) -> Option<Attachment> {
    parts(text, false)
}

/// The parts of what is cited, which may be an event with its day as well.
pub fn cited(text: &str) -> Option<Attachment> {
    parts(text, true)
}

fn parts(text: &str, events: bool) -> Option<Attachment> {
    let mut item = Attachment { ordinal: None, title: None, urgency: None, number: None, date: None, copies: None };
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut rest = 0;
    if let Some(found) = ORDINAL.captures(text) {
        item.ordinal = digits::number(&found["ordinal"]);
        rest = found.get(0).map_or(0, |whole| whole.end());
    }
    // A letter among the digits of a count is a digit misread, and a part of a count is another count.
    if let Some(found) = own_count(text).filter(|found| found.name("more").is_none() && says_the_same(found)) {
        let count = digits::number(&found["count"]);
        let unit = found.name("unit").or(found.name("below")).map(|unit| unit.as_str().split_whitespace().collect());
        item.copies = count.map(|count| Copies { count, unit });
        taken.extend(found.get(0).map(|whole| whole.range()));
    }
    if let Some((copies, place)) = bare_copies(text).or_else(|| written_copies(text)).filter(|_| item.copies.is_none()) {
        item.copies = Some(copies);
        taken.push(place);
    }
    if let Some(found) = LEVEL.captures(text) {
        item.urgency = found.name("level").map(|level| urgency::read(level.as_str()));
        taken.extend(found.name("level").map(|level| level.range()));
    }
    let mut line = without(text, &taken);
    let mut behind = None;
    if let Some((place, read)) = number::find(&line) {
        item.number = value::number(&squeezed(&line[place.clone()]), &read);
        taken.push(before_ties(text, place.clone()));
        // The number's last digit is no day.
        line.replace_range(place.clone(), &" ".repeat(place.len()));
        behind = Some(place.end);
    }
    let event = || events.then(|| date_of_event(&line)).flatten();
    if let Some((place, read)) = cited_date(&line, behind).or_else(event) {
        item.date = Some(value::date(&squeezed(&line[place.clone()]), &read));
        taken.push(before_ties(text, place));
    }
    item.title = title(text, rest, taken);
    let says_something = item.title.is_some() || item.number.is_some();
    says_something.then_some(item)
}

fn written(word: &str) -> Option<u32> {
    digits::WRITTEN.iter().position(|known| *known == word).and_then(|at| u32::try_from(at + 1).ok())
}

/// `๑ (หนึ่ง) แผ่น`: where the word in brackets is another number, neither is taken.
fn says_the_same(found: &Captures) -> bool {
    let word = found.name("written").and_then(|word| written(word.as_str()));
    word.is_none_or(|word| Some(word) == digits::number(&found["count"]))
}

fn written_copies(text: &str) -> Option<(Copies, Range<usize>)> {
    let found = WRITTEN_COPIES.captures(text)?;
    let copies = Copies { count: written(&found["count"])?, unit: Some(found["unit"].split_whitespace().collect()) };
    Some((copies, found.get(0)?.range()))
}

/// Whether a row says how many there are.
pub fn tells_count(row: &str) -> bool {
    COPIES.is_match(row) || BARE_COPIES.is_match(row)
}

/// The entry's own count: of several on one row the last, since the others belong to its title; further down stands another entry's.
fn own_count(text: &str) -> Option<Captures<'_>> {
    let starts = |found: &Captures| found.get(0).map_or(0, |whole| whole.start());
    // `จำนวนตามรายละเอียดแนบท้าย`: what is counted behind it is of another text.
    let told = text.find("จำนวนตาม").unwrap_or(text.len());
    let counts: Vec<Captures> = COPIES.captures_iter(&text[..told]).collect();
    let first = counts.first().map(starts)?;
    counts.into_iter().take_while(|count| !text[first..starts(count)].contains('\n')).last()
}

/// `สำเนาคำสั่ง ๑ ฉบับ`: not behind a misread จำนวน, which would be left in the title, nor behind what is itself counted (`ครั้งที่ ๑ ฉบับ`).
fn bare_copies(text: &str) -> Option<(Copies, Range<usize>)> {
    let found = BARE_COPIES.captures(text)?;
    let before = &found["before"];
    let counted = ["ที่", "ข้อ", "หมู่", "เขต", "ชั้น", "ครั้ง"].iter().any(|word| before.ends_with(word));
    let misread = before.chars().count() <= 8 && (before.ends_with("วน") || confusion::distance(before, "จำนวน", 3) <= 3);
    let place = found.name("whole")?.range();
    let copies = Copies { count: digits::number(&found["count"])?, unit: Some(found["unit"].split_whitespace().collect()) };
    (!counted && !misread).then_some((copies, place))
}

/// `text` on one line with the parts `taken` blanked out, every byte in its place: a count or a level may stand in the middle of a number or a date.
fn without(text: &str, taken: &[Range<usize>]) -> String {
    let mut line = text.replace('\n', " ");
    for range in taken {
        line.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    line
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The date that the document bears: after ลงวันที่ or ลง, or right `behind` the end of its number. A date inside a title belongs to the title.
fn cited_date(line: &str, behind: Option<usize>) -> Option<(Range<usize>, dates::PrintedDate)> {
    // The longer labels are begun by the shorter; `ลงวันท` lost its marks.
    for label in ["ลงวันที่", "ลงวันท", "ลว", "ลง"] {
        for (at, _) in line.match_indices(label) {
            let from = at + label.len();
            // A day that cannot be read stands right there: another date is another's.
            let begun = line[from..].trim_start().chars().take(2).any(digits::is_digit);
            let Some((place, date)) = dates::find(&line[from..]) else {
                if begun {
                    return None;
                }
                continue;
            };
            if place.start <= 12 && line[from..from + place.start].chars().all(|c| !c.is_alphabetic()) {
                return Some((place.start + from..place.end + from, date));
            }
        }
    }
    let from = behind?;
    let (place, date) = dates::find(&line[from..])?;
    let ties = TIES.find(&line[from..from + place.start]).map_or(place.start, |ties| ties.start());
    let right_behind = !line[from..from + ties].contains(char::is_alphabetic);
    right_behind.then(|| (place.start + from..place.end + from, date))
}

/// Of what has no number, the date on which it was: `การสนทนาทางโทรศัพท์ … เมื่อวันที่ ๕ สิงหาคม ๒๕๖๗` at the end of the entry.
fn date_of_event(line: &str) -> Option<(Range<usize>, dates::PrintedDate)> {
    const EVENTS: [&str; 5] = ["การสนทนา", "การประชุม", "รายงานการประชุม", "การหารือ", "มติ"];
    let begins = line.trim_start_matches(|char: char| digits::is_digit(char) || matches!(char, ' ' | '.' | '(' | ')'));
    let from = line
        .find("เมื่อ")
        .filter(|from| line.rfind("เมื่อ") == Some(*from))
        .filter(|_| EVENTS.iter().any(|event| begins.starts_with(event)))?;
    let (place, date) = dates::find(&line[from..])?;
    let alone = line[from + place.end..].trim().is_empty();
    alone.then_some((place.start + from..place.end + from, date))
}

/// `place` with the words that tie it to the title (ที่, ลงวันที่).
fn before_ties(text: &str, place: Range<usize>) -> Range<usize> {
    let start = TIES.find(&text[..place.start]).map_or(place.start, |ties| ties.start());
    start..place.end
}

fn title(text: &str, from: usize, mut taken: Vec<Range<usize>>) -> Option<String> {
    taken.sort_by_key(|range| range.start);
    let mut left = String::new();
    let mut at = from;
    for range in taken {
        if range.start > at {
            left.push_str(&text[at..range.start]);
        }
        at = at.max(range.end);
    }
    left.push_str(text.get(at..).unwrap_or_default());
    let lines: Vec<&str> = left.split('\n').map(|line| line.trim().trim_matches(['-', '–', ',', ' ', ':'])).collect();
    let joined = value::joined(&lines.join("\n"));
    let words: Vec<&str> = joined.split_whitespace().collect();
    let title = words.join(" ");
    title.chars().any(char::is_alphabetic).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_written_out_or_told_elsewhere() {
        let copies = |text: &str| read(text).and_then(|item| item.copies).map(|copies| (copies.count, copies.unit));
        assert_eq!(copies("แบบรายงาน จำนวนสองชุด"), Some((2, Some("ชุด".to_owned()))));
        assert_eq!(copies("กำหนดการ จำนวน ๑ (หนึ่ง) แผ่น"), Some((1, Some("แผ่น".to_owned()))));
        assert_eq!(copies("กำหนดการ จำนวน ๑ (สอง) แผ่น"), None);
        for title in ["แบบสำรวจจำนวนสามเณร", "บัญชีแสดงจำนวนห้างหุ้นส่วน", "แบบรายงาน จำนวนสิบสองชุด", "ตัวอย่าง จำนวน สองร้อยแผ่น"]
        {
            assert_eq!(copies(title), None, "{title}");
        }
        assert_eq!(copies("แผ่นพับ จำนวน ๒,๕๐ แผ่น"), None);
        assert_eq!(copies("แผ่นพับ จำนวน ๒,๕๐๐ แผ่น"), Some((2500, Some("แผ่น".to_owned()))));
        assert_eq!(copies("บัญชีใบสำคัญ จำนวนตามรายละเอียดแนบท้าย\nกองทดลองได้ตรวจแล้ว จำนวน ๔ ประเด็น"), None);
    }

    #[test]
    fn two_letters_joined_by_and_are_two_entries() {
        let text = "หนังสือกรมทดลอง ที่ กษ ๐๒๐๑/ว ๑๒๓ ลงวันที่ ๒๑ ตุลาคม ๒๕๖๗ และ\nหนังสือโรงพยาบาลทดลอง ลงวันที่ ๓๐ ตุลาคม ๒๕๖๗";
        let titles: Vec<_> = split_cited(text).into_iter().filter_map(|entry| cited(&text[entry])?.title).collect();
        assert_eq!(titles, ["หนังสือกรมทดลอง", "หนังสือโรงพยาบาลทดลอง"]);
        assert_eq!(split_cited("หนังสือกรมทดลองและหนังสือแนบ ลงวันที่ ๓๐ ตุลาคม ๒๕๖๗").len(), 1);
        let year = "ประกาศจังหวัด ลงวันที่ ๕ เมษายน ๒๕๖๗ เรื่อง ยกเลิกประกาศจังหวัด พ.ศ. ๒๕๖๐ และคำสั่งจังหวัด ลงวันที่ ๒ มกราคม ๒๕๖๑";
        assert_eq!(split_cited(year).len(), 1, "the year is a title's");
    }

    #[test]
    fn a_conversation_is_of_the_day_it_was_held() {
        let day = |text: &str| cited(text).and_then(|item| item.date).and_then(|date| date.iso);
        assert_eq!(day("๒. การสนทนาทางโทรศัพท์กับเจ้าหน้าที่ เมื่อวันที่ ๕ สิงหาคม ๒๕๖๗").as_deref(), Some("2024-08-05"));
        assert_eq!(day("รายงานการประชุมหน่วยทดลอง เมื่อ ๒๔ มี.ค. ๖๘").as_deref(), Some("2025-03-24"));
        assert_eq!(day("หนังสือที่ได้รับเมื่อวันที่ ๕ สิงหาคม ๒๕๖๗"), None);
        assert_eq!(read("รายงานการประชุมหน่วยทดลอง เมื่อ ๒๔ มี.ค. ๖๘").and_then(|item| item.date), None, "as an attachment");
    }

    #[test]
    fn lists_are_cut_at_ordinals() {
        let text = " ๑. สำเนาหนังสือ ที่ มท ๐๘๑๐.๓/ว ๒๙๓\nลงวันที่ ๑๕ กุมภาพันธ์ ๒๕๖๔ จำนวน ๑ ฉบับ\n๒. สำเนาคำสั่ง ที่ ๒๑๗/๒๕๖๔ ๓. แบบตอบรับ";
        let items: Vec<_> = split(text).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(items.len(), 3, "{items:?}");
        assert!(items[1].starts_with("๒. สำเนาคำสั่ง"));
    }

    #[test]
    fn a_list_goes_on_behind_a_first_ordinal_that_lost_its_stop() {
        let text = " ๑ กำหนดการ รุ่นที่ ๔ จำนวน ๑ ชุด\n๒. แบบตอบรับ จำนวน ๑ ชุด\n๓. แผนที่ จำนวน ๑ ชุด";
        let items: Vec<_> = split(text).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(items, ["กำหนดการ รุ่นที่ ๔ จำนวน ๑ ชุด", "๒. แบบตอบรับ จำนวน ๑ ชุด", "๓. แผนที่ จำนวน ๑ ชุด"]);
    }

    #[test]
    fn a_list_without_ordinals_is_cut_behind_its_counts() {
        let text = " แบบประเมิน\nระยะที่สอง จำนวน ๑ ชุด\nแบบตอบรับ จำนวน ๒ แผ่น\n";
        let items: Vec<_> = split(text).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(items, ["แบบประเมิน\nระยะที่สอง จำนวน ๑ ชุด", "แบบตอบรับ จำนวน ๒ แผ่น"]);
        assert_eq!(split("สำเนาหนังสือ จำนวน ๑ ชุด\nสำเนาคำสั่ง จำนวน ๑ ชุด\nลงวันที่ ๒ มีนาคม ๒๕๖๕").len(), 1);
    }

    #[test]
    fn copies_may_be_counted_without_a_word() {
        let copies = |text: &str| read(text).unwrap().copies.map(|copies| copies.count);
        assert_eq!(copies("๒. สำเนาหนังสือรับรอง ที่ สร ๐๐๓๔/๒๑๖\nลงวันที่ ๑๘ กุมภาพันธ์ ๒๕๖๗   ๓ ฉบับ"), Some(3));
        assert_eq!(read("๒. ภาพถ่ายอาคาร   ๖ ภาพ").unwrap().title.as_deref(), Some("ภาพถ่ายอาคาร"));
        for text in ["แบบฟอร์ม จ้านวน ๒ ชุด", "แบบฟอร์มครั้งที่ ๒ ชุด", "ระเบียบ พ.ศ. ๒๕๖๗ ฉบับ", "แบบ ๒ ชุด ก"]
        {
            assert_eq!(copies(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_in_brackets_is_no_ordinal() {
        assert_eq!(split("แบบเสนอชื่อ (แบบ กข. ๐๑) และประวัติ (แบบ กข. ๐๒) จำนวน ๒ แบบ").len(), 1);
    }

    #[test]
    fn a_list_of_one_has_no_ordinal() {
        assert_eq!(split("สำเนาหนังสือ ที่ มท ๐๘๑๐.๓/ว ๒๙๓ จำนวน ๑. ชุด").len(), 1);
        assert_eq!(split("๑. บัญชี จำนวน ๑ ชุด\n๒.\nแผน").len(), 2);
        assert!(split("  ").is_empty());
    }

    #[test]
    fn a_date_without_its_day_is_a_date() {
        let item = read("หนังสือเทศบาลสมมติ ที่ ลป ๐๐๖๐.๙/ว ๑๒ ลงวันที่ มกราคม ๒๕๖๔").unwrap();
        assert_eq!((item.date.map(|date| date.iso), item.title.as_deref()), (Some(None), Some("หนังสือเทศบาลสมมติ")));
    }

    #[test]
    fn the_label_of_a_date_may_have_lost_its_marks() {
        let item = read("สำเนาหนังสือเทศบาลสมมติ ที่ ลป ๐๐๖๐.๙/ว ๑๒ ลงวันท ๑๙ เมษายน ๒๕๔๑").unwrap();
        assert_eq!(item.date.and_then(|date| date.iso).as_deref(), Some("1998-04-19"));
        assert_eq!(item.title.as_deref(), Some("สำเนาหนังสือเทศบาลสมมติ"));
    }

    #[test]
    fn parts_come_in_any_order() {
        let item = read("๒. สำเนาคำสั่งจังหวัดตัวอย่าง ที่ ๕๕๖ /๒๕๖๔ จำนวน ๑ ชุด\nลงวันที่ ๑๖ มีนาคม ๒๕๖๔").unwrap();
        assert_eq!(item.ordinal, Some(2));
        assert_eq!(item.title.as_deref(), Some("สำเนาคำสั่งจังหวัดตัวอย่าง"));
        assert_eq!(item.number.map(|number| number.text).as_deref(), Some("556/2564"));
        assert_eq!(item.date.and_then(|date| date.iso).as_deref(), Some("2021-03-16"));
        assert_eq!(item.copies, Some(Copies { count: 1, unit: Some("ชุด".to_owned()) }));
    }

    #[test]
    fn a_unit_may_stand_below_its_count() {
        let copies = |text: &str| read(text).unwrap().copies;
        assert_eq!(copies("สำเนาบัญชี จำนวน ๑\nชุด\n"), Some(Copies { count: 1, unit: Some("ชุด".to_owned()) }));
        assert_eq!(copies("สำเนาบัญชี จำนวน ๒\nเรื่อง การประชุม"), Some(Copies { count: 2, unit: None }));
    }

    #[test]
    fn a_count_may_stand_inside_a_number_or_a_date() {
        let item = read("๑. สำเนาหนังสือกรมตัวอย่าง ที่ มท จำนวน ๑ ฉบับ\n๐๘๑๖.๓/ว ๒๗๔๐ ลงวันที่ ๑๑ สิงหาคม ๒๕๖๕").unwrap();
        assert_eq!(item.number.map(|number| number.text).as_deref(), Some("มท 0816.3/ว 2740"));
        assert_eq!(item.title.as_deref(), Some("สำเนาหนังสือกรมตัวอย่าง"));
        let item = read("๒. สำเนาคำสั่งกรมตัวอย่าง ที่ ๘๑๒๐/๒๕๖๕ ลงวันที่ ๒๔ จำนวน ๑ ฉบับ\nสิงหาคม ๒๕๖๕").unwrap();
        assert_eq!(item.date.and_then(|date| date.iso).as_deref(), Some("2022-08-24"));
    }

    #[test]
    fn a_date_inside_a_title_is_not_the_documents() {
        let item = read("กำหนดการประชุมวันที่ ๑๖ มีนาคม ๒๕๖๔").unwrap();
        assert_eq!(item.date, None);
        assert_eq!(item.title.as_deref(), Some("กำหนดการประชุมวันที่ ๑๖ มีนาคม ๒๕๖๔"));
    }

    #[test]
    fn levels_before_the_number_are_the_cited_letters() {
        let item = read("สำเนาหนังสือกรมตัวอย่าง ด่วนที่สุด ที่ มท ๐๘๑๐.๔/ว ๑๐๘๘ ลงวันที่ ๒๗ กันยายน ๒๕๖๗ จำนวน ๑ ชุด").unwrap();
        assert_eq!(item.urgency, Some(crate::document::record::Urgency::MostUrgent));
        assert_eq!(item.title.as_deref(), Some("สำเนาหนังสือกรมตัวอย่าง"));
    }
}
