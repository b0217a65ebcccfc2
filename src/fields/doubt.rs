//! The doubts that reading itself raises, worded for the clerk in Thai and English.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::letter::{Letter, Line};
use crate::document::record::{Evidence, Issue, Number, Record, Severity};
use crate::thai::dates::{self, Doubt};

use super::passage::{self, Place};
use super::{Field, Value};

fn issue(code: String, severity: Severity, pointer: &str, thai: String, english: String, evidence: Vec<Evidence>) -> Issue {
    Issue { code, severity, field: Some(pointer.to_owned()), message: thai, message_en: english, evidence }
}

/// Two values of nearly the same worth.
pub fn ambiguous(field: &Field, pointer: &str, winner: &Value, rival: &Value, evidence: Vec<Evidence>) -> Issue {
    let (winner, rival) = (winner.display(), rival.display());
    issue(
        format!("{}.ambiguous", field.id),
        Severity::Warning,
        pointer,
        format!("{}: อ่านได้ทั้ง “{winner}” และ “{rival}” จากคนละที่", field.thai),
        format!("{}: both “{winner}” and “{rival}” stand on the page", field.id),
        evidence,
    )
}

/// The reader itself was torn between two readings of the same ink.
pub fn uncertain(field: &Field, pointer: &str, winner: &Value, other: &Value, evidence: &Evidence) -> Issue {
    let (winner, other) = (winner.display(), other.display());
    issue(
        format!("{}.reading_uncertain", field.id),
        Severity::Warning,
        pointer,
        format!("{}: อ่านว่า “{winner}” แต่อาจเป็น “{other}”", field.thai),
        format!("{}: read as “{winner}”, could be “{other}”", field.id),
        vec![evidence.clone()],
    )
}

/// Only another reading of the line made sense.
pub fn second_reading(field: &Field, pointer: &str, evidence: &Evidence) -> Issue {
    issue(
        format!("{}.second_reading", field.id),
        Severity::Warning,
        pointer,
        format!("{}: คำอ่านแรกใช้ไม่ได้ ใช้คำอ่านรองแทน โปรดตรวจกับต้นฉบับ", field.thai),
        format!("{}: the first reading made no sense, another one was taken; check it against the page", field.id),
        vec![evidence.clone()],
    )
}

/// What the printed form of a value itself leaves open.
pub fn about(pointer: &str, value: &Value, evidence: &Evidence, issues: &mut Vec<Issue>) {
    match value {
        Value::Date(date) => about_date(pointer, &date.printed, evidence, issues),
        Value::Number(number) => about_number(pointer, number, evidence, issues),
        Value::Item(item) => {
            if let Some(number) = &item.number {
                about_number(&format!("{pointer}/number"), number, evidence, issues);
            }
            if let Some(date) = &item.date {
                about_date(&format!("{pointer}/date"), &date.printed, evidence, issues);
            }
        }
        _ => {}
    }
}

fn about_date(pointer: &str, printed: &str, evidence: &Evidence, issues: &mut Vec<Issue>) {
    let read = dates::read(printed).or_else(|| dates::read_group(printed).map(|(date, _)| date));
    for doubt in read.map(|date| date.doubts).unwrap_or_default() {
        let (code, severity, thai, english) = match doubt {
            Doubt::DayUnreadable => ("date.day_unreadable", Severity::Warning, "อ่านวันที่ไม่ออก", "the day cannot be read"),
            Doubt::Impossible => ("date.impossible", Severity::Error, "ไม่มีวันนี้ในปฏิทิน", "no such day exists"),
            Doubt::OldCalendar => {
                ("date.old_calendar", Severity::Warning, "ก่อน พ.ศ. ๒๔๘๔ ปีเริ่มวันที่ ๑ เมษายน", "before 1941 the year began on 1 April")
            }
            Doubt::SpacedDigits => ("date.spaced_digits", Severity::Info, "มีช่องว่างในตัวเลข", "blanks stand between its digits"),
            Doubt::MonthRepaired => ("date.month_repaired", Severity::Info, "ชื่อเดือนสะกดผิด", "the month is misspelt"),
            Doubt::ChristianYear => ("date.christian_year", Severity::Info, "ปีเป็นคริสต์ศักราช", "the year is in the Christian era"),
            // Usual on stamps and military letters; the checks compare it with the letter's other dates.
            Doubt::TwoDigitYear => continue,
        };
        let (thai, english) = (format!("วันที่ “{printed}”: {thai}"), format!("date “{printed}”: {english}"));
        issues.push(issue(code.to_owned(), severity, pointer, thai, english, vec![evidence.clone()]));
    }
}

fn about_number(pointer: &str, number: &Number, evidence: &Evidence, issues: &mut Vec<Issue>) {
    let Some(serial) = &number.serial else {
        issues.push(issue(
            "number.blank".to_owned(),
            Severity::Warning,
            pointer,
            format!("ที่ “{}”: เว้นเลขลำดับไว้", number.printed),
            format!("number “{}”: its serial was left blank", number.printed),
            vec![evidence.clone()],
        ));
        return;
    };
    let after = number.printed.rsplit('/').next().unwrap_or_default().trim_start_matches(['ว', '.', ' ']);
    let spaced = after.trim().contains(' ') && number.year.is_none();
    if spaced {
        issues.push(issue(
            "number.spaced_serial".to_owned(),
            Severity::Info,
            pointer,
            format!("ที่ “{}”: มีช่องว่างในเลขลำดับ อ่านเป็น {serial}", number.printed),
            format!("number “{}”: blanks stand inside its serial, read as {serial}", number.printed),
            vec![evidence.clone()],
        ));
    }
}

static NUMBER_ROW: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?:ที่|ที|ที้|ท)[ \t]+[^\n]*[/0-9๐-๙]").expect("a constant pattern"));
static BLANK_ORDER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:ที่|ที|ที้|ท)[ \t.…]*/[ \t.…]*[0-9๐-๙]{2,4}[ \t]*$").expect("a constant pattern"));

/// A row that stands where the number stands but gave none: blank, or not to be read.
pub fn unread(letter: &Letter, record: &mut Record) {
    if record.number.is_some() {
        return;
    }
    let passages = passage::passages(letter);
    let rows = passages.iter().filter(|passage| passage.place == Place::Row).filter_map(|passage| passage.pieces.first());
    let unread = |line: &&Line| BLANK_ORDER.is_match(&line.text) || NUMBER_ROW.is_match(&line.text);
    let Some(row) = rows.map(|piece| piece.line).find(unread) else { return };
    let (code, thai, english) = if BLANK_ORDER.is_match(&row.text) {
        ("number.blank", "เว้นเลขที่ไว้", "the number was left blank")
    } else {
        ("number.unreadable", "อ่านเลขที่ไม่ออก", "the number cannot be read")
    };
    let (thai, english) = (format!("ที่ “{}”: {thai}", row.text), format!("“{}”: {english}", row.text));
    record.issues.push(issue(code.to_owned(), Severity::Warning, "/number", thai, english, vec![whole(row)]));
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
    }
}

/// Engines that lack Thai numerals put other digits in their place: no digit they read stands without a doubt.
pub fn engine(letter: &Letter, record: &mut Record) {
    let Some((_, line)) = letter.lines.iter().find(|(_, line)| !line.engine.reads_all_thai_digits()) else { return };
    let name = format!("{:?}", line.engine);
    let digits = |pointer: &&String| {
        let last = pointer.rsplit('/').next().unwrap_or_default();
        matches!(last, "number" | "date" | "copies" | "time") || pointer.starts_with("/contacts/")
    };
    let doubtful: Vec<(String, Evidence)> = record
        .evidence
        .iter()
        .filter(|(pointer, _)| digits(pointer))
        .map(|(pointer, evidence)| (pointer.clone(), evidence.clone()))
        .collect();
    for (pointer, evidence) in doubtful {
        record.issues.push(issue(
            "digits.engine_cannot_read".to_owned(),
            Severity::Warning,
            &pointer,
            format!("{name} ไม่รู้จักเลขไทยบางตัว (๔ ๖ ๗ ๘ ๙) โปรดตรวจตัวเลขกับต้นฉบับ"),
            format!("{name} cannot output ๔ ๖ ๗ ๘ ๙; check the digits against the page"),
            vec![evidence],
        ));
    }
}
