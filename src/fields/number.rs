//! The letter's own number — ที่. Agency code, office, "/", an optional ว for a circular, a serial. The tone mark of ที่ is the first thing a scan loses.
//! Orders, announcements and certificates have a serial and a year. Citations of other letters never stand on a row of their own.

use regex::Captures;

use super::label::Label;
use super::passage::Place;
use super::value::{self, Value};
use super::{Example, Field, Rule, Take};
use crate::thai::number;

/// Where only a blank parts two groups of the office, a dot is taken to be lost, and told.
pub const TORN_OFFICE: &str = "number.torn_office";

pub static NUMBER: Field = Field {
    id: "number",
    thai: "ที่",
    about: "The letter's own number: code of the agency, office, serial; of an order serial and year.",
    take: Take::Best,
    rules: &[
        Rule {
            id: "number.labelled",
            place: Place::Row,
            part: "",
            score: 0.97,
            pattern: r"^ {_} (?: {~ด่วน} [ก-๎]* [[:blank:]]+ )? {thi} {_} [:.]? {_} (?<value> {origin} {_} / [[:blank:].…]* {serial} (?: {_} \( {_} (?<suffix> [ก-ฮ] ) {_} \) )? ) (?<more> [A-Za-zก-ฮ0-9๐-๙(] | {_} [/.-] {_} {d} | [[:blank:]] [A-Za-zก-ฮ] {_} $ | [[:blank:]] {_} {d}{1,6} {_} $ )?",
            value: whole_letter,
        },
        Rule {
            id: "number.spaced_serial",
            place: Place::Row,
            part: "",
            score: 0.98,
            pattern: r"^ {_} {thi} {_} [:.]? {_} (?<value> {origin} {_} / [[:blank:].…]* {spaced} ) {_} (?: $ | วันที่ | ลงวันที่ )",
            value: letter,
        },
        Rule {
            id: TORN_OFFICE,
            place: Place::Row,
            part: "",
            score: 0.8,
            pattern: r"^ {_} {thi} {_} [:.]? {_} (?<value> {code} [[:blank:]]* {torn_office} {_} / [[:blank:].…]* {serial} ) {_} (?: $ | วันที่ | ลงวันที่ )",
            value: letter,
        },
        // The number of an office that makes its own, taken as printed, and told.
        Rule {
            id: "number.own_form",
            place: Place::Row,
            part: "",
            score: 0.75,
            pattern: r"^ {_} ที่ {_} [:.]? {_} (?<value> {own_form} ) {_} (?: $ | วันที่ )",
            value: own_form,
        },
        Rule {
            id: "number.without_code",
            place: Place::Row,
            part: "",
            score: 0.75,
            pattern: r"^ {_} ที่ {_} [:.]? {_} (?<value> {bare_office} ) {_} (?: $ | วันที่ )",
            value: without_code,
        },
        Rule {
            id: "number.blank_serial",
            place: Place::Row,
            part: "",
            score: 0.9,
            pattern: r"^ {_} {thi} {_} [:.]? {_} (?<value> {origin} {_} / {_} (?<circular>ว)? ) [[:blank:].…]* (?: $ | วันที่ )",
            value: letter,
        },
        Rule {
            id: "number.order",
            place: Place::Row,
            part: "",
            score: 0.95,
            pattern: r"^ {_} {thi} {_} (?<value> {order} ) {_} $",
            value: order,
        },
        // Houses are numbered with เลขที่ as well: `๙๙/๑๒`.
        Rule {
            id: "number.order_of_year",
            place: Place::Row,
            part: "",
            score: 0.95,
            pattern: r"^ {_} เลขที่ {_} (?<value> {whole_order} ) {_} $",
            value: order,
        },
        Rule {
            id: "number.titled_row",
            place: Place::TitledRow,
            part: "",
            score: 0.95,
            pattern: r"^ {_} (?: เลขที่ | ครั้งที่ | ฉบับที่ ) {_} (?<value> {order} ) {_} $",
            value: order,
        },
        Rule {
            id: "number.titled",
            place: Place::Labelled(Label::Title),
            part: "",
            score: 0.9,
            pattern: r"(?: {thi} | ครั้งที่ | ฉบับที่ ) {_} (?<value> {whole_order} ) {_} $",
            value: order,
        },
        Rule {
            id: "number.bare",
            place: Place::Row,
            part: "",
            score: 0.6,
            pattern: r"^ {_} (?<value> {origin} {_} / {_} {serial} ) {_} (?: $ | [[:blank:]] {d}{1,2} [[:blank:]] [ก-ฮ] )",
            value: known_letter,
        },
        Rule {
            id: "number.message_letter",
            place: Place::Labelled(Label::Origin),
            part: "",
            score: 0.97,
            pattern: r"{@origin} [\s:;]* (?: {thi} )? {_} (?<value> {origin} {_} / {_} {serial} ) (?<more> [A-Za-zก-ฮ0-9๐-๙] | {_} [/.-] {_} {d} )?",
            value: whole_letter,
        },
        Rule {
            id: "number.message_below",
            place: Place::Labelled(Label::Origin),
            part: "",
            score: 0.85,
            pattern: r"(?: ^ | \n ) {_} (?: {thi} )? {_} (?<value> {origin} {_} / {_} {serial} ) {_} (?: \n | $ )",
            value: known_letter,
        },
        Rule {
            id: "number.message_order",
            place: Place::Labelled(Label::Origin),
            part: "",
            score: 0.95,
            pattern: r"{@origin} [\s:;]* (?: {thi} )? {_} (?<value> {order} ) {_} $",
            value: order,
        },
    ],
    examples: &[
        Example::reads("ที่ กษ ๐๒๐๑/ว ๑๒๓", || {
            reading("กษ 0201/ว 123", Some("กษ"), Some("0201"), true, Some("123"), None)
        }),
        Example::reads("ที่ ๐๐๒๓(สส).๑/๓๘๗ วันที่ ๑๓ พฤษภาคม ๒๕๖๖", || {
            reading("0023(สส).1/387", None, Some("0023(สส).1"), false, Some("387"), None)
        }),
        Example::reads("ที่ อว ๘๒๑๖.๓/๐๒๘๕", || {
            reading("อว 8216.3/0285", Some("อว"), Some("8216.3"), false, Some("0285"), None)
        }),
        Example::reads("ที กษ ๐๒๐๑.๓/๔๕", || {
            reading("กษ 0201.3/45", Some("กษ"), Some("0201.3"), false, Some("45"), None)
        }),
        Example::reads("ที่ พช ๐๐๒๓.๓/ว(๑๖๕)", || {
            reading("พช 0023.3/ว 165", Some("พช"), Some("0023.3"), true, Some("165"), None)
        }),
        Example::reads("ที่ กค (กวจ) ๐๔๐๕.๒/ว ๑๑๙", || {
            reading("กค (กวจ) 0405.2/ว 119", Some("กค"), Some("0405.2"), true, Some("119"), None)
        }),
        Example::reads("ที่ อว ๐๖๙๙.๗/ ๐ ๙๑๘", || {
            reading("อว 0699.7/0918", Some("อว"), Some("0699.7"), false, Some("0918"), None)
        }),
        Example::reads("ที่ ABC 112/2567", || reading("ABC 112/2567", Some("ABC"), Some("112"), false, Some("2567"), None)),
        Example::reads("ที่ พช ๐๐๒๓.๓/ว ๔๑ ๒", || {
            reading("พช 0023.3/ว 412", Some("พช"), Some("0023.3"), true, Some("412"), None)
        }),
        Example::reads("ที่ กษ ๐๔๑๒.๒๐ ๓/๗๑๘", || {
            reading("กษ 0412.20.3/718", Some("กษ"), Some("0412.20.3"), false, Some("718"), None)
        }),
        Example::reads("ที่ มท ๐๘๑๐.๗/ว", || reading("มท 0810.7/ว", Some("มท"), Some("0810.7"), true, None, None)),
        Example::reads("ที่ ๒๑๗/๒๕๖๔", || reading("217/2564", None, None, false, Some("217"), Some(2564))),
        Example::reads("เลขที่ ๑๒/๒๕๖๖", || reading("12/2566", None, None, false, Some("12"), Some(2566))),
        Example::reads("ศธ ๐๔๐๗๒/ว ๒๑๕๙", || {
            reading("ศธ 04072/ว 2159", Some("ศธ"), Some("04072"), true, Some("2159"), None)
        }),
        Example::reads("คำสั่งกรมตัวอย่าง ที่ ๙/๒๕๖๕", || {
            reading("9/2565", None, None, false, Some("9"), Some(2565))
        }),
        Example::reads("ที่ของผู้ให้ข่าว ที่ ๑๐/๒๕๖๗", || {
            reading("10/2567", None, None, false, Some("10"), Some(2567))
        }),
        Example::reads("ที่ของผู้ให้ข่าว กห ๐๔๑๗.๖/๒๐๙๕", || {
            reading("กห 0417.6/2095", Some("กห"), Some("0417.6"), false, Some("2095"), None)
        }),
        Example::reads("ที่ ศย ๐๑๙.๐๐๗/๒๔๔ (ว)", || {
            reading("ศย 019.007/ว 244", Some("ศย"), Some("019.007"), true, Some("244"), None)
        }),
        Example::reads(
            "ที่ของผู้ให้ข่าว\nวันนี้\nกห ๐๔๑๗.๖/๒๐๙๕",
            || reading("กห 0417.6/2095", Some("กห"), Some("0417.6"), false, Some("2095"), None),
        )
        .at(Place::Labelled(Label::Origin)),
        Example::reads("ที่ ฮฮฮ.ขก ๐๐๖/๒๑๙", || {
            reading("ฮฮฮ.ขก 006/219", Some("ฮฮฮ.ขก"), Some("006"), false, Some("219"), None)
        }),
        Example::reads("ที่ ฮฮฮ. ๑๘๗/ว ๓๔/๒๕๖๕", || {
            reading("ฮฮฮ. 187/ว 34/2565", Some("ฮฮฮ."), Some("187"), true, Some("34"), Some(2565))
        }),
        Example::reads("ที่ มท ๕๕๕๑๐-๑๔/๔๐๘", || {
            reading("มท 55510-14/408", Some("มท"), Some("55510-14"), false, Some("408"), None)
        }),
        Example::ignores("ที่ของผู้ให้ข่าว กห ๐๔๑๗.๖/๒๐.๙๕").at(Place::Labelled(Label::Origin)),
        Example::reads("ที่ ศย ๓๐๔.๐๐๒/ว ๒๓ (ป)", || {
            reading("ศย 304.002/ว 23 (ป)", Some("ศย"), Some("304.002"), true, Some("23 (ป)"), None)
        }),
        Example::ignores("ที่ สฎ ๐๐๒๓.๕/ว ๒๕๔o"),
        Example::ignores("ที่ สฎ ๐๐๒๓.๕/ว ๒๕๔/๑"),
        Example::ignores("ที่ สฎ ๐๐๒๓.๕/ว ๒๕ ด"),
        Example::ignores("ที่ประชุมมีมติเห็นชอบ"),
        Example::ignores("อ้างถึง หนังสือกรมตัวอย่าง ที่ กษ ๐๒๐๑/ว ๑๒๓ ลงวันที่ ๑ มกราคม ๒๕๖๖"),
        Example::ignores("สิ่งที่ส่งมาด้วย สำเนาหนังสือกรมตัวอย่าง\nที่ กษ ๐๒๐๑/ว ๑๒๓"),
        Example::ignores("ที่ /๒๕๖๔"),
        Example::reads("ครั้งที่ ๑/๒๕๖๔", || reading("1/2564", None, None, false, Some("1"), Some(2564))).at(Place::TitledRow),
        Example::ignores("เลขที่ ๑๒/๓ ถนนตัวอย่าง"),
        Example::ignores("เลขที่ ๙๙/๓๒").at(Place::Row),
        Example::ignores("ครั้งที่ ๑/๒๕๖๔").at(Place::Row),
    ],
    store: |record, found| {
        record.number = found.into_iter().find_map(|found| match found.value {
            Value::Number(number) => Some(number),
            _ => None,
        });
    },
};

fn letter(found: &Captures) -> Option<Value> {
    value::number(found.name("value")?.as_str(), &number::letter(found)?).map(Value::Number)
}

/// Declines where the serial goes on: a letter in it is a digit misread, and half a serial is another letter's number.
/// Courts write ว in brackets behind the serial, and letters of their own.
fn whole_letter(found: &Captures) -> Option<Value> {
    if found.name("more").is_some() {
        return None;
    }
    let mut read = number::letter(found)?;
    match found.name("suffix").map(|suffix| suffix.as_str()) {
        Some("ว") => read.circular = true,
        Some(letter) => read.serial = read.serial.map(|serial| format!("{serial} ({letter})")),
        None => {}
    }
    value::number(found.name("value")?.as_str(), &read).map(Value::Number)
}

/// Without its label a number must have a code that the table knows.
fn known_letter(found: &Captures) -> Option<Value> {
    let read = number::letter(found)?;
    let known = read.code.as_deref().is_some_and(|code| !crate::thai::agency::by_code(code).is_empty());
    known.then(|| value::number(found.name("value")?.as_str(), &read).map(Value::Number))?
}

fn order(found: &Captures) -> Option<Value> {
    value::number(found.name("value")?.as_str(), &number::order(found)?).map(Value::Number)
}

fn without_code(found: &Captures) -> Option<Value> {
    value::number(found.name("value")?.as_str(), &number::bare_office(found)?).map(Value::Number)
}

fn own_form(found: &Captures) -> Option<Value> {
    value::number(found.name("value")?.as_str(), &number::own_form(found)?).map(Value::Number)
}

fn reading(text: &str, code: Option<&str>, office: Option<&str>, circular: bool, serial: Option<&str>, year: Option<u32>) -> Value {
    let owned = |part: Option<&str>| part.map(str::to_owned);
    Value::Number(crate::document::record::Number {
        text: text.to_owned(),
        printed: String::new(),
        code: owned(code),
        office: owned(office),
        circular,
        serial: owned(serial),
        year,
    })
}
