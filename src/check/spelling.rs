//! An abbreviation that one letter spells in two ways: หน.กชพ.จำลอง among the recipients, หน.กซพ.จำลอง in the text. One of the two is misread;
//! which one, only the page can tell.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::Code;
use crate::document::letter::Letter;
use crate::document::record::Record;
use crate::thai::confusion::lookalikes;

use super::Check;
use super::finding::{Bundle, Finding};

pub const CHECK: Check = Check { id: "spelling", codes: &[&TWO_WAYS], run: check };

const TWO_WAYS: Code = Code::warning(
    "spelling.two_ways",
    "The letter spells an abbreviation in two ways, one letter or one stop apart. Look at the page which of the two it is.",
);

/// Words of two letters and more with stops between them. What has single letters is a rank (พล.ต.), and those differ by one letter.
static ABBREVIATION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[ก-ฮ][ก-๎]+(?:\.[ก-ฮ][ก-๎]+)+").expect("a constant pattern"));

fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, (record, letter)) in bundle.records.iter().zip(bundle.letters).enumerate() {
        let mut written: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        letter.lines.iter().flat_map(|(_, line)| pairs(&line.text)).for_each(|pair| *written.entry(pair).or_default() += 1);
        let times = |pair| written.get(&pair).copied().unwrap_or_default();
        // What stands there more often is most likely the right one, and needs no second look.
        let rival = |pair| written.keys().copied().find(|other| is_misspelt(pair, *other) && times(*other) >= times(pair));
        for (pointer, value) in values(record) {
            if let Some(whole) = lost_stop(value, letter) {
                let message =
                    (format!("ที่อื่นในฉบับเป็น “{whole}” จุดอาจหาย"), format!("“{whole}” elsewhere in the letter: a stop may be lost here"));
                found.push(bundle.doubt(index, &TWO_WAYS, &pointer, message));
            }
            let other = pairs(value).find_map(|pair| Some((pair, rival(pair)?)));
            let Some(((a, b), (c, d))) = other else { continue };
            let message = (
                format!("“{a}.{b}” ในที่นี้ แต่ที่อื่นในฉบับเป็น “{c}.{d}”"),
                format!("“{a}.{b}” here, “{c}.{d}” elsewhere in the letter: one of them is misread"),
            );
            found.push(bundle.doubt(index, &TWO_WAYS, pointer, message));
        }
    }
    found
}

/// The values that hold abbreviated offices and posts, by JSON pointer.
fn values(record: &Record) -> Vec<(String, &str)> {
    let recipients = record.recipients.iter().enumerate().map(|(at, name)| (format!("/recipients/{at}"), Some(name.as_str())));
    let sender = record.sender.as_ref().and_then(|sender| sender.unit.as_deref());
    let owner = record.owner.as_ref().and_then(|owner| owner.unit.as_deref());
    let position = record.signatory.as_ref().and_then(|signatory| signatory.position.as_deref());
    let acting_for = record.signatory.as_ref().and_then(|signatory| signatory.acting_for.as_deref());
    let single =
        [("/sender/unit", sender), ("/owner/unit", owner), ("/signatory/position", position), ("/signatory/acting_for", acting_for)];
    let single = single.into_iter().map(|(pointer, value)| (pointer.to_owned(), value));
    recipients.chain(single).filter_map(|(pointer, value)| Some((pointer, value?))).collect()
}

/// `บน.๔๓` in the letter where the value has `บน ๔๓`.
fn lost_stop(value: &str, letter: &Letter) -> Option<String> {
    static SPACED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:^|[. ])([ก-ฮ]{1,4}) ([0-9๐-๙]+)").expect("a constant pattern"));
    let whole = SPACED.captures_iter(value).map(|found| format!("{}.{}", &found[1], &found[2]));
    whole.into_iter().find(|whole| letter.lines.iter().any(|(_, line)| line.text.contains(whole.as_str())))
}

/// Words of abbreviations with the word after them.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    ABBREVIATION.find_iter(text).flat_map(|found| {
        let words: Vec<&str> = found.as_str().split('.').collect();
        words.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
    })
}

/// Whether two pairs differ in one letter, and that is one that readers take for the other.
fn is_misspelt(a: (&str, &str), b: (&str, &str)) -> bool {
    (a.0 == b.0 && differs_by_lookalike(a.1, b.1)) || (a.1 == b.1 && differs_by_lookalike(a.0, b.0))
}

fn differs_by_lookalike(a: &str, b: &str) -> bool {
    let mut different = a.chars().zip(b.chars()).filter(|(a, b)| a != b);
    let (first, second) = (different.next(), different.next());
    a.chars().count() == b.chars().count() && second.is_none() && first.is_some_and(|(a, b)| lookalikes(a).contains(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::letter::{Line, Zone};
    use crate::document::record::Kind;

    fn disagree(value: &str, text: &str) -> bool {
        pairs(value).any(|pair| pairs(text).any(|other| is_misspelt(pair, other)))
    }

    #[test]
    fn one_lookalike_letter_apart_is_the_same_office_misread() {
        assert!(disagree("หน.กชพ.จำลอง", "ด้วยฝ่ายพัสดุ กซพ.จำลอง ขอส่งบัญชี"));
        assert!(disagree("รอง.กดส.จำลอง", "เรียน หน.กตส.จำลอง"));
    }

    #[test]
    fn a_stop_may_be_lost_before_a_number() {
        let line = Line { text: "ส่วนราชการ กกบ.บน.๔๓".to_owned(), ..Line::blank() };
        let letter = Letter {
            kind: Kind::InternalMemo,
            kind_confidence: 1.0,
            kind_rule: "",
            pages: vec![1],
            lines: vec![(Zone::Head, line)],
            part_of: None,
        };
        assert_eq!(lost_stop("ผบ.บน ๔๓", &letter).as_deref(), Some("บน.๔๓"));
        assert!(lost_stop("ผบ.บน.๔๓", &letter).is_none() && lost_stop("ผบ.กอง ๔๓", &letter).is_none());
    }

    #[test]
    fn other_offices_and_ranks_are_other_words() {
        assert!(!disagree("กวก.กซพ.จำลอง", "กธก.กซพ.จำลอง"));
        assert!(!disagree("พล.ต.", "พล.ท."));
        assert!(!disagree("สน.ผบ.", "สน.รอง"));
    }
}
