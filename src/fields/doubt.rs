//! The doubts that reading itself raises, worded for the clerk in Thai and English.

use crate::document::letter::Letter;
use crate::document::record::{Evidence, Issue, Number, Record, Severity};
use crate::thai::dates::{self, Doubt};
use crate::thai::phones;

use super::{Field, Value, signatory, unread};

pub fn issue(code: String, severity: Severity, pointer: &str, thai: String, english: String, evidence: Vec<Evidence>) -> Issue {
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
            unread::in_item(pointer, item, evidence, issues);
            if let Some(date) = &item.date {
                about_date(&format!("{pointer}/date"), &date.printed, evidence, issues);
            }
        }
        Value::Contact(contact) if contact.kind.is_telephone() && !phones::is_whole(&contact.value) => {
            let (printed, digits) = (&contact.printed, contact.value.len());
            issues.push(issue(
                "contacts.odd_number".to_owned(),
                Severity::Warning,
                pointer,
                format!("“{printed}” มี {digits} หลัก อาจอ่านขาดหรือเกิน"),
                format!("“{printed}” has {digits} digits; one may be lost or too many"),
                vec![evidence.clone()],
            ));
        }
        Value::Text(name) if evidence.rule == signatory::TITLE_REPAIRED => issues.push(issue(
            "signatory.title_repaired".to_owned(),
            Severity::Info,
            pointer,
            format!("“{}”: คำนำหน้านามสะกดผิด อ่านเป็น “{name}”", evidence.raw),
            format!("“{}”: the title is misspelt, read as “{name}”", evidence.raw),
            vec![evidence.clone()],
        )),
        _ => {}
    }
}

fn about_date(pointer: &str, printed: &str, evidence: &Evidence, issues: &mut Vec<Issue>) {
    let read = dates::read(printed).or_else(|| dates::read_group(printed).map(|(date, _)| date));
    for doubt in read.map(|date| date.doubts).unwrap_or_default() {
        let (code, severity, thai, english) = match doubt {
            Doubt::DayUnreadable => ("date.day_unreadable", Severity::Warning, "อ่านวันที่ไม่ออก", "the day cannot be read"),
            Doubt::Impossible => ("date.impossible", Severity::Error, "ไม่มีวันนี้ในปฏิทิน", "no such day exists"),
            Doubt::YearCutOff => ("date.year_cut_off", Severity::Warning, "ปีอาจอ่านไม่ครบ", "the year may have lost its last digits"),
            Doubt::EraUnknown => {
                ("date.era_unknown", Severity::Warning, "ปีสองหลัก อาจเป็น พ.ศ. หรือ ค.ศ.", "a year of two digits that may be of either era")
            }
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
    use Severity::{Info, Warning};
    let (printed, office) = (&number.printed, number.office.as_deref().unwrap_or_default());
    let serial = number.serial.as_deref().unwrap_or_default();
    let after = printed.rsplit('/').next().unwrap_or_default().trim_start_matches(['ว', '.', ' ']).trim_end_matches("(ว)");
    let spaced = after.trim().contains(' ') && number.year.is_none();
    let doubts = [
        (number.serial.is_none(), "number.blank", Warning, "เว้นเลขลำดับไว้".to_owned(), "its serial was left blank".to_owned()),
        (
            lost_its_dot(number.code.as_deref(), office),
            "number.odd_office",
            Warning,
            format!("รหัสหน่วยงาน {office} ยาวผิดปกติ จุดอาจหาย"),
            format!("the office {office} has more digits than offices have; a dot may be lost"),
        ),
        (
            evidence.rule == super::number::TORN_OFFICE,
            "number.torn_office",
            Warning,
            format!("มีช่องว่างในรหัสหน่วยงาน อ่านเป็น {office} จุดอาจหาย"),
            format!("a blank stands inside its office, read as {office}; a dot may be lost"),
        ),
        (
            is_of_own_form(number),
            "number.own_form",
            Warning,
            "ไม่เป็นเลขที่ตามระเบียบ คัดตามที่พิมพ์".to_owned(),
            "no number as the regulation forms it; taken as printed".to_owned(),
        ),
        (
            spaced && number.serial.is_some(),
            "number.spaced_serial",
            Info,
            format!("มีช่องว่างในเลขลำดับ อ่านเป็น {serial}"),
            format!("blanks stand inside its serial, read as {serial}"),
        ),
    ];
    for (_, code, severity, thai, english) in doubts.into_iter().filter(|(there, ..)| *there) {
        let (thai, english) = (format!("ที่ “{printed}”: {thai}"), format!("number “{printed}”: {english}"));
        issues.push(issue(code.to_owned(), severity, pointer, thai, english, vec![evidence.clone()]));
    }
}

/// What [`crate::thai::number::OWN_FORM`] takes and the regulation does not know.
fn is_of_own_form(number: &Number) -> bool {
    let holds = |part: &Option<String>, sign: fn(char) -> bool| part.as_deref().is_some_and(|part| part.contains(sign));
    let dashed = holds(&number.office, |char| matches!(char, '-' | '–'));
    let lettered = number.code.is_some() && holds(&number.serial, char::is_alphabetic);
    holds(&number.code, |char| char == '.') || (number.code.is_some() && number.year.is_some()) || dashed || lettered
}

/// Offices have four digits, schools (ศธ) and local governments five, of which only the schools' begin with ๐.
fn lost_its_dot(code: Option<&str>, office: &str) -> bool {
    let whole = office.split(['.', '(', ' ']).next().unwrap_or(office);
    whole.len() > 5 || (whole.len() == 5 && whole.starts_with('0') && code != Some("ศธ"))
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
