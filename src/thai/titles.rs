//! Long titles and ranks before a name as they are spelled, where a scan lost or changed a letter or two: `ว่าที่ร้อยตร`, `พันตำรวจเอน`.
//!
//! The hard thing is where the title ends, as the name follows without a blank. Short titles are left alone, นาย and นาวิน are one letter apart; but for ดร.

use super::confusion::{distance, is_mark};

/// Long enough that no name begins like one.
const TITLES: &[&str] = &[
    "ผู้ช่วยศาสตราจารย์",
    "รองศาสตราจารย์",
    "ศาสตราจารย์",
    "แพทย์หญิง",
    "ว่าที่ร้อยตรี",
    "ว่าที่ร้อยโท",
    "ว่าที่ร้อยเอก",
    "ว่าที่พันตรี",
    "ว่าที่พันโท",
    "ว่าที่พันเอก",
    "พลตำรวจเอก",
    "พลตำรวจโท",
    "พลตำรวจตรี",
    "พันตำรวจเอก",
    "พันตำรวจโท",
    "พันตำรวจตรี",
    "ร้อยตำรวจเอก",
    "ร้อยตำรวจโท",
    "ร้อยตำรวจตรี",
    "พลอากาศเอก",
    "พลอากาศโท",
    "พลอากาศตรี",
    "นาวาอากาศเอก",
    "นาวาอากาศโท",
    "นาวาอากาศตรี",
    "เรืออากาศเอก",
    "เรืออากาศโท",
    "เรืออากาศตรี",
];

/// One letter in so many may be wrong.
const LETTERS_PER_ERROR: usize = 6;
const MOST_ERRORS: usize = 2;

/// The name with its title as it is spelled; None where the title is whole, or none of these, or could be two.
pub fn repaired(name: &str) -> Option<String> {
    long_title(name).or_else(|| doctor(name)).or_else(|| mister(name))
}

/// นาย whose first letters a pen or a bracket ran into.
fn mister(name: &str) -> Option<String> {
    let rest = ["บาย", ".าย"].iter().find_map(|misread| name.strip_prefix(misread))?;
    let begins = rest.starts_with(|char: char| ('ก'..='ฮ').contains(&char) || ('เ'..='ไ').contains(&char));
    // บายศรี is a name.
    (begins && !rest.starts_with("ศร") && rest.contains(' ')).then(|| format!("นาย{rest}"))
}

/// ดร. on its own or behind a professor's title, where ด was read as a letter of its shape or its stop was lost: no name begins with `ตร.`, and none is ดร.
fn doctor(name: &str) -> Option<String> {
    const ALONE: [&str; 3] = ["ตร.", "คร.", "ดร "];
    /// Behind a professor's title hardly a given name is as short.
    const BEHIND_PROFESSOR: [&str; 6] = ["ร.", "ดา ", "ดว ", "วร ", "ตร ", "คร "];
    let at = TITLES.iter().filter(|title| name.starts_with(*title)).map(|title| title.len()).max().unwrap_or(0);
    let rest = name[at..].trim_start();
    let professor = if name[..at].ends_with("ศาสตราจารย์") { &BEHIND_PROFESSOR[..] } else { &[] };
    let after = ALONE.iter().chain(professor).find_map(|misread| rest.strip_prefix(misread))?;
    // A surname must be left, and ร. may be the first letter of a rank (`ร.ต.อ.`).
    let ranked = rest.starts_with("ร.") && after.chars().nth(1).is_none_or(|next| next == '.' || next == ' ');
    let surname = after.trim_start().contains(' ') && !after.trim_start().starts_with("ณ ");
    (surname && !ranked).then(|| format!("{}ดร.{}", &name[..name.len() - rest.len()], after.trim_start()))
}

fn long_title(name: &str) -> Option<String> {
    if TITLES.iter().any(|title| name.starts_with(title)) {
        return None;
    }
    let mut near: Vec<(usize, &str, &str)> = TITLES.iter().filter_map(|title| nearest(name, title)).collect();
    near.sort();
    let (errors, title, rest) = *near.first()?;
    let alone = near.get(1).is_none_or(|next| next.0 > errors);
    alone.then(|| format!("{title}{rest}"))
}

/// How many letters the beginning of `name` is away from `title`, with the title and the rest of the name.
fn nearest<'n>(name: &'n str, title: &'static str) -> Option<(usize, &'static str, &'n str)> {
    let letters = title.chars().count();
    // What a doctorate follows is a professor's title.
    let doctor = title.ends_with("ศาสตราจารย์") && name.char_indices().nth(letters + 4).is_some_and(|(at, _)| name[..at].contains("ดร."));
    let most = (letters / LETTERS_PER_ERROR + usize::from(doctor)).min(MOST_ERRORS);
    let ends = name.char_indices().map(|(at, _)| at).enumerate().skip(letters - most).take(2 * most + 1);
    let splits = ends.filter(|(_, at)| name[*at..].chars().next().is_some_and(|next| !is_mark(next) && !matches!(next, 'ะ' | 'า' | 'ำ')));
    // Where the last letter is in doubt: a mark is lost more often than changed, a consonant changed more often than lost.
    let ends_marked = title.ends_with(is_mark);
    let best = splits
        .map(|(length, at)| (distance(&name[..at], title, most), if ends_marked { length } else { usize::MAX - length }, at))
        .filter(|(errors, ..)| *errors <= most)
        .min()?;
    Some((best.0, title, &name[best.2..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_survives_a_letter_lost_or_changed() {
        let whole = |name: &str| repaired(name).unwrap_or_else(|| name.to_owned());
        assert_eq!(whole("ว่าที่ร้อยตรทดสอบ จำลอง"), "ว่าที่ร้อยตรีทดสอบ จำลอง");
        assert_eq!(whole("ว่าที่ร้อยตร์ทดสอบ จำลอง"), "ว่าที่ร้อยตรีทดสอบ จำลอง");
        assert_eq!(whole("พันตำรวจเอนตัวอย่าง จำลอง"), "พันตำรวจเอกตัวอย่าง จำลอง");
        assert_eq!(whole("พันตำรวจเอ ตัวอย่าง จำลอง"), "พันตำรวจเอกตัวอย่าง จำลอง");
        assert_eq!(whole("รองศาสตราจารย ดร.ทดสอบ จำลอง"), "รองศาสตราจารย์ ดร.ทดสอบ จำลอง");
        assert_eq!(whole("ศาสตราจาระดร.ทดสอบ จำลอง"), "ศาสตราจารย์ดร.ทดสอบ จำลอง");
        assert_eq!(whole("บายทดสอบ จำลอง"), "นายทดสอบ จำลอง");
        assert_eq!(whole("แพทยหญิงตัวอย่าง จำลอง"), "แพทย์หญิงตัวอย่าง จำลอง");
        assert_eq!(whole("ตร.ทดสอบ จำลอง"), "ดร.ทดสอบ จำลอง");
        assert_eq!(whole("ผู้ช่วยศาสตราจารย์ ตร.ทดสอบ จำลอง"), "ผู้ช่วยศาสตราจารย์ ดร.ทดสอบ จำลอง");
        assert_eq!(whole("ผู้ช่วยศาสตราจารย์ ร.ทดสอบ จำลอง"), "ผู้ช่วยศาสตราจารย์ ดร.ทดสอบ จำลอง");
        assert_eq!(whole("รองศาสตราจารย์ ดา ทดสอบ จำลอง"), "รองศาสตราจารย์ ดร.ทดสอบ จำลอง");
        assert_eq!(whole("ดร ทดสอบ จำลอง"), "ดร.ทดสอบ จำลอง");
    }

    #[test]
    fn names_and_whole_titles_are_left_alone() {
        for name in TITLES.iter().map(|title| format!("{title}ตัวอย่าง จำลอง")) {
            assert_eq!(repaired(&name), None, "{name}");
        }
        for name in [
            "ดร จำลอง",
            "บายศรี จำลอง",
            "ศาสตราจารย์ ร.ต.อ. ทดสอบ จำลอง",
            "ศาสตราจารย์ ร.อ.ทดสอบ จำลอง",
            "ผู้ช่วยศาสตราจารย์วร ณ จำลอง",
            "นาย จำลอง",
            "วร จำลอง",
            "ผู้ช่วยศาสตราจารย์ดา จำลอง",
            "นาวิน จำลอง",
            "นางสายใจ จำลอง",
            "พันธ์ทิพย์ จำลอง",
            "ศาสตรา จำลอง",
            "พันตรีตัวอย่าง จำลอง",
            "ร้อยตรีตัวอย่าง จำลอง",
            "สมมติ ตัวอย่าง",
        ] {
            assert_eq!(repaired(name), None, "{name}");
        }
    }
}
