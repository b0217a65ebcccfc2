//! To whom the letter goes. One entry each: split at และ, at commas and at new lines, but only where a post, an office or a person begins.
//! The hard thing: และ also stands inside the names of offices.

use std::ops::Range;

use regex::Captures;

use super::label::Label;
use super::passage::Place;
use super::value::{self, Value};
use super::{Example, Field, Rule, Take};
use crate::thai::{names, posts};

pub static RECIPIENTS: Field = Field {
    id: "recipients",
    thai: "ผู้รับ",
    about: "To whom the letter goes, one entry each, without และ.",
    take: Take::Items(split),
    rules: &[
        Rule {
            id: "recipients.addressed",
            place: Place::Labelled(Label::Salutation),
            part: "",
            score: 0.95,
            pattern: r"(?s)^ (?<value> .+ ) $",
            value: name,
        },
        Rule {
            id: "recipients.message",
            place: Place::Labelled(Label::To),
            part: "",
            score: 0.9,
            pattern: r"(?s)^ (?<value> .+ ) $",
            value: name,
        },
    ],
    examples: &[
        Example::reads("เรียน ผู้อำนวยการกองตัวอย่าง", || {
            Value::Text("ผู้อำนวยการกองตัวอย่าง".to_owned())
        }),
        Example::reads(
            "เรียน ผู้อำนวยการสำนักงานส่งเสริมวิสาหกิจขนาดกลาง และขนาดย่อม",
            || Value::Text("ผู้อำนวยการสำนักงานส่งเสริมวิสาหกิจขนาดกลาง และขนาดย่อม".to_owned()),
        ),
        Example::reads("ถึง ผู้รับปฏิบัติ กองตัวอย่าง", || {
            Value::Text("กองตัวอย่าง".to_owned())
        })
        .at(Place::Labelled(Label::To)),
        Example::ignores("เรื่อง การเรียนการสอน"),
        Example::ignores("เรียน -"),
    ],
    store: |record, found| {
        record.recipients = found
            .into_iter()
            .filter_map(|found| match found.value {
                Value::Text(text) => Some(text),
                _ => None,
            })
            .collect();
    },
};

fn name(found: &Captures) -> Option<Value> {
    let name = found.name("value")?.as_str().trim_matches([' ', ',', '\n', '-', '–', '•']);
    if !name.chars().any(char::is_alphabetic) {
        return None;
    }
    value::text(name)
}

/// The items of a list of recipients, in bytes of `text`.
fn split(text: &str) -> Vec<Range<usize>> {
    let mut items: Vec<Range<usize>> = Vec::new();
    let text = &text[..via(text)];
    if let Some(rows) = units_by_row(text) {
        return rows;
    }
    let mut start = after_ordinal(text.trim_start()).map_or(0, |first| text.len() - first.len());
    let mut depth = 0_i32;
    let listed = text.contains(',');
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth > 0 || at < start => {}
            ',' | '\n' | ' ' | ';' | '.' => {
                let after = at + c.len_utf8();
                if let Some(next) = boundary(&text[start..at], c, &text[after..], listed) {
                    items.push(start..start + text[start..at].trim_end_matches([' ', ',', ';', '\n', '/']).len());
                    start = after + next;
                }
            }
            _ => {}
        }
    }
    items.push(start..text.len());
    items.retain(|item| item.start <= item.end && !text[item.clone()].trim().is_empty());
    items
}

/// Units of a message form, one a row and no commas between them: most have a stop in their short names.
fn units_by_row(text: &str) -> Option<Vec<Range<usize>>> {
    let mut at = 0;
    let rows = text.split_inclusive('\n').map(|row| {
        at += row.len();
        at - row.len()..at - row.len() + row.trim_end().len()
    });
    let rows: Vec<Range<usize>> = rows.filter(|row| !row.is_empty()).collect();
    let short =
        rows.iter().filter(|row| text[(*row).clone()].contains('.') && after_ordinal(text[(*row).clone()].trim()).is_none()).count();
    let runs_on = text.contains(',') || text.contains("และ");
    (rows.len() >= 3 && !runs_on && 2 * short > rows.len()).then_some(rows)
}

/// Where it is said through whom the letter goes (`ผ่าน รองคณบดี`, on a row of its own or in brackets): none of the recipients stands there.
fn via(text: &str) -> usize {
    let places = text.match_indices([' ', '\n', '(']).map(|(at, _)| (at, text[at..].trim_start_matches([' ', '\n', '('])));
    let abbreviated = |rest: &str| rest.chars().take(6).any(|char| char == '.');
    let office = |rest: &str| posts::begins_like_recipient(rest) || abbreviated(rest);
    let named = |rest: &str| rest.strip_prefix("ผ่าน").map(|rest| rest.trim_start_matches([' ', ':'])).is_some_and(office);
    places.into_iter().find(|(_, rest)| named(rest)).map_or(text.len(), |(at, _)| at)
}

/// Where the next item starts in `after`, when the separator between `before` and `after` ends one; `listed` where commas stand in the list.
fn boundary(before: &str, separator: char, after: &str, listed: bool) -> Option<usize> {
    let before = before.trim();
    let rest = after.trim_start_matches([' ', '\n', ',', ';', '/']);
    if before.is_empty() || rest.is_empty() {
        return None;
    }
    let skipped = after.len() - rest.len();
    // "๑. … ๒. …": the ordinal goes with its item.
    if let Some(item) = after_ordinal(rest) {
        return Some(skipped + rest.len() - item.len());
    }
    // Of two posts that one person holds none is every office's.
    let parted = separator == ' ' && after.starts_with("/ ") && before.split(' ').next_back().is_some_and(|last| last.contains("ทุก"));
    if parted && posts::begins_like_recipient(rest) {
        return Some(skipped);
    }
    if let Some(joined) = rest.strip_prefix("และ").filter(|_| separator != '.') {
        let next = joined.trim_start();
        let first_word = next.split(' ').next().unwrap_or_default();
        let abbreviated = |words: &str| words.split(' ').all(|word| word.contains('.'));
        let lists_units = (listed && !next.contains(',') && (separator == ',' || first_word.contains('.')))
            || (abbreviated(before) && first_word.contains('.'));
        return (posts::begins_like_recipient(next) || names::begins_like_person(next) || lists_units)
            .then(|| skipped + rest.len() - next.len());
    }
    match separator {
        ',' | ';' => Some(skipped),
        // A comma that a reader took for a full stop; behind an abbreviation it is one.
        '.' => {
            (listed && after.starts_with(' ') && last_word(before) >= ABBREVIATION && posts::begins_like_recipient(rest)).then_some(skipped)
        }
        '\n' if names::begins_like_person(before) && names::begins_like_person(rest) => Some(skipped),
        _ if names::begins_like_person(before) => None,
        '\n' => (posts::begins_like_post(rest) || posts::begins_like_office(rest) && posts::begins_like_office(before)).then_some(skipped),
        // Inside one line a blank ends an item only before a post, after a post. Where และ ends the list, any post will do.
        _ => {
            let ends_with_and = rest.contains(" และ");
            let another = posts::begins_like_head(rest) || (posts::begins_like_post(rest) && ends_with_and);
            // Offices of one sort: others may stand above or below each other.
            let of_one_sort = posts::word_of_office(before).is_some_and(|word| posts::word_of_office(rest) == Some(word));
            // Every one of a sort needs no more words: what follows is another sort.
            let every = before.split(' ').next_back().is_some_and(|last| last.contains("ทุก")) && posts::begins_like_office(rest);
            (another && posts::begins_like_post(before) || ends_with_and && (of_one_sort || every)).then_some(skipped)
        }
    }
}

/// Letters of the longest abbreviation that a full stop ends.
const ABBREVIATION: usize = 6;

fn last_word(text: &str) -> usize {
    text.chars().rev().take_while(|char| !matches!(char, ' ' | '.' | ',')).count()
}

fn after_ordinal(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| crate::thai::digits::is_digit(c));
    let ordinal = text.len() - rest.len();
    (ordinal > 0 && ordinal <= 6).then(|| rest.strip_prefix(['.', ')']))?.map(str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::split;

    fn items(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|range| text[range].trim()).collect()
    }

    #[test]
    fn lists_are_split_where_a_recipient_begins() {
        assert_eq!(items("นายอำเภอ ทุกอำเภอ และนายกเทศมนตรี ทุกแห่ง"), ["นายอำเภอ ทุกอำเภอ", "นายกเทศมนตรี ทุกแห่ง"]);
        assert_eq!(items("นายกเทศมนตรีตำบล ก\nนายกองค์การบริหารส่วนตำบล ข"), ["นายกเทศมนตรีตำบล ก", "นายกองค์การบริหารส่วนตำบล ข"]);
        assert_eq!(items("กองร้อย ก, กอง ท. หน่วยพยาบาล").len(), 2);
        assert_eq!(items("กองร้อย ก, กองร้อยบริการ. หน่วยพยาบาล").len(), 3);
        assert_eq!(items("ก.ก, ข.ข, และ ค.ค"), ["ก.ก", "ข.ข", "ค.ค"]);
        assert_eq!(items("๑. อธิบดีกรมตัวอย่าง\n๒. ปลัดกระทรวงตัวอย่าง"), ["อธิบดีกรมตัวอย่าง", "ปลัดกระทรวงตัวอย่าง"]);
        let posts = "ปลัดกระทรวง อธิบดี ผู้บัญชาการ ผู้ว่าการ\nหัวหน้ารัฐวิสาหกิจ ผู้บริหารท้องถิ่น และหัวหน้าหน่วยงานอื่นของรัฐ";
        assert_eq!(items(posts).len(), 7, "{:?}", items(posts));
        assert_eq!(items("คุณสมมติ ตัวอย่าง\nคุณทดลอง ตัวอย่าง (ผู้ค้ำประกัน)").len(), 2);
        assert_eq!(items("หัวหน้าส่วนราชการ / นายกเทศมนตรี"), ["หัวหน้าส่วนราชการ", "นายกเทศมนตรี"]);
        assert_eq!(items("ก.ก.๔\nกรม ข.ค.๗\nร.ล.ตัวอย่าง\nเรือ ต.๒").len(), 4);
        assert_eq!(items("ผอ.สพป.ตัวอย่าง\nเขต ๑ ผอ.รร.\nและ ผอ.กศน.ตัวอย่าง").len(), 2);
        assert_eq!(items("ยก.ตอ. และ พอ."), ["ยก.ตอ.", "พอ."]);
        assert_eq!(items("เลขาธิการ ก.ข. และ ก.ข.ร.").len(), 1);
        assert_eq!(items("กอง ก, กอง ข และ ร.พัน.ท."), ["กอง ก", "กอง ข", "ร.พัน.ท."]);
        assert_eq!(items("ป.พัน.ก รอ., ส.พัน.ข รอ. และ พัน.สร.ค"), ["ป.พัน.ก รอ.", "ส.พัน.ข รอ.", "พัน.สร.ค"]);
        assert_eq!(items("ผู้ว่าราชการจังหวัด (ผ่าน นายอำเภอ)"), ["ผู้ว่าราชการจังหวัด"]);
        assert_eq!(items("จก.กก. (ผ่าน รอง จก.กก.)"), ["จก.กก."]);
        assert_eq!(items("คณบดีคณะตัวอย่าง\nผ่าน รองคณบดีฝ่ายวิชาการ"), ["คณบดีคณะตัวอย่าง"]);
        assert_eq!(items("ปลัดอำเภอ นายกเทศมนตรีตำบลตัวอย่าง"), ["ปลัดอำเภอ", "นายกเทศมนตรีตำบลตัวอย่าง"]);
    }

    #[test]
    fn names_of_one_recipient_stay_whole() {
        for text in [
            "ผู้ว่าราชการจังหวัด ทุกจังหวัด",
            "อธิบดีกรมส่งเสริมอุตสาหกรรม และการค้า",
            "คณบดีคณะวิทยาศาสตร์และเทคโนโลยี มหาวิทยาลัยตัวอย่าง",
            "นายสมมุติ ตัวอย่าง ผู้อำนวยการกองตัวอย่าง",
            "ผู้อำนวยการโรงเรียนตัวอย่าง\nวิทยาคม",
            "ผู้จัดการโครงการตัวอย่าง\nผ่านระบบอิเล็กทรอนิกส์ สพฐ.",
        ] {
            assert_eq!(items(text).len(), 1, "{text}");
        }
    }
}
