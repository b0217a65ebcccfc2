//! What scans do to Thai letters: tone marks and upper vowels vanish, double or change; some consonants swap; spaces open inside words.

/// Consonants that readers take for one another, one group per line.
const GROUPS: [&str; 8] = ["ดคตศ", "ถภก", "ทฑ", "ฎฏ", "ชซ", "ผฝ", "พฟ", "ขฃ"];

/// Vowels and tone marks that stand above or below a consonant, as a verbose-mode character class.
pub const MARKS: &str = "[ัิ-ฺ็-๎]";

/// Whether `c` stands above or below another letter.
pub fn is_mark(c: char) -> bool {
    matches!(c, 'ั' | 'ิ'..='ฺ' | '็'..='๎')
}

/// The letters that `c` is taken for, itself included.
pub fn lookalikes(c: char) -> &'static str {
    GROUPS.iter().copied().find(|group| group.contains(c)).unwrap_or("")
}

/// A regular expression fragment (verbose mode, no captures) for `word` as scans spell it: marks may be lost, doubled or wrong, one blank may open between
/// letters, แ may be เเ, ำ may be decomposed. In words of four letters and more, consonants may be swapped within their group.
pub fn tolerant(word: &str) -> String {
    let letters = word.chars().filter(|c| !is_mark(*c)).count();
    let mut pattern = String::with_capacity(word.len() * 6);
    let mut chars = word.chars().peekable();
    let mut first = true;
    while let Some(c) = chars.next() {
        if c == ' ' {
            pattern.push_str("[[:blank:]]*");
            first = true;
            continue;
        }
        if !first {
            pattern.push_str("[[:blank:]]?");
        }
        first = false;
        match c {
            'แ' => pattern.push_str("(?:แ|เเ)"),
            'ำ' => pattern.push_str("(?:ำ|ํา|า)"),
            _ if letters >= 4 && !lookalikes(c).is_empty() => {
                pattern.push('[');
                pattern.push_str(lookalikes(c));
                pattern.push(']');
            }
            '.' | '(' | ')' | '-' | '/' => {
                pattern.push('\\');
                pattern.push(c);
            }
            _ => pattern.push(c),
        }
        let mut marked = false;
        while chars.next_if(|mark| is_mark(*mark)).is_some() {
            marked = true;
        }
        if marked {
            pattern.push_str(MARKS);
            pattern.push_str("{0,3}");
        }
    }
    pattern
}

/// Letters to change, add or drop to come from `a` to `b`; anything above `limit` is given as `limit + 1`.
pub fn distance(a: &str, b: &str, limit: usize) -> usize {
    let b: Vec<char> = b.chars().collect();
    if a.chars().count().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let change = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()].min(limit + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;

    fn accepts(word: &str, text: &str) -> bool {
        Regex::new(&format!("(?x)^{}$", tolerant(word))).expect("tolerant patterns compile").is_match(text)
    }

    #[test]
    fn labels_survive_lost_marks_and_spaces() {
        for text in ["เรื่อง", "เรือง", "เรอง", "เรื่่อง", "เรื่ อง"] {
            assert!(accepts("เรื่อง", text), "{text}");
        }
        assert!(accepts("สิ่งที่ส่งมาด้วย", "สิงทีส่งมาค้วย"));
        assert!(accepts("แพร่", "เเพร"));
        assert!(accepts("ทำการ", "ทําการ"));
        assert!(!accepts("เรื่อง", "เรียน"));
        assert!(!accepts("เรียน", "เรื่อง"));
    }

    #[test]
    fn distance_counts_letters() {
        assert_eq!(distance("มนาคม", "มีนาคม", 3), 1);
        assert_eq!(distance("", "มีนาคม", 3), 4);
        assert_eq!(distance("กันยายน", "กันยายน", 3), 0);
    }
}
