//! The letter's own date — วันที่. Alone on its row, after a label on a memo, or at the end of an order. A day that cannot be read stays unknown.

use regex::Captures;

use super::label::Label;
use super::passage::Place;
use super::value::{self, Value};
use super::{Example, Field, Rule, Take};
use crate::document::record::{Date, Precision};
use crate::thai::dates;

pub static DATE: Field = Field {
    id: "date",
    thai: "วันที่",
    about: "The day the letter bears, as a Gregorian ISO date; null where the printed date is partial.",
    take: Take::Best,
    rules: &[
        Rule {
            id: "date.alone",
            place: Place::Row,
            part: "",
            score: 0.97,
            pattern: r"^ [[:blank:]\\|'’‘]{0,3} (?<value> {date} ) {_} \.? $",
            value: formal_date,
        },
        Rule {
            id: "date.alone_short",
            place: Place::Row,
            part: "",
            score: 0.88,
            pattern: r"^ {_} (?<value> {date} | {numeric} ) {_} \.? $",
            value: date,
        },
        Rule {
            id: "date.memo",
            place: Place::MemoRow,
            part: "",
            score: 0.98,
            pattern: r"(?: ว[ัี]?นที่? | ลงวันที่ ) [[:blank:].:…]* (?<value> {date} | {numeric} )",
            value: date,
        },
        Rule {
            id: "date.labelled",
            place: Place::Row,
            part: "",
            score: 0.86,
            pattern: r"(?: ว[ัี]?นที่? | ลงวันที่ ) [[:blank:].:…]* (?<value> {date} | {numeric} )",
            value: date,
        },
        Rule {
            id: "date.row_end",
            place: Place::Row,
            part: "",
            score: 0.8,
            pattern: r"(?: [ก-๎]{2} | {d}{5} | / {_} ว? {_} {d}{1,6} ) [[:blank:]]+ (?<value> {date} ) {_} $",
            value: date,
        },
        Rule {
            id: "date.day_unread",
            place: Place::Row,
            part: "",
            score: 0.7,
            pattern: r"^ {_} (?: วันที่ {_} )? (?<value> [0-9๐-๙ก-ฮA-Za-z]{1,3} [[:blank:]]+ [ก-๎]{5,14} {_} (?: พ\.?{_}ศ\.? )? {_} [0-9๐-๙]{4} ) {_} $",
            value: dayless,
        },
        Rule {
            id: "date.no_day",
            place: Place::Row,
            part: "",
            score: 0.7,
            pattern: r"^ {_} (?: วันที่ {_} )? (?<value> {dayless} ) {_} $",
            value: dayless,
        },
        Rule {
            id: "date.memo_no_day",
            place: Place::Row,
            part: "",
            score: 0.75,
            pattern: r"[^ง] วันที่ [[:blank:].:…]* (?<value> {dayless} ) {_} $",
            value: dayless,
        },
        Rule {
            id: "date.given",
            place: Place::Ending,
            part: "",
            score: 0.97,
            pattern: r"(?: {~สั่ง} | {~ประกาศ} | {~ให้ไว้} | {~ออกให้} | {~ตราไว้} ) {_} ณ {_} (?: วันที่ )? [[:blank:].…]* (?<value> {date} )",
            value: date,
        },
        Rule {
            id: "date.given_no_day",
            place: Place::Ending,
            part: "",
            score: 0.9,
            pattern: r"(?: {~สั่ง} | {~ประกาศ} | {~ให้ไว้} | {~ออกให้} | {~ตราไว้} ) {_} ณ {_} (?: วันที่ )? [[:blank:].…]* (?<value> {dayless} )",
            value: dayless,
        },
        Rule {
            id: "date.below",
            place: Place::Ending,
            part: "",
            score: 0.93,
            pattern: r"^ [[:blank:]\\|'’‘]{0,3} (?<value> {date} ) {_} $",
            value: date,
        },
        Rule {
            id: "date.held",
            place: Place::Labelled(Label::Title),
            part: "",
            score: 0.85,
            pattern: r"(?: เมื่อ {_} )? (?: วัน[ก-๎]* {_} )? ที่ {_} (?<value> {date} )",
            value: date,
        },
        Rule {
            id: "date.group",
            place: Place::Labelled(Label::Moment),
            part: "",
            score: 0.95,
            pattern: r"{@moment} [\s:;]* (?<value> [0-9๐-๙]{2} [[:blank:]]? [0-9๐-๙]{4} {_} [ก-๎.]+ {_} [0-9๐-๙]{2,4} )",
            value: group,
        },
        Rule {
            id: "date.message",
            place: Place::Labelled(Label::Moment),
            part: "",
            score: 0.9,
            pattern: r"{@moment} [\s:;]* (?<value> {date} )",
            value: date,
        },
    ],
    examples: &[
        Example::reads("๑๖ มีนาคม ๒๕๖๔", || day("2021-03-16")),
        Example::reads("\\ ๑๖ มีนาคม ๒๕๖๔", || day("2021-03-16")),
        Example::ignores("- ๑๖ มีนาคม ๒๕๖๔"),
        Example::reads("วันที่ ๙ พ.ค. ๖๗", || day("2024-05-09")),
        Example::reads("ที่ กห ๐๔๑๒.๒๐.๓/๒๖๘ วันที่ ๙ พ.ค. ๖๗", || day("2024-05-09")),
        Example::reads("๑๖ มีนาคม ๒๕๖๔\nวันที่ ๙ พ.ค. ๖๗", || day("2024-05-09")).at(Place::MemoRow).among_others(),
        Example::reads("๑๖ มี.ค. ๖๔\n๑๗ มีนาคม ๒๕๖๔", || day("2021-03-17")).at(Place::Row),
        Example::reads("ที่ กห ๐๓๐๑/๒๖๘ วันที่ ๙ พ.ค. ๖๗ (สำเนา)", || {
            day("2024-05-09")
        }),
        Example::reads("ถนนตัวอย่าง พบ ๗๖๐๐๐ ๑๖ มีนาคม ๒๕๖๔", || {
            day("2021-03-16")
        }),
        Example::reads("๒๖/๑๒/๒๕๖๗", || day("2024-12-26")),
        Example::reads("นก มกราคม ๒๕๖๖", || month("นก มกราคม ๒๕๖๖")),
        Example::reads("มกราคม ๒๕๖๖", || month("มกราคม ๒๕๖๖")),
        Example::reads("ที่ กห ๐๓๐๑/๒๖๘ วันที่ มกราคม ๒๕๖๖", || {
            month("มกราคม ๒๕๖๖")
        }),
        Example::reads("สั่ง ณ วันที่ ๑๑ มีนาคม พ.ศ. ๒๕๖๔", || day("2021-03-11")),
        Example::reads("ประกาศ ณ วันที่ ๑๑ มีนาคม พ.ศ. ๒๕๖๔", || day("2021-03-11")),
        Example::reads("สั่ง ณ วันที่ กุมภาพันธ์ พ.ศ. ๒๕๖๔", || {
            month("กุมภาพันธ์ พ.ศ. ๒๕๖๔")
        }),
        Example::reads("รายงานการประชุมคณะกรรมการตัวอย่าง\nเมื่อวันพุธที่ ๑๗ มกราคม ๒๕๖๗", || day("2024-01-17")),
        Example::reads("หมู่ - วัน - เวลา ๑๔๑๐๓๐ พ.ย. ๖๖", || day("2023-11-14")),
        Example::reads("หมู่ - วัน - เวลา ๑๔ ๑๐๓๐ พ.ย. ๖๖", || day("2023-11-14")),
        Example::reads("หมู่ - วัน - เวลา ๑๑ ส.ค. ๖๗", || day("2024-08-11")),
        Example::ignores("เรื่อง กำหนดการประชุมวันที่ ๑๑ มีนาคม ๒๕๖๔"),
        Example::ignores("อ้างถึง หนังสือกรมตัวอย่าง ที่ กษ ๐๒๐๑/ว ๑๒๓ ลงวันที่ ๑ มกราคม ๒๕๖๖"),
        Example::ignores("ภายในวันที่ ๒๕ ของเดือน"),
    ],
    store: |record, found| {
        record.date = found.into_iter().find_map(|found| match found.value {
            Value::Date(date) => Some(date),
            _ => None,
        });
    },
};

fn date(found: &Captures) -> Option<Value> {
    let printed = found.name("value")?.as_str();
    Some(Value::Date(value::date(printed, &dates::read(printed)?)))
}

/// A date as letters write their own: the month in full, the year in four digits. Stamps and scribbles are shorter.
fn formal_date(found: &Captures) -> Option<Value> {
    let printed = found.name("value")?.as_str();
    let read = dates::read(printed)?;
    let short = printed.contains('.') || read.doubts.contains(&dates::Doubt::TwoDigitYear);
    (!short).then(|| Value::Date(value::date(printed, &read)))
}

/// For rules that expect no day: declines when there is one.
fn dayless(found: &Captures) -> Option<Value> {
    let printed = found.name("value")?.as_str();
    let read = dates::read(printed)?;
    (!matches!(read.day, dates::Day::Number(_))).then(|| Value::Date(value::date(printed, &read)))
}

fn group(found: &Captures) -> Option<Value> {
    let printed = found.name("value")?.as_str();
    let (read, _) = dates::read_group(printed)?;
    Some(Value::Date(value::date(printed, &read)))
}

fn day(iso: &str) -> Value {
    Value::Date(Date { iso: Some(iso.to_owned()), printed: String::new(), precision: Precision::Day })
}

fn month(printed: &str) -> Value {
    Value::Date(Date { iso: None, printed: printed.to_owned(), precision: Precision::Month })
}
