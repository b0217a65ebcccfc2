//! How to reach the office in charge: telephone, fax, e-mail, web, a person. Only from the block below the signature, or beside ส่วนราชการ of a memo:
//! bodies hold other people's telephones.

use regex::Captures;

use super::label::Label;
use super::passage::Place;
use super::value::Value;
use super::{Example, Field, Rule, Take};
use crate::document::record::{Contact, ContactKind};
use crate::thai::{digits, phones};

/// Label, number, extension. A telephone is ๐ and eight or nine digits, or a short internal number after a label.
const PHONE: &str = r"(?: โทร (?: ศ[ั]?พท์ )? (?: ภายใน | มือถือ | เคลื่อนที่ )? \.? {_} (?: ทหาร | ทบ | ทร | ทอ | บก\.ทท | กห | สป )? \.? {_} (?: / {_} โทรสาร \.? )? | Tel \.? ) {_} [:.]? \s*
    (?<number> {phone} (?: {_} [-–] {_} {d}{1,2} )? | [0๐] (?: [[:blank:]-]{0,3} {d} ){6,8} | [1-9๑-๙]{d}{2} [[:blank:]-] {d}{4} | {d}{1,2} [-–] {d}{4} | {d}{4,7} (?<rest> [-–/] {d}{3} )? ) (?<more> {d} | [A-Za-z] | [ก-ฮ] (?: {d} | [[:blank:])]* $ ) )?
    (?: {_} \n? {_} (?: ต่อ | \# | กด ) {_} \.? {_} (?<extension> {d}{1,9} (?: {_} [,-] {_} {d}{1,9} )* ) )?";

pub static CONTACTS: Field = Field {
    id: "contacts",
    thai: "การติดต่อ",
    about: "Telephone, fax, e-mail, web address and contact person of the office in charge.",
    take: Take::Every,
    rules: &[
        Rule { id: "contacts.phone", place: Place::Footer, part: "", score: 0.95, pattern: PHONE, value: phone },
        Rule { id: "contacts.memo_phone", place: Place::Labelled(Label::Unit), part: "", score: 0.95, pattern: PHONE, value: phone },
        // In the narrow box of a message form the number itself breaks over two rows.
        Rule {
            id: "contacts.wrapped_phone",
            place: Place::Footer,
            part: "",
            score: 0.93,
            pattern: r"โทร \.? {_} (?<number> [0๐] (?: [[:blank:]-]{0,3} {d} ){1,8} {_} \n {_} {d} (?: [[:blank:]-]{0,3} {d} ){0,7} ) (?: {_} \n? {_} ต่อ {_} (?<extension> {d}{1,9} ) )? {_} (?: \n | $ )",
            value: wrapped_phone,
        },
        Rule {
            id: "contacts.bare_phone",
            place: Place::Footer,
            part: "",
            score: 0.7,
            pattern: r"(?: ^ | [^0-9๐-๙[:blank:]-] ) {_} (?: {phone} (?: {_} , {_} | [[:blank:]]+ ) )? (?<value> (?<number> {phone} ) ) (?<more> {d} )?",
            value: phone,
        },
        Rule {
            id: "contacts.fax",
            place: Place::Footer,
            part: "",
            score: 0.95,
            pattern: r"(?: โทรสาร | แฟกซ์ | Fax ) \.? {_} [:.]? {_} (?<number> {phone} (?: {_} [-–] {_} {d}{1,2} )? | [1-9๑-๙]{d}{2} [[:blank:]-]? {d}{4} ) (?<more> {d} )? (?: {_} ต่อ {_} (?<extension> {d}{1,9} ) )?",
            value: fax,
        },
        Rule {
            id: "contacts.email",
            place: Place::Footer,
            part: "",
            score: 0.95,
            pattern: r"(?<value> (?: (?: ไปรษณีย์อิเล็กทรอนิกส์ | จดหมายอิเล็กทรอนิกส์ | อีเมล์? | (?i:e-?{_}mail) ) {_} [:.]? {_} )? (?<plain> [A-Za-z0-9._%+-]+ @ [A-Za-z0-9-]+ (?: \. [A-Za-z0-9-]+ )+ ) )",
            value: email,
        },
        Rule {
            id: "contacts.web",
            place: Place::Footer,
            part: "",
            score: 0.9,
            pattern: r"(?<value> (?: (?: เว็บไซต์ | (?i:website) ) {_} [:.]? {_} )? (?<plain> (?: https?:// | www\. ) [A-Za-z0-9./_%?=&\#~-]+ ) )",
            value: web,
        },
        Rule {
            id: "contacts.person",
            place: Place::Footer,
            part: "",
            score: 0.9,
            pattern: r"(?<value> (?: {~ผู้ประสานงาน} | {~เจ้าหน้าที่ผู้รับผิดชอบ} ) {_} [:.]? {_} (?<plain> [ก-๎][^\n0-9๐-๙(]*? ) ) {_} (?: \( | โทร | มือถือ | \n | [0-9๐-๙] | $ )",
            value: person,
        },
    ],
    examples: &[
        Example::reads("โทร. ๐ ๒๒๔๑ ๙๐๐๐ ต่อ ๒๒๑๒", || {
            contact(ContactKind::Phone, "022419000", Some("2212"))
        }),
        Example::reads("โทร. ๐ ๒๒๔๑ ๙๐๐๐\nต่อ ๒๒๑๒", || {
            contact(ContactKind::Phone, "022419000", Some("2212"))
        }),
        Example::reads("โทร. ๐ ๒๒๔๑\n๙๐๐๐ ต่อ ๒๒๑๒", || {
            contact(ContactKind::Phone, "022419000", Some("2212"))
        }),
        Example::ignores("โทร. ๐ ๒๒๔๑\n๙๐๐๐ ๑๒"),
        Example::reads("โทร.๐-๕๔๕๓-๔๑๑๙ ต่อ ๓๐๒", || {
            contact(ContactKind::Phone, "054534119", Some("302"))
        }),
        Example::reads("โทร. ๐๘ ๔๗๓๐ ๗๓๑๙", || contact(ContactKind::Phone, "0847307319", None)),
        Example::reads("ส่วนราชการ กองตัวอย่าง (โทร.ทหาร ๕๗๒๑๗๔๗)", || contact(ContactKind::Phone, "5721747", None)),
        Example::reads("ส่วนราชการ กองตัวอย่าง (โทร.ทบ. ๗๓๓๔๕)", || {
            contact(ContactKind::Phone, "73345", None)
        }),
        Example::reads("ส่วนราชการ กองตัวอย่าง (โทร. ๒-๑๖๗๓)", || {
            contact(ContactKind::Phone, "21673", None)
        }),
        Example::reads("โทร. ๐ ๒๒๔๑ ๙๐๐๐ ๐ ๒๒๔๓ ๒๒๓๐", || {
            contact(ContactKind::Phone, "022419000", None)
        })
        .among_others(),
        Example::reads("Tel. 0 2000 0000", || contact(ContactKind::Phone, "020000000", None)),
        Example::reads("โทรสาร ๒๘๑-๖๙๕๖", || contact(ContactKind::Fax, "2816956", None)),
        Example::reads("โทรสาร ๐ ๒๒๔๑ ๖๙๕๖", || contact(ContactKind::Fax, "022416956", None)),
        Example::reads("มือถือ ๐๘ ๔๗๓๐ ๗๓๑๙", || contact(ContactKind::Phone, "0847307319", None)),
        Example::reads("ไปรษณีย์อิเล็กทรอนิกส์ saraban@example.go.th", || {
            contact(ContactKind::Email, "saraban@example.go.th", None)
        }),
        Example::reads("www.example.go.th", || contact(ContactKind::Web, "www.example.go.th", None)),
        Example::reads("ผู้ประสานงาน นายสมมุติ ตัวอย่าง", || {
            contact(ContactKind::Person, "นายสมมุติ ตัวอย่าง", None)
        }),
        Example::reads("โทร. ๒๒๓๔-๕", || contact(ContactKind::Phone, "2234", None)),
        Example::ignores("โทร. ๒๒๔๑๙๐๐๐"),
        Example::ignores("โทร. ๑๒๓๔-๕๖๗๘"),
        Example::ignores("โทร. ๐ ๒๒๔๑ ๙๐๐๐๑"),
        Example::ignores("โทรสาร ๐ ๒๒๔๑ ๙๐๐๐๑"),
        Example::ignores("สำนักงานตัวอย่าง"),
        Example::ignores("ถนนตัวอย่าง กทม. ๑๐๓๐๐"),
    ],
    store: |record, found| {
        record.contacts = found
            .into_iter()
            .filter_map(|found| match found.value {
                Value::Contact(contact) => Some(contact),
                _ => None,
            })
            .collect();
    },
};

fn phone(found: &Captures) -> Option<Value> {
    numbered(found, ContactKind::Phone)
}

/// Two rows are one number only where their digits make a whole one.
fn wrapped_phone(found: &Captures) -> Option<Value> {
    let whole = phones::is_whole(&digits::only(found.name("number")?.as_str()));
    whole.then(|| phone(found))?
}

fn fax(found: &Captures) -> Option<Value> {
    numbered(found, ContactKind::Fax)
}

/// Declines where digits go on with the number, or a letter, which is a digit misread: a part of a number is another's.
fn numbered(found: &Captures, kind: ContactKind) -> Option<Value> {
    if found.name("more").or(found.name("rest")).is_some() {
        return None;
    }
    let printed = found.name("number")?.as_str();
    // A range, "๔๕๑๘ - ๙", stands for its first number; the printed form keeps all of it.
    let first = match printed.rsplit_once(['-', '–']) {
        Some((front, last)) if digits::only(front).len() >= 9 && digits::only(last).len() <= 2 => front,
        _ => printed,
    };
    let extension = found.name("extension").map(|extension| digits::to_arabic(extension.as_str().trim()));
    let whole = found.name("value").or(found.get(0))?.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Value::Contact(Contact { kind, value: digits::only(first), extension, printed: whole }))
}

fn email(found: &Captures) -> Option<Value> {
    plain(found, ContactKind::Email)
}

fn web(found: &Captures) -> Option<Value> {
    plain(found, ContactKind::Web)
}

fn person(found: &Captures) -> Option<Value> {
    plain(found, ContactKind::Person)
}

fn plain(found: &Captures, kind: ContactKind) -> Option<Value> {
    let (printed, plain) = (found.name("value")?.as_str().trim(), found.name("plain")?.as_str().trim());
    Some(Value::Contact(Contact { kind, value: plain.to_owned(), extension: None, printed: printed.to_owned() }))
}

fn contact(kind: ContactKind, value: &str, extension: Option<&str>) -> Value {
    Value::Contact(Contact { kind, value: value.to_owned(), extension: extension.map(str::to_owned), printed: String::new() })
}
