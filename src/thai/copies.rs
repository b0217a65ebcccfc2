//! What attachments are counted in (`จำนวน ๒ ฉบับ`). Fragments of verbose-mode patterns, no captures.

/// Units of whole documents; pages may also be what one of them has. Some readers put a blank behind a mark.
pub const DOCUMENT: &str = "(?:ชุ[[:blank:]]?ด|ฉบั[[:blank:]]?บ|แผ่[[:blank:]]?น|เล่[[:blank:]]?ม)";

/// Units that only paper and what is packed with it come in: a number before one needs no จำนวน.
pub const PAPER: &str =
    "(?:ชุ[[:blank:]]?ด|ฉบั[[:blank:]]?บ|แผ่[[:blank:]]?น|เล่[[:blank:]]?ม|หน้ากระดาษ|หน้า|ใบ|แฟ้ม|ซอง|ม้วน|รูป|ภาพ|กล่อง|อัน|แผง|ชิ้น|ผืน|ไฟล์)";

/// Units of anything that is listed as attached.
pub const UNIT: &str = "(?:แบบ|ชุ[[:blank:]]?ด|ฉบั[[:blank:]]?บ|แผ่[[:blank:]]?น|เล่[[:blank:]]?ม|หน้ากระดาษ|หน้า|ใบ|รายการ|ราย|แฟ้ม|ซอง|ม้วน|รูป|ภาพ|กล่อง|แผง|ตัว|อัน|ชิ้น|ผืน|ไฟล์|คน|นาย|เรื่อง|โครงการ)";

#[cfg(test)]
mod tests {
    use super::{DOCUMENT, PAPER, UNIT};

    #[test]
    fn shorter_lists_are_parts_of_longer_ones() {
        let words = |list: &str| list.trim_start_matches("(?:").trim_end_matches(')').split('|').map(str::to_owned).collect::<Vec<_>>();
        assert!(words(DOCUMENT).iter().all(|unit| words(PAPER).contains(unit)));
        assert!(words(PAPER).iter().all(|unit| words(UNIT).contains(unit)));
    }
}
