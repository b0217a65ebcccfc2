//! ตรารับหนังสือ: stamps of the offices that received the letter: office, receiving number, date, time. Never the sender's.
//! The hard thing: labels vary or are missing, leaders are empty, and the digits are hand-written.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::passage::Place;
use super::value::{self, Value};
use super::{Example, Field, Rule, Take};
use crate::document::record::{Date, Precision, Receipt};
use crate::thai::{dates, digits, posts, times};

pub static RECEIPTS: Field = Field {
    id: "receipts",
    thai: "ตรารับหนังสือ",
    about: "Receiving stamps: office, receiving number, date and time of each.",
    take: Take::Items(whole),
    rules: &[
        Rule {
            id: "receipts.office",
            place: Place::Stamp,
            part: "office",
            score: 0.9,
            pattern: r"(?m)^ [[:blank:].,:'’•|-]* (?<value> [ก-๎][^\n]*? ) {_} $",
            value: office,
        },
        Rule {
            id: "receipts.number",
            place: Place::Stamp,
            part: "number",
            score: 0.92,
            pattern: r"(?m) (?: {~เลขทะเบียนรับ} | {~เลขที่รับ} | {~เลขรับ} | ร[ัิ]?บ{_}เลข | ร[ัิ]?บ{_}ที่ | เลขที่ | เลขท{_} | (?: ^ | [^ก-๎] | [ก-ฮ] | [^น\n] ที่? ) รับ ) (?: ท[ีิ่้]{1,2} )? [[:blank:].:…_-]* (?<value> (?: ล \. {_} )? {d}{1,6} (?: {_} / {_} {d}{2,4} )? ) (?<more> {d} | [A-Za-z] | [.,] {_} {d} | [ก-ฮ] [^\n]{0,5} )?",
            value: number,
        },
        Rule {
            id: "receipts.bare_number",
            place: Place::Stamp,
            part: "number",
            score: 0.75,
            pattern: r"(?m)^ {_} (?<value> {d}{2,6} (?: {_} / {_} (?: {d}{4} | {d}{2} ) )? ) {_} $", // a digit alone is most often a piece of the stamp's border
            value: number,
        },
        Rule {
            id: "receipts.date",
            place: Place::Stamp,
            part: "date",
            score: 0.92,
            pattern: r"(?: ว[ัี]?น{_}ที่? (?: รับ )? | ว{_}ด{_}ป | ลงวันที่ ) [[:blank:].:…_–-]* (?<value> {date} | {numeric} )",
            value: date,
        },
        Rule {
            id: "receipts.bare_date",
            place: Place::Stamp,
            part: "date",
            score: 0.9,
            pattern: r"(?: ^ | \n | [[:blank:]] ) {_} (?<value> {date} | {numeric} )",
            value: date,
        },
        Rule {
            id: "receipts.time",
            place: Place::Stamp,
            part: "time",
            score: 0.92,
            pattern: r"{~เวลา} [[:blank:].:…_]* (?<value> {d}{1,2} {_} [.:,] {_} {d}{2} | {d}{2} [[:blank:]] {d}{2} | {d}{4} ) ",
            value: time,
        },
        Rule {
            id: "receipts.bare_time",
            place: Place::Stamp,
            part: "time",
            score: 0.9,
            pattern: r"(?m)(?: ^ | [[:blank:]] ) {_} (?<value> {d}{1,2} {_} [.:,] {_} {d}{2} ) {_} น",
            value: time,
        },
        Rule {
            id: "receipts.time_alone",
            place: Place::Stamp,
            part: "time",
            score: 0.75,
            pattern: r"(?m)^ {_} (?<value> {d}{2} {_} [.:,] {_} {d}{2} ) {_} $",
            value: time,
        },
    ],
    examples: &[
        Example::reads("เลขรับที่ ๑๑๕", || Value::Text("115".to_owned())),
        Example::reads("เลขที่รับ..... 496/2569", || Value::Text("496/2569".to_owned())),
        Example::reads("๒๓๑/๒๕๖๖", || Value::Text("231/2566".to_owned())),
        Example::reads("วันที่ - ๖ พ.ย. ๖๗", || stamped("2024-11-06")),
        Example::reads("เสขรับ ๑๒๔", || Value::Text("124".to_owned())),
        Example::reads("ทะเบียนรับ ๑๒๔", || Value::Text("124".to_owned())),
        Example::reads("รับที่ ๒๒", || Value::Text("22".to_owned())),
        Example::reads("วันที่ ๒๒ / มี.ค. / ๖๗", || stamped("2024-03-22")),
        Example::reads("วันที่๒๒ มี.ค. ๖๗", || stamped("2024-03-22")),
        Example::reads("วันที่รับ ๒๒ มี.ค. ๖๗", || stamped("2024-03-22")),
        Example::reads("๒๐ มี.ค. ๒๕๖๙", || stamped("2026-03-20")),
        Example::reads("เวลา ๑๓.๕๗ น.", || Value::Text("13:57".to_owned())),
        Example::reads("เวลา ๐๙,๒๐ น.", || Value::Text("09:20".to_owned())),
        Example::reads("เวลา ๐๘ ๕๑ น.", || Value::Text("08:51".to_owned())),
        Example::reads("๑๐,๐๕ น.", || Value::Text("10:05".to_owned())),
        Example::reads("๐๘.๒๔", || Value::Text("08:24".to_owned())),
        Example::reads("๒๕๖๗ ๑๔.๐๓ น.", || Value::Text("14:03".to_owned())).part("time"),
        Example::reads(". โรงเรียนตัวอย่างวิทยา", || Value::Text("โรงเรียนตัวอย่างวิทยา".to_owned())),
        Example::reads("๔๔๗๑", || Value::Text("4471".to_owned())),
        Example::reads("๑๐.๐๕ น.", || Value::Text("10:05".to_owned())),
        Example::reads("ที่ว่าการอำเภอตัวอย่าง", || {
            Value::Text("ที่ว่าการอำเภอตัวอย่าง".to_owned())
        }),
        Example::reads("องค์การบริหารส่วนตำบลตัวอย่าง", || {
            Value::Text("องค์การบริหารส่วนตำบลตัวอย่าง".to_owned())
        }),
        Example::reads("เลขรับ ๑๑๕วันที่", || Value::Text("115".to_owned())),
        // Registers of secret letters count for themselves.
        Example::reads("เลขรับ ล.๕๗", || Value::Text("ล.57".to_owned())),
        Example::ignores("เลขรับ ๑.๑๒๔"),
        Example::ignores("เลขรับ ๑๒๓๔๕๖๗"),
        Example::ignores("เลขรับ ๕ศศิ๗รล่ม"),
        Example::ignores("๑"),
        Example::ignores("เวลา..... น."),
        Example::ignores("เลขรับ....."),
    ],
    store: |record, found| {
        let mut receipts: Vec<Receipt> = Vec::new();
        for found in found {
            let missing = (found.index + 1).saturating_sub(receipts.len());
            receipts.extend((0..missing).map(|_| Receipt { office: None, number: None, date: None, time: None }));
            let receipt = &mut receipts[found.index];
            match (found.part, found.value) {
                ("date", Value::Date(date)) => receipt.date = Some(date),
                ("number", Value::Text(text)) => receipt.number = Some(text),
                ("time", Value::Text(text)) => receipt.time = Some(text),
                (_, Value::Text(text)) => receipt.office = Some(text),
                _ => {}
            }
        }
        record.receipts = receipts;
    },
};

/// A stamp is one item.
fn whole(text: &str) -> Vec<std::ops::Range<usize>> {
    std::iter::once(0..text.len()).collect()
}

static LABELS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:เลข|รับ|ทะเบียนรับ|วันที่|เวลา|ที่[ \t.0-9๐-๙]|ว\.ด\.ป|[0-9๐-๙])").expect("a constant pattern"));

fn office(found: &Captures) -> Option<Value> {
    let text = found.name("value")?.as_str();
    let line = text.split("เลข").next().unwrap_or(text).trim();
    let words = line.chars().filter(|c| c.is_alphabetic()).count();
    (words >= 3 && !LABELS.is_match(line) && (posts::begins_like_office(line) || words >= 6)).then(|| value::text(line))?
}

/// Declines where a letter or a stop goes on with the number, digits misread, unless the next label does.
fn number(found: &Captures) -> Option<Value> {
    let is_label = |more: &str| ["วัน", "เวลา", "น."].iter().any(|label| more.starts_with(label));
    if found.name("more").is_some_and(|more| !is_label(more.as_str())) {
        return None;
    }
    let text: String = digits::to_arabic(found.name("value")?.as_str()).split_whitespace().collect();
    Some(Value::Text(text))
}

fn date(found: &Captures) -> Option<Value> {
    let printed = found.name("value")?.as_str();
    Some(Value::Date(value::date(printed, &dates::read(printed)?)))
}

fn time(found: &Captures) -> Option<Value> {
    times::read(found.name("value")?.as_str()).map(Value::Text)
}

fn stamped(iso: &str) -> Value {
    Value::Date(Date { iso: Some(iso.to_owned()), printed: String::new(), precision: Precision::Day })
}
