//! ส่วนราชการเจ้าของเรื่อง: the office that keeps the matter, below the signature; on a memo, in brackets after ส่วนราชการ.

use regex::Captures;

use super::label::Label;
use super::passage::Place;
use super::value::{self, Value};
use super::{Example, Field, Rule, Take};
use crate::document::record::Owner;
use crate::thai::{agency, names, posts};

pub static OWNER: Field = Field {
    id: "owner",
    thai: "ส่วนราชการเจ้าของเรื่อง",
    about: "The office in charge of the matter and its section.",
    take: Take::Best,
    rules: &[
        Rule {
            id: "owner.unit",
            place: Place::Footer,
            part: "unit",
            score: 0.9,
            pattern: r"(?m)^ {_} (?<value> (?: สำนัก | สํานัก | กอง | กรม | ศูนย์ | องค์การ | เทศบาล | โรงเรียน | คณะ | วิทยาลัย | มหาวิทยาลัย | สถาบัน | ที่ว่าการ | ที่ทำการ | จังหวัด | อำเภอ | กระทรวง | สภา | หน่วย | โรงพยาบาล | บัณฑิต | สาขา | ภาควิชา ) [^\n]*? ) {_} (?: โทร | $ )",
            value: name,
        },
        // In the narrow box of a message form the place stands on a row of its own.
        Rule {
            id: "owner.unit_wrapped",
            place: Place::Footer,
            part: "unit",
            score: 0.93,
            pattern: r"(?m)^ {_} (?<value> [ก-๎] [^\n0-9๐-๙]*? {_} \n+ {_} (?<rest> (?: จังหวัด | อำเภอ )? [ก-๎]{3,18} ) ) {_} \n+ {_} โทร",
            value: in_place,
        },
        Rule {
            id: "owner.first_line",
            place: Place::Footer,
            part: "unit",
            score: 0.6,
            pattern: r"^ \s* (?<value> [ก-๎] [^\n0-9๐-๙:@]{3,}? ) {_} (?: โทร | \n | $ )",
            value: other_office,
        },
        // Of two sections on top the first is the office in charge, and `owner.second_section` reads the other.
        Rule {
            id: "owner.section",
            place: Place::Footer,
            part: "section",
            score: 0.9,
            pattern: r"\A \s* (?: กลุ่ม | ฝ่าย | ส่วน ) [^\n]* \n+ {_} (?: งาน | ฝ่าย | แผนก | หมวด ) [ก-๎] [^\n]*? \s* (?: โทร | \z ) | (?m:^) {_} (?<value> (?: กลุ่ม | ฝ่าย | งาน | ส่วน | แผนก | หมวด ) [^\n]*? ) {_} (?: โทร | (?m:$) )",
            value: name,
        },
        Rule {
            id: "owner.first_section",
            place: Place::Footer,
            part: "unit",
            score: 0.8,
            pattern: r"^ \s* (?<value> (?: กลุ่ม | ฝ่าย | ส่วน ) [^\n]*? ) {_} \n+ {_} (?: งาน | ฝ่าย | แผนก | หมวด ) [ก-๎]",
            value: name,
        },
        Rule {
            id: "owner.second_section",
            place: Place::Footer,
            part: "section",
            score: 0.92,
            pattern: r"^ \s* (?: กลุ่ม | ฝ่าย | ส่วน ) [^\n]* \n+ {_} (?<value> (?: งาน | ฝ่าย | แผนก | หมวด ) [^\n]*? ) {_} (?: โทร | \n | $ )",
            value: name,
        },
        Rule {
            id: "owner.memo",
            place: Place::Labelled(Label::Unit),
            part: "unit",
            score: 0.9,
            pattern: r"\( {_} (?<value> [^()\n]*? [^()\n.\s] ) [[:blank:].]* (?: โทร [^)]* )? \)",
            value: first_line,
        },
        Rule {
            id: "owner.memo_abbreviated",
            place: Place::Labelled(Label::Unit),
            part: "unit",
            score: 0.92,
            pattern: r"\( {_} (?<value> (?: [^()\n]*? [\s.] )?? [ก-ฮ]{1,4} \. ) {_} (?: โทร [^)]* )? \)",
            value: first_line,
        },
    ],
    examples: &[
        Example::reads("แบบสอบถาม\nสำนักงานตัวอย่าง", || {
            Value::Text("สำนักงานตัวอย่าง".to_owned())
        }),
        Example::reads("สำนักงานตัวอย่าง\nจังหวัดเชียงใหม่\nโทร. ๐ ๕๓๑๑ ๒๒๓๓", || Value::Text("สำนักงานตัวอย่างจังหวัดเชียงใหม่".to_owned())),
        Example::reads("มหาวิทยาลัยตัวอย่าง\nเชียงใหม่\nโทร. ๐ ๕๓๑๑ ๒๒๓๓", || Value::Text("มหาวิทยาลัยตัวอย่างเชียงใหม่".to_owned())),
        Example::reads("หน่วย กองตัวอย่าง", || Value::Text("กองตัวอย่าง".to_owned())),
        Example::reads("กลุ่มงานทดสอบ", || Value::Text("กลุ่มงานทดสอบ".to_owned())),
        Example::reads("กลุ่มงานทดสอบ\nงานตัวอย่าง", || {
            Value::Text("กลุ่มงานทดสอบ".to_owned())
        })
        .part("unit"),
        Example::reads("กลุ่มงานทดสอบ\nงานตัวอย่าง", || {
            Value::Text("งานตัวอย่าง".to_owned())
        })
        .part("section"),
        Example::reads("นิติการตัวอย่าง", || Value::Text("นิติการตัวอย่าง".to_owned())),
        Example::reads("ส่วนราชการ กองตัวอย่าง (ฝ่ายทดสอบ)", || {
            Value::Text("ฝ่ายทดสอบ".to_owned())
        })
        .at(Place::Labelled(Label::Unit)),
        Example::reads("ส่วนราชการ กตย.ทม. (ฝทส. โทร ๑๒๓๔)", || {
            Value::Text("ฝทส.".to_owned())
        })
        .at(Place::Labelled(Label::Unit)),
        Example::ignores("ส่วนราชการ กองตัวอย่าง (โทร. ๕๕๑๒๓)").at(Place::Labelled(Label::Unit)),
        Example::ignores("โทร. ๐ ๒๒๔๑ ๙๐๐๐"),
        Example::ignores("ผู้ประสานงาน นายสมมุติ ตัวอย่าง"),
    ],
    store: |record, found| {
        let mut owner = Owner { unit: None, section: None };
        for found in found {
            let Value::Text(text) = found.value else { continue };
            match found.part {
                "unit" => owner.unit = Some(text),
                _ => owner.section = Some(text),
            }
        }
        // A section that stands alone is the office in charge.
        if owner.unit.is_none() {
            owner.unit = owner.section.take();
            let place = record.evidence.remove("/owner/section");
            record.evidence.extend(place.map(|place| ("/owner/unit".to_owned(), place)));
            let moved = record.issues.iter_mut().filter(|issue| issue.field.as_deref() == Some("/owner/section"));
            moved.for_each(|issue| issue.field = Some("/owner/unit".to_owned()));
        }
        record.owner = (owner.unit.is_some() || owner.section.is_some()).then_some(owner);
    },
};

/// A message form labels the office with หน่วย.
fn name(found: &Captures) -> Option<Value> {
    let name = found.name("value")?.as_str();
    value::text(name.strip_prefix("หน่วย ").or(name.strip_prefix("หน่วย:")).unwrap_or(name))
}

/// The office with the province or district on the row below it.
fn in_place(found: &Captures) -> Option<Value> {
    let rest = found.name("rest")?.as_str();
    let place = rest.starts_with("อำเภอ") || agency::province_in(rest).is_some_and(|province| rest.ends_with(province.name));
    let value = found.name("value")?.as_str();
    (place && posts::begins_like_office(value)).then(|| value::text(&value::joined(value)))?
}

/// A first line that is no section.
fn other_office(found: &Captures) -> Option<Value> {
    let text = found.name("value")?.as_str();
    let section = ["กลุ่ม", "ฝ่าย", "งาน", "ส่วน", "แผนก", "หมวด"].iter().any(|word| text.starts_with(word));
    (!section).then(|| first_line(found))?
}

/// The first line of the block, when it is neither a person, a post nor a way to reach somebody.
fn first_line(found: &Captures) -> Option<Value> {
    let text = found.name("value")?.as_str();
    let other = ["โทร", "ผู้เขียนข่าว", "ผู้อนุมัติข่าว", "ผู้ประสาน", "ไปรษณีย์", "อีเมล", "สแกน", "เว็บ"];
    let plain = !other.iter().any(|word| text.starts_with(word)) && !names::begins_like_person(text);
    plain.then(|| value::text(text))?
}
