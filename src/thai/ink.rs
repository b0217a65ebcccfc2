//! What stands in a text for ink that is no text: the signature, the emblem.

use std::sync::LazyLock;

use regex::Regex;

/// Words for a signature where it is not shown (`(ลงชื่อ)`, `[ลายเซ็น]`). Fragment of a pattern, no captures.
pub const SIGNATURE: &str = "(?:ลงชื่อ|ลงนาม|ลายมือชื่อ|ลายเซ็นต?์?|ภาพลายเซ็นต?์?)";

/// Words for an emblem or a seal. Fragment of a pattern, no captures.
pub const EMBLEM: &str = "(?:ตราครุฑ|ตราชื่อ|ครุฑ)";

/// Whether `text` is nothing but a word for a signature.
pub fn is_signature(text: &str) -> bool {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!("^{SIGNATURE}$")).expect("a constant pattern, covered by tests"));
    WHOLE.is_match(text.trim())
}

/// Whether `text` begins with a word for a signature or an emblem.
pub fn begins_with_ink(text: &str) -> bool {
    static BEGIN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!("^(?:{SIGNATURE}|{EMBLEM})")).expect("a constant pattern, covered by tests"));
    BEGIN.is_match(text.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_a_signature_are_no_names() {
        for word in ["ลงชื่อ", "ลายมือชื่อ", "ลายเซ็น", "ลายเซ็นต์"] {
            assert!(is_signature(word) && begins_with_ink(word), "{word}");
        }
        assert!(!is_signature("ลงชื่อ นายสมมุติ ตัวอย่าง") && begins_with_ink("ตราครุฑสีดำ") && !begins_with_ink("นายสมมุติ"));
    }
}
