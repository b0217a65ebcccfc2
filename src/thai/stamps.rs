//! ตรารับหนังสือ: the label before the number that a receiving office gives a letter.

/// Pattern: the label as offices print it, with blanks where a reader puts them.
pub const NUMBER: &str = r"(?:เลข\s?(?:ที่)?\s?(?:ทะเบียน)?\s?รับ(?:\s?ที่)?|(?:ทะเบียน)?รับที่|ทะเบียนรับ(?:ที่)?|รับเลขที่)";

#[cfg(test)]
mod tests {
    use super::NUMBER;

    #[test]
    fn offices_print_many_labels() {
        let label = regex::Regex::new(&format!("^{NUMBER}$")).unwrap();
        for text in ["เลขรับ", "เลขที่รับ", "เลขรับที่", "เลขทะเบียนรับ", "เลขทะเบียนรับที่", "รับที่", "รับเลขที่", "ทะเบียนรับที่", "เลข รับ"]
        {
            assert!(label.is_match(text), "{text}");
        }
        assert!(!label.is_match("รับ") && !label.is_match("เลขที่"));
    }
}
