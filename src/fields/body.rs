//! ข้อความ: the letter's text as paragraphs, joined across pages.
//! The hard thing: a scan shows a paragraph by its indent, a transcription by an empty line, and a page break looks like both.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::passage::{Passage, Place};
use super::value::{self, Value};
use super::{Example, Field, Rule, Take};
use crate::document::letter::Line;
use crate::document::text::Role;

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
        pattern: r"(?s)^ (?<value> .+ ) $",
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
    Regex::new(
        r"^[ \t]*(?:[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)][ \t]|[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})+[ \t]|[(][0-9๐-๙ก-ฮ]{1,2}[)]|[“”\x22]?ข้อ[ \t]*[0-9๐-๙]|[-–•▪][ \t]*[ก-๎]|จึงเรียนมา|จึงกราบเรียน|จึงเสนอ|จึงประกาศ|หมายเหตุ)",
    )
    .expect("a constant pattern, covered by tests")
});

/// The text's lines with an empty line before each paragraph.
pub fn passage<'l>(lines: &[&'l Line]) -> Passage<'l> {
    let mut body = Passage::new(Place::Body);
    let mut before: Option<&Line> = None;
    let mut column = Column::default();
    for (at, line) in lines.iter().enumerate() {
        if before.is_none_or(|before| before.page != line.page) {
            column = Column::of(lines[at..].iter().copied().take_while(|other| other.page == line.page));
        }
        let separator = match before.map(|before| relation(before, line, &column)) {
            None | Some(Relation::Paragraph) => "\n\n",
            Some(Relation::NextCell) => " ",
            Some(Relation::SameParagraph) => "\n",
        };
        body.push(line, 0, &line.text, separator);
        before = Some(line);
    }
    body
}

/// Left and right edges of the text of a page, in pixels.
#[derive(Debug, Clone, Copy, Default)]
struct Column {
    left: i32,
    right: i32,
}

impl Column {
    fn of<'l>(lines: impl Iterator<Item = &'l Line>) -> Self {
        let edges = lines.filter(|line| line.role.is_text()).filter_map(|line| line.rect).map(|rect| (rect.left, rect.right));
        let widest = edges.reduce(|(left, right), edge| (left.min(edge.0), right.max(edge.1)));
        widest.map_or_else(Column::default, |(left, right)| Column { left, right })
    }
}

/// How a line of the text goes on from the line before.
enum Relation {
    Paragraph,
    SameParagraph,
    /// Another box of the same row of a table.
    NextCell,
}

fn relation(before: &Line, line: &Line, column: &Column) -> Relation {
    if let Role::Cell { table, row, column: box_ } = line.role {
        return match before.role {
            Role::Cell { table: of, row: at, column: last } if of == table && at == row && last == box_ => Relation::SameParagraph,
            Role::Cell { table: of, row: at, .. } if of == table && at == row => Relation::NextCell,
            _ => Relation::Paragraph,
        };
    }
    let starts = !before.role.is_text() || OPENING.is_match(&line.text) || starts_by_place(before, line, column);
    if starts { Relation::Paragraph } else { Relation::SameParagraph }
}

/// By indent where there is a page image, by the empty line where there is only text. A page break proves nothing.
fn starts_by_place(before: &Line, line: &Line, column: &Column) -> bool {
    let new_page = before.page != line.page;
    let (Some(above), Some(rect)) = (before.rect, line.rect) else { return line.starts_block && !new_page };
    let indented = rect.left - column.left > rect.height() / 2;
    if new_page {
        return indented;
    }
    // Inside an indented block, only a line that ends early ends its paragraph.
    let same_indent = (rect.left - above.left).abs() < rect.height() / 2;
    let ended_early = column.right - above.right > rect.height() * 2;
    let turns = ["ทั้งนี้", "ในการนี้", "บัดนี้", "อนึ่ง"].iter().any(|word| line.text.starts_with(word));
    indented && (!same_indent || ended_early) || (line.starts_block || turns) && ended_early
}

#[cfg(test)]
mod tests {
    use super::{Column, paragraphs};

    #[test]
    fn a_page_of_stamps_alone_has_no_column() {
        let column = Column::of(std::iter::empty());
        assert_eq!((column.left, column.right), (0, 0));
    }

    #[test]
    fn empty_lines_part_paragraphs() {
        let text = "ก\nข\n\nค";
        let parts: Vec<_> = paragraphs(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(parts, ["ก\nข", "ค"]);
    }
}
