//! Who signs: the name in brackets, the post below it, and on whose behalf. The rank may stand outside the brackets, before the ink.
//! The hard thing: one's own post, the phrase that lends authority and the post it speaks of run on over two or three lines.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::passage::Place;
use super::value::{self, Value};
use super::{Example, Field, Rule, Take};
use crate::document::record::Signatory;
use crate::thai::{ink, names, posts, titles};

/// A name in brackets, its rank before them.
const NAME: &str = r"(?m)^ {_} (?: ลง{_}ชื่อ [[:blank:].…]* | นายทหารอนุมัติข่าว {_} :? {_} )? (?: (?<rank> {rank} (?:{_} ร\.{_}น\. )? | {title} | (?: พล | พ | ร | น ) \. (?: ต \. )? [อทต] ) \s* )? \( {_} (?<value> [^()\n0-9๐-๙]{4,90}? ) {_} \) (?<navy> {_} ร\.{_}น\. )?";

/// The rule whose names have another title than the page.
pub const TITLE_REPAIRED: &str = "signatory.name_with_title_repaired";

pub static SIGNATORY: Field = Field {
    id: "signatory",
    thai: "ผู้ลงนาม",
    about: "Who signs: name, own post, the phrase that lends authority, and the post it speaks of.",
    take: Take::Best,
    rules: &[
        Rule { id: "signatory.name", place: Place::Closing, part: "name", score: 0.95, pattern: NAME, value: name },
        // The ink of the signature beside the rank is read as a few signs, or as a row of its own.
        Rule {
            id: "signatory.name_below_ink",
            place: Place::Closing,
            part: "name",
            score: 0.96,
            pattern: r"(?m)^ {_} (?<rank> {rank} ) (?: [^\n(ก-๎]{1,4} \n+ (?: {_} [^\n(]{1,3} \n+ )? | \n+ {_} [^\n(]{1,3} \n+ ) {_} \( {_} (?<value> [^()\n0-9๐-๙]{4,90}? ) {_} \)",
            value: name,
        },
        // Apart from the others: its title was in doubt, the name itself may not be.
        Rule { id: TITLE_REPAIRED, place: Place::Closing, part: "name", score: 0.9, pattern: NAME, value: name_with_title_repaired },
        // The name's own row repeats what stands beside the ink, without the rank.
        Rule {
            id: "signatory.name_twice",
            place: Place::Closing,
            part: "name",
            score: 0.96,
            pattern: r"(?m)^ {_} (?: \(? {_} ลง{_}ชื่อ {_} \)? {_} )? (?<rank> {rank} ) {_} (?<beside> [ก-๎]+ [[:blank:]]+ [ก-๎]+ ) {_} \n+ {_} \( {_} (?<value> [ก-๎]+ [[:blank:]]+ [ก-๎]+ ) {_} \)",
            value: name_twice,
        },
        // A pen took the opening bracket.
        Rule {
            id: "signatory.name_half_bracketed",
            place: Place::Closing,
            part: "name",
            score: 0.85,
            pattern: r"(?m)^ {_} (?<rank> {rank} ) {_} \n+ (?: {_} [^\n(ก-๎]{1,3} \n+ )? {_} (?<value> [ก-ฮเ-ไ][ก-๎]+ [[:blank:]]+ [ก-ฮเ-ไ][ก-๎]+ ) {_} \) {_} $",
            value: name,
        },
        Rule {
            id: "signatory.name_behind_ink",
            place: Place::Closing,
            part: "name",
            score: 0.7,
            pattern: r"(?m)^ {_} [^\n(ก-๎]{1,2} {_} (?<value> {person} ) {_} \) {_} $",
            value: plain_name,
        },
        // Notes written beside it make one line with it.
        Rule {
            id: "signatory.name_amid_notes",
            place: Place::Closing,
            part: "name",
            score: 0.8,
            pattern: r"[(\[] {_} (?<value> {person} ) {_} [)\]]",
            value: plain_name,
        },
        Rule {
            id: "signatory.name_unbracketed",
            place: Place::Closing,
            part: "name",
            score: 0.7,
            pattern: r"(?m)^ {_} (?: \(? {_} ลง{_}ชื่อ {_} \)? {_} | นายทหารอนุมัติข่าว {_} :? {_} )? (?<value> {person} (?: {_} ร\.{_}น\. )? ) {_} \)? {_} $",
            value: plain_name,
        },
        Rule {
            id: "signatory.post",
            place: Place::Closing,
            part: "position",
            score: 0.93,
            pattern: r"(?s) (?: \( {_} ล(?:ง|าย) [^()\n]* \) [^()\n]* \n+ )? {_} \( {_} (?<name> [^()\n]{4,90} ) \) (?: {_} ร\.{_}น\. | {_} \( {_} สำเนาถูกต้อง {_} \) )? \s* (?<value> .+? ) {post_end}",
            value: post_below_brackets,
        },
        Rule {
            id: "signatory.post_below",
            place: Place::Closing,
            part: "position",
            score: 0.7,
            pattern: r"(?s) (?: ^ | \n ) {_} (?: \(? {_} ลง{_}ชื่อ {_} \)? {_} | นายทหารอนุมัติข่าว {_} :? {_} )? (?<name> {person} ) (?: {_} ร\.{_}น\. )? {_} \)? {_} \n+ (?<value> [ก-๎] .+? ) {post_end}",
            value: post_below_name,
        },
        Rule {
            id: "signatory.post_alone",
            place: Place::Closing,
            part: "position",
            score: 0.6,
            pattern: r"(?s) ^ \s* (?: [^\n]*? (?: นับถือ | เคารพ | กรุณา ) [^\n]* \n+ )? (?: {_} {rank} [^\n(ก-๎]{0,4} \n+ (?: {_} [^\n(]{1,3} \n+ )? )? (?<value> [^()]+? ) {post_end}",
            value: known_post,
        },
        // Banks and some provinces print the post above the name.
        Rule {
            id: "signatory.post_above",
            place: Place::Closing,
            part: "position",
            score: 0.7,
            pattern: r"(?s) ^ \s* [^\n]*? (?: นับถือ | เคารพ | กรุณา | อย่างสูง ) [^\n]* \n+ {_} (?<value> {post} [^()]*? ) (?: \s* {authority} [^()]*? )? \s* \n {_} \( [^()\n]{4,90} \) \s* $",
            value: post_above,
        },
        // Below a name that lost a bracket, and could not be read.
        Rule {
            id: "signatory.post_below_unread",
            place: Place::Closing,
            part: "position",
            score: 0.5,
            pattern: r"(?s) (?: ^ | \n ) (?: [^()\n]+ \) | {_} \( [^()\n]+ ) {_} \n+ {_} (?<value> (?: {post} | นัก [ก-๎]{4} ) [^()]*? ) {post_end}",
            value: post,
        },
        Rule {
            id: "signatory.acting",
            place: Place::Closing,
            part: "acting",
            score: 0.93,
            pattern: r"(?: ^ | [\s.)] ) (?<value> {authority} ) (?: \s | [ก-๎] | $ )",
            value: phrase,
        },
        Rule {
            id: "signatory.acting_for",
            place: Place::Closing,
            part: "acting_for",
            score: 0.93,
            pattern: r"(?s) (?: ^ | [\s.)] ) {authority} \s* (?<value> [ก-๎] .* ) $",
            value: post,
        },
    ],
    examples: &[
        Example::reads("(นายสมมุติ ตัวอย่าง)", || Value::Text("นายสมมุติ ตัวอย่าง".to_owned())),
        Example::reads("(ว่าที่ร้อยตรสมมุติ ตัวอย่าง)", || {
            Value::Text("ว่าที่ร้อยตรีสมมุติ ตัวอย่าง".to_owned())
        }),
        Example::reads("นายสมมุติ ตัวอย่าง", || Value::Text("นายสมมุติ ตัวอย่าง".to_owned())),
        Example::reads("เห็นสมควรแจ้ง ๓๕ [ผู้ช่วยศาสตราจารย์สมมุติ ตัวอย่าง) ๓๑", || Value::Text("ผู้ช่วยศาสตราจารย์สมมุติ ตัวอย่าง".to_owned()))
            .part("name"),
        Example::reads("พ.อ\n(สมมุติ ตัวอย่าง)", || Value::Text("พ.อ. สมมุติ ตัวอย่าง".to_owned())).part("name"),
        Example::reads("น.อ.  ร.น.\n(สมมุติ ตัวอย่าง)", || {
            Value::Text("น.อ. สมมุติ ตัวอย่าง ร.น.".to_owned())
        })
        .part("name"),
        Example::reads("พล.ร.ท.\n(สมมุติ ตัวอย่าง) ร.น.\nจก.สมมุติ", || {
            Value::Text("พล.ร.ท. สมมุติ ตัวอย่าง ร.น.".to_owned())
        })
        .part("name"),
        Example::reads("พล.ร.ท.\n(สมมุติ ตัวอย่าง) ร.น.\nจก.สมมุติ", || {
            Value::Text("จก.สมมุติ".to_owned())
        })
        .part("position"),
        Example::reads("พล.ต. สมมุติ ตัวอย่าง\n(สมมุติ ตัวอย่าง)", || {
            Value::Text("พล.ต. สมมุติ ตัวอย่าง".to_owned())
        })
        .part("name"),
        Example::reads("พล.ท.\nสมมุติ ตัวอย่าง)\nผอ.กองสมมติ", || {
            Value::Text("พล.ท. สมมุติ ตัวอย่าง".to_owned())
        })
        .part("name"),
        Example::reads("๙นายสมมุติ ตัวอย่าง)\nผู้ว่าราชการจังหวัด", || Value::Text("นายสมมุติ ตัวอย่าง".to_owned())).part("name"),
        Example::reads("พ.อ.๙๖\n๙\n(สมมุติ ตัวอย่าง)", || Value::Text("พ.อ. สมมุติ ตัวอย่าง".to_owned())).part("name"),
        Example::reads("พล.ต.\n๙\n(สมมุติ ตัวอย่าง)", || Value::Text("พล.ต. สมมุติ ตัวอย่าง".to_owned())).part("name"),
        Example::reads("พล.ต. (สมมุติ ตัวอย่าง)", || Value::Text("พล.ต. สมมุติ ตัวอย่าง".to_owned())),
        Example::reads("ว่าที่ ร.ต.\n(ว่าที่ร้อยตรีสมมุติ ตัวอย่าง)", || Value::Text("ว่าที่ร้อยตรีสมมุติ ตัวอย่าง".to_owned())).part("name"),
        Example::reads("พ.อ. (เอกสมมุติ ตัวอย่าง)", || Value::Text("พ.อ. เอกสมมุติ ตัวอย่าง".to_owned())).part("name"),
        Example::reads("นายทหารอนุมัติข่าว พ.ท. สมมุติ จำลอง", || {
            Value::Text("พ.ท. สมมุติ จำลอง".to_owned())
        })
        .part("name"),
        Example::reads("พ.ท. สมมุติ จำลอง\nหน.กองตัวอย่าง", || {
            Value::Text("หน.กองตัวอย่าง".to_owned())
        })
        .part("position"),
        Example::reads("ขอแสดงความนับถือ\n\nนายสมมุติ ตัวอย่าง\n\nผู้ว่าราชการจังหวัด", || Value::Text("ผู้ว่าราชการจังหวัด".to_owned())).part("position"),
        Example::reads("พล.ร.ต. สมมุติ ตัวอย่าง ร.น.\nผบ.กองสมมติ", || {
            Value::Text("พล.ร.ต. สมมุติ ตัวอย่าง ร.น.".to_owned())
        })
        .part("name"),
        Example::reads("พล.ร.ต. สมมุติ ตัวอย่าง ร.น.\nผบ.กองสมมติ", || {
            Value::Text("ผบ.กองสมมติ".to_owned())
        })
        .part("position"),
        Example::reads("นายสมมุติ ตัวอย่าง)\nผู้ว่าราชการจังหวัด", || Value::Text("นายสมมุติ ตัวอย่าง".to_owned())).part("name"),
        Example::reads("(นายสมมุติ ตัวอย่าง)\nผู้ว่าราชการจังหวัด\nลับมาก", || Value::Text("ผู้ว่าราชการจังหวัด".to_owned())).part("position"),
        Example::reads("(นายสมมุติ ตัวอย่าง) (สำเนาถูกต้อง)\nผู้ว่าราชการจังหวัด", || Value::Text("ผู้ว่าราชการจังหวัด".to_owned())).part("position"),
        Example::reads("(ลงชื่อ) นายสมมุติ ตัวอย่าง\nผู้ว่าราชการจังหวัด", || Value::Text("นายสมมุติ ตัวอย่าง".to_owned())).part("name"),
        Example::reads("(นายสมมุติ ตัวอย่าง)\nผู้จัดการสาขาตัวอย่าง\nผู้รับมอบอำนาจ", || Value::Text("ผู้จัดการสาขาตัวอย่าง".to_owned())).part("position"),
        Example::reads(
            "สั่ง ณ วันที่ ๒๐ ธันวาคม พ.ศ. ๒๕๖๕\nบายสมบุติ ตัวอย่าง)\nผู้ว่าราชการจังหวัดสมมติ",
            || Value::Text("ผู้ว่าราชการจังหวัดสมมติ".to_owned()),
        )
        .part("position"),
        Example::reads("(ลงชื่อ) พันเอก สมมุติ ตัวอย่าง\nผู้บังคับการกรมสมมติ", || Value::Text("ผู้บังคับการกรมสมมติ".to_owned())).part("position"),
        Example::reads("ผู้ว่าราชการจังหวัด", || Value::Text("ผู้ว่าราชการจังหวัด".to_owned())),
        Example::reads("(นายสมมุติ ตัวอย่าง)\nรองอธิบดี ปฏิบัติราชการแทน\nอธิบดีกรมตัวอย่าง", || Value::Text("รองอธิบดี".to_owned())).part("position"),
        Example::reads("(นายสมมุติ ตัวอย่าง)\nรองอธิบดี ปฏิบัติราชการแทน\nอธิบดีกรมตัวอย่าง", || Value::Text("ปฏิบัติราชการแทน".to_owned())).part("acting"),
        Example::reads("(นายสมมุติ ตัวอย่าง)\nรองอธิบดี ปฏิบัติราชการแทน\nอธิบดีกรมตัวอย่าง", || Value::Text("อธิบดีกรมตัวอย่าง".to_owned()))
            .part("acting_for"),
        Example::reads("(สมมุติ ตัวอย่าง)\nรอง ผบ.กองสมมติ รรก.\nผบ.กองสมมติ\nพล.ต.\n(ทดลอง ตัวอย่าง)", || Value::Text("ผบ.กองสมมติ".to_owned()))
            .part("acting_for"),
        Example::reads("(นายสมมุติ ตัวอย่าง)\nรองผู้จัดการ (ด้านเทคนิค) แทน\nผู้จัดการสมมติ", || Value::Text("รองผู้จัดการ (ด้านเทคนิค)".to_owned()))
            .part("position"),
        Example::reads("(นายสมมุติ ตัวอย่าง)\nรองผู้จัดการ (ด้านเทคนิค) แทน\nผู้จัดการสมมติ", || Value::Text("ผู้จัดการสมมติ".to_owned()))
            .part("acting_for"),
        Example::reads("(นายสมมุติ ตัวอย่าง)\nรองอธิบดี ปฏิบัดิราขการแทน\nอธิบดีกรมตัวอย่าง", || Value::Text("ปฏิบัติราชการแทน".to_owned())).part("acting"),
        Example::reads("(นายสมมุติ ตัวอย่าง)\nผู้อำนวยการโรงเรียน\nตัวอย่างวิทยา", || Value::Text("ผู้อำนวยการโรงเรียนตัวอย่างวิทยา".to_owned()))
            .part("position"),
        Example::ignores("ขอแสดงความนับถือ"),
        Example::reads("ขอแสดงความนับถือ\n\nผู้อำนวยการฝ่ายสมมุติ\n(ดร.สมมุติ ตัวอย่าง)", || Value::Text("ผู้อำนวยการฝ่ายสมมุติ".to_owned()))
            .part("position"),
        Example::reads("ขอแสดงความนับถือ\n\nรองอธิบดี ปฏิบัติราชการแทน\nอธิบดีกรมสมมุติ\n(นายสมมุติ ตัวอย่าง)", || Value::Text("รองอธิบดี".to_owned()))
            .part("position"),
        Example::reads("น.อ.\nรอง จก.สมมุติ ทำการแทน\nจก.สมมุติ", || {
            Value::Text("รอง จก.สมมุติ".to_owned())
        })
        .part("position"),
        Example::reads("(นายสมมุติ ตัวอย่าง)\nหัวหน้าภาควิชาสมมุติ\nเรียน คณบดี\nเพื่อโปรดพิจารณา", || Value::Text("หัวหน้าภาควิชาสมมุติ".to_owned()))
            .part("position"),
        Example::ignores("(๑๒๓๔)"),
    ],
    store: |record, found| {
        let mut signatory = Signatory { name: None, position: None, acting: None, acting_for: None };
        for found in found {
            let Value::Text(text) = found.value else { continue };
            match found.part {
                "name" => signatory.name = Some(text),
                "position" => signatory.position = Some(text),
                "acting" => signatory.acting = Some(text),
                _ => signatory.acting_for = Some(text),
            }
        }
        // An authority phrase alone is nobody's.
        record.signatory = (signatory.name.is_some() || signatory.position.is_some()).then_some(signatory);
        if record.signatory.is_none() {
            record.evidence.retain(|pointer, _| !pointer.starts_with("/signatory/"));
        }
    },
};

/// The name with the rank that stood before the brackets.
fn full_name(found: &Captures) -> Option<String> {
    let inside = found.name("value")?.as_str().trim();
    if ink::is_signature(inside) || inside.starts_with("ตรา") {
        return None;
    }
    if !inside.contains([' ', '.']) && inside.chars().count() > 30 {
        return None;
    }
    // Written out inside the brackets, the rank is not needed twice.
    let name = match found.name("rank").filter(|_| !names::begins_with_full_rank(inside)) {
        Some(rank) => ranked(rank.as_str().trim(), inside),
        None => inside.to_owned(),
    };
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(if found.name("navy").is_some() && !name.ends_with("ร.น.") { format!("{name} ร.น.") } else { name })
}

fn name(found: &Captures) -> Option<Value> {
    full_name(found).filter(|name| titles::repaired(name).is_none()).map(Value::Text)
}

fn name_twice(found: &Captures) -> Option<Value> {
    let words = |group: &str| found.name(group).map(|name| name.as_str().split_whitespace().collect::<Vec<_>>());
    (words("beside") == words("value")).then(|| name(found))?
}

fn name_with_title_repaired(found: &Captures) -> Option<Value> {
    titles::repaired(&full_name(found)?).map(Value::Text)
}

/// Rank and name; the ร.น. of naval officers stands behind the name, wherever the ink left it.
fn ranked(rank: &str, name: &str) -> String {
    match rank.strip_suffix("ร.น.") {
        Some(rank) => format!("{} {name} ร.น.", rank.trim_end()),
        None => format!("{} {name}", with_last_stop(rank)),
    }
}

/// An abbreviated rank with the stop that a faint print lost at its end.
fn with_last_stop(rank: &str) -> String {
    let lost = rank.rsplit_once('.').is_some_and(|(_, last)| matches!(last, "อ" | "ท" | "ต"));
    if lost { format!("{rank}.") } else { rank.to_owned() }
}

fn plain_name(found: &Captures) -> Option<Value> {
    let text = found.name("value")?.as_str();
    (!posts::begins_like_post(text)).then(|| value::text(text))?
}

fn phrase(found: &Captures) -> Option<Value> {
    value::text(posts::acting_phrase(found.name("value")?.as_str().trim()))
}

/// What follows a post in the same block and is none of it.
static AFTER_POST: LazyLock<Regex> = LazyLock::new(|| {
    let opinions = posts::OPINIONS.join("|");
    Regex::new(&format!(r"(?:^|\n)[ \t]*(?:[0-9๐-๙]|โทร|\(|สำเนาถูกต้อง|วันที่|หมายเหตุ|กลุ่มงาน|ร่าง|พิมพ์|ตรวจ|ทาน|ผู้ส่ง|สำหรับศูนย์|ลงนามเมื่อ|ลงนามโดย|วันที่ลงนาม|ลงชื่อเมื่อ|เรียน[ \t]|เสนอ[ \t]|[-–•]|{opinions}|(?:ลับ(?:มาก|ที่สุด)?|ด่วน(?:มาก|ที่สุด)?)\s*$|ลงลายมือชื่อ|[A-Za-z]{{2,}})"))
        .expect("a constant pattern, covered by tests")
});

/// What a reader makes of a pen beside a post: strokes, a single small Latin letter.
static INK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:[ \t]*[/|\\~_]|[ \t]+[a-z])+$").expect("a constant pattern, covered by tests"));

/// In what role somebody signs, below the post.
const ROLES: [&str; 5] = ["ผู้จดรายงาน", "ผู้บันทึกรายงาน", "ผู้ตรวจรายงาน", "ผู้รับมอบอำนาจ", "ผู้มีอำนาจลงนาม"];

/// A post over one to three lines.
fn post(found: &Captures) -> Option<Value> {
    post_of(found.name("value")?.as_str())
}

fn post_of(text: &str) -> Option<Value> {
    let end = AFTER_POST.find(text).map_or(text.len(), |after| after.start());
    // Below the post an approving officer's rank may stand.
    let lines = text[..end].split('\n').map(str::trim).filter(|line| !line.is_empty()).take_while(|line| !names::is_rank(line));
    // Below the head of a division the name stamps of a local government's clerk and president stand.
    let head = text.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| posts::begins_like_head(line.trim()));
    let another =
        |line: &str| head && (line.starts_with("ปลัด") || line.starts_with("นายก")) || ROLES.iter().any(|role| line.starts_with(role));
    let own = |(row, line): &(usize, &str)| *row == 0 || !another(line);
    let lines: Vec<&str> = lines.enumerate().take_while(own).map(|(_, line)| line).take(3).collect();
    // The bracket of a name that a pen pushed down.
    let joined = value::joined(&lines.join("\n")).trim_start_matches([')', ' ']).to_owned();
    let joined = INK.replace(&joined, "").into_owned();
    joined.chars().any(char::is_alphabetic).then_some(Value::Text(joined))
}

/// Brackets may hold the word for a signature instead of a name: `(ลงชื่อ) พันเอก …`.
fn post_below_brackets(found: &Captures) -> Option<Value> {
    (!ink::is_signature(&found["name"])).then(|| post(found))?
}

/// Between a post and the brackets a person may be named without them.
fn post_above(found: &Captures) -> Option<Value> {
    let named = found.name("value")?.as_str().lines().skip(1).any(|line| names::begins_like_person(line.trim()));
    (!named).then(|| post(found))?
}

/// นายอำเภอ and นายก begin like a person's title.
fn post_below_name(found: &Captures) -> Option<Value> {
    (!posts::begins_like_post(&found["name"])).then(|| post(found))?
}

/// Without a name above it, a post must begin like one.
fn known_post(found: &Captures) -> Option<Value> {
    let text = found.name("value")?.as_str();
    let last = text.rfind("\n\n").map_or(text, |at| &text[at + 2..]);
    (posts::begins_like_post(last.trim()) && last.chars().count() < 120).then(|| post_of(last))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_end_where_other_things_begin() {
        assert!(AFTER_POST.is_match("ผู้ว่าราชการจังหวัด\nโทร. ๐ ๒๒๒๒ ๒๒๒๒"));
        assert!(AFTER_POST.is_match("ผู้ว่าราชการจังหวัด\nลงนามเมื่อ ๐๕/๐๓/๒๕๖๘ ๑๖:๒๒"));
        assert!(!AFTER_POST.is_match("ผู้อำนวยการโรงเรียน\nตัวอย่างวิทยา"));
    }
}
