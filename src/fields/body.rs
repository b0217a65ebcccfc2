//! ข้อความ: the letter's text as paragraphs, joined across pages.
//! The hard thing: a scan shows a paragraph by its indent, a transcription by an empty line, and a page break looks like both.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::passage::Place;
use super::value::{self, Value};
use super::{Example, Field, Rule, Take};
use crate::document::letter::Line;

pub static BODY: Field = Field {
    id: "body",
    thai: "ข้อความ",
    about: "The letter's text as paragraphs, joined across pages, without page numbers and catchwords.",
    take: Take::Items(paragraphs),
    rules: &[Rule {
        id: "body.paragraph",
        place: Place::Body,
        part: "",
        score: 0.95,
        pattern: r"(?s)^ \s* (?<value> .+? ) \s* $",
        value: |found: &Captures| value::text(found.name("value")?.as_str()),
    }],
    examples: &[
        Example::reads("ด้วยกรมตัวอย่างจะจัดการประชุม", || {
            Value::Text("ด้วยกรมตัวอย่างจะจัดการประชุม".to_owned())
        }),
        Example::reads("ด้วยกรมตัวอย่างจะจัด\nการประชุม ณ ห้องประชุม ๑", || Value::Text("ด้วยกรมตัวอย่างจะจัดการประชุม ณ ห้องประชุม ๑".to_owned())),
        Example::ignores(" "),
    ],
    store: |record, found| {
        record.body = found
            .into_iter()
            .filter_map(|found| match found.value {
                Value::Text(text) => Some(text),
                _ => None,
            })
            .collect();
    },
};

/// Paragraphs of a body, whose passage separates them by an empty line.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut items = Vec::new();
    for (at, _) in text.match_indices("\n\n") {
        items.push(start..at);
        start = at + 2;
    }
    items.push(start..text.len());
    items
}

static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[ \t]*(?:[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)]?[ \t]|[(][0-9๐-๙ก-ฮ]{1,2}[)]|ข้อ[ \t]*[0-9๐-๙]|[-–•▪][ \t]|จึงเรียนมา|จึงกราบเรียน|จึงเสนอ|ทั้งนี้[ \t]|ในการนี้|หมายเหตุ)")
        .expect("a constant pattern, covered by tests")
});

/// Whether `line` begins a paragraph after `before`.
pub fn starts_paragraph(before: &Line, line: &Line) -> bool {
    if OPENING.is_match(&line.text) {
        return true;
    }
    let new_page = line.page != before.page;
    match (before.rect, line.rect) {
        (Some(above), Some(rect)) if !new_page => {
            let indent = rect.left - above.left;
            line.starts_block && indent >= 0 || indent > rect.height()
        }
        // A page break proves nothing: the text runs on unless the line opens a paragraph by its words.
        _ => line.starts_block && !new_page,
    }
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn empty_lines_part_paragraphs() {
        let text = "ก\nข\n\nค";
        let parts: Vec<_> = paragraphs(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(parts, ["ก\nข", "ค"]);
    }
}
