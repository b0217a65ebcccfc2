//! Who sends the letter: the office and its address at the right of ที่, or ส่วนราชการ of a memo, or the title of an order.
//! The hard thing: receiving offices stamp their own names above it, and the address wraps before or after the street.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::label::Label;
use super::passage::Place;
use super::value::{self, Value};
use super::{Example, Field, Rule, Take};
use crate::document::record::Sender;
use crate::thai::{digits, posts};

/// The rule whose offices no known word begins.
pub const TITLE_MISREAD: &str = "sender.title_misread";

pub static SENDER: Field = Field {
    id: "sender",
    thai: "ส่วนราชการเจ้าของหนังสือ",
    about: "The office that sends the letter, its address and postcode.",
    take: Take::Best,
    rules: &[
        Rule {
            id: "sender.letterhead",
            place: Place::Letterhead,
            part: "unit",
            score: 0.9,
            pattern: r"(?s)^ (?<value> .+ ) $",
            value: unit,
        },
        Rule {
            id: "sender.address",
            place: Place::Letterhead,
            part: "address",
            score: 0.9,
            pattern: r"(?s)^ (?<value> .+ ) $",
            value: address,
        },
        Rule {
            id: "sender.postcode",
            place: Place::Letterhead,
            part: "postcode",
            score: 0.9,
            pattern: r"(?: ^ | [^0-9๐-๙] ) (?<value> [1-9๑-๙] {d}{4} ) (?: [^0-9๐-๙] | $ )",
            value: postcode,
        },
        Rule {
            id: "sender.memo",
            place: Place::Labelled(Label::Unit),
            part: "unit",
            score: 0.95,
            pattern: r"^ {_} {@unit} {_} [:;]? [[:blank:].…]* \n? (?<value> [^\n(]*? [^\n(.\s] ) {_} (?: \( | โทร | $ )",
            value: line,
        },
        Rule {
            id: "sender.memo_abbreviated",
            place: Place::Labelled(Label::Unit),
            part: "unit",
            score: 0.95,
            pattern: r"^ {_} {@unit} {_} [:;]? [[:blank:].…]* \n? (?<value> (?: [^\n(]*? [\s.] )?? [ก-ฮ]{1,4} \. ) {_} (?: \( | โทร | $ )",
            value: line,
        },
        Rule {
            id: "sender.title",
            place: Place::Labelled(Label::Title),
            part: "unit",
            score: 0.85,
            pattern: r"^ {_} (?: {~คำสั่ง} | {~ประกาศ} | {~ระเบียบ} | {~ข้อบังคับ} | {~ข้อบัญญัติ} | {~เทศบัญญัติ} | {~แถลงการณ์} | ข่าว (?: ประชาสัมพันธ์ | แจก )? ) {_} (?<value> [^\n]+? ) {_} (?: \n | {_} ที่ {_} {d} | {_} เรื่อง | $ )",
            value: titled,
        },
        Rule {
            id: "sender.joint_title",
            place: Place::Labelled(Label::Title),
            part: "unit",
            score: 0.85,
            pattern: r"^ {_} ประกาศร่วม {_} \n+ {_} (?<value> [^\n]+? ) {_} (?: \n+ {_} (?: เรื่อง | ที่ {_} {d} ) | $ )",
            value: titled,
        },
        Rule {
            id: TITLE_MISREAD,
            place: Place::Labelled(Label::Title),
            part: "unit",
            score: 0.55,
            pattern: r"^ {_} (?: {~คำสั่ง} | {~ประกาศ} ) {_} (?<value> [ก-ฮเ-ไ][^\n]{5,}? ) {_} (?: \n | {_} ที่ {_} {d} | {_} เรื่อง | $ )",
            value: any_office,
        },
        Rule {
            id: "sender.seal",
            place: Place::Seal,
            part: "unit",
            score: 0.8,
            pattern: r"^ {_} (?<value> [ก-๎[:blank:].()]{4,90} (?: [[:blank:]] {d}{1,2} )? ) {_} $",
            value: office,
        },
        Rule {
            id: "sender.message",
            place: Place::Labelled(Label::From),
            part: "unit",
            score: 0.95,
            pattern: r"(?m)^ {_} {@from} [\s:;]* (?<value> [^\n]+? ) {_} (?: [[:blank:]] ถึง [[:blank:]:] [^\n]* )? $",
            value: line,
        },
    ],
    examples: &[
        Example::reads("กรมตัวอย่าง", || Value::Text("กรมตัวอย่าง".to_owned())).at(Place::Letterhead),
        Example::reads("ที่ กษ ๐๒๐๑/ว ๑๒๓ กรมตัวอย่าง\nถนนหลัก กทม. ๑๐๒๐๐", || Value::Text("กรมตัวอย่าง".to_owned()))
            .at(Place::Letterhead)
            .part("unit"),
        Example::reads("กรมตัวอย่าง\nถนนหลัก กทม. ๑๐๒๐๐", || {
            Value::Text("ถนนหลัก กทม. ๑๐๒๐๐".to_owned())
        })
        .at(Place::Letterhead)
        .part("address"),
        Example::reads("กรมตัวอย่าง\nถนนหลัก กทม. ๑๐๒๐๐", || {
            Value::Text("10200".to_owned())
        })
        .at(Place::Letterhead)
        .part("postcode"),
        Example::reads("ส่วนราชการ กองตัวอย่าง (ฝ่ายทดสอบ โทร. ๑๒๓๔)", || Value::Text("กองตัวอย่าง".to_owned())).at(Place::Labelled(Label::Unit)),
        Example::reads("ส่วนราชการ\nกองตัวอย่าง โทร. ๑๒๐๔", || {
            Value::Text("กองตัวอย่าง".to_owned())
        })
        .at(Place::Labelled(Label::Unit)),
        Example::reads("ส่วนราชการ กตย.ทม. (ฝทส. โทร ๑๒๓๔)", || {
            Value::Text("กตย.ทม.".to_owned())
        })
        .at(Place::Labelled(Label::Unit)),
        Example::reads("สำนักศาลตัวอย่างประจำภาค ๑๑\n๗ กรกฎาคม ๒๕๖๔", || Value::Text("สำนักศาลตัวอย่างประจำภาค ๑๑".to_owned())).at(Place::Seal),
        Example::reads("คำสั่งจังหวัดตัวอย่าง", || Value::Text("จังหวัดตัวอย่าง".to_owned())).at(Place::Labelled(Label::Title)),
        Example::reads("เทศบัญญัติเทศบาลตำบลตัวอย่าง", || {
            Value::Text("เทศบาลตำบลตัวอย่าง".to_owned())
        })
        .at(Place::Labelled(Label::Title)),
        Example::reads("ข่าวกองตัวอย่าง\nเรื่อง การทดลอง", || {
            Value::Text("กองตัวอย่าง".to_owned())
        })
        .at(Place::Labelled(Label::Title)),
        Example::reads("ประกาศร่วม\nกรมตัวอย่าง และมหาวิทยาลัยสมมติ\nเรื่อง การทดลอง", || Value::Text("กรมตัวอย่าง และมหาวิทยาลัยสมมติ".to_owned()))
            .at(Place::Labelled(Label::Title)),
        Example::reads("คำสั่งทศบาลตัวอย่าง", || Value::Text("ทศบาลตัวอย่าง".to_owned())).at(Place::Labelled(Label::Title)),
        Example::reads("กรมตัวอย่าง\n๑๗ สิงหาคม ๒๕๖๖", || {
            Value::Text("กรมตัวอย่าง".to_owned())
        })
        .at(Place::Seal),
        Example::reads("จาก กองตัวอย่าง", || Value::Text("กองตัวอย่าง".to_owned())).at(Place::Labelled(Label::From)),
        Example::ignores("ด่วนที่สุด"),
        Example::ignores("ที่ กษ ๐๒๐๑/ว ๑๒๓"),
        Example::ignores("๑๖ มีนาคม ๒๕๖๔"),
        Example::ignores("(สำเนา)"),
        Example::ignores("103/๕๔"),
    ],
    store: |record, found| {
        let mut sender = Sender { unit: None, address: None, postcode: None };
        for found in found {
            let Value::Text(text) = found.value else { continue };
            match found.part {
                "unit" => sender.unit = Some(text),
                "address" => sender.address = Some(text),
                _ => sender.postcode = Some(text),
            }
        }
        // A postcode alone is nobody's address.
        record.sender = (sender.unit.is_some() || sender.address.is_some()).then_some(sender);
        if record.sender.is_none() {
            record.evidence.retain(|pointer, _| !pointer.starts_with("/sender/"));
        }
    },
};

/// Words that an address begins with, also the larger house that an office is in, on a line of its own; อำเภอ and จังหวัด only where no unit name can hold them.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|[\s])(?<from>(?:เลขที่[ \t]*[0-9๐-๙]|[0-9๐-๙]{1,4}(?:/[0-9๐-๙]{1,4})?[ \t]+(?:ถนน|ถ\.|หมู่|ม\.|ซอย|ซ\.|ตำบล|แขวง|อาคาร)|[ถภก]นน|ถ\.|หมู่ที่|หมู่[ \t]|ซอย|ตำบล|ต\.|แขวง|อาคาร|ชั้น[ \t]*[0-9๐-๙]|ตู้ ปณ))|\n[ \t]*(?<inside>ศาลากลาง|มหาวิทยาลัย|ทำเนียบ|ศูนย์ราชการ)",
    )
    .expect("a constant pattern, covered by tests")
});
static DISTRICT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|\s)(?<from>(?:อำเภอ|อ\.|เขต|จังหวัด|จ\.|กรุงเทพ|กทม|[ก-ฮ]{2}[ \t]+[1-9๑-๙][0-9๐-๙]{4})[^\n]*[1-9๑-๙][0-9๐-๙]{4}|(?:อำเภอ|อ\.|เขต)[^\n]*(?:จังหวัด|จ\.)[^\n]*|(?:กทม\.?|กรุงเทพฯ|[ก-ฮ]{2})[ \t]+[0-9๐-๙A-Za-zก-ฮ]*[0-9๐-๙][0-9๐-๙A-Za-zก-ฮ]*(?:\n|$))")
        .expect("a constant pattern, covered by tests")
});

/// Byte where the address starts: at the street; without one, at the district or province before a postcode.
fn address_start(text: &str) -> Option<usize> {
    let street = ADDRESS.captures(text).and_then(|found| found.name("from").or(found.name("inside"))).map(|from| from.start());
    street.or_else(|| DISTRICT.captures(text).and_then(|found| found.name("from")).map(|from| from.start()))
}

/// The first office's name in the letterhead, up to its address. Without such a name the first line stands for it.
fn unit(found: &Captures) -> Option<Value> {
    let text = found.name("value")?.as_str();
    let front = &text[..address_start(text).unwrap_or(text.len())];
    let lines: Vec<&str> = front.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    let first = lines.iter().position(|line| posts::begins_like_office(line)).unwrap_or(0);
    let kept: Vec<&str> = lines.get(first..)?.iter().copied().take_while(|line| !unrelated(line)).take(3).collect();
    let joined = kept.join(" ");
    (joined.chars().filter(|c| c.is_alphabetic()).count() >= 3).then_some(Value::Text(joined))
}

/// A line of the letterhead that is no part of an office's name.
fn unrelated(line: &str) -> bool {
    line.starts_with("บันทึกข้อความ") || line.starts_with("โทร") || line.starts_with("http") || line.contains('@')
}

fn address(found: &Captures) -> Option<Value> {
    let text = found.name("value")?.as_str();
    let address = &text[address_start(text)?..];
    let end = POSTCODE.find(address).map_or(address.len(), |postcode| postcode.end());
    value::text(&address[..end].replace('\n', " "))
}

static POSTCODE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[1-9๑-๙][0-9๐-๙]{4}").expect("a constant pattern"));

fn postcode(found: &Captures) -> Option<Value> {
    Some(Value::Text(digits::to_arabic(found.name("value")?.as_str())))
}

fn office(found: &Captures) -> Option<Value> {
    let name = found.name("value")?.as_str();
    posts::begins_like_office(name).then(|| value::text(name))?
}

fn line(found: &Captures) -> Option<Value> {
    value::text(found.name("value")?.as_str())
}

/// The office in a title; what a regulation or announcement is about is not it.
fn titled(found: &Captures) -> Option<Value> {
    let text = found.name("value")?.as_str();
    let office = text.split("เรื่อง").next().unwrap_or(text).split("ว่าด้วย").next().unwrap_or(text);
    posts::begins_like_office(office.trim()).then(|| value::text(office))?
}

/// What stands in a title where the office stands, beginning with no word that offices begin with.
fn any_office(found: &Captures) -> Option<Value> {
    let text = found.name("value")?.as_str();
    let known = posts::begins_like_office(text);
    (!known && !text.starts_with("ที่") && !text.contains("เรื่อง")).then(|| value::text(text))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> (&str, Option<&str>) {
        let at = address_start(text);
        (text[..at.unwrap_or(text.len())].trim(), at.map(|at| text[at..].trim()))
    }

    #[test]
    fn addresses_begin_at_the_street() {
        assert_eq!(split("ศาลากลางจังหวัดตัวอย่าง\nถนนหลัก พบ ๗๖๐๐๐"), ("ศาลากลางจังหวัดตัวอย่าง", Some("ถนนหลัก พบ ๗๖๐๐๐")));
        assert_eq!(split("สำนักงานตัวอย่าง\nอำเภอทดสอบ ถนนหลัก พบ ๗๖๑๕๐"), ("สำนักงานตัวอย่าง\nอำเภอทดสอบ", Some("ถนนหลัก พบ ๗๖๑๕๐")));
        assert_eq!(split("ที่ว่าการอำเภอทดสอบ\nอำเภอทดสอบ จังหวัดเลย ๔๒๐๐๐"), ("ที่ว่าการอำเภอทดสอบ", Some("อำเภอทดสอบ จังหวัดเลย ๔๒๐๐๐")));
        assert_eq!(split("กองตัวอย่าง\nศาลากลางจังหวัดเลย ๔๒๐๐๐"), ("กองตัวอย่าง", Some("ศาลากลางจังหวัดเลย ๔๒๐๐๐")));
        assert_eq!(split("กรมตัวอย่าง"), ("กรมตัวอย่าง", None));
        assert_eq!(split("วัดตัวอย่าง\n๑๒/๓ หมู่ ๔ ตำบลทดสอบ"), ("วัดตัวอย่าง", Some("๑๒/๓ หมู่ ๔ ตำบลทดสอบ")));
    }
}
