//! Where a reader stands on the form, row by row from the top: head, lists, body, tail. What zone each row is follows from it.
//!
//! The hard thing is that the parts have no borders: a list ends where a paragraph begins, an owner's block may stand between a name and its post.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::letter::Zone;
use crate::document::record::Kind;
use crate::thai::digits::{self, is_digit};
use crate::thai::labels;

use super::cue::{self, Cue};
use super::lexicon;
use super::row::Row;
use super::tail::{self, Tail};

/// A longer line is a paragraph, not a row of the head (chars).
const PARAGRAPH: usize = 160;

/// A shorter row has room left (chars).
const SHORT: usize = 50;

/// Rows that the title of an annex or a form takes at most.
const TITLE_ROWS: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    Head,
    /// In อ้างถึง or สิ่งที่ส่งมาด้วย.
    List,
    Body,
    /// From คำลงท้าย on.
    Tail,
}

/// What was seen of one letter so far.
#[derive(Debug)]
pub struct Form {
    pub phase: Phase,
    pub number: bool,
    pub title: bool,
    pub subject: bool,
    pub salutation: bool,
    /// Number of the last item of the list being read; 0 while it has none.
    item: u32,
    /// A whole entry stands on the row of the list's label.
    whole_entry: bool,
    /// Recipients are a numbered list.
    numbered: bool,
    /// Annexes and forms have a title and text, and none of a letter's parts.
    plain: bool,
    rows: usize,
    tail: Tail,
}

impl Form {
    pub fn new() -> Self {
        Form {
            phase: Phase::Head,
            number: false,
            title: false,
            subject: false,
            salutation: false,
            item: 0,
            whole_entry: false,
            numbered: false,
            plain: false,
            rows: 0,
            tail: Tail::default(),
        }
    }

    /// Knowing the kind, some parts are not looked for.
    pub fn of(kind: Kind) -> Self {
        Form { plain: matches!(kind, Kind::Attachment | Kind::Form), ..Form::new() }
    }

    /// Nothing that tells one letter from the next was seen yet.
    pub fn is_fresh(&self) -> bool {
        !(self.number || self.title || self.subject || self.salutation) && self.phase == Phase::Head
    }

    /// Takes the row at `at` and tells its zone. Looks ahead, never back.
    pub fn step(&mut self, rows: &[Row], at: usize) -> Zone {
        let row = &rows[at];
        if row.stamp.is_some() {
            return Zone::Stamp;
        }
        if is_noise(rows, at) {
            return Zone::Noise;
        }
        self.rows += 1;
        if self.plain {
            self.plain_step(row);
            return Zone::Body;
        }
        match self.phase {
            Phase::Head => self.head(rows, at),
            Phase::List => self.list(rows, at),
            Phase::Body => self.body(rows, at),
            Phase::Tail => self.tail.step(rows, at),
        }
    }

    /// The title of an annex ends the head only with the first row that is none.
    fn plain_step(&mut self, row: &Row) {
        let blank_to_fill = row.line.repairs.iter().any(|repair| repair.rule == "leaders.dropped");
        let title = self.rows <= TITLE_ROWS && row.length < PARAGRAPH && !row.in_table() && !blank_to_fill;
        if !title || matches!(row.cue, Cue::Item | Cue::Opening | Cue::Contact) {
            self.phase = Phase::Tail;
        }
    }

    fn head(&mut self, rows: &[Row], at: usize) -> Zone {
        let row = &rows[at];
        match row.cue {
            Cue::Number | Cue::OrderNumber => self.number = true,
            Cue::MemoTitle
            | Cue::MessageTitle
            | Cue::OrderTitle
            | Cue::AnnouncementTitle
            | Cue::RegulationTitle
            | Cue::MinutesTitle
            | Cue::CertificateTitle => self.title = true,
            Cue::Subject if row.length < 2 * PARAGRAPH => self.subject = true,
            Cue::Salutation | Cue::To => {
                self.salutation = true;
                self.item = if labels::stands_alone(row.text()) { 0 } else { u32::from(first_item(row.text())) };
                self.numbered = self.item == 1 || labels::stands_alone(row.text());
            }
            Cue::Reference | Cue::Attachments => return self.open_list(row),
            Cue::Closing | Cue::GivenDate => return self.enter_tail(rows, at),
            Cue::Opening if self.ends_head(row) && !is_below_bare_label(rows, at) && !self.is_rest_of_subject(rows, at) => {
                return self.enter_body();
            }
            Cue::Agenda => return self.enter_body(),
            Cue::Item if self.numbered && self.counts_on(rows, at) => self.item += 1,
            Cue::Item if self.salutation || self.subject => return self.enter_body(),
            Cue::Contact if self.salutation => return self.enter_tail(rows, at),
            _ if self.begins_text(rows, at) => return self.enter_body(),
            _ => {}
        }
        Zone::Head
    }

    /// The next of numbered recipients; the first stands right below its label.
    fn counts_on(&self, rows: &[Row], at: usize) -> bool {
        let row = &rows[at];
        let listed = self.item > 0 || is_below_bare_label(rows, at);
        listed && item_number(row.text()) == self.item + 1 && !is_sentence(row)
    }

    /// An opening word is a paragraph's, not the wrapped rest of the subject.
    fn ends_head(&self, row: &Row) -> bool {
        let labels_done = self.salutation || (self.title && self.subject);
        let apart = row.line.starts_block || row.length > PARAGRAPH;
        labels_done || ((self.subject || self.title || self.number) && apart) || row.length > 2 * PARAGRAPH
    }

    /// The second row of an order's or announcement's subject, which may begin as paragraphs do (`เพื่อเลือกสรรเป็น…`): on a page it stands in the
    /// middle below the first.
    fn is_rest_of_subject(&self, rows: &[Row], at: usize) -> bool {
        let Some(above) = at.checked_sub(1).map(|above| &rows[above]) else { return false };
        let row = &rows[at];
        let below_subject = self.title && !self.salutation && above.cue == Cue::Subject;
        let centered = above.line.rect.zip(row.line.rect).map(|(above, row)| {
            let off = (above.left + above.right - row.left - row.right).abs() / 2;
            off < row.height() && row.left > above.left
        });
        let ends_there = || {
            let end = rows[at + 1..].iter().take(2).position(|next| next.line.starts_block || next.cue == Cue::Rule);
            end.is_some_and(|end| rows[at + 1..at + 1 + end].iter().all(|more| more.cue == Cue::Other && more.length < PARAGRAPH))
        };
        let says_more =
            ["จึง", "ดังนี้"].iter().any(|word| row.text().contains(word)) || opens_paragraph(row.text()) || row.text().starts_with("ตาม");
        below_subject && row.length < PARAGRAPH && !says_more && centered.unwrap_or_else(|| !row.line.starts_block && ends_there())
    }

    /// Running text without an opening word, where the labelled rows are over.
    fn begins_text(&self, rows: &[Row], at: usize) -> bool {
        let row = &rows[at];
        if row.length > 2 * PARAGRAPH || (self.salutation && row.cue == Cue::Other && asks(row)) {
            return true;
        }
        if is_below_bare_label(rows, at) {
            return false;
        }
        if !(self.salutation || (self.title && self.subject))
            || matches!(row.cue, Cue::Date | Cue::DateRow | Cue::SenderRow | Cue::Number | Cue::OrderNumber)
        {
            return false;
        }
        row.length > PARAGRAPH
            || (row.line.starts_block
                && !more_head_follows(rows, at)
                && !is_another_recipient(rows, at)
                && !self.is_rest_of_title(rows, at))
            || follows_whole_recipient(rows, at)
    }

    /// The last row of an order's wrapped subject, set apart as every line of some transcripts is: the paragraph opens right below. On a page
    /// a year alone seems set apart, since digits are low.
    fn is_rest_of_title(&self, rows: &[Row], at: usize) -> bool {
        let opens_below = rows.get(at + 1).is_some_and(|below| below.cue == Cue::Opening);
        let row = &rows[at];
        opens_below && !self.salutation && row.cue == Cue::Other && (row.line.rect.is_none() || is_rest_of_date(row.text()))
    }

    fn open_list(&mut self, row: &Row) -> Zone {
        self.phase = Phase::List;
        self.item = u32::from(first_item(row.text()));
        self.whole_entry = is_whole_entry(row.text());
        Zone::Head
    }

    fn list(&mut self, rows: &[Row], at: usize) -> Zone {
        let row = &rows[at];
        match row.cue {
            Cue::Reference | Cue::Attachments => return self.open_list(row),
            Cue::Subject if !self.subject && row.line.starts_block => self.subject = true,
            Cue::Salutation if !self.salutation => self.salutation = true,
            Cue::Closing | Cue::GivenDate => return self.enter_tail(rows, at),
            Cue::Item => {
                let number = item_number(row.text());
                // An entry whose ordinal could not be read is skipped; a list in the text begins anew, and never at ๒.
                let follows = number == self.item + 1 || (number == self.item + 2 && (self.item > 0 || !is_sentence(row)));
                // Behind an entry without an ordinal a list that begins at ๑ is another one.
                let begins_anew = number == 1
                    && !is_below_bare_label(rows, at)
                    && (is_sentence(row) || (self.item == 0 && (self.whole_entry || is_indented_paragraph(rows, at))));
                let next_of_list = follows && !begins_anew;
                if !next_of_list {
                    return self.enter_body();
                }
                self.item = number;
            }
            _ if is_below_bare_label(rows, at) && row.length < 2 * PARAGRAPH => {}
            Cue::Opening if opens_paragraph(row.text()) || row.line.starts_block || row.length > PARAGRAPH => return self.enter_body(),
            Cue::Date | Cue::Citation | Cue::Number | Cue::OrderNumber => {}
            _ if continues_item(row.text()) => {}
            _ if row.length > 2 * PARAGRAPH || (row.line.starts_block && (row.length > PARAGRAPH || !more_list_follows(rows, at))) => {
                return self.enter_body();
            }
            _ => {}
        }
        Zone::Head
    }

    fn enter_body(&mut self) -> Zone {
        self.phase = Phase::Body;
        Zone::Body
    }

    fn body(&mut self, rows: &[Row], at: usize) -> Zone {
        if tail::begins(rows, at) { self.enter_tail(rows, at) } else { Zone::Body }
    }

    fn enter_tail(&mut self, rows: &[Row], at: usize) -> Zone {
        self.phase = Phase::Tail;
        self.tail.step(rows, at)
    }
}

/// Page numbers, rules, catchwords, marks of copies and samples.
fn is_noise(rows: &[Row], at: usize) -> bool {
    let row = &rows[at];
    match row.cue {
        Cue::PageNumber | Cue::Rule | Cue::Sample => true,
        Cue::Catchword => row.line.raw.trim_end().ends_with(['.', '…']) || rows.get(at + 1).is_none_or(|next| next.opens_page),
        _ => false,
    }
}

/// Behind a recipient whose row has room left, what is no recipient is text.
fn follows_whole_recipient(rows: &[Row], at: usize) -> bool {
    let Some(above) = at.checked_sub(1).map(|above| &rows[above]) else { return false };
    let row = &rows[at];
    let joins = ["(", "และ", "ทุก", "ใน", "ที่", "ประจำ", "แห่ง"].iter().any(|word| row.text().starts_with(word));
    above.cue == Cue::Salutation
        && above.length < SHORT
        && row.length > SHORT
        && row.cue == Cue::Other
        && is_indented(above, row)
        && !joins
        && !(lexicon::names_post(row.text()) || lexicon::names_office(row.text()))
        && !more_head_follows(rows, at)
}

/// A row that begins as a paragraph does, where the page shows it.
fn is_indented(above: &Row, row: &Row) -> bool {
    let (Some(above), Some(rect)) = (above.line.rect, row.line.rect) else { return true };
    rect.left - above.left > 2 * above.height()
}

/// The row below stands farther left, as no entry of a list goes on.
fn is_indented_paragraph(rows: &[Row], at: usize) -> bool {
    let below = rows.get(at + 1).filter(|below| below.cue == Cue::Other && below.line.page == rows[at].line.page);
    below.is_some_and(|below| below.line.rect.is_some() && is_indented(below, &rows[at]))
}

/// What the office that sends a stamped letter does by it, below ถึง: `จังหวัดสมมติขอส่งกำหนดการ…`.
fn asks(row: &Row) -> bool {
    row.length > SHORT && ["ขอส่ง", "ขอแจ้ง", "ขอให้", "ขอเชิญ", "มาเพื่อ", "มาพร้อม"].iter().any(|word| row.text().contains(word))
}

/// A post below a recipient, set apart as every line of some transcripts is.
fn is_another_recipient(rows: &[Row], at: usize) -> bool {
    let below = at.checked_sub(1).is_some_and(|above| rows[above].cue == Cue::Salutation);
    below && rows[at].length < SHORT && rows[at].line.rect.is_none() && lexicon::names_post(rows[at].text())
}

/// A labelled row stands close below: what comes before it is still head (a second recipient, a wrapped subject).
fn more_head_follows(rows: &[Row], at: usize) -> bool {
    rows[at + 1..].iter().take(3).take_while(|row| row.length < PARAGRAPH).any(|row| {
        matches!(row.cue, Cue::Subject | Cue::Salutation | Cue::To | Cue::Reference | Cue::Attachments) && row.length < PARAGRAPH
    })
}

/// Whether an entry of a list begins and ends on this row: with the date of a letter, or with how many there are.
fn is_whole_entry(label_row: &str) -> bool {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&cue::expand(r"(?:ลง(?:วันที่)?\s?{D}.*{D}{2,4}|จำนวน\s?{D}+\s?\S+)\s?$"))
            .expect("a constant pattern: a test says that it compiles")
    });
    WHOLE.is_match(label_row)
}

/// Another item of the list, or the rest of one, stands close below.
fn more_list_follows(rows: &[Row], at: usize) -> bool {
    rows[at + 1..].iter().take(2).any(|row| matches!(row.cue, Cue::Attachments | Cue::Reference) || continues_item(row.text()))
}

/// A month and its year, a year, or a number without its letters, and more behind it.
static REST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&cue::expand(r"^(?:{MONTH}\s{D}{4}\s|{D}{4}\s|[{D}./]{3,}/(?:ว\s?)?{D}+\s?(?:ลง|จำนวน))"))
        .expect("a constant pattern: a test says that it compiles")
});

/// What stands at the start of the wrapped rest of a citation.
fn continues_item(text: &str) -> bool {
    let words = ["จำนวน", "ลงวันที่", "ลง ", "เรื่อง", "ที่ ", "และ", "พร้อม", "ประจำ"];
    words.iter().any(|word| text.starts_with(word)) || is_rest_of_date(text) || REST.is_match(text)
}

/// A year alone, or a month and a year.
fn is_rest_of_date(text: &str) -> bool {
    text.chars().count() < 24 && text.ends_with(is_digit) && !text.contains('.') && item_number(text) != 1
}

/// Words that open a paragraph and never go on with an item.
fn opens_paragraph(text: &str) -> bool {
    let speaks_of_reference = text.starts_with("ตาม") && text.chars().take(40).collect::<String>().contains("ที่อ้างถึง");
    speaks_of_reference
        || ["ด้วย", "ตามที่", "ตามหนังสือที่", "เนื่อง", "อนุสนธิ", "ในการนี้", "จึงเรียน", "สืบเนื่อง"].iter().any(|word| text.starts_with(word))
}

fn is_sentence(row: &Row) -> bool {
    row.length > PARAGRAPH || item_text(row.text()).is_some_and(opens_paragraph)
}

fn item_text(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(is_digit);
    rest.trim_start().strip_prefix(['.', ')']).map(str::trim_start)
}

/// The number that an item begins with; 0 when it begins with none.
fn item_number(text: &str) -> u32 {
    text.chars().map_while(digits::value).take(3).fold(0, |number, digit| number * 10 + digit)
}

fn is_below_bare_label(rows: &[Row], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|above| labels::stands_alone(rows[above].text()))
}

/// Whether a label is followed by item ๑ on its own line.
fn first_item(label_row: &str) -> bool {
    let rest = label_row.trim_start_matches(|char: char| !is_digit(char) && char != '(');
    item_number(rest) == 1 && item_text(rest).is_some()
}
