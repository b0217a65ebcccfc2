//! ชั้นความลับ: who may read a letter. A row by itself, at the top and often again at the bottom.

use regex::Captures;

use super::label::Label;
use super::passage::Place;
use super::value::Value;
use super::{Example, Field, Rule, Take};
use crate::document::record::Secrecy;

pub static SECRECY: Field = Field {
    id: "secrecy",
    thai: "ชั้นความลับ",
    about: "Who may read the letter: confidential, secret, top secret; null when none is printed.",
    take: Take::Best,
    rules: &[
        Rule {
            id: "secrecy.row",
            place: Place::Row,
            part: "",
            score: 0.95,
            pattern: r"^ [[:blank:]*–-]* (?<value> ล[ัิ]บ (?: {_} {~ที่สุด} | {_} มาก )? ) [[:blank:]*–-]* $",
            value: level,
        },
        Rule {
            id: "secrecy.message",
            place: Place::Labelled(Label::Classification),
            part: "",
            score: 0.95,
            pattern: r"{@classification} [\s:;]* (?<value> ลับ (?: {_} {~ที่สุด} | {_} มาก )? ) {_} $",
            value: level,
        },
    ],
    examples: &[
        Example::reads("ลับ", || Value::Secrecy(Secrecy::Confidential)),
        Example::reads("ลับมาก", || Value::Secrecy(Secrecy::Secret)),
        Example::reads("- ลับที่สุด -", || Value::Secrecy(Secrecy::TopSecret)),
        Example::reads("ชั้นความลับ ลับมาก", || Value::Secrecy(Secrecy::Secret)),
        Example::ignores("ชั้นความลับ -"),
        Example::ignores("เรื่อง การกำหนดชั้นความลับ"),
    ],
    store: |record, found| {
        record.secrecy = found.into_iter().find_map(|found| match found.value {
            Value::Secrecy(level) => Some(level),
            _ => None,
        });
    },
};

fn level(found: &Captures) -> Option<Value> {
    let text = found.name("value")?.as_str();
    Some(Value::Secrecy(match text {
        _ if text.contains('ส') => Secrecy::TopSecret,
        _ if text.contains('ม') => Secrecy::Secret,
        _ => Secrecy::Confidential,
    }))
}
