//! Parts that a document of its kind must have, and has not. Codes: `number.missing`, `date.missing`, `date.incomplete` and so on.

use crate::document::record::{Kind, Precision, Record, Severity};

use super::finding::{Bundle, Finding};

/// A part of a document, with its name for the clerk.
#[derive(Clone, Copy)]
struct Part {
    key: &'static str,
    thai: &'static str,
    present: fn(&Record) -> bool,
    severity: Severity,
}

const NUMBER: Part = Part { key: "number", thai: "ที่", present: |record| record.number.is_some(), severity: Severity::Error };
const DATE: Part = Part { key: "date", thai: "วันที่", present: |record| record.date.is_some(), severity: Severity::Error };
const SENDER: Part = Part {
    key: "sender",
    thai: "ส่วนราชการผู้ส่ง",
    present: |record| record.sender.as_ref().is_some_and(|sender| sender.unit.is_some()),
    severity: Severity::Warning,
};
const SUBJECT: Part =
    Part { key: "subject", thai: "เรื่อง", present: |record| record.subject.is_some(), severity: Severity::Warning };
const RECIPIENTS: Part =
    Part { key: "recipients", thai: "ผู้รับ", present: |record| !record.recipients.is_empty(), severity: Severity::Warning };
const BODY: Part =
    Part { key: "body", thai: "ข้อความ", present: |record| !record.body.is_empty(), severity: Severity::Warning };
const CLOSING: Part =
    Part { key: "closing", thai: "คำลงท้าย", present: |record| record.closing.is_some(), severity: Severity::Warning };
const NAME: Part = Part {
    key: "signatory/name",
    thai: "ชื่อผู้ลงนาม",
    present: |record| record.signatory.as_ref().is_some_and(|signatory| signatory.name.is_some()),
    severity: Severity::Warning,
};
const POSITION: Part = Part {
    key: "signatory/position",
    thai: "ตำแหน่งผู้ลงนาม",
    present: |record| record.signatory.as_ref().is_some_and(|signatory| signatory.position.is_some()),
    severity: Severity::Warning,
};

/// What the regulation asks of each kind (domain: six kinds).
fn required(kind: Kind) -> &'static [Part] {
    match kind {
        Kind::ExternalLetter => &[NUMBER, DATE, SENDER, SUBJECT, RECIPIENTS, BODY, CLOSING, NAME, POSITION],
        Kind::InternalMemo => &[NUMBER, DATE, SENDER, SUBJECT, RECIPIENTS, BODY, POSITION],
        Kind::StampedLetter => &[NUMBER, DATE, SENDER, RECIPIENTS, BODY],
        Kind::Order => &[NUMBER, DATE, SUBJECT, BODY, NAME, POSITION],
        Kind::Regulation | Kind::Announcement => &[SUBJECT, DATE, BODY, NAME],
        Kind::Certificate => &[DATE, BODY, NAME],
        Kind::Minutes => &[DATE, BODY],
        Kind::MessageForm => &[NUMBER, DATE, SENDER, RECIPIENTS, BODY, NAME],
        Kind::Form | Kind::Attachment | Kind::Other => &[],
    }
}

pub fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, record) in bundle.records.iter().enumerate() {
        for part in required(record.kind) {
            if !(part.present)(record) && !already_told(record, part) {
                found.push(missing(bundle, index, part));
            }
        }
        if required(record.kind).iter().any(|part| part.key == DATE.key)
            && record.date.as_ref().is_some_and(|date| date.precision != Precision::Day)
        {
            let printed = record.date.as_ref().map_or("", |date| &date.printed);
            let (thai, english) = (format!("วันที่ “{printed}” ไม่ครบ"), format!("the date “{printed}” is not complete"));
            found.push(Finding::new(index, "date.incomplete", Severity::Warning, thai, english).about(bundle.records, "/date"));
        }
    }
    found
}

fn missing(bundle: &Bundle, index: usize, part: &Part) -> Finding {
    let (thai, english) = (format!("ไม่พบ{}", part.thai), format!("no {} was found", part.key.replace('/', " ")));
    let code = format!("{}.missing", part.key.replace('/', "."));
    Finding::new(index, &code, part.severity, thai, english).about(bundle.records, format!("/{}", part.key))
}

/// The reader said already why the value is not there (left blank, not to be read).
fn already_told(record: &Record, part: &Part) -> bool {
    let pointer = format!("/{}", part.key);
    record.issues.iter().any(|issue| issue.field.as_deref() == Some(&pointer) && issue.severity >= Severity::Warning)
}
