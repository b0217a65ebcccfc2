//! สิ่งที่ส่งมาด้วย: what comes with the letter, with the number, date and count of each.

use regex::Captures;

use super::label::Label;
use super::passage::Place;
use super::value::{self, Value};
use super::{Example, Field, Rule, Take, item};
use crate::document::record::Attachment;

pub static ATTACHMENTS: Field = Field {
    id: "attachments",
    thai: "สิ่งที่ส่งมาด้วย",
    about: "What comes with the letter: ordinal, title, level, number, date, copies.",
    take: Take::Items(item::split),
    rules: &[Rule {
        id: "attachments.item",
        place: Place::Labelled(Label::Attachments),
        part: "",
        score: 0.95,
        pattern: r"(?s)^ (?<value> .+ ) $",
        value: attachment,
    }],
    examples: &[
        Example::reads("สิ่งที่ส่งมาด้วย แบบตอบรับ จำนวน ๑ ชุด", || plain("แบบตอบรับ", Some((1, Some("ชุด"))))),
        Example::reads("สิงทีส่งมาด้วย กำหนดการประชุม", || {
            plain("กำหนดการประชุม", None)
        }),
        Example::reads("สิ่งที่ส่งมาด้วย รายชื่อผู้เข้าร่วม\nโครงการตัวอย่าง จำนวน 3 แผ่น", || plain("รายชื่อผู้เข้าร่วมโครงการตัวอย่าง", Some((3, Some("แผ่น"))))),
        Example::ignores("สิ่งที่ส่งมาด้วย -"),
        Example::ignores("อ้างถึง หนังสือกรมตัวอย่าง ที่ กษ ๐๒๐๑/ว ๑๒๓"),
    ],
    store: |record, found| {
        record.attachments = found
            .into_iter()
            .filter_map(|found| match found.value {
                Value::Item(item) => Some(item),
                _ => None,
            })
            .collect();
    },
};

fn attachment(found: &Captures) -> Option<Value> {
    item::read(found.name("value")?.as_str()).map(Value::Item)
}

fn plain(title: &str, copies: Option<(u32, Option<&str>)>) -> Value {
    Value::Item(Attachment {
        ordinal: None,
        title: Some(title.to_owned()),
        urgency: None,
        number: None,
        date: None,
        copies: copies.map(|(count, unit)| value::copies(count, unit)),
    })
}
