//! A letter cut into the passages that rules look at: rows above the subject, labelled passages with their continuation lines, blocks, stamps.
//! The hard thing: a row that starts with ที่ may be the letter's number, or the middle of a citation that wrapped.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::label::{self, Label};
use super::parted;
use crate::document::letter::{Letter, Line, Zone};
use crate::document::record::Kind;
use crate::document::text::Role;
use crate::thai::digits::is_digit;
use crate::thai::{confusion, dates, names, number, posts, stamps};

/// Where a rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// A row of the head that belongs to no labelled passage: urgency, number, date, sender.
    Row,
    /// The same of a memo, where the date has a label.
    MemoRow,
    /// The same of a document with a title: order, announcement, regulation, certificate, minutes.
    TitledRow,
    /// A label of the head with the lines that continue it.
    Labelled(Label),
    /// What is left of the rows above the subject when number, date and levels are taken out: the sender.
    Letterhead,
    /// Text of the letter, paragraphs separated by an empty line.
    Body,
    /// คำลงท้าย, name and post, as one text.
    Closing,
    /// The block of the office in charge, as one text.
    Footer,
    /// One line at or below the end of the text of a document that dates itself there.
    Ending,
    /// The line above the date of a stamped letter.
    Seal,
    /// One receiving stamp, as one text.
    Stamp,
}

/// A text that rules match on, and the lines it came from.
#[derive(Debug, Clone)]
pub struct Passage<'l> {
    pub place: Place,
    /// Lines separated by `\n`, blocks by `\n\n`.
    pub text: String,
    /// Bytes of `text` that the label takes.
    pub label: usize,
    pub pieces: Vec<Piece<'l>>,
}

/// A stretch of a passage that is a stretch of one line.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'l> {
    pub line: &'l Line,
    /// Byte of the passage where it starts.
    pub at: usize,
    /// Byte of the line's text where it starts.
    pub from: usize,
    pub len: usize,
}

impl<'l> Passage<'l> {
    pub fn new(place: Place) -> Self {
        Passage { place, text: String::new(), label: 0, pieces: Vec::new() }
    }

    pub fn of_line(place: Place, line: &'l Line) -> Self {
        let mut passage = Passage::new(place);
        passage.push(line, 0, &line.text, "");
        passage
    }

    /// Appends `part` of a line, which starts at byte `from` of it.
    pub fn push(&mut self, line: &'l Line, from: usize, part: &str, separator: &str) {
        if !self.text.is_empty() {
            self.text.push_str(separator);
        }
        self.pieces.push(Piece { line, at: self.text.len(), from, len: part.len() });
        self.text.push_str(part);
    }

    /// Its entries where each begins its row with a dash, which normalization takes off; None where one does not, in bytes of `text`.
    pub fn dashed(&self) -> Option<Vec<Range<usize>>> {
        let lists = matches!(self.place, Place::Labelled(Label::References | Label::Attachments));
        let rows: Vec<&Piece> = self.pieces.iter().filter(|piece| lists && piece.at >= self.label).collect();
        let dashed = |piece: &&Piece| piece.line.repairs.iter().any(|repair| repair.rule == "markup.opening");
        let numbered = |piece: &&Piece| piece.line.text.starts_with(is_digit);
        let first_row_empty = self.pieces.first().is_some_and(|first| first.len <= self.label);
        if rows.len() < 2 || !first_row_empty || !rows.first().is_some_and(dashed) || rows.iter().any(numbered) {
            return None;
        }
        let starts: Vec<usize> = rows.iter().filter(|piece| dashed(piece)).map(|piece| piece.at).collect();
        let ends = starts.iter().skip(1).copied().chain([self.text.len()]);
        Some(starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect())
    }

    fn push_line(&mut self, line: &'l Line) {
        self.push(line, 0, &line.text, if line.starts_block { "\n\n" } else { "\n" });
    }
}

/// A row of its own even right after a subject: number, date, urgency.
static ROW: LazyLock<Regex> = LazyLock::new(|| {
    let (thi, origin, order, date) = (number::THI, &*number::ORIGIN, number::ORDER, &*dates::FULL);
    let order = order.replace("(?<serial>", "(?:").replace("(?<year>", "(?:");
    Regex::new(&format!(
        r"(?x)^[[:blank:]]*(?: (?:{thi}|เลขที่) [[:blank:]]* (?:{origin}|{order}|[0-9๐-๙]{{4}}\() | วันที่ | {date} [[:blank:]]* $ | ด่วน(?:มาก|ที่สุด)? [[:blank:]]* $ )"
    ))
    .expect("built from constants and covered by tests")
});

/// Every passage of a letter except the letterhead, which is what the others leave.
pub fn passages(letter: &Letter) -> Vec<Passage<'_>> {
    let mut all = Vec::new();
    head(letter, &mut all);
    blocks(letter, &mut all);
    stamps(letter, &mut all);
    all
}

fn head<'l>(letter: &'l Letter, all: &mut Vec<Passage<'l>>) {
    let mut open: Option<Passage> = None;
    let mut seen: Vec<Label> = Vec::new();
    let addressed =
        zone(letter, Zone::Head).any(|line| label::opener(&line.text, letter.kind).is_some_and(|(label, _)| label == Label::Salutation));
    for line in zone(letter, Zone::Head) {
        let subject_above = seen.iter().any(|label| matches!(label, Label::Subject | Label::Unit));
        let labelled = label::opener(&line.text, letter.kind)
            .filter(|(label, _)| !seen.contains(label) || open.as_ref().is_some_and(|open| is_empty(open, *label)))
            .filter(|(label, _)| *label != Label::From || !subject_above);
        if let Some((label, taken)) = labelled {
            if let Some(priority) = open.as_mut().filter(|open| tells_priority(open, label, &line.text[taken..])) {
                priority.push_line(line);
                continue;
            }
            all.extend(open.take().filter(|open| !is_empty(open, label)));
            seen.push(label);
            let mut passage = Passage::of_line(Place::Labelled(label), line);
            passage.label = taken;
            open = Some(passage);
            continue;
        }
        if letter.kind == Kind::InternalMemo
            && !addressed
            && !seen.contains(&Label::Salutation)
            && is_officer_addressed(open.as_ref(), line)
        {
            all.extend(open.take());
            seen.push(Label::Salutation);
            open = Some(Passage::of_line(Place::Labelled(Label::Salutation), line));
            continue;
        }
        match open.as_mut() {
            Some(passage) if heads_column(passage, line) => {}
            Some(passage) if continues(passage, line) => passage.push_line(line),
            _ => {
                all.extend(open.take());
                all.push(Passage::of_line(Place::Row, line));
            }
        }
    }
    all.extend(open);
    parted::join(all);
    let of_kind = match letter.kind {
        Kind::InternalMemo => Some(Place::MemoRow),
        kind if label::is_titled(kind) => Some(Place::TitledRow),
        _ => None,
    };
    if let Some(place) = of_kind {
        let rows: Vec<Passage> = all.iter().filter(|row| row.place == Place::Row).cloned().collect();
        all.extend(rows.into_iter().map(|row| Passage { place, ..row }));
    }
}

/// ถึง alone on its row, above ผู้รับปฏิบัติ.
fn is_empty(open: &Passage, label: Label) -> bool {
    open.place == Place::Labelled(label) && open.text.len() == open.label
}

/// `ผู้รับปฏิบัติ ด่วน` below ลำดับความเร่งด่วน of a message form: how urgent it is for whom, no recipient.
fn tells_priority(open: &Passage, label: Label, value: &str) -> bool {
    let level = value.starts_with("ด่วน") || value.starts_with("ปกติ") || !value.contains(char::is_alphabetic);
    open.place == Place::Labelled(Label::Priority) && matches!(label, Label::To | Label::Informed) && level
}

/// The head of a column, where a list is set as a table.
fn heads_column(passage: &Passage, line: &Line) -> bool {
    const HEADS: [&str; 6] = ["ลำดับ", "ลำดับที่", "ที่", "รายการ", "จำนวน", "หมายเหตุ"];
    let listed = matches!(passage.place, Place::Labelled(Label::References | Label::Attachments));
    listed && line.role.cell().is_some() && HEADS.contains(&line.text.trim())
}

/// The police name the officer they report to without เรียน, on a row of its own below the subject: one set off, or below a row that had room left.
fn is_officer_addressed(open: Option<&Passage>, line: &Line) -> bool {
    const ROOM: usize = 60;
    const LONGEST: usize = 60;
    const SENTENCE: [&str; 8] = ["ครั้งที่", "เพื่อ", "ได้", "เป็น", "เรื่อง", "วันที่", "เกี่ยวกับ", "ทราบ"];
    const GOES_ON: [&str; 9] = ["ของ", "ใน", "โดย", "และ", "กับ", "ตาม", "จาก", "ให้", "มี"];
    let Some(subject) = open.filter(|open| open.place == Place::Labelled(Label::Subject)) else { return false };
    let last = subject.pieces.last().map_or(0, |piece| piece.line.text.chars().count());
    let post = posts::begins_like_police_post(&line.text) && line.text.chars().count() < LONGEST;
    let open_end = GOES_ON.iter().any(|word| subject.text.trim_end().ends_with(word));
    post && !open_end && (line.starts_block || last < ROOM) && !SENTENCE.iter().any(|word| line.text.contains(word))
}

/// Whether an unlabelled line goes on with the open passage. Citations wrap before their ที่ and their date, so only the other passages end there.
fn continues(passage: &Passage, line: &Line) -> bool {
    let still_empty = passage.text.len() == passage.label;
    match passage.place {
        // A form's value may stand below its label, in the same box.
        Place::Labelled(label) if (label.is_of_message() || label == Label::Unit) && still_empty => true,
        Place::Labelled(Label::References | Label::Attachments) => true,
        Place::Labelled(Label::Unit) => false,
        Place::Labelled(Label::Salutation) if ["สำเนาเรียน", "สำเนาถึง", "สำเนาส่ง"].iter().any(|word| line.text.starts_with(word)) => {
            false
        }
        Place::Labelled(Label::Title) if line.text.starts_with("ครั้งที่") => false,
        // `… สำหรับปีสิ้นสุดวันที่` above its date.
        Place::Labelled(Label::Subject) if passage.text.ends_with("วันที่") && !still_empty => true,
        // The officer whom the police address without เรียน is one.
        Place::Labelled(Label::Salutation) if passage.label == 0 => false,
        // A table below the recipients is the text's.
        Place::Labelled(Label::Salutation)
            if line.role.cell().is_some() && passage.pieces.iter().all(|piece| piece.line.role.is_text()) =>
        {
            false
        }
        _ => !ROW.is_match(&line.text),
    }
}

fn blocks<'l>(letter: &'l Letter, all: &mut Vec<Passage<'l>>) {
    let lines = rezoned(letter);
    let sealed = if letter.kind == Kind::StampedLetter { seal(&lines) } else { None };
    let zone = |of: Zone| {
        let here = lines.iter().filter(move |(zone, _)| *zone == of).map(|(_, line)| *line);
        here.filter(move |line| sealed.is_none_or(|sealed| !std::ptr::eq(*line, sealed)))
    };
    all.extend(sealed.map(|line| Passage::of_line(Place::Seal, line)));
    for (of, place) in [(Zone::Closing, Place::Closing), (Zone::Footer, Place::Footer)] {
        let mut passage = Passage::new(place);
        zone(of).for_each(|line| passage.push_line(line));
        if !passage.text.is_empty() {
            all.push(passage);
        }
    }
    let mut text: Vec<&Line> = zone(Zone::Body).collect();
    if letter.kind == Kind::MessageForm {
        approval(&mut text, all);
    }
    let body = super::body::passage(&text);
    if !body.text.is_empty() {
        all.push(body);
    }
    if ends_with_date(letter.kind) {
        let below = |of: &Zone| matches!(of, Zone::Body | Zone::Closing | Zone::Footer);
        let ending = letter.lines.iter().filter(|(of, line)| below(of) && line.role.is_text());
        all.extend(ending.map(|(_, line)| Passage::of_line(Place::Ending, line)));
        parted::year_below(all);
    }
}

/// The officer who approved a message (นายทหารอนุมัติข่าว): on one line with the label, or in the boxes below it.
fn approval<'l>(text: &mut Vec<&'l Line>, all: &mut Vec<Passage<'l>>) {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        let words = confusion::tolerant("นายทหารอนุมัติข่าว");
        Regex::new(&format!("(?x)^ {words} [[:blank:]]* [:;]? [[:blank:]]*")).expect("built from constants and covered by tests")
    });
    let Some((at, label)) = text.iter().enumerate().find_map(|(at, line)| LABEL.find(&line.text).map(|label| (at, label.end()))) else {
        return;
    };
    let mut passage = Passage::new(Place::Closing);
    let first = text[at];
    if label < first.text.len() {
        passage.push(first, label, &first.text[label..], "\n");
    }
    let below = |line: &&&Line| match (first.role, line.role) {
        (Role::Cell { table, column, .. }, Role::Cell { table: of, column: at, .. }) => table == of && column == at,
        (_, Role::Text) => true,
        _ => false,
    };
    text[at + 1..].iter().filter(below).for_each(|line| passage.push_line(line));
    all.push(passage);
    let writer = text.iter().position(|line| line.text.starts_with("ผู้เขียนข่าว") || line.role != Role::Text);
    text.truncate(writer.unwrap_or(at).min(at));
}

/// The lines with their zones, where what belongs to the signature is given back to it: the post that an authority phrase speaks of when the
/// footer came between, and a rank that stands alone before the ink.
fn rezoned(letter: &Letter) -> Vec<(Zone, &Line)> {
    static PHRASE: LazyLock<Regex> = LazyLock::new(|| compile(&format!(r"(?x) {} [[:blank:]]* $", posts::ACTING)));
    let mut lines: Vec<(Zone, &Line)> = letter.lines.iter().map(|(zone, line)| (*zone, line)).collect();
    for at in 1..lines.len() {
        let (before, here) = (lines[at - 1], lines[at]);
        let acted_for = here.0 == Zone::Footer && before.0 == Zone::Closing && PHRASE.is_match(&before.1.text);
        let next_closes = lines.get(at + 1).is_some_and(|(zone, next)| *zone == Zone::Closing && next.text.starts_with('('));
        let rank = here.0 == Zone::Noise && next_closes && (names::is_rank(&here.1.text) || names::is_title(&here.1.text));
        let beside = here.1.rect.zip(before.1.rect).is_some_and(|(here, before)| here.is_beside(&before));
        if acted_for && !beside && posts::begins_like_post(&here.1.text) || rank {
            lines[at].0 = Zone::Closing;
        }
    }
    lines
}

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("built from constants and covered by tests")
}

/// The office named above the date of a letter that a seal closes.
fn seal<'l>(lines: &[(Zone, &'l Line)]) -> Option<&'l Line> {
    let text: Vec<&Line> =
        lines.iter().filter(|(of, _)| matches!(of, Zone::Body | Zone::Closing | Zone::Footer)).map(|(_, line)| *line).collect();
    let text: Vec<&Line> = text.into_iter().filter(|line| line.text.chars().filter(|char| char.is_alphabetic()).count() >= 3).collect();
    // Below them a remark in ink may be dated too.
    let dated = |pair: &&[&Line]| dates::read(&pair[1].text).is_some() && posts::begins_like_office(&pair[0].text);
    text.windows(2).rev().find(dated).map(|pair| pair[0])
}

fn ends_with_date(kind: Kind) -> bool {
    matches!(kind, Kind::Order | Kind::Regulation | Kind::Announcement | Kind::Certificate | Kind::StampedLetter | Kind::Minutes)
}

/// One passage per stamp. Without stamp numbers from the page image, a stamp is a run of stamp lines.
fn stamps<'l>(letter: &'l Letter, all: &mut Vec<Passage<'l>>) {
    let mut last: Option<(usize, u32, Role)> = None;
    for (at, (of, line)) in letter.lines.iter().enumerate() {
        if *of != Zone::Stamp {
            continue;
        }
        let known = all.iter_mut().rfind(|passage| {
            passage.place == Place::Stamp
                && passage.pieces.last().is_some_and(|piece| piece.line.page == line.page && piece.line.role == line.role)
        });
        let goes_on = match line.role {
            Role::Stamp(_) => known.is_some(),
            _ => {
                last.is_some_and(|(before, page, role)| before + 1 == at && page == line.page && role == line.role)
                    && !restarts(line, &known)
            }
        };
        match known {
            Some(passage) if goes_on => passage.push_line(line),
            _ => all.push(Passage::of_line(Place::Stamp, line)),
        }
        last = Some((at, line.page, line.role));
    }
}

/// A second receiving number begins a second stamp.
fn restarts(line: &Line, open: &Option<&mut Passage>) -> bool {
    static RECEIVED: LazyLock<Regex> =
        LazyLock::new(|| compile(&format!(r"(?m)(?:^|[^ก-๎])(?:{}|รับ[ \t]*[:.…]*[ \t]*[0-9๐-๙])", stamps::NUMBER)));
    let office = posts::begins_like_office(&line.text);
    let has_number = open.as_ref().is_some_and(|passage| RECEIVED.is_match(&passage.text) && passage.text.contains('\n'));
    has_number && (RECEIVED.is_match(&line.text) || office)
}

fn zone(letter: &Letter, of: Zone) -> impl Iterator<Item = &Line> {
    letter.lines.iter().filter(move |(zone, _)| *zone == of).map(|(_, line)| line)
}

/// The rows above the subject with `taken` (bytes of each row's text) cut out: what remains names the sender.
///
/// `number` is the row of the letter's number: offices named above it are those that received the letter, unless none is named below.
pub fn letterhead<'l>(kind: Kind, passages: &[Passage<'l>], number: Option<usize>, taken: &[(usize, Range<usize>)]) -> Option<Passage<'l>> {
    if !matches!(kind, Kind::ExternalLetter | Kind::StampedLetter | Kind::Certificate | Kind::Other) {
        return None;
    }
    let whole = remainder(passages, 0, taken);
    let below = number.map(|row| remainder(passages, row, taken)).filter(|below| below.text.split('\n').any(is_office));
    Some(below.unwrap_or(whole)).filter(|left| !left.text.is_empty())
}

/// An office, not the province of an address.
fn is_office(row: &str) -> bool {
    posts::begins_like_office(row) && !row.ends_with(is_digit)
}

/// What the rows from `first` on leave, up to the first label after the subject.
fn remainder<'l>(passages: &[Passage<'l>], first: usize, taken: &[(usize, Range<usize>)]) -> Passage<'l> {
    let mut left = Passage::new(Place::Letterhead);
    for (index, passage) in passages.iter().enumerate().skip(first) {
        if matches!(passage.place, Place::Labelled(Label::Salutation | Label::References | Label::Attachments)) {
            break;
        }
        let (Place::Row, [piece]) = (passage.place, passage.pieces.as_slice()) else { continue };
        let mut cuts: Vec<_> = taken.iter().filter(|(of, _)| *of == index).map(|(_, span)| span.clone()).collect();
        cuts.sort_by_key(|cut| cut.start);
        let mut from = 0;
        for cut in cuts.iter().chain([&(passage.text.len()..passage.text.len())]) {
            if cut.start > from {
                keep(&mut left, piece.line, from, &passage.text[from..cut.start]);
            }
            from = from.max(cut.end);
        }
    }
    left
}

/// Keeps a remainder when it has words: not the digits of a scribble, not a bracketed mark such as (สำเนา), not a number that could not be read.
fn keep<'l>(left: &mut Passage<'l>, line: &'l Line, from: usize, part: &str) {
    let start = part.len() - part.trim_start().len();
    let trimmed = part.trim();
    let letters = trimmed.chars().filter(|c| c.is_alphabetic()).count();
    let mark = trimmed.starts_with(['(', '-', '–', '[']) || ["สำเนา", "ตัวอย่าง", "ที่ "].iter().any(|word| trimmed.starts_with(word));
    if letters >= 3 && !mark {
        left.push(line, from + start, trimmed, "\n");
    }
}
