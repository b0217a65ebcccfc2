//! What stands where a value stands and gave none: a number, a date, a count, a stamp or a telephone that could not be read. Each is told.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::Code;
use crate::document::letter::{Letter, Line, Zone};
use crate::document::record::{Attachment, Evidence, Issue, Kind, Record, Signs};
use crate::thai::copies::DOCUMENT;
use crate::thai::number as numbers;
use crate::thai::{posts, stamps};

use super::doubt::BLANK;
use super::label::{self, Label};
use super::passage::{self, Passage, Place};

/// All that is raised here.
pub const CODES: &[&Code] = &[
    &NUMBER_UNREADABLE,
    &DATE_UNREADABLE,
    &SEVERAL_ENTRIES,
    &COUNT_UNREADABLE,
    &SECOND_NUMBER,
    &SUBJECT,
    &RECIPIENTS,
    &TWO_RECIPIENTS,
    &RECIPIENTS_TOGETHER,
    &SECOND_SALUTATION,
    &REFERENCES,
    &ATTACHMENTS,
    &STAMP_NUMBER,
    &STAMP_DATE,
    &STAMP_TIME,
    &TELEPHONE_UNREADABLE,
];

const NUMBER_UNREADABLE: Code = Code::warning(
    "number.unreadable",
    "A number stands here, in the letter's head or in an entry of a list, and could not be read. Read it from the page.",
);
const DATE_UNREADABLE: Code = Code::warning("date.unreadable", "A date stands in this entry and could not be read. Read it from the page.");
const SEVERAL_ENTRIES: Code = Code::warning(
    "attachments.run_together",
    "This entry seems to hold several entries, or text from below the list. Compare the list with the page.",
);
const COUNT_UNREADABLE: Code =
    Code::warning("attachments.count_unreadable", "A number of copies stands in this entry and could not be read. Read it from the page.");
const SECOND_NUMBER: Code = Code::warning(
    "number.second_cited",
    "This entry cites more than one letter, and the record has room for one number. The others stand in its title only.",
);
const SUBJECT: Code = Code::warning(
    "subject.unread",
    "The label of the subject stands among the text with nothing read for it. Read the subject from the page.",
);
const RECIPIENTS: Code = Code::warning(
    "recipients.unread",
    "The label of the recipients stands among the text with nothing read for it. Read them from the page.",
);
const TWO_RECIPIENTS: Code = Code::warning(
    "recipients.slash",
    "A stroke stands between two posts: two recipients, or one who holds both posts. Tell by the page which it is.",
);
const RECIPIENTS_TOGETHER: Code = Code::warning(
    "recipients.run_together",
    "Two units stand in this entry of a message's list, with a blank between them: the comma may not have been read. Compare the list with the page.",
);
const SECOND_SALUTATION: Code = Code::warning(
    "recipients.second_salutation",
    "A second row above the signature says to whom the memo goes: one may be another officer's, written on the letter. Tell by the page which is the letter's own.",
);
const REFERENCES: Code =
    Code::warning("references.unread", "The label อ้างถึง stands among the text with nothing read for it. Read the list from the page.");
const ATTACHMENTS: Code = Code::warning(
    "attachments.unread",
    "The label สิ่งที่ส่งมาด้วย stands among the text with nothing read for it. Read the list from the page.",
);
const STAMP_NUMBER: Code = Code::warning(
    "receipts.number_unreadable",
    "A receiving stamp bears a number that could not be read. Read it from the page; it is often handwritten.",
);
const STAMP_DATE: Code =
    Code::warning("receipts.date_unreadable", "A receiving stamp bears a date that could not be read. Read it from the page.");
const STAMP_TIME: Code =
    Code::warning("receipts.time_unreadable", "A receiving stamp bears a time that could not be read. Read it from the page.");
const TELEPHONE_UNREADABLE: Code = Code::warning(
    "contacts.unreadable",
    "A telephone stands in the block of the office in charge and could not be read. Read it from the page.",
);

/// All of a letter but the entries of its lists.
pub fn tell(letter: &Letter, record: &mut Record) {
    let passages = passage::passages(letter);
    if record.number.is_none() {
        number(&passages, record);
    }
    stamps(&passages, record);
    labels(letter, record);
    telephones(&passages, record);
    two_in_one(record);
    second_salutation(letter, &passages, record);
}

/// `เรียน …` on two rows above the signature: who endorses a letter writes to the next one so as well.
fn second_salutation(letter: &Letter, passages: &[Passage], record: &mut Record) {
    const LONGEST: usize = 80;
    let first =
        passages.iter().find(|passage| passage.place == Place::Labelled(Label::Salutation)).and_then(|passage| passage.pieces.first());
    let Some(first) = first.filter(|_| letter.kind == Kind::InternalMemo) else { return };
    let salutes = |line: &Line| {
        let opened = label::opener(&line.text, letter.kind).filter(|(label, _)| *label == Label::Salutation);
        opened.is_some_and(|(_, taken)| posts::begins_like_recipient(line.text[taken..].trim())) && line.text.chars().count() < LONGEST
    };
    let rows = letter.lines.iter().filter(|(zone, line)| matches!(zone, Zone::Head | Zone::Body) && line.role.is_text());
    let second = rows.map(|(_, line)| line).find(|line| !std::ptr::eq(*line, first.line) && salutes(line));
    let Some(second) = second else { return };
    let message = (format!("มี “{}” อีกแห่ง", second.text), format!("“{}” stands above the signature as well", second.text));
    record.issues.push(SECOND_SALUTATION.issue("/recipients", message, vec![whole(second)]));
}

/// `กำนัน/ผู้ใหญ่บ้าน`: two recipients or one, nothing on the row tells. Units of a message's list with a blank between them lost their comma.
fn two_in_one(record: &mut Record) {
    let both = |name: &str, between: char, begins: fn(&str) -> bool| {
        name.split_once(between).is_some_and(|(one, other)| [one, other].iter().all(|part| begins(part.trim())))
    };
    let listed = record.kind == Kind::MessageForm && record.recipients.len() > 1;
    let doubtful = record.recipients.iter().enumerate().filter_map(|(at, name)| match name {
        _ if both(name, '/', posts::begins_like_post) => Some((at, name, &TWO_RECIPIENTS)),
        _ if listed && both(name, ' ', posts::begins_like_office) => Some((at, name, &RECIPIENTS_TOGETHER)),
        _ => None,
    });
    let issues: Vec<Issue> = doubtful
        .map(|(at, name, code)| {
            let pointer = format!("/recipients/{at}");
            let evidence = record.evidence.get(&pointer).cloned().into_iter().collect();
            code.issue(&pointer, (format!("“{name}”: อาจเป็นผู้รับสองราย"), format!("“{name}”: these may be two recipients")), evidence)
        })
        .collect();
    record.issues.extend(issues);
}

/// A label alone on a row among the text, and nothing read for it: its value was taken for text.
fn labels(letter: &Letter, record: &mut Record) {
    // Annexes and forms have such a label as their title.
    if matches!(letter.kind, Kind::Attachment | Kind::Form | Kind::Other) {
        return;
    }
    let empty = |label: Label| match label {
        Label::Subject => Some((&SUBJECT, "/subject")).filter(|_| record.subject.is_none()),
        Label::Salutation => Some((&RECIPIENTS, "/recipients")).filter(|_| record.recipients.is_empty()),
        Label::References => Some((&REFERENCES, "/references")).filter(|_| record.references.is_empty()),
        Label::Attachments => Some((&ATTACHMENTS, "/attachments")).filter(|_| record.attachments.is_empty()),
        _ => None,
    };
    let rows = letter.lines.iter().filter(|(zone, _)| *zone == Zone::Body).map(|(_, line)| line);
    let bare = |line: &&Line| label::opener(&line.text, letter.kind).filter(|(_, taken)| *taken == line.text.len());
    let found: Vec<_> = rows.filter_map(|line| Some((line, empty(bare(&line)?.0)?))).collect();
    for (line, (code, pointer)) in found {
        let message = (
            format!("“{}”: พบหัวข้อ แต่อ่านค่าไม่ได้", line.text),
            format!("“{}”: the label stands on the page, but nothing was read for it", line.text),
        );
        record.issues.push(code.issue(pointer, message, vec![whole(line)]));
    }
}

/// Labels of a stamp with something behind them that could be digits, with the part of the receipt and its names.
static STAMPED: LazyLock<[(&Code, [&str; 3], Regex); 3]> = LazyLock::new(|| {
    let compile = |pattern: &str| Regex::new(pattern).expect("a constant pattern");
    [
        (&STAMP_NUMBER, ["number", "เลขรับ", "receiving number"], compile(&format!(r"{}[ \t:.…]*[^ \t\n:.…/-]", stamps::NUMBER))),
        (&STAMP_DATE, ["date", "วันที่", "date"], compile(r"วันที่[ \t:.…]*[^ \t\n:.…/-]")),
        (&STAMP_TIME, ["time", "เวลา", "time"], compile(r"เวลา[ \t:.…]*[^ \t\n:.…น-]")),
    ]
});

fn stamps(passages: &[Passage], record: &mut Record) {
    let found: HashSet<(u32, u32, &str)> = lines_of("/receipts/", record).collect();
    let mut issues = Vec::new();
    for stamp in passages.iter().filter(|passage| passage.place == Place::Stamp) {
        let Some(first) = stamp.pieces.first() else { continue };
        let read = |part| stamp.pieces.iter().any(|piece| found.contains(&(piece.line.page, piece.line.number, part)));
        for (code, [_, thai, english], label) in STAMPED.iter().filter(|(_, [part, ..], _)| !read(part)) {
            // A stamp that tells the hour has a number and tells the day, wherever their rows were read.
            let message = if label.is_match(&stamp.text) {
                (format!("ตรารับหนังสือ: อ่าน{thai}ไม่ออก"), format!("the {english} of a receiving stamp cannot be read"))
            } else if read("time") {
                (format!("ตรารับหนังสือ: มีเวลาแต่ไม่พบ{thai}"), format!("a receiving stamp tells the time, and its {english} was not found"))
            } else {
                continue;
            };
            issues.push(code.issue("/receipts", message, vec![whole(first.line)]));
        }
    }
    record.issues.extend(issues);
}

/// Page and line of every value below a pointer, with the part of it that was read there.
fn lines_of<'r>(pointer: &'static str, record: &'r Record) -> impl Iterator<Item = (u32, u32, &'r str)> {
    let below = record.evidence.iter().filter(move |(place, _)| place.starts_with(pointer));
    below.map(|(place, evidence)| (evidence.page, evidence.line, place.rsplit('/').next().unwrap_or_default()))
}

/// `โทร.` with digits behind it in the block of the office in charge.
fn telephones(passages: &[Passage], record: &mut Record) {
    static TELEPHONE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:โทร|แฟกซ์)[^0-9๐-๙\n]{0,14}[0-9๐-๙][^\n]{2}").expect("a constant pattern"));
    let blocks = passages.iter().filter(|passage| matches!(passage.place, Place::Footer | Place::Labelled(Label::Unit)));
    let lines: Vec<&Line> = blocks.flat_map(|passage| &passage.pieces).map(|piece| piece.line).collect();
    let known: HashSet<(u32, u32)> = lines_of("/contacts/", record).map(|(page, line, _)| (page, line)).collect();
    for line in lines.into_iter().filter(|line| TELEPHONE.is_match(&line.text)) {
        let read = known.contains(&(line.page, line.number));
        if !read {
            let message = (format!("“{}”: อ่านหมายเลขโทรศัพท์ไม่ออก", line.text), format!("“{}”: the telephone cannot be read", line.text));
            record.issues.push(TELEPHONE_UNREADABLE.issue("/contacts", message, vec![whole(line)]));
        }
    }
}

static NUMBER_ROW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:ด่วน[ก-๎]*[ \t]+)?(?:(?:ที่|ที|ที้|ท)[ \t]+[^\n]*[/0-9๐-๙]|(?:[^\n]*[ \t])?(?:เลขที่|ฉบับที่|ครั้งที่)[ \t]*[0-9๐-๙ก-ฮA-Za-z]{1,4}[ \t]*/)",
    )
    .expect("a constant pattern")
});
static BLANK_ORDER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:ที่|ที|ที้|ท)[ \t.…]*/[ \t.…]*[0-9๐-๙]{2,4}[ \t]*$").expect("a constant pattern"));

/// A row that stands where the number stands but gave none: blank, or not to be read.
fn number(passages: &[Passage], record: &mut Record) {
    let rows = passages.iter().filter(|passage| matches!(passage.place, Place::Row | Place::Labelled(Label::Title)));
    let rows = rows.flat_map(|passage| passage.pieces.iter());
    let unread = |line: &&Line| BLANK_ORDER.is_match(&line.text) || NUMBER_ROW.is_match(&line.text);
    let Some(row) = rows.map(|piece| piece.line).find(unread) else { return };
    let (code, thai, english) = if BLANK_ORDER.is_match(&row.text) {
        (&BLANK, "เว้นเลขที่ไว้", "the number was left blank")
    } else {
        (&NUMBER_UNREADABLE, "อ่านเลขที่ไม่ออก", "the number cannot be read")
    };
    let message = (format!("ที่ “{}”: {thai}", row.text), format!("“{}”: {english}", row.text));
    record.issues.push(code.issue("/number", message, vec![whole(row)]));
}

fn whole(line: &Line) -> Evidence {
    Evidence {
        page: line.page,
        boxes: line.rect.into_iter().collect(),
        line: line.number,
        raw: line.raw.clone(),
        confidence: line.confidence,
        rule: String::new(),
        alternatives: Vec::new(),
        signs: Signs::default(),
    }
}

static UNREAD_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"ที่[ \t]+(?:[ก-ฮ]{2,5}\.?[ \t]*(?:\([^)]*\)[ \t]*)?[A-Za-zก-ฮ]?[0-9๐-๙]|[0-9๐-๙]+[ \t]*/|[0-9๐-๙]{4,})")
        .expect("a constant pattern")
});
static UNREAD_DATE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"ลงวันที่|(?:^|[ \t])ลง(?:[ \t]*[0-9๐-๙]|[ \t]+\S{1,3}[ \t]+[ก-ฮ][ก-๎]{0,2}\.)").expect("a constant pattern"));
static UNREAD_COUNT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"จำนวน[ \t]*\S{{1,4}}[ \t]*{DOCUMENT}|[0-9๐-๙][ \t]*{DOCUMENT}$")).expect("a constant pattern"));
/// A line inside an entry that begins as an entry of its own does.
static ORDINAL_MISREAD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\n[ \t–-]*[A-Za-zก-ฮ0-9๐-๙]{1,2}[.)]?[ \t]+[ก-๎]{4}").expect("a constant pattern"));
static RUN_TOGETHER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"จำนวน[ \t]*[0-9๐-๙]+[ \t]*{DOCUMENT}")).expect("a constant pattern"));

/// What a title still holds of the parts of an entry: a number or a date that could not be read, a second entry that was not told apart.
pub fn in_item(pointer: &str, item: &Attachment, evidence: &Evidence, issues: &mut Vec<Issue>) {
    let title = item.title.as_deref().unwrap_or_default();
    let (numbered, dated, counted) = (item.number.is_some(), item.date.is_some(), item.copies.is_some());
    let parts = [
        (!numbered && holds_number(title), &NUMBER_UNREADABLE, "number", "อ่านเลขที่ในรายการไม่ออก", "the number in this entry cannot be read"),
        (!dated && UNREAD_DATE.is_match(title), &DATE_UNREADABLE, "date", "อ่านวันที่ในรายการไม่ออก", "the date in this entry cannot be read"),
        (
            RUN_TOGETHER.is_match(title) || ORDINAL_MISREAD.is_match(&evidence.raw) || title.chars().count() > LONGEST_TITLE,
            &SEVERAL_ENTRIES,
            "",
            "อาจมีหลายรายการติดกัน",
            "several entries may have run together",
        ),
        (!counted && UNREAD_COUNT.is_match(title), &COUNT_UNREADABLE, "copies", "อ่านจำนวนไม่ออก", "the count cannot be read"),
    ];
    for (_, code, part, thai, english) in parts.into_iter().filter(|(there, ..)| *there) {
        let pointer = if part.is_empty() { pointer.to_owned() } else { format!("{pointer}/{part}") };
        let message = (format!("“{title}”: {thai}"), format!("“{title}”: {english}"));
        issues.push(code.issue(&pointer, message, vec![evidence.clone()]));
    }
    if let Some(other) = second_number(title) {
        let message = (
            format!("รายการนี้อ้างเลขที่มากกว่าหนึ่ง: “{other}” ไม่อยู่ในช่องเลขที่"),
            format!("this entry cites more than one number; “{other}” is not among the values"),
        );
        issues.push(SECOND_NUMBER.issue(pointer, message, vec![evidence.clone()]));
    }
}

/// What looks like a number behind ที่, but for the ordinals of meetings and the like.
fn holds_number(title: &str) -> bool {
    UNREAD_NUMBER.find_iter(title).any(|found| !numbers::is_ordinal(&title[..found.start()]))
}

/// A longer title (chars) has taken text in.
const LONGEST_TITLE: usize = 300;

/// A letter's number that is left in a title whose own number was taken.
fn second_number(title: &str) -> Option<String> {
    numbers::find(title).filter(|(_, read)| read.code.is_some()).map(|(_, read)| read.canonical())
}
