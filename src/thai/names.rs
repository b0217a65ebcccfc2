//! People: the titles and ranks that names begin with.

use std::sync::LazyLock;

use regex::Regex;

use super::posts::begins_like_recipient;

/// Titles that stand before a name, longest first where one begins another. Regular expression alternation, verbose mode, no captures.
pub const TITLE: &str = r"(?:นางสาว|น\.?ส\.|นาง|นาย|เด็กชาย|เด็กหญิง|ว่าที่[[:blank:]]?(?:ร้อยตรี|ร้อยโท|ร้อยเอก|พันตรี|พันโท|พันเอก|ร\.ต\.|ร\.ท\.|ร\.อ\.|พ\.ต\.|พ\.ท\.|พ\.อ\.)(?:[[:blank:]]?หญิง)?
    |ศาสตราจารย์|รองศาสตราจารย์|ผู้ช่วยศาสตราจารย์|ศ\.|รศ\.|ผศ\.|ดร\.|อาจารย์|อ\.|นายแพทย์|แพทย์หญิง|นพ\.|พญ\.|ทพ\.|ทพญ\.|ภก\.|ภญ\.|นายสัตวแพทย์
    |ม\.ร\.ว\.|ม\.ล\.|หม่อมราชวงศ์|หม่อมหลวง|หม่อมเจ้า|คุณหญิง|ท่านผู้หญิง|พลทหาร|พระครู|พระมหา)";

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

/// A rank alone on its row, or with the few signs that the ink of a signature leaves beside it.
pub fn is_rank(text: &str) -> bool {
    static ALONE: LazyLock<Regex> = LazyLock::new(|| {
        let signed = r"(?:\(?ลงชื่อ\)?)?[[:blank:]]*(?:ว่าที่[[:blank:]]*)?";
        Regex::new(&format!(r"(?x)^{signed}{RANK}[[:blank:]]*(?:ร\.?น\.?)?[[:blank:].]*[^ก-๎]{{0,4}}$")).expect("covered by tests")
    });
    text.len() < 60 && ALONE.is_match(text)
}

/// A title alone on its row.
pub fn is_title(text: &str) -> bool {
    static ALONE: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!(r"(?x)^{TITLE}$")).expect("a constant pattern, covered by tests"));
    ALONE.is_match(text.trim())
}

/// Whether `text` begins with a rank written out; เอก and ตรี alone begin names.
pub fn begins_with_full_rank(text: &str) -> bool {
    static RANKED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:ว่าที่[ \t]*)?(?:พล|พัน|ร้อย|จ่า|สิบ|นาวา|เรือ)(?:ตำรวจ|อากาศ|เรือ|สิบ)?(?:เอก|โท|ตรี|จัตวา)").expect("covered by tests")
    });
    RANKED.is_match(text)
}

/// Whether `text` begins with a title or a rank, however the rest of it reads.
pub fn begins_with_title(text: &str) -> bool {
    static TITLED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!(r"(?x)^(?:พระ|{TITLE}|{RANK})")).expect("a constant pattern, covered by tests"));
    // Alone these are no ranks, but how names begin.
    let of_name = ["เอก", "โท", "ตรี", "จัตวา"].iter().any(|word| text.starts_with(word));
    !of_name && TITLED.is_match(text)
}

/// Whether `text` begins with a person's title (นาย of a name, not of นายอำเภอ; พล of พลตรี, not of พลังงานจังหวัด).
pub fn begins_like_person(text: &str) -> bool {
    let district = text.starts_with("อ.");
    (begins_with_title(text) && !district || text.starts_with("คุณ")) && !begins_like_recipient(text)
}

/// Of a row that is a person alone (`(นายสมมติ ตัวอย่าง)`, `(สมมติ ตัวอย่าง)` below a rank), the index of the letter that the given name begins with.
pub fn given_name_at(row: &str) -> Option<usize> {
    const LONGEST: usize = 60;
    // Words of posts that begin like titles (นายแพทย์สาธารณสุขจังหวัด, นายแพทย์เชี่ยวชาญ).
    const OF_POSTS: [&str; 6] = ["จังหวัด", "อำเภอ", "ชำนาญการ", "เชี่ยวชาญ", "ปฏิบัติ", "รักษา"];
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        let titles = format!(r"(?:{TITLE}|{RANK})[[:blank:]]*(?:(?:{TITLE}|หญิง|ร\.?น\.?)[[:blank:]]*)*");
        let row = format!(r"(?x)^[[:blank:]]*(?:\(?ลงชื่อ\)?[[:blank:]]*)?(?:\([[:blank:]]*(?<bracketed>{titles})?|(?<titles>{titles}))");
        Regex::new(&row).expect("a constant pattern, covered by tests")
    });
    static NAME: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^[ก-๎]{2,16}[ \t]+[ก-๎]{2,20}[ \t]*\)?$").expect("a constant pattern, covered by tests"));
    let before = BEFORE.captures(row)?;
    let rest = &row[before[0].len()..];
    let titled = before.name("bracketed").or(before.name("titles")).map(|titles| &row[titles.start()..]);
    let closed = before.name("bracketed").is_some();
    let post = titled.unwrap_or(rest);
    if row.chars().count() > LONGEST
        || begins_like_recipient(post)
        || OF_POSTS.iter().any(|word| rest.contains(word))
        || !(closed || NAME.is_match(rest))
    {
        return None;
    }
    Some(before[0].chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_name_begins_behind_brackets_titles_and_ranks() {
        let given = |row: &str| given_name_at(row).map(|at| row.chars().skip(at).collect::<String>());
        for (row, name) in [
            ("(นายเอกชัย ตัวอย่าง)", "เอกชัย ตัวอย่าง)"),
            ("(นายเอกชัยตัวอย่าง", "เอกชัยตัวอย่าง"),
            ("พันเอกหญิง สมมติ ตัวอย่าง", "สมมติ ตัวอย่าง"),
            ("( สมมติ ตัวอย่าง )", "สมมติ ตัวอย่าง )"),
            ("ผศ.ดร.สมมติ ตัวอย่าง", "สมมติ ตัวอย่าง"),
        ] {
            assert_eq!(given(row).as_deref(), Some(name), "{row}");
        }
        for row in ["นายอำเภอตัวอย่าง สมมติ", "(ร่าง)", "เรียน นายสมมติ", "ที่ ศธ ๐๔๐๐๑/๑", "นายแพทย์ชำนาญการ", "นายแพทย์สาธารณสุขจังหวัด สมมติ", ""]
        {
            assert_eq!(given(row), None, "{row}");
        }
    }

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
    fn a_rank_may_stand_alone() {
        for rank in ["พล.ต.", "(ลงชื่อ) พ.อ.", "ว่าที่ ร.ต.", "น.อ. ร.น.", "พ.อ.๙๖", "พันตำรวจเอก"]
        {
            assert!(is_rank(rank), "{rank}");
        }
        assert!(!is_rank("พ.อ. สมมุติ ตัวอย่าง") && !is_rank("ดร.") && is_title("ดร."));
        assert!(begins_with_full_rank("ว่าที่ร้อยตรีสมมุติ") && !begins_with_full_rank("เอกสมมุติ"));
    }

    #[test]
    fn posts_are_not_people() {
        assert!(begins_like_person("นายสมมุติ ตัวอย่าง"));
        assert!(begins_like_person("นางสาวสมมุติ ตัวอย่าง"));
        assert!(!begins_like_person("นายกเทศมนตรีตำบล"));
        assert!(!begins_like_person("นายอำเภอ ทุกอำเภอ"));
        assert!(begins_like_person("นายกมล ตัวอย่าง") && begins_like_person("นายกิตติ ตัวอย่าง"));
        assert!(begins_like_person("พลตรี สมมุติ ตัวอย่าง") && !begins_like_person("พลังงานจังหวัดสมมุติ"));
        assert!(begins_like_person("พลทหารสมมุติ ตัวอย่าง") && !begins_like_person("พล.ร.๙") && !begins_like_person("อ.สมมุติ"));
        assert!(begins_with_title("พ.อ. เอกสมมติ") && begins_with_title("พันเอก สมมติ") && !begins_with_title("เอกสมมติ ตัวอย่างดี"));
    }
}
