//! Posts and offices: the words that they begin with, and the phrases by which one post acts for another.

use std::sync::LazyLock;

use regex::Regex;

use super::confusion;

/// Phrases between one's own post and the post that one acts for. Verbose mode, no captures; longest first.
pub const ACTING: &str = r"(?:ปฏิบัติ[[:blank:]]?ราชการ[[:blank:]]?แทน|ปฎิบัติราชการแทน|ปฏิบัติการแทน|ปฎิบัติการแทน|ปฏิบัติงานแทน|ปฏิบัติหน้าที่แทน|รักษา[[:blank:]]?ราชการ[[:blank:]]?แทน|รักษาการ[[:blank:]]?ในตำแหน่ง|รักษาการแทน|รักษาการ|ทำการแทน|ทําการแทน|ทำหน้าที่แทน|ปฏิบัติหน้าที่|ปฎิบัติหน้าที่|รับคำสั่ง|รรก\.|ปรท\.|รรท\.
    |ป[ก-ฮ][ิ-ื]?[บปษ]ั?[ตดค][ิ-ื]?ร[าำ]?[ชซข]?กา?รแทน|ร[ัิ-ื]?ก[ก-ฮ]าร[าำ]?[ชซข]กา?รแทน|ร[ัิ-ื]?ก[ก-ฮ]าการในต[ำา]แหน[่้]?ง)";

/// The same, or แทน alone at the end of its row, above the post that it speaks of.
pub static AUTHORITY: LazyLock<String> = LazyLock::new(|| format!(r"(?:{ACTING}|แทน[[:blank:]]*\n+)"));

/// The same phrases as the regulation spells them.
const PHRASES: &[&str] = &["ปฏิบัติราชการแทน", "ปฏิบัติการแทน", "รักษาราชการแทน", "รักษาการในตำแหน่ง"];

/// A phrase that lends authority as the regulation spells it, when it is a letter or two away; any other as it stands.
pub fn acting_phrase(text: &str) -> &str {
    let nearest = PHRASES.iter().map(|phrase| (confusion::distance(text, phrase, 2), *phrase)).min();
    // ฎ for ฏ is the typist's, not the reader's.
    nearest.filter(|(distance, _)| (1..=2).contains(distance) && !text.starts_with("ปฎิบัติ")).map_or(text, |(_, phrase)| phrase)
}

/// นายก with what follows: names begin with ก as well (นายกมล, นายกอบชัย). None is the second word of another post.
const PRESIDENTS: &[&str] = &[
    "นายก ",
    "นายกรัฐมนตรี",
    "นายกเทศมนตรี",
    "นายกเมือง",
    "นายกองค์การ",
    "นายกอบต.",
    "นายกอบจ.",
    "นายกสภา",
    "นายกสมาคม",
    "นายกสโมสร",
    "นายกเหล่า",
    "นายกกิ่ง",
    "นายกกิตติ",
    "นายกแพทย",
    "นายกทันต",
    "นายกวิศว",
    "นายกพุทธ",
    "นายกยุว",
];

/// Words that a post begins with, but for [`PRESIDENTS`].
const POSTS: &[&str] = &[
    "ผู้",
    "ผ\u{e39}",
    "นายอำเภอ",
    "ปลัด",
    "รอง",
    "อธิบดี",
    "อธิการบดี",
    "เลขาธิการ",
    "เลขานุการ",
    "หัวหน้า",
    "ประธาน",
    "คณบดี",
    "ท้องถิ่น",
    "กำนัน",
    "รัฐมนตรี",
    "อัยการ",
    "พนักงาน",
    "กรรมการ",
    "ที่ปรึกษา",
    "เจ้าอาวาส",
    "เจ้าสำนัก",
    "เจ้าคณะ",
    "สาธารณสุข",
    "พัฒนาการ",
    "เกษตร",
    "ปศุสัตว์",
    "ประมง",
    "คลังจังหวัด",
    "ศึกษาธิการ",
    "สรรพากร",
    "สรรพสามิต",
    "สัสดี",
    "เจ้าพนักงาน",
    "เจ้าท่า",
    "เทศมนตรี",
    "สมาชิก",
    "ครู",
    "แรงงาน",
    "วัฒนธรรม",
    "พาณิชย์",
    "ขนส่ง",
    "จัดหางาน",
    "อุตสาหกรรม",
    "พลังงาน",
    "ทรัพยากร",
    "โยธา",
    "ประชาสัมพันธ์",
    "สถิติ",
    "ผอ.",
    "ผบ.",
    "จก.",
    "หน.",
    "หก.",
    "เสธ.",
    "ผช.",
    "สารวัตร",
    "ผกก.",
    "ผบก.",
    "ผบช.",
    "แม่ทัพ",
    "เจ้ากรม",
    "เสนาธิการ",
    "ราชเลขาธิการ",
    "นายทะเบียน",
    "ราชบัณฑิต",
    "เอกอัครราชทูต",
    "กงสุล",
    "กรรมาธิการ",
    "บรรณาธิการ",
    "สหกรณ์จังหวัด",
    "สหกรณ์อำเภอ",
    "ประกันสังคมจังหวัด",
    "ธนารักษ์พื้นที่",
    "ยุติธรรมจังหวัด",
    "ท่องเที่ยวและกีฬาจังหวัด",
    "พัฒนาสังคมและความมั่นคง",
    "ปฏิรูปที่ดินจังหวัด",
];

/// Posts that are never the second word of another post, but for [`PRESIDENTS`].
const HEADS: &[&str] = &[
    "นายอำเภอ",
    "ผู้ว่าราชการ",
    "ผู้อำนวยการ",
    "อธิบดี",
    "ปลัดกระทรวง",
    "ปลัดจังหวัด",
    "ปลัดเทศบาล",
    "หัวหน้าส่วน",
    "ท้องถิ่นอำเภอ",
    "ท้องถิ่นจังหวัด",
    "เลขาธิการ",
    "อธิการบดี",
    "คณบดี",
    "กำนัน",
    "ผู้บัญชาการ",
    "ผู้ว่าการ",
    "หัวหน้ารัฐวิสาหกิจ",
    "เจ้าคณะ",
];

/// The words that posts begin with. Verbose mode, no captures.
pub static POST: LazyLock<String> = LazyLock::new(|| {
    let words: Vec<String> = POSTS.iter().chain(PRESIDENTS).map(|word| word.replace('.', r"\.").replace(' ', "[[:blank:]]")).collect();
    format!("(?:{})", words.join("|"))
});

/// Words that the name of an office begins with.
const OFFICES: &[&str] = &[
    "สำนัก",
    "สํานัก",
    "กระทรวง",
    "กรม",
    "กอง",
    "ศาลากลาง",
    "ศาล",
    "ที่ว่าการ",
    "ที่ทำการ",
    "องค์การ",
    "องค์กร",
    "เทศบาล",
    "อบต",
    "อบจ",
    "โรงเรียน",
    "โรงพยาบาล",
    "มหาวิทยาลัย",
    "วิทยาลัย",
    "วิทยาเขต",
    "คณะ",
    "สถาบัน",
    "ศูนย์",
    "สถานี",
    "ธนาคาร",
    "การไฟฟ้า",
    "การประปา",
    "การรถไฟ",
    "การท่า",
    "การเคหะ",
    "การยาง",
    "การนิคม",
    "การทาง",
    "บริษัท",
    "ห้างหุ้นส่วน",
    "มูลนิธิ",
    "สมาคม",
    "สหกรณ์",
    "ชมรม",
    "สภา",
    "หน่วย",
    "ส่วน",
    "ฝ่าย",
    "แผนก",
    "กลุ่ม",
    "งาน",
    "จังหวัด",
    "อำเภอ",
    "ตำรวจ",
    "กองทัพ",
    "ราชบัณฑิต",
    "วัด",
    "เรือนจำ",
    "ทัณฑสถาน",
    "ด่าน",
    "แขวงทางหลวง",
    "แขวงการทาง",
    "โครงการ",
    "ภาควิชา",
    "ท่าอากาศยาน",
    "บัณฑิตวิทยาลัย",
    "สโมสร",
    "สำนักงาน",
    "คณะกรรมการ",
    "บก.",
    "ศูนย์ดำรงธรรม",
    "ไปรษณีย์",
    "หอสมุด",
    "พิพิธภัณฑ์",
    "อุทยาน",
    "นิคม",
    "นิติบุคคล",
    "สนง.",
    "สสจ.",
    "สสอ.",
    "สพป.",
    "สพม.",
    "รพ.",
    "ทต.",
    "ทม.",
    "กอ.รมน",
];

/// The word that an office is named with (สำนักงาน of สำนักงานเกษตรจังหวัด).
pub fn word_of_office(text: &str) -> Option<&'static str> {
    OFFICES.iter().copied().filter(|word| text.starts_with(word)).max_by_key(|word| word.len())
}

/// Whether `text` begins like a post or an office: the recipient of a letter rather than the rest of a name.
pub fn begins_like_recipient(text: &str) -> bool {
    begins_like_post(text) || begins_like_office(text)
}

/// How the next officer's words begin, below the signatory's post.
pub const OPINIONS: &[&str] = &[
    "ความเห็น",
    "เห็นควร",
    "เห็นชอบ",
    "เห็นด้วย",
    "อนุมัติ",
    "ไม่อนุมัติ",
    "ควรอนุมัติ",
    "อนุญาต",
    "ทราบ",
    "เพื่อโปรด",
    "เพื่อทราบ",
    "ตามเสนอ",
    "ดำเนินการ",
    "สั่งการ",
    "ชอบ",
    "มอบ",
    "แจ้ง",
    "ลงนามแล้ว",
    "ปฏิบัติตาม",
    "รักษาระเบียบ",
    "รักษาความ",
    "จัดการ",
];

/// Whether a row begins with a phrase by which one post acts for another.
pub fn begins_with_acting(text: &str) -> bool {
    static BEGINS: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!("(?x)^{ACTING}")).expect("a constant pattern, covered by tests"));
    BEGINS.is_match(text) && OPINIONS.iter().all(|word| !text.starts_with(word))
}

/// Whether `text` begins with an abbreviated post of the police.
pub fn begins_like_police_post(text: &str) -> bool {
    let own = text.strip_prefix("รอง").map_or(text, str::trim_start);
    ["ผกก.", "ผบก.", "ผบช.", "ผบ.ตร."].iter().any(|post| own.starts_with(post))
}

/// Whether `text` begins as posts do; ranks of professors begin so too and are a person's.
pub fn begins_like_post(text: &str) -> bool {
    let professor = ["ผู้ช่วยศาสตราจารย์", "รองศาสตราจารย์"].iter().any(|rank| text.starts_with(rank));
    !professor && POSTS.iter().chain(PRESIDENTS).any(|word| text.starts_with(word))
}

pub fn begins_like_office(text: &str) -> bool {
    OFFICES.iter().any(|word| text.starts_with(word)) || begins_like_unit(text)
}

/// Divisions and battalions by their number: `พล.ร.๙`, `ร.พัน.๒`; `พล.ร.อ.` is an admiral.
fn begins_like_unit(text: &str) -> bool {
    static UNIT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:พล\.[ก-ฮ]{1,2}\.|[ก-ฮ]\.พัน\.?)[ \t]?[0-9๐-๙]").expect("a constant pattern, covered by tests"));
    UNIT.is_match(text)
}

/// Whether `text` begins with a post that never is the second word of another.
pub fn begins_like_head(text: &str) -> bool {
    HEADS.iter().chain(PRESIDENTS).any(|word| text.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_and_offices_are_known_by_their_first_words() {
        assert!(begins_like_post("นายกองค์การบริหารส่วนตำบล"));
        assert!(begins_like_office("กรมที่ดิน"));
        for president in ["นายก อบจ.สมมติ", "นายกเหล่ากาชาด", "นายกกิ่งกาชาดอำเภอ", "นายกแพทยสภา"]
        {
            assert!(begins_like_post(president) && begins_like_head(president), "{president}");
        }
        assert!(!begins_like_post("นายกอบชัย สมมติ") && !begins_like_post("นายกมล สมมติ"));
        assert!(begins_like_office("พล.ร.๙") && begins_like_office("ร.พัน.๒") && !begins_like_office("พล.ร.อ. สมมติ"));
        assert!(!begins_like_recipient("ขนาดย่อม"));
        assert!(!begins_like_recipient("ทุกแห่ง"));
        assert!(begins_like_head("ผู้อำนวยการกองสมมติ") && !begins_like_head("รองผู้อำนวยการ"));
    }

    #[test]
    fn a_blank_inside_a_phrase_is_a_slip() {
        assert_eq!(acting_phrase("ปฏิบัติ ราชการแทน"), "ปฏิบัติราชการแทน");
        assert!(Regex::new(&format!("(?x)^{ACTING}$")).unwrap().is_match("ปฏิบัติ ราชการแทน"));
    }

    #[test]
    fn heads_are_posts() {
        for head in HEADS {
            assert!(begins_like_post(head), "{head}");
        }
    }
}
