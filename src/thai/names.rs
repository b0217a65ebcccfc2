//! People and posts: the titles and ranks that names begin with, the words that posts and offices begin with, the phrases that lend authority.

use std::sync::LazyLock;

use regex::Regex;

use super::confusion;

/// Titles that stand before a name, longest first where one begins another. Regular expression alternation, verbose mode, no captures.
pub const TITLE: &str = r"(?:นางสาว|น\.?ส\.|นาง|นาย|เด็กชาย|เด็กหญิง|ว่าที่[[:blank:]]?(?:ร้อยตรี|ร้อยโท|ร้อยเอก|พันตรี|พันโท|พันเอก|ร\.ต\.|ร\.ท\.|ร\.อ\.|พ\.ต\.|พ\.ท\.|พ\.อ\.)(?:[[:blank:]]?หญิง)?
    |ศาสตราจารย์|รองศาสตราจารย์|ผู้ช่วยศาสตราจารย์|ศ\.|รศ\.|ผศ\.|ดร\.|อาจารย์|อ\.|นายแพทย์|แพทย์หญิง|นพ\.|พญ\.|ทพ\.|ทพญ\.|ภก\.|ภญ\.|นายสัตวแพทย์
    |ม\.ร\.ว\.|ม\.ล\.|หม่อมราชวงศ์|หม่อมหลวง|หม่อมเจ้า|คุณหญิง|ท่านผู้หญิง|พระครู|พระมหา)";

/// Military and police ranks in full and abbreviated, with ร.น. and หญิง as they trail. Verbose mode, no captures.
pub const RANK: &str = r"(?:(?:พล|พัน|ร้อย|จ่าสิบ|จ่าสิบตำรวจ|สิบ|ดาบ|นาวา|นาวาอากาศ|เรือ|เรืออากาศ|จ่า|พันจ่า|พันจ่าอากาศ|จ่าอากาศ)?(?:ตำรวจ)?(?:เอก|โท|ตรี|จัตวา)
    |พลเรือ(?:เอก|โท|ตรี)|พลอากาศ(?:เอก|โท|ตรี)|พลตำรวจ(?:เอก|โท|ตรี|จัตวา)|พลเอก|พลโท|พลตรี
    |พล\.?(?:ร|อ|ต)?\.?[[:blank:]]?(?:ต)?\.?[[:blank:]]?[อทตจ]\.|พ\.(?:ต\.)?[อทต]\.|ร\.(?:ต\.)?[อทต]\.|น\.[อทต]\.|จ\.ส\.(?:ต\.|อ\.|ท\.)?|ด\.ต\.|ส\.(?:ต\.)?[อทต]\.|พ\.จ\.[อทต]\.)
    (?:[[:blank:]]?หญิง)?";

/// A title or rank, a name and a surname, at times of two words. Verbose mode, no captures.
pub static PERSON: LazyLock<String> =
    LazyLock::new(|| format!(r"(?:(?:{TITLE}|{RANK})[[:blank:]]*[ก-๎]{{2,}}[[:blank:]]+[ก-๎]{{2,}}(?:[[:blank:]]+[ก-๎]{{2,}})?)"));

static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    let title = format!(r"(?:{TITLE}|{RANK})");
    Regex::new(&format!(r"(?x)^(?:{title}[[:blank:]]*)+(?:ร\.น\.[[:blank:]]*)?[ก-ฮเ-ไ][ก-๎]+(?:[[:blank:]]+[ก-ฮเ-ไ][ก-๎]*){{1,4}}$"))
        .expect("a constant pattern, covered by tests")
});

/// A title or rank, a name and a surname, and nothing that stands in no name.
pub fn is_whole(name: &str) -> bool {
    WHOLE.is_match(name)
}

/// Phrases between one's own post and the post that one acts for. Verbose mode, no captures; longest first.
pub const ACTING: &str = r"(?:ปฏิบัติราชการแทน|ปฎิบัติราชการแทน|ปฏิบัติการแทน|ปฎิบัติการแทน|ปฏิบัติงานแทน|ปฏิบัติหน้าที่แทน|รักษาราชการแทน|รักษาการในตำแหน่ง|รักษาการแทน|รักษาการ|ทำการแทน|ทําการแทน|ปฏิบัติหน้าที่|ปฎิบัติหน้าที่|รับคำสั่ง|รรก\.
    |ป[ก-ฮ][ิ-ื]?[บปษ]ั?[ตดค][ิ-ื]?ร[าำ]?[ชซข]?กา?รแทน|ร[ัิ-ื]?ก[ก-ฮ]าร[าำ]?[ชซข]กา?รแทน|ร[ัิ-ื]?ก[ก-ฮ]าการในต[ำา]แหน[่้]?ง)";

/// The same phrases as the regulation spells them.
const PHRASES: &[&str] = &["ปฏิบัติราชการแทน", "ปฏิบัติการแทน", "รักษาราชการแทน", "รักษาการในตำแหน่ง"];

/// A phrase that lends authority as the regulation spells it, when it is a letter or two away; any other as it stands.
pub fn acting_phrase(text: &str) -> &str {
    let nearest = PHRASES.iter().map(|phrase| (confusion::distance(text, phrase, 2), *phrase)).min();
    // ฎ for ฏ is the typist's, not the reader's.
    nearest.filter(|(distance, _)| (1..=2).contains(distance) && !text.starts_with("ปฎิบัติ")).map_or(text, |(_, phrase)| phrase)
}

/// Words that a post begins with.
const POSTS: &[&str] = &[
    "ผู้",
    "ผ\u{e39}",
    "นายก",
    "นายอำเภอ",
    "ปลัด",
    "รองปลัด",
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
    "ปลัดกระทรวง",
    "อัยการ",
    "พนักงาน",
    "กรรมการ",
    "ที่ปรึกษา",
    "เจ้าอาวาส",
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
    "รอง ",
    "ผช.",
    "สารวัตร",
    "ผกก.",
    "ผบก.",
    "ผบช.",
    "แม่ทัพ",
    "เจ้ากรม",
    "เสนาธิการ",
    "ผู้บัญชาการ",
    "ราชเลขาธิการ",
    "นายทะเบียน",
    "ราชบัณฑิต",
    "เอกอัครราชทูต",
    "กงสุล",
    "กรรมาธิการ",
    "บรรณาธิการ",
];

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
];

/// Whether `text` begins like a post or an office: the recipient of a letter rather than the rest of a name.
pub fn begins_like_recipient(text: &str) -> bool {
    begins_like_post(text) || begins_like_office(text)
}

/// Whether `text` begins as posts do; ranks of professors begin so too and are a person's.
pub fn begins_like_post(text: &str) -> bool {
    let professor = ["ผู้ช่วยศาสตราจารย์", "รองศาสตราจารย์"].iter().any(|rank| text.starts_with(rank));
    !professor && POSTS.iter().any(|word| text.starts_with(word))
}

/// Whether `text` begins with a title or a rank, however the rest of it reads.
pub fn begins_with_title(text: &str) -> bool {
    static TITLED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!(r"(?x)^(?:พระ|{TITLE}|{RANK})")).expect("a constant pattern, covered by tests"));
    // Alone these are no ranks, but how names begin.
    let of_name = ["เอก", "โท", "ตรี", "จัตวา"].iter().any(|word| text.starts_with(word));
    !of_name && TITLED.is_match(text)
}

pub fn begins_like_office(text: &str) -> bool {
    OFFICES.iter().any(|word| text.starts_with(word))
}

/// Whether `text` begins with a person's title (นาย of a name, not of นายก or นายอำเภอ).
pub fn begins_like_person(text: &str) -> bool {
    let title = [
        "นางสาว",
        "นาง",
        "ดร.",
        "ศ.",
        "รศ.",
        "ผศ.",
        "ศาสตราจารย์",
        "รองศาสตราจารย์",
        "ผู้ช่วยศาสตราจารย์",
        "ม.ล.",
        "ม.ร.ว.",
        "คุณ",
        "พระ",
        "พล",
        "พ.ต",
        "พ.อ",
        "พ.ท",
        "ว่าที่",
    ];
    let man = text.strip_prefix("นาย").is_some_and(|rest| !rest.starts_with("ก") || rest.starts_with("กิ")) && !text.starts_with("นายอำเภอ");
    man && !begins_like_post(text) || title.iter().any(|word| text.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_whole_or_it_is_not() {
        for name in ["นายสมมุติ ตัวอย่าง", "พ.อ. สมมุติ ณ ตัวอย่าง", "ผู้ช่วยศาสตราจารย์ ดร.สมมุติ ตัวอย่าง", "น.อ. ร.น. สมมุติ ตัวอย่าง"]
        {
            assert!(is_whole(name), "{name}");
        }
        for name in ["นายสมมุติ ตัว/อย่าง", "ดร.สมมุติ. ตัวอย่าง", "นาย ดส๖บ ตัวอย่าง", "บายสมมุติ ตัวอย่าง", "นายสมมุติ ์ตัวอย่าง"]
        {
            assert!(!is_whole(name), "{name}");
        }
    }

    #[test]
    fn posts_are_not_people() {
        assert!(begins_like_person("นายสมมุติ ตัวอย่าง"));
        assert!(begins_like_person("นางสาวสมมุติ ตัวอย่าง"));
        assert!(!begins_like_person("นายกเทศมนตรีตำบล"));
        assert!(!begins_like_person("นายอำเภอ ทุกอำเภอ"));
        assert!(begins_like_post("นายกองค์การบริหารส่วนตำบล"));
        assert!(begins_like_office("กรมที่ดิน"));
        assert!(begins_with_title("พ.อ. เอกสมมติ") && begins_with_title("พันเอก สมมติ") && !begins_with_title("เอกสมมติ ตัวอย่างดี"));
        assert!(!begins_like_recipient("ขนาดย่อม"));
        assert!(!begins_like_recipient("ทุกแห่ง"));
    }
}
