//! ชั้นความเร็ว: how fast a letter must travel. Its own level is a row by itself above ที่; the same word inside a citation is another letter's.

use regex::Captures;

use super::label::Label;
use super::passage::Place;
use super::value::Value;
use super::{Example, Field, Rule, Take};
use crate::document::record::Urgency;

/// The rule for a level with a wrong letter.
pub const MISSPELT: &str = "urgency.misspelt";

pub static URGENCY: Field = Field {
    id: "urgency",
    thai: "ชั้นความเร็ว",
    about: "How fast the letter must travel: urgent, very urgent, most urgent; null when none is printed.",
    take: Take::Best,
    rules: &[
        Rule {
            id: "urgency.row",
            place: Place::Row,
            part: "",
            score: 0.97,
            pattern: r"^ [[:blank:]*–-]* (?<value> {~ด่วนที่สุด} | {~ด่วนมาก} | ด[่้]?ว[่้]?น ) [[:blank:]*–-]* $",
            value: level,
        },
        Rule {
            id: MISSPELT,
            place: Place::Row,
            part: "",
            score: 0.55,
            pattern: r"^ {_} (?<value> [ก-ฮ][่้]?วน | ด[่้]?[ก-ฮ]น | ด[่้]?ว[ก-ฮ] ) {_} $",
            value: level,
        },
        Rule {
            id: "urgency.before_number",
            place: Place::Row,
            part: "",
            score: 0.85,
            pattern: r"^ {_} (?<value> {~ด่วนที่สุด} | {~ด่วนมาก} | ด่วน ) [[:blank:]]+ (?: {thi} [[:blank:]]+ [ก-ฮ]{1,3} [[:blank:]]* {d} | {~บันทึกข้อความ} )",
            value: level,
        },
        Rule {
            id: "urgency.message",
            place: Place::Labelled(Label::Priority),
            part: "",
            score: 0.95,
            pattern: r"{@priority} [\s:;]* (?: ผู้รับปฏิบัติ {_} [:;]? {_} )? (?<value> {~ด่วนที่สุด} | {~ด่วนมาก} | ด[่้]?ว[่้]?น )",
            value: level,
        },
    ],
    examples: &[
        Example::reads("ด่วนที่สุด", || Value::Urgency(Urgency::MostUrgent)),
        Example::reads("ด่วนมาก", || Value::Urgency(Urgency::VeryUrgent)),
        Example::reads("ด่วน", || Value::Urgency(Urgency::Urgent)),
        Example::reads("ดวนทีสุด", || Value::Urgency(Urgency::MostUrgent)),
        Example::reads("ด่วม", || Value::Urgency(Urgency::Urgent)),
        Example::reads("ลำดับความเร่งด่วน ด่วนมาก", || Value::Urgency(Urgency::VeryUrgent)),
        Example::reads("ลำดับความเร็ว ด่วนมาก", || Value::Urgency(Urgency::VeryUrgent)),
        Example::reads("ลำดับความเร่งด่วน ผู้รับปฏิบัติ: ด่วน ผู้รับทราบ: -", || Value::Urgency(Urgency::Urgent)),
        Example::reads("ด่วนมาก ที่ กษ ๐๒๐๑/ว ๑๒๓", || Value::Urgency(Urgency::VeryUrgent)),
        Example::ignores("เรื่อง ขอความอนุเคราะห์เร่งด่วน"),
        Example::ignores("สิ่งที่ส่งมาด้วย สำเนาหนังสือกรมตัวอย่าง ด่วนที่สุด ที่ กษ ๐๒๐๑/ว ๑๒๓"),
        Example::ignores("ลำดับความเร่งด่วน -"),
    ],
    store: |record, found| {
        record.urgency = found.into_iter().find_map(|found| match found.value {
            Value::Urgency(level) => Some(level),
            _ => None,
        });
    },
};

/// The level that a printed word names, by what follows ด่วน.
pub fn read(text: &str) -> Urgency {
    if text.contains('ส') && text.chars().count() > 4 {
        Urgency::MostUrgent
    } else if text.contains('ม') && text.chars().count() > 4 {
        Urgency::VeryUrgent
    } else {
        Urgency::Urgent
    }
}

fn level(found: &Captures) -> Option<Value> {
    Some(Value::Urgency(read(found.name("value")?.as_str())))
}
