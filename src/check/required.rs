//! Parts that a document of its kind must have, and has not.

use crate::document::Code;
use crate::document::record::{Kind, Precision, Record, Severity};

use super::Check;
use super::finding::{Bundle, Finding};

pub const CHECK: Check = Check {
    id: "required",
    codes: &[
        &NUMBER.code,
        &DATE.code,
        &SENDER.code,
        &SUBJECT.code,
        &RECIPIENTS.code,
        &BODY.code,
        &CLOSING.code,
        &NAME.code,
        &POSITION.code,
        &INCOMPLETE,
    ],
    run: check,
};

const INCOMPLETE: Code = Code::warning(
    "date.incomplete",
    "The date lacks its day or month, so its `iso` is null. Read the rest from the page; it may have been left blank.",
);

/// A part of a document, with its name for the clerk.
#[derive(Debug)]
struct Part {
    pointer: &'static str,
    thai: &'static str,
    present: fn(&Record) -> bool,
    code: Code,
}

const NUMBER: Part = Part {
    pointer: "/number",
    thai: "ที่",
    present: |record| record.number.is_some(),
    code: Code::error("number.missing", "The letter must have a number and none was found. Read it from the page."),
};

const DATE: Part = Part {
    pointer: "/date",
    thai: "วันที่",
    present: |record| record.date.is_some(),
    code: Code::error("date.missing", "The letter must have a date and none was found. Read it from the page."),
};

const SENDER: Part = Part {
    pointer: "/sender",
    thai: "ส่วนราชการผู้ส่ง",
    present: |record| record.sender.as_ref().is_some_and(|sender| sender.unit.is_some()),
    code: Code::warning("sender.missing", "No sender was found. Read from the page which office wrote."),
};

const SUBJECT: Part = Part {
    pointer: "/subject",
    thai: "เรื่อง",
    present: |record| record.subject.is_some(),
    code: Code::warning("subject.missing", "No subject was found. Read the row เรื่อง from the page."),
};

const RECIPIENTS: Part = Part {
    pointer: "/recipients",
    thai: "ผู้รับ",
    present: |record| !record.recipients.is_empty(),
    code: Code::warning("recipients.missing", "No recipient was found. Read from the page to whom it is addressed."),
};

const BODY: Part = Part {
    pointer: "/body",
    thai: "ข้อความ",
    present: |record| !record.body.is_empty(),
    code: Code::warning("body.missing", "No text of the letter was found. Look whether a page is missing or could not be read."),
};

const CLOSING: Part = Part {
    pointer: "/closing",
    thai: "คำลงท้าย",
    present: |record| record.closing.is_some(),
    code: Code::warning("closing.missing", "No closing words were found. Look whether the letter's last page is there."),
};

const NAME: Part = Part {
    pointer: "/signatory/name",
    thai: "ชื่อผู้ลงนาม",
    present: |record| record.signatory.as_ref().is_some_and(|signatory| signatory.name.is_some()),
    code: Code::warning(
        "signatory.name.missing",
        "No name of the signatory was found. Read it from the page; it may be handwritten or under a seal.",
    ),
};

const POSITION: Part = Part {
    pointer: "/signatory/position",
    thai: "ตำแหน่งผู้ลงนาม",
    present: |record| record.signatory.as_ref().is_some_and(|signatory| signatory.position.is_some()),
    code: Code::warning("signatory.position.missing", "No post of the signatory was found. Read it from below the name."),
};

/// What the regulation asks of each kind (domain: six kinds).
fn required(kind: Kind) -> &'static [&'static Part] {
    match kind {
        Kind::ExternalLetter => &[&NUMBER, &DATE, &SENDER, &SUBJECT, &RECIPIENTS, &BODY, &CLOSING, &NAME, &POSITION],
        Kind::InternalMemo => &[&NUMBER, &DATE, &SENDER, &SUBJECT, &RECIPIENTS, &BODY, &POSITION],
        Kind::StampedLetter => &[&NUMBER, &DATE, &SENDER, &RECIPIENTS, &BODY],
        Kind::Order => &[&NUMBER, &DATE, &SUBJECT, &BODY, &NAME, &POSITION],
        Kind::Regulation | Kind::Announcement => &[&SUBJECT, &DATE, &BODY, &NAME],
        Kind::Certificate => &[&DATE, &BODY, &NAME],
        Kind::Minutes => &[&DATE, &BODY],
        Kind::MessageForm => &[&NUMBER, &DATE, &SENDER, &RECIPIENTS, &BODY, &NAME],
        Kind::Form | Kind::Attachment | Kind::Other => &[],
    }
}

fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, record) in bundle.records.iter().enumerate() {
        for part in required(record.kind) {
            if !(part.present)(record) && !already_told(record, part) {
                found.push(missing(bundle, index, part));
            }
        }
        if required(record.kind).iter().any(|part| part.pointer == DATE.pointer)
            && record.date.as_ref().is_some_and(|date| date.precision != Precision::Day)
        {
            let printed = record.date.as_ref().map_or("", |date| &date.printed);
            let message = (format!("วันที่ “{printed}” ไม่ครบ"), format!("the date “{printed}” is not complete"));
            found.push(bundle.doubt(index, &INCOMPLETE, "/date", message));
        }
    }
    found
}

fn missing(bundle: &Bundle, index: usize, part: &Part) -> Finding {
    let key = part.pointer.trim_start_matches('/').replace('/', " ");
    bundle.doubt(index, &part.code, part.pointer, (format!("ไม่พบ{}", part.thai), format!("no {key} was found")))
}

/// The reader said already why the value is not there (left blank, not to be read).
fn already_told(record: &Record, part: &Part) -> bool {
    record.issues.iter().any(|issue| issue.field.as_deref() == Some(part.pointer) && issue.severity >= Severity::Warning)
}
