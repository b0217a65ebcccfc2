//! อ้างถึง: the earlier letters that this one answers or follows. Their numbers and dates are theirs, never this letter's.

use regex::Captures;

use super::label::Label;
use super::passage::Place;
use super::value::{self, Value};
use super::{Example, Field, Rule, Take, item};
use crate::document::record::{Attachment, Reference};

pub static REFERENCES: Field = Field {
    id: "references",
    thai: "อ้างถึง",
    about: "Earlier letters that this one refers to: title, level, number, date.",
    take: Take::Items(item::split_cited),
    rules: &[Rule {
        id: "references.item",
        place: Place::Labelled(Label::References),
        part: "",
        score: 0.95,
        pattern: r"(?s)^ (?<value> .+ ) $",
        value: reference,
    }],
    examples: &[
        Example::reads(
            "อ้างถึง หนังสือกรมตัวอย่าง ที่ กษ ๐๒๐๑/ว ๑๒๓ ลงวันที่ ๑๔ พฤษภาคม ๒๕๕๐",
            || cited("หนังสือกรมตัวอย่าง", "กษ 0201/ว 123", "2007-05-14"),
        ),
        Example::reads("อ้างถึง คำสั่งจังหวัดตัวอย่าง ที่ ๑๒/๒๕๖๖\nลงวันที่ ๒ มกราคม ๒๕๖๖", || cited("คำสั่งจังหวัดตัวอย่าง", "12/2566", "2023-01-02")),
        Example::ignores("อ้างถึง -"),
        Example::ignores("เรื่อง การอ้างถึงหนังสือ"),
    ],
    store: |record, found| {
        record.references = found
            .into_iter()
            .filter_map(|found| match found.value {
                Value::Item(item) => Some(Reference { title: item.title, urgency: item.urgency, number: item.number, date: item.date }),
                _ => None,
            })
            .collect();
    },
};

fn reference(found: &Captures) -> Option<Value> {
    let item = item::cited(found.name("value")?.as_str())?;
    Some(Value::Item(Attachment { copies: None, ordinal: None, ..item }))
}

fn cited(title: &str, number: &str, iso: &str) -> Value {
    let read = crate::thai::number::find(&format!("ที่ {number}")).and_then(|(_, read)| value::number(number, &read));
    let date = crate::document::record::Date {
        iso: Some(iso.to_owned()),
        printed: String::new(),
        precision: crate::document::record::Precision::Day,
    };
    Value::Item(Attachment { ordinal: None, title: Some(title.to_owned()), urgency: None, number: read, date: Some(date), copies: None })
}
