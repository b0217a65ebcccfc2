//! What the letter is about — เรื่อง. Lines joined, label dropped. Regulations say ว่าด้วย instead, minutes are their own title.

use regex::Captures;

use super::label::Label;
use super::passage::Place;
use super::value::{self, Value};
use super::{Example, Field, Rule, Take};

pub static SUBJECT: Field = Field {
    id: "subject",
    thai: "เรื่อง",
    about: "What the letter is about, in its own words, lines joined.",
    take: Take::Best,
    rules: &[
        Rule {
            id: "subject.labelled",
            place: Place::Labelled(Label::Subject),
            part: "",
            score: 0.97,
            pattern: r"(?s)^ [[:blank:]–-]* {@subject} {_} [:;]? \s* (?<value> .+ ) $",
            value: text,
        },
        Rule {
            id: "subject.regulation",
            place: Place::Labelled(Label::Title),
            part: "",
            score: 0.85,
            pattern: r"(?s)^ .+? (?<value> {~ว่าด้วย} .+? ) \s* (?: \n \s* (?: \( {_} ฉบับ | พ\.?{_}ศ\.? ) .* )? $",
            value: text,
        },
        Rule {
            id: "subject.in_title",
            place: Place::Labelled(Label::Title),
            part: "",
            score: 0.8,
            pattern: r"(?s)^ [^\n]+ (?: \n | [[:blank:]] )+ เรื่อง {_} (?<value> .+ ) $",
            value: text,
        },
        Rule {
            id: "subject.minutes",
            place: Place::Labelled(Label::Title),
            part: "",
            score: 0.7,
            pattern: r"(?s)^ {_} (?<value> {~รายงานการประชุม} [^\n]* (?: \n [^\n]+ ){0,2}? ) {_} (?: \n+ [^\n]* (?: ครั้งที่ | เมื่อ | วันที่ ) | ครั้งที่ | เมื่อวัน | $ )",
            value: text,
        },
    ],
    examples: &[
        Example::reads("เรื่อง ขอเชิญประชุม", || Value::Text("ขอเชิญประชุม".to_owned())),
        Example::reads("เรื่องขอเชิญประชุม", || Value::Text("ขอเชิญประชุม".to_owned())),
        Example::reads(
            "เรือง ขอเชิญประชุมคณะกรรมการ\nพัฒนาตัวอย่าง ครั้งที่ ๑/๒๕๖๖",
            || Value::Text("ขอเชิญประชุมคณะกรรมการพัฒนาตัวอย่าง ครั้งที่ ๑/๒๕๖๖".to_owned()),
        ),
        Example::reads("ระเบียบกรมตัวอย่าง\nว่าด้วยการทดสอบ พ.ศ. ๒๕๖๖", || Value::Text("ว่าด้วยการทดสอบ พ.ศ. ๒๕๖๖".to_owned())),
        Example::reads("ระเบียบกรมตัวอย่าง\nว่าด้วยการทดสอบ\n(ฉบับที่ ๒) พ.ศ. ๒๕๖๖", || Value::Text("ว่าด้วยการทดสอบ".to_owned())),
        Example::reads("ประกาศกรมตัวอย่าง เรื่อง วันหยุด", || {
            Value::Text("วันหยุด".to_owned())
        }),
        Example::reads("รายงานการประชุมคณะกรรมการตัวอย่าง\nครั้งที่ ๑/๒๕๖๖", || Value::Text("รายงานการประชุมคณะกรรมการตัวอย่าง".to_owned())),
        Example::ignores("เรียน ผู้อำนวยการกองตัวอย่าง"),
        Example::ignores("ที่ กษ ๐๒๐๑/ว ๑๒๓"),
    ],
    store: |record, found| record.subject = text_of(found),
};

fn text(found: &Captures) -> Option<Value> {
    value::text(found.name("value")?.as_str())
}

/// The first text among what was settled.
pub fn text_of(found: Vec<super::Found>) -> Option<String> {
    found.into_iter().find_map(|found| match found.value {
        Value::Text(text) => Some(text),
        _ => None,
    })
}
