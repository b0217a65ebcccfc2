//! Text that another engine transcribed (`.txt`, `.md`) in, the text of its pages out.
//!
//! Words stay as they are written: emphasis, links and entities are left to `normalize`, which records what it takes away. What is
//! read here is structure: pages at form feeds and page marks, lines, and the cells of Markdown, HTML and tab-separated tables.

use super::placed;
use crate::document::text::{Engine, PageText, Role, TextLine};
use crate::error::{Error, Stage};
use crate::thai::dates;
use crate::thai::digits::is_digit;

/// A longer line is cut at a blank: no paragraph of a letter comes near, and what works on one line at a time stays small.
const LONGEST_LINE: usize = 20_000;

/// The pages of a transcript's bytes.
///
/// # Errors
/// Bytes that are not UTF-8 (or UTF-16 with its mark), and text that holds NUL characters.
pub fn read(bytes: &[u8]) -> Result<Vec<PageText>, Error> {
    decode(bytes).map(|text| pages(&text))
}

/// The pages of a transcript; none when there is nothing but white space.
pub fn pages(text: &str) -> Vec<PageText> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Vec::new();
    }
    let mut pages = vec![Page::default()];
    for (index, sheet) in text.split('\u{c}').enumerate() {
        if index > 0 {
            pages.push(Page::default());
        }
        for line in sheet.lines().flat_map(|line| line.split('\r')) {
            if is_page_mark(line) {
                let nothing_yet = pages.last().is_none_or(|page| page.lines.iter().all(|line| line.text.trim().is_empty()));
                if !nothing_yet {
                    pages.push(Page::default());
                }
            } else if let Some(page) = pages.last_mut() {
                page.push(line);
            }
        }
    }
    if pages.len() > 1 && pages.last().is_some_and(|page| page.lines.is_empty()) {
        pages.pop();
    }
    pages.into_iter().zip(1..).map(|(page, number)| page.finish(number)).collect()
}

fn decode(bytes: &[u8]) -> Result<String, Error> {
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest)?,
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => utf8(bytes)?,
    };
    match text.find('\0') {
        Some(at) => Err(Error::new(Stage::Ingest, "text.binary", "not a text", format!("a NUL character at byte {at}"))
            .hint("a scan needs its own file type (.pdf, .png, .jpg, .tif); UTF-16 text needs its byte-order mark")),
        None => Ok(text),
    }
}

fn utf8(bytes: &[u8]) -> Result<String, Error> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        Error::new(Stage::Ingest, "text.encoding", "not UTF-8", format!("byte {} is no character", error.valid_up_to()))
            .hint("Thai text of old systems: iconv -f CP874 -t UTF-8 FILE")
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Error> {
    let broken = |why: &str| Error::new(Stage::Ingest, "text.encoding", "not UTF-16, as its byte-order mark says", why);
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err(broken("half a character at the end"));
    }
    let units: Vec<u16> = pairs.map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16(&units).map_err(|error| broken(&error.to_string()))
}

/// `--- page 2 ---`, `=== Page 2 ===`, `<!-- page 2 -->`, `## Page 2`, `[หน้า 2]`, `{2}-----`: how engines mark where a page of the scan begins.
fn is_page_mark(line: &str) -> bool {
    let heading = line.trim();
    let line = heading.trim_start_matches('#').trim();
    if line.len() < heading.len() && names_page(line) {
        return true;
    }
    if names_page(within_rules(line)) {
        return true;
    }
    let framed = |open: &str, close: &str| line.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let inside = framed("<!--", "-->")
        .or_else(|| framed("---", "---"))
        .or_else(|| framed("===", "==="))
        .or_else(|| framed("[", "]"))
        .or_else(|| framed("**", "**"));
    if let Some(inside) = inside {
        let words = inside.trim_matches(|char: char| char.is_whitespace() || matches!(char, '-' | '=' | ':'));
        return names_page(words);
    }
    line.strip_prefix('{').and_then(|rest| rest.split_once('}')).is_some_and(|(number, rule)| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && rule.len() >= 5 && rule.bytes().all(|byte| byte == b'-')
    })
}

/// What stands between two rules of signs: `= = = หน้า ๒/๓ = = =`. Nothing where there are none.
fn within_rules(line: &str) -> &str {
    const SIGNS: usize = 3;
    let sign = |char: char| matches!(char, '=' | '-' | '*' | '~' | '_' | '◇');
    let inside = line.trim_matches(|char: char| sign(char) || char.is_whitespace());
    let ruled = |rule: Option<&str>| rule.is_some_and(|rule| rule.chars().filter(|char| sign(*char)).count() >= SIGNS);
    let (before, after) = line.split_once(inside).filter(|_| !inside.is_empty()).map_or((None, None), |(a, b)| (Some(a), Some(b)));
    if ruled(before) && ruled(after) { inside } else { "" }
}

fn names_page(words: &str) -> bool {
    let number = words.get(..4).filter(|word| word.eq_ignore_ascii_case("page")).map(|_| &words[4..]).or_else(|| words.strip_prefix("หน้า"));
    number.is_some_and(|number| {
        let number = number.trim_start_matches("ที่").trim_matches(|char: char| char.is_whitespace() || matches!(char, ':' | '.'));
        let number = number.split(['/', ' ']).next().unwrap_or_default();
        !number.is_empty() && number.chars().all(is_digit)
    })
}

/// The cells between tabs. A tab behind วันที่ or จำนวน, or inside the date or the count, is a blank: `จำนวน⇥๑⇥แผ่น` is one cell.
fn tab_cells(line: &str) -> Vec<&str> {
    let mut cells: Vec<(usize, usize)> = Vec::new();
    let mut parts = 0;
    let mut at = 0;
    for cell in line.split('\t') {
        let (start, end) = (at, at + cell.len());
        at = end + 1;
        let goes_on = parts > 0
            && cell.chars().count() <= LONGEST_PART
            && cell.chars().all(|char| is_digit(char) || matches!(char, 'ก'..='๎' | '.' | ' '));
        match cells.last_mut() {
            Some(last) if goes_on && !cell.trim().is_empty() => {
                last.1 = end;
                parts -= 1;
            }
            _ => {
                cells.push((start, end));
                parts = match cell.trim() {
                    label if label.ends_with("จำนวน") => 2,
                    label if label.ends_with("วันที่") => 3,
                    _ => 0,
                };
            }
        }
    }
    cells.into_iter().map(|(start, end)| &line[start..end]).collect()
}

/// Characters of a month's name, and so of the longest part of a date or a count.
const LONGEST_PART: usize = 10;

#[derive(Default)]
struct Page {
    lines: Vec<TextLine>,
    table: Table,
}

/// The table that the lines being read stand in.
#[derive(Default)]
struct Table {
    /// How many tables were begun on the page.
    begun: u16,
    row: u16,
    column: u16,
    /// What kind of table is open.
    open: Option<Markup>,
    /// A Markdown row that goes on on the next line.
    unfinished: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Markup {
    Pipes,
    Tabs,
    Html,
}

/// `สั่ง⇥ณ⇥วันที่⇥๑๑⇥เดือน⇥…`: tabs between the words of a date are no table.
fn gives_date(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next().is_some_and(|word| dates::GIVEN.split('|').any(|given| word == given)) && words.next() == Some("ณ")
}

impl Page {
    fn push(&mut self, line: &str) {
        if self.table.open == Some(Markup::Html) || has_tag(line, "<table") {
            return self.html(line);
        }
        if let Some(row) = pipe_row(line) {
            return self.pipes(row);
        }
        if self.table.unfinished && self.table.open == Some(Markup::Pipes) && line.trim_end().ends_with('|') {
            return self.rest_of_row(line);
        }
        if line.matches('\t').count() >= 2 && line.split('\t').filter(|cell| !cell.trim().is_empty()).count() >= 2 && !gives_date(line) {
            self.enter(Markup::Tabs);
            return self.row(tab_cells(line).into_iter());
        }
        self.table.open = None;
        if has_tag(line, "<br") {
            return self.broken(line);
        }
        // What a fence of code stands around is set apart.
        let fence = line.trim_start().starts_with("```");
        self.text(if fence { "" } else { line }, Role::Text);
    }

    fn enter(&mut self, markup: Markup) {
        if self.table.open == Some(markup) {
            self.table.row = self.table.row.saturating_add(1);
        } else {
            self.table = Table { begun: self.table.begun.saturating_add(1), open: Some(markup), ..Table::default() };
        }
        self.table.column = 0;
    }

    fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        for (column, cell) in cells.enumerate() {
            self.table.column = u16::try_from(column).unwrap_or(u16::MAX);
            self.cell(cell);
        }
    }

    fn cell(&mut self, text: &str) {
        let Table { begun, row, column, .. } = self.table;
        if !text.trim().is_empty() {
            self.text(text.trim(), Role::Cell { table: begun - 1, row, column });
        }
    }

    /// One row of a Markdown table; the rule under its heading is no text.
    fn pipes(&mut self, row: &str) {
        if row.chars().all(|char| matches!(char, '|' | '-' | ':' | ' ')) && row.contains('-') {
            return;
        }
        self.enter(Markup::Pipes);
        let row_ends = row.trim_end().ends_with('|');
        self.table.unfinished = !row_ends;
        let inside = row.trim().trim_start_matches('|');
        self.row(inside.strip_suffix('|').unwrap_or(inside).split('|').flat_map(|cell| cell.split("<br>")));
    }

    fn rest_of_row(&mut self, line: &str) {
        let line = line.trim_end();
        self.cell(line.strip_suffix('|').unwrap_or(line));
        self.table.unfinished = false;
    }

    /// A line that HTML breaks into several.
    fn broken(&mut self, line: &str) {
        let (mut rest, mut at) = (line, 0);
        while let Some((before, tag, after)) = next_tag(&rest[at..]) {
            let kept = before.len() + tag.len() + 2;
            if tag_name(tag) == "br" {
                self.text(&rest[..at + before.len()], Role::Text);
                (rest, at) = (after, 0);
            } else {
                at += kept;
            }
        }
        self.text(rest, Role::Text);
    }

    /// Text between the tags of an HTML table; a cell's own line breaks make lines of the same cell.
    fn html(&mut self, line: &str) {
        let mut rest = line;
        loop {
            let Some((before, tag, after)) = next_tag(rest) else {
                return self.html_text(rest);
            };
            if structural(tag) {
                self.html_text(before);
                self.html_tag(tag);
                rest = after;
            } else {
                let kept = before.len() + tag.len() + 2;
                let (words, after) = inline(rest, kept);
                self.html_text(words);
                rest = after;
            }
            if rest.is_empty() {
                return;
            }
        }
    }

    fn html_text(&mut self, text: &str) {
        if self.table.open == Some(Markup::Html) {
            self.cell(text);
        } else if !text.trim().is_empty() {
            self.text(text.trim(), Role::Text);
        }
    }

    fn html_tag(&mut self, tag: &str) {
        match tag_name(tag).as_str() {
            "table" => self.table = Table { begun: self.table.begun.saturating_add(1), open: Some(Markup::Html), ..Table::default() },
            "/table" => self.table.open = None,
            "/tr" => {
                self.table.row = self.table.row.saturating_add(1);
                self.table.column = 0;
            }
            "/td" | "/th" => self.table.column = self.table.column.saturating_add(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, role: Role) {
        let mut rest = text;
        loop {
            let (piece, after) = rest.split_at(cut(rest));
            self.lines.push(TextLine { text: piece.to_owned(), confidence: 1.0, role, ..TextLine::default() });
            rest = after;
            if rest.is_empty() {
                return;
            }
        }
    }

    fn finish(self, number: u32) -> PageText {
        PageText::of_lines(number, Engine::Transcribed, placed::unfolded(self.lines))
    }
}

/// A row of a Markdown table, with or without a bullet before it.
fn pipe_row(line: &str) -> Option<&str> {
    let line = line.trim();
    let row = line.strip_prefix("- ").unwrap_or(line);
    (row.starts_with('|') && row.len() > 1).then_some(row)
}

/// Byte at which a line is cut: its length, or the last blank before the limit.
fn cut(line: &str) -> usize {
    if line.len() <= LONGEST_LINE {
        return line.len();
    }
    let limit = line.floor_char_boundary(LONGEST_LINE);
    line[..limit].rfind(' ').map_or(limit, |blank| blank + 1)
}

fn has_tag(line: &str, tag: &str) -> bool {
    line.match_indices('<').any(|(at, _)| line.get(at..at + tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag)))
}

/// What stands before the next tag, the tag without its brackets, and what follows it.
fn next_tag(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find('<')?;
    let close = open + text[open..].find('>')?;
    Some((&text[..open], &text[open + 1..close], &text[close + 1..]))
}

fn tag_name(tag: &str) -> String {
    tag.trim_end_matches('/').split_whitespace().next().unwrap_or_default().to_ascii_lowercase()
}

fn structural(tag: &str) -> bool {
    let name = tag_name(tag);
    let name = name.trim_start_matches('/');
    matches!(name, "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "br" | "caption")
}

/// The words up to the next structural tag, tags of emphasis among them left for `normalize`.
fn inline(text: &str, from: usize) -> (&str, &str) {
    let mut at = from;
    while let Some((before, tag, _)) = next_tag(&text[at..]) {
        if structural(tag) {
            return text.split_at(at + before.len());
        }
        at += before.len() + tag.len() + 2;
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(transcript: &str) -> Vec<Vec<String>> {
        pages(transcript).into_iter().map(|page| page.lines.into_iter().map(|line| line.text).collect()).collect()
    }

    fn cells(transcript: &str) -> Vec<(String, Role)> {
        pages(transcript).into_iter().flat_map(|page| page.lines).map(|line| (line.text, line.role)).collect()
    }

    fn cell(text: &str, table: u16, row: u16, column: u16) -> (String, Role) {
        (text.to_owned(), Role::Cell { table, row, column })
    }

    #[test]
    fn pages_end_at_form_feeds_and_page_marks() {
        assert_eq!(texts("ก\u{c}ข"), [["ก"], ["ข"]]);
        assert_eq!(texts("--- page 1 ---\nก\n--- Page 2 ---\nข"), [["ก"], ["ข"]]);
        assert_eq!(texts("ก\n<!-- page 2 -->\nข\n=== หน้าที่ ๓ ===\nค"), [["ก"], ["ข"], ["ค"]]);
        assert_eq!(texts("## Page 1\nก\n[หน้า 2]\nข\n**Page 3**\nค"), [["ก"], ["ข"], ["ค"]]);
        assert_eq!(texts("ก\n= = = = หน้า ๒/๓ = = = =\nข\n- หน้า ๓ -"), [vec!["ก"], vec!["ข", "- หน้า ๓ -"]]);
        assert_eq!(texts("ก\n---\nข\n[หน้าต่อไป]\nหน้า ๒"), [["ก", "---", "ข", "[หน้าต่อไป]", "หน้า ๒"]]);
    }

    #[test]
    fn lines_end_as_any_system_ends_them_and_keep_their_numbers() {
        assert_eq!(texts("ก\r\n\r\nข\rค"), [["ก", "", "ข", "ค"]]);
        assert!(pages(" \n\u{c}\n").is_empty());
    }

    #[test]
    fn tables_come_apart_into_cells() {
        assert_eq!(
            cells("| ก | ข |\n|---|:--|\n| ค | |\n\n| ง |"),
            [cell("ก", 0, 0, 0), cell("ข", 0, 0, 1), cell("ค", 0, 1, 0), (String::new(), Role::Text), cell("ง", 1, 0, 0)]
        );
        assert_eq!(cells("ที่\tชื่อ\tหมายเหตุ"), [cell("ที่", 0, 0, 0), cell("ชื่อ", 0, 0, 1), cell("หมายเหตุ", 0, 0, 2)]);
        assert_eq!(
            cells("<table><tr><td>ก<br/>ข</td><td><b>ค</b></td></tr>\n<tr><td>ง</td></tr></table>จ"),
            [cell("ก", 0, 0, 0), cell("ข", 0, 0, 0), cell("<b>ค</b>", 0, 0, 1), cell("ง", 0, 1, 0), ("จ".to_owned(), Role::Text)]
        );
    }

    #[test]
    fn a_row_may_go_on_on_the_next_line() {
        assert_eq!(cells("| ก | กรรมการและ\nเลขานุการ |"), [cell("ก", 0, 0, 0), cell("กรรมการและ", 0, 0, 1), cell("เลขานุการ", 0, 0, 1)]);
    }

    #[test]
    fn encodings_are_read_or_refused_with_a_reason() {
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("ที่".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(read(&utf16).expect("UTF-16")[0].lines[0].text, "ที่");
        assert_eq!(texts("\u{feff}ที่"), [["ที่"]]);
        let refused = |bytes: &[u8]| read(bytes).expect_err("refused").to_string();
        assert_eq!(
            refused(b"\xb7\xd5\xe8"),
            "not UTF-8: byte 0 is no character; hint: Thai text of old systems: iconv -f CP874 -t UTF-8 FILE"
        );
        assert!(refused(b"a\0b").starts_with("not a text: a NUL character at byte 1"));
        assert!(refused(b"\xff\xfea").starts_with("not UTF-16"));
    }

    #[test]
    fn one_endless_line_is_cut_at_blanks() {
        let lines = texts(&"คำ ".repeat(20_000));
        assert!(lines[0].len() > 1 && lines[0].iter().all(|line| line.len() <= LONGEST_LINE));
        assert_eq!(lines[0].concat().trim_end(), "คำ ".repeat(20_000).trim_end());
    }
}
