//! The doubts that reading itself raises, worded for the clerk in Thai and English.

use crate::document::Code;
use crate::document::letter::Letter;
use crate::document::record::{Evidence, Issue, Number, Record};
use crate::thai::dates::{self, Doubt};
use crate::thai::phones;

use super::{Field, Value, signatory, unread};

/// All that is raised here.
pub const CODES: &[&Code] = &[
    &AMBIGUOUS,
    &UNCERTAIN,
    &SECOND_READING,
    &ODD_TELEPHONE,
    &TITLE_REPAIRED,
    &GUESSED,
    &DAY_UNREADABLE,
    &IMPOSSIBLE,
    &YEAR_CUT_OFF,
    &ERA_UNKNOWN,
    &OLD_CALENDAR,
    &SPACED_DIGITS,
    &MONTH_REPAIRED,
    &CHRISTIAN_YEAR,
    &BLANK,
    &ODD_OFFICE,
    &TORN_OFFICE,
    &OWN_FORM,
    &SPACED_SERIAL,
    &ENGINE,
];

/// Rules that take what no list knows.
const GUESSES: &[&str] = &[super::sender::TITLE_MISREAD, super::urgency::MISSPELT];

pub const AMBIGUOUS: Code = Code::warning(
    "*.ambiguous",
    "Two places of the letter give different values that are nearly as likely. Compare both with the page; the other one is among the evidence.",
);
const UNCERTAIN: Code = Code::warning(
    "*.reading_uncertain",
    "The reader was torn between two readings of the same ink; the message names both. Look at the page which it is.",
);
const SECOND_READING: Code = Code::warning(
    "*.second_reading",
    "The reader's first reading made no sense here, and another of its readings was taken. Compare the value with the page.",
);
const ODD_TELEPHONE: Code =
    Code::warning("contacts.odd_number", "A telephone has more or fewer digits than telephones have. Compare its digits with the page.");
const TITLE_REPAIRED: Code = Code::info(
    "signatory.title_repaired",
    "The title before a name was misspelt and read as the nearest title. Nothing to do unless the name looks wrong too.",
);
const GUESSED: Code = Code::warning(
    "value.guessed",
    "The value was taken from words that no list knows, since it stands where such a value stands. Compare it with the page.",
);
const DAY_UNREADABLE: Code =
    Code::warning("date.day_unreadable", "Month and year were read, the day was not. Read the day from the page; it is often handwritten.");
const IMPOSSIBLE: Code =
    Code::error("date.impossible", "No calendar has this day, so a digit is misread or misprinted. Read the date from the page.");
const YEAR_CUT_OFF: Code =
    Code::warning("date.year_cut_off", "The year has two digits that look like the first half of one (25…). Read the year from the page.");
const ERA_UNKNOWN: Code = Code::warning(
    "date.era_unknown",
    "A year of two digits up to 35 may be of either era; the Buddhist one was assumed. Tell by the page which is meant.",
);
const OLD_CALENDAR: Code = Code::warning(
    "date.old_calendar",
    "Before 1941 the year began on 1 April; January to March are counted to the year that had begun the April before. Look whether the letter means that.",
);
const SPACED_DIGITS: Code = Code::info(
    "date.spaced_digits",
    "Blanks stand between the digits of the date and were taken out. Nothing to do unless the date looks wrong.",
);
const MONTH_REPAIRED: Code = Code::info(
    "date.month_repaired",
    "The month's name was misspelt and read as the nearest month. Nothing to do unless the date looks wrong.",
);
const CHRISTIAN_YEAR: Code = Code::info("date.christian_year", "The year is printed in the Christian era and was taken so. Nothing to do.");
pub const BLANK: Code =
    Code::warning("number.blank", "The number, or its serial, was left blank on the page. Look whether somebody wrote it in by hand.");
const ODD_OFFICE: Code = Code::warning(
    "number.odd_office",
    "The office part of the number has more digits than offices have: a dot was lost or a digit is too many. Compare it with the page.",
);
const TORN_OFFICE: Code = Code::warning(
    "number.torn_office",
    "A blank stands inside the office part of the number and was read as a dot. Compare it with the page.",
);
const OWN_FORM: Code = Code::warning(
    "number.own_form",
    "The number is not formed as the regulation says, but as some offices form theirs; it was taken as printed. Compare it with the page.",
);
const SPACED_SERIAL: Code = Code::info(
    "number.spaced_serial",
    "Blanks stand inside the number's serial and were taken out. Nothing to do unless the number looks wrong.",
);
const ENGINE: Code = Code::warning(
    "digits.engine_cannot_read",
    "The engine that read the page cannot write ๔ ๖ ๗ ๘ ๙ and puts other digits there. Compare every digit with the page.",
);

/// Two values of nearly the same worth.
pub fn ambiguous(field: &Field, pointer: &str, winner: &Value, rival: &Value, evidence: Vec<Evidence>) -> Issue {
    let (winner, rival) = (winner.display(), rival.display());
    let message = (
        format!("{}: อ่านได้ทั้ง “{winner}” และ “{rival}” จากคนละที่", field.thai),
        format!("{}: both “{winner}” and “{rival}” stand on the page", field.id),
    );
    AMBIGUOUS.issue(pointer, message, evidence)
}

/// The reader itself was torn between two readings of the same ink.
pub fn uncertain(field: &Field, pointer: &str, winner: &Value, other: &Value, evidence: &Evidence) -> Issue {
    let (winner, other) = (winner.display(), other.display());
    let message =
        (format!("{}: อ่านว่า “{winner}” แต่อาจเป็น “{other}”", field.thai), format!("{}: read as “{winner}”, could be “{other}”", field.id));
    UNCERTAIN.issue(pointer, message, vec![evidence.clone()])
}

/// Only another reading of the line made sense.
pub fn second_reading(field: &Field, pointer: &str, evidence: &Evidence) -> Issue {
    let message = (
        format!("{}: คำอ่านแรกใช้ไม่ได้ ใช้คำอ่านรองแทน โปรดตรวจกับต้นฉบับ", field.thai),
        format!("{}: the first reading made no sense, another one was taken; check it against the page", field.id),
    );
    SECOND_READING.issue(pointer, message, vec![evidence.clone()])
}

/// What the printed form of a value itself leaves open.
pub fn about(pointer: &str, value: &Value, evidence: &Evidence, issues: &mut Vec<Issue>) {
    if GUESSES.contains(&evidence.rule.as_str()) {
        let raw = &evidence.raw;
        let message = (format!("“{raw}”: ไม่ใช่คำที่รู้จัก คาดจากตำแหน่ง"), format!("“{raw}”: no known word; taken for where it stands"));
        issues.push(GUESSED.issue(pointer, message, vec![evidence.clone()]));
    }
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
            let message = (
                format!("“{printed}” มี {digits} หลัก อาจอ่านขาดหรือเกิน"),
                format!("“{printed}” has {digits} digits; one may be lost or too many"),
            );
            issues.push(ODD_TELEPHONE.issue(pointer, message, vec![evidence.clone()]));
        }
        Value::Text(name) if evidence.rule == signatory::TITLE_REPAIRED => {
            let raw = &evidence.raw;
            let message =
                (format!("“{raw}”: คำนำหน้านามสะกดผิด อ่านเป็น “{name}”"), format!("“{raw}”: the title is misspelt, read as “{name}”"));
            issues.push(TITLE_REPAIRED.issue(pointer, message, vec![evidence.clone()]));
        }
        _ => {}
    }
}

fn about_date(pointer: &str, printed: &str, evidence: &Evidence, issues: &mut Vec<Issue>) {
    let read = dates::read(printed).or_else(|| dates::read_group(printed).map(|(date, _)| date));
    for doubt in read.map(|date| date.doubts).unwrap_or_default() {
        let (code, thai, english) = match doubt {
            Doubt::DayUnreadable => (&DAY_UNREADABLE, "อ่านวันที่ไม่ออก", "the day cannot be read"),
            Doubt::Impossible => (&IMPOSSIBLE, "ไม่มีวันนี้ในปฏิทิน", "no such day exists"),
            Doubt::YearCutOff => (&YEAR_CUT_OFF, "ปีอาจอ่านไม่ครบ", "the year may have lost its last digits"),
            Doubt::EraUnknown => (&ERA_UNKNOWN, "ปีสองหลัก อาจเป็น พ.ศ. หรือ ค.ศ.", "a year of two digits that may be of either era"),
            Doubt::OldCalendar => (&OLD_CALENDAR, "ก่อน พ.ศ. ๒๔๘๔ ปีเริ่มวันที่ ๑ เมษายน", "before 1941 the year began on 1 April"),
            Doubt::SpacedDigits => (&SPACED_DIGITS, "มีช่องว่างในตัวเลข", "blanks stand between its digits"),
            Doubt::MonthRepaired => (&MONTH_REPAIRED, "ชื่อเดือนสะกดผิด", "the month is misspelt"),
            Doubt::ChristianYear => (&CHRISTIAN_YEAR, "ปีเป็นคริสต์ศักราช", "the year is in the Christian era"),
            // Usual on stamps and military letters; the checks compare it with the letter's other dates.
            Doubt::TwoDigitYear => continue,
        };
        let message = (format!("วันที่ “{printed}”: {thai}"), format!("date “{printed}”: {english}"));
        issues.push(code.issue(pointer, message, vec![evidence.clone()]));
    }
}

fn about_number(pointer: &str, number: &Number, evidence: &Evidence, issues: &mut Vec<Issue>) {
    let (printed, office) = (&number.printed, number.office.as_deref().unwrap_or_default());
    let serial = number.serial.as_deref().unwrap_or_default();
    let after = printed.rsplit('/').next().unwrap_or_default().trim_start_matches(['ว', '.', ' ']);
    // A letter in brackets belongs to the serial, with a blank before it or without.
    let after = after.split('(').next().unwrap_or_default();
    let spaced = after.trim().contains(' ') && number.year.is_none();
    let doubts = [
        (number.serial.is_none(), &BLANK, "เว้นเลขลำดับไว้".to_owned(), "its serial was left blank".to_owned()),
        (
            lost_its_dot(number.code.as_deref(), office),
            &ODD_OFFICE,
            format!("รหัสหน่วยงาน {office} ยาวผิดปกติ จุดอาจหาย"),
            format!("the office {office} has more digits than offices have; a dot may be lost"),
        ),
        (
            evidence.rule == super::number::TORN_OFFICE,
            &TORN_OFFICE,
            format!("มีช่องว่างในรหัสหน่วยงาน อ่านเป็น {office} จุดอาจหาย"),
            format!("a blank stands inside its office, read as {office}; a dot may be lost"),
        ),
        (
            is_of_own_form(number),
            &OWN_FORM,
            "ไม่เป็นเลขที่ตามระเบียบ คัดตามที่พิมพ์".to_owned(),
            "no number as the regulation forms it; taken as printed".to_owned(),
        ),
        (
            spaced && number.serial.is_some(),
            &SPACED_SERIAL,
            format!("มีช่องว่างในเลขลำดับ อ่านเป็น {serial}"),
            format!("blanks stand inside its serial, read as {serial}"),
        ),
    ];
    for (_, code, thai, english) in doubts.into_iter().filter(|(there, ..)| *there) {
        let message = (format!("ที่ “{printed}”: {thai}"), format!("number “{printed}”: {english}"));
        issues.push(code.issue(pointer, message, vec![evidence.clone()]));
    }
}

/// What [`crate::thai::number::OWN_FORM`] takes and the regulation does not know.
fn is_of_own_form(number: &Number) -> bool {
    let holds = |part: &Option<String>, sign: fn(char) -> bool| part.as_deref().is_some_and(|part| part.contains(sign));
    let dashed = holds(&number.office, |char| matches!(char, '-' | '–'));
    let lettered = number.code.is_some() && holds(&number.serial, char::is_alphabetic);
    // One letter in brackets behind the code: a committee's, or a digit misread.
    let before = number.printed.split('/').next().unwrap_or_default();
    let alone = before.split_once('(').is_some_and(|(_, rest)| rest.chars().nth(1) == Some(')')) && number.code.is_some();
    let without_code = number.code.is_none() && number.office.is_some();
    without_code
        || holds(&number.code, |char| char == '.')
        || (number.code.is_some() && number.year.is_some())
        || dashed
        || lettered
        || alone
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
        let message = (
            format!("{name} ไม่รู้จักเลขไทยบางตัว (๔ ๖ ๗ ๘ ๙) โปรดตรวจตัวเลขกับต้นฉบับ"),
            format!("{name} cannot output ๔ ๖ ๗ ๘ ๙; check the digits against the page"),
        );
        record.issues.push(ENGINE.issue(&pointer, message, vec![evidence]));
    }
}
