//! What rules give: values and parts of values, on their way into the record.

use crate::document::record::{Attachment, Contact, Copies, Date, Number, Precision, Secrecy, Urgency};
use crate::thai::dates::{Day, PrintedDate};
use crate::thai::digits;
use crate::thai::number::PrintedNumber;

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Urgency(Urgency),
    Secrecy(Secrecy),
    Number(Number),
    Date(Date),
    Text(String),
    /// One line of อ้างถึง or สิ่งที่ส่งมาด้วย.
    Item(Attachment),
    Contact(Contact),
}

/// A settled value.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// As in the rule; empty for the whole value.
    pub part: &'static str,
    /// Place in the list, from 0.
    pub index: usize,
    pub value: Value,
}

impl Value {
    /// What two readings must share to say the same: digits Arabic, blanks dropped, without the printed form.
    pub fn essence(&self) -> String {
        match self {
            Value::Urgency(level) => format!("{level:?}"),
            Value::Secrecy(level) => format!("{level:?}"),
            Value::Number(number) => squeeze(&number.text),
            Value::Date(date) => date_essence(date),
            Value::Text(text) => squeeze(text),
            Value::Item(item) => [
                item.ordinal.map(|ordinal| ordinal.to_string()),
                item.title.as_deref().map(squeeze),
                item.urgency.map(|urgency| format!("{urgency:?}")),
                item.number.as_ref().map(|number| squeeze(&number.text)),
                item.date.as_ref().map(date_essence),
                item.copies.as_ref().map(|copies| format!("{} {}", copies.count, copies.unit.as_deref().unwrap_or(""))),
            ]
            .map(Option::unwrap_or_default)
            .join("|"),
            Value::Contact(contact) => {
                format!("{:?} {} {}", contact.kind, squeeze(&contact.value), contact.extension.as_deref().unwrap_or(""))
            }
        }
    }

    /// For people: what would stand in the record.
    pub fn display(&self) -> String {
        match self {
            Value::Urgency(_) | Value::Secrecy(_) => self.essence(),
            Value::Number(number) => number.text.clone(),
            Value::Date(date) => date.iso.clone().unwrap_or_else(|| date.printed.clone()),
            Value::Text(text) => text.clone(),
            Value::Item(item) => {
                let parts = [
                    item.title.clone(),
                    item.number.as_ref().map(|number| number.text.clone()),
                    item.date.as_ref().and_then(|date| date.iso.clone()),
                ];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" | ")
            }
            Value::Contact(contact) => contact.printed.clone(),
        }
    }
}

/// Digits Arabic, blanks dropped.
pub fn squeeze(text: &str) -> String {
    digits::to_arabic(text).split_whitespace().collect()
}

/// Partial dates have no ISO form: what is printed decides.
fn date_essence(date: &Date) -> String {
    date.iso.clone().unwrap_or_else(|| format!("{:?} {}", date.precision, squeeze(&date.printed)))
}

/// The record's number; None for one that is blank altogether.
pub fn number(printed: &str, read: &PrintedNumber) -> Option<Number> {
    (read.serial.is_some() || read.code.is_some()).then(|| Number {
        text: read.canonical(),
        printed: printed.trim().to_owned(),
        code: read.code.clone(),
        office: read.office.clone(),
        circular: read.circular,
        serial: read.serial.clone(),
        year: read.year,
    })
}

/// The record's date.
pub fn date(printed: &str, read: &PrintedDate) -> Date {
    let precision = match (read.day, read.month) {
        (Day::Number(_), Some(_)) => Precision::Day,
        (_, Some(_)) => Precision::Month,
        _ => Precision::Year,
    };
    Date { iso: read.iso(), printed: printed.trim().to_owned(), precision }
}

pub fn copies(count: u32, unit: Option<&str>) -> Copies {
    Copies { count, unit: unit.map(str::to_owned) }
}

/// Lines of one value as one line: no blank where Thai runs on, one blank elsewhere.
pub fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        let thai = |c: char| ('ก'..='๎').contains(&c) && c != 'ๆ' && c != 'ฯ';
        let runs_on = out.chars().next_back().is_some_and(thai) && line.chars().next().is_some_and(thai);
        if !out.is_empty() && !runs_on {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// [`joined`], as a value; None when nothing is left.
pub fn text(text: &str) -> Option<Value> {
    let joined = joined(text);
    (!joined.is_empty()).then_some(Value::Text(joined))
}
