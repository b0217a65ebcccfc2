//! คำลงท้าย: the formula before the signature. It must agree with the word that opened the letter.

use regex::Captures;

use super::passage::Place;
use super::value::Value;
use super::{Example, Field, Rule, Take, subject};
use crate::thai::confusion;

const FORMULAS: &[&str] = &[
    "ควรมิควรแล้วแต่จะโปรดเกล้าโปรดกระหม่อม",
    "ควรมิควรแล้วแต่จะโปรด",
    "ควรมิควรแล้วแต่จะกรุณา",
    "ขอนมัสการด้วยความเคารพอย่างยิ่ง",
    "ขอนมัสการด้วยความเคารพอย่างสูง",
    "ขอนมัสการด้วยความเคารพ",
    "ขอแสดงความนับถืออย่างยิ่ง",
    "ขอแสดงความนับถือ",
    "ขอเจริญพร",
];

pub static CLOSING: Field = Field {
    id: "closing",
    thai: "คำลงท้าย",
    about: "The formula before the signature.",
    take: Take::Best,
    rules: &[
        Rule {
            id: "closing.formula",
            place: Place::Closing,
            part: "",
            score: 0.97,
            pattern: r"(?m)^ {_} (?<value> {~ขอแสดงความนับถือ} (?: {_} {~อย่างยิ่ง} )? | {~ขอนมัสการด้วยความเคารพ} (?: {_} {~อย่างยิ่ง} | {_} {~อย่างสูง} )?
            | {~ควรมิควรแล้วแต่จะ} {_} [ก-๎]+ | ขอเจริญพร ) {_} $",
            value: formula,
        },
        // What a clerk noted at the same height makes one line with it.
        Rule {
            id: "closing.formula_beside_notes",
            place: Place::Closing,
            part: "",
            score: 0.85,
            pattern: r"(?m)^ {_} (?<value> {~ขอแสดงความนับถือ} (?: {_} {~อย่างยิ่ง} )? ) [[:blank:]]+ \S{1,6} {_} $",
            value: formula,
        },
    ],
    examples: &[
        Example::reads("ขอแสดงความนับถือ", || Value::Text("ขอแสดงความนับถือ".to_owned())),
        Example::reads("ขอเเสดงความนับถืออย่างยิ่ง", || {
            Value::Text("ขอแสดงความนับถืออย่างยิ่ง".to_owned())
        }),
        Example::reads("ขอแสดงความนับถือ 2ค", || Value::Text("ขอแสดงความนับถือ".to_owned())),
        Example::reads("ขอนมัสการด้วยความเคารพอย่างสูง", || {
            Value::Text("ขอนมัสการด้วยความเคารพอย่างสูง".to_owned())
        }),
        Example::reads("ควรมิควรแล้วแต่จะโปรด", || Value::Text("ควรมิควรแล้วแต่จะโปรด".to_owned())),
        Example::reads("ควรมิควรแล้วแต่จะทรงพระกรุณา", || {
            Value::Text("ควรมิควรแล้วแต่จะทรงพระกรุณา".to_owned())
        }),
        Example::ignores("จึงเรียนมาเพื่อโปรดทราบ"),
    ],
    store: |record, found| record.closing = subject::text_of(found),
};

/// One letter in so many may be wrong for a formula to be the one that is printed.
const LETTERS_PER_ERROR: usize = 6;

/// The known formula that is printed, but for a slip of the scan; another one as it is printed.
fn formula(found: &Captures) -> Option<Value> {
    let printed: String = found.name("value")?.as_str().split_whitespace().collect();
    let most = printed.chars().count() / LETTERS_PER_ERROR;
    let near = FORMULAS.iter().map(|formula| (confusion::distance(&printed, formula, most), *formula)).min()?;
    Some(Value::Text(if near.0 <= most { near.1.to_owned() } else { printed }))
}
