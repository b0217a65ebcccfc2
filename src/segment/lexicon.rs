//! Words by which a line of a letter gives itself away, as pieces of patterns.

use crate::thai::digits::is_digit;
use crate::thai::posts;

/// A Thai or Arabic digit.
pub const DIGIT: &str = "[๐-๙0-9]";

/// The months, written out or shortened, with or without their dots.
pub const MONTH: &str = r"(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม|ม\.?\s?ค\.?|ก\.?\s?พ\.?|มี\.?\s?ค\.?|เม\.?\s?ย\.?|พ\.?\s?ค\.?|มิ\.?\s?ย\.?|ก\.?\s?ค\.?|ส\.?\s?ค\.?|ก\.?\s?ย\.?|ต\.?\s?ค\.?|พ\.?\s?ย\.?|ธ\.?\s?ค\.?)";

/// Agency, office, "/", an optional ว, a serial that may be missing. The code may carry a committee in brackets.
pub const NUMBER: &str = r"(?:[ก-ฮ]{2,4}\.?\s?(?:\([^)]{1,20}\)\s?)?[๐-๙0-9][๐-๙0-9.\s]{0,20}(?:-[๐-๙0-9]{1,4}\s?)?|[๐-๙0-9]{4}\([ก-ฮ]{1,4}\)[๐-๙0-9.()]{0,10}\s?)/\s?(?:ว\s?)?(?:\([๐-๙0-9\s]{1,8}\)|[๐-๙0-9][๐-๙0-9\s]{0,8})?";

/// What else a line under a name may begin with than a post: authority phrases, posts that the catalogue of posts has no room for.
const AUTHORITY: &[&str] =
    &["รักษา", "ปฏิบัติ", "ปฎิบัติ", "ทำการแทน", "ทำหน้าที่แทน", "ในฐานะ", "แทน", "นัก", "นายแพทย์", "นายทหาร", "วิศวกร", "นิติกร", "อาจารย์"];

/// How a line of an address begins.
const ADDRESSES: &[&str] = &[
    "ถนน",
    "ถ.",
    "ถ,",
    "ตำบล",
    "ต.",
    "แขวง",
    "เขต",
    "อำเภอ",
    "อ.",
    "หมู่",
    "ซอย",
    "ซ.",
    "จังหวัด",
    "จ.",
    "กรุงเทพ",
    "กทม",
    "ตู้ ปณ",
    "ตู้ไปรษณีย์",
    "เลขที่",
];

/// How the title of a list begins.
const LISTS: &[&str] = &["บัญชี", "รายชื่อ", "รายละเอียด", "กำหนดการ", "ตาราง", "ทะเบียน"];

pub fn names_list(text: &str) -> bool {
    LISTS.iter().any(|word| text.starts_with(word))
}

pub fn names_office(text: &str) -> bool {
    posts::begins_like_office(text)
}

/// The short name of an office, as the forces write it: `กพ.ทอ.`.
pub fn is_short_name(text: &str) -> bool {
    text.contains('.') && text.chars().count() <= 16 && text.chars().all(|char| char == '.' || ('ก'..='๎').contains(&char))
}

pub fn names_post(text: &str) -> bool {
    posts::begins_like_post(text) || AUTHORITY.iter().any(|word| text.starts_with(word))
}

/// A street, a district, or a line that ends in a postcode.
pub fn is_address(text: &str) -> bool {
    let street = text.trim_start_matches(|char| is_digit(char) || matches!(char, '/' | '-' | ' '));
    let numbered = street.len() < text.len() && ["หมู่", "ถนน", "ซอย", "ถ.", "ซ.", "ม."].iter().any(|word| street.starts_with(word));
    numbered || ADDRESSES.iter().any(|word| text.starts_with(word)) || ends_in_postcode(text)
}

fn ends_in_postcode(text: &str) -> bool {
    let digits = text.chars().rev().take_while(|char| is_digit(*char)).count();
    digits == 5 && text.chars().count() > 8
}
