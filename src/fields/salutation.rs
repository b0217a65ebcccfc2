//! คำขึ้นต้น: the word before the recipient. It tells the recipient's rank, and the closing must agree with it.

use regex::Captures;

use super::label::Label;
use super::passage::Place;
use super::value::Value;
use super::{Example, Field, Rule, Take, subject};
use crate::thai::{confusion, labels};

pub static SALUTATION: Field = Field {
    id: "salutation",
    thai: "คำขึ้นต้น",
    about: "The word that addresses the recipient: เรียน, กราบเรียน, นมัสการ, ถึง …",
    take: Take::Best,
    rules: &[Rule {
        id: "salutation.word",
        place: Place::Labelled(Label::Salutation),
        part: "",
        score: 0.97,
        pattern: r"^ {_} (?<value> {@salutation} | {@to_unit} )",
        value: word,
    }],
    examples: &[
        Example::reads("เรียน ผู้อำนวยการกองตัวอย่าง", || {
            Value::Text("เรียน".to_owned())
        }),
        Example::reads("กราบเรียน ประธานสภาตัวอย่าง", || {
            Value::Text("กราบเรียน".to_owned())
        }),
        Example::reads("เสนอ กองตัวอย่าง", || Value::Text("เสนอ".to_owned())),
        Example::reads("ถึง ผู้รับปฏิบัติ กองตัวอย่าง", || {
            Value::Text("ถึง".to_owned())
        }),
        Example::reads("กราบนมัสการ เจ้าคณะจังหวัดตัวอย่าง", || {
            Value::Text("กราบนมัสการ".to_owned())
        }),
        Example::ignores("เรียนรู้ตลอดชีวิต"),
        Example::ignores("เรื่อง การเรียนการสอน"),
    ],
    store: |record, found| record.salutation = subject::text_of(found),
};

/// The known word that the scan's spelling is nearest to.
fn word(found: &Captures) -> Option<Value> {
    let printed: String = found.name("value")?.as_str().split_whitespace().collect();
    let words = labels::SALUTATION.iter().chain(labels::TO);
    let word = words.min_by_key(|word| confusion::distance(&printed, word, 9))?;
    Some(Value::Text((*word).to_owned()))
}
