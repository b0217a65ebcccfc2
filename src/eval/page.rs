//! Characters: how much of a page's text was read wrong, wherever on the page it was read.

use std::sync::LazyLock;

use regex::Regex;

use super::truth::TrueSource;
use crate::output::pages::PageLine;

/// What was read of one page (or of one source, where the truth is of the whole).
#[derive(Debug, Clone, PartialEq)]
pub struct PageErrors {
    pub source: String,
    pub page: Option<u32>,
    pub errors: usize,
    pub characters: usize,
    /// Runs of Thai digits that were read exactly, and all there are.
    pub runs: (usize, usize),
}

impl PageErrors {
    /// Character error rate, 0 and up.
    pub fn rate(&self) -> f64 {
        self.errors as f64 / self.characters.max(1) as f64
    }
}

static LEADERS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\.{3,}|…").expect("a constant pattern"));
static RUNS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[๐-๙][๐-๙./]*[๐-๙]|[๐-๙]").expect("a constant pattern"));

/// Each true line against its best place in the text that was found: reading order, stamps and blanks do not count; digits do, as printed.
pub fn errors(truth: &[TrueSource], pages: &[PageLine]) -> Vec<PageErrors> {
    let mut found = Vec::new();
    for source in truth {
        for page in source.pages.iter().filter(|page| !page.lines.is_empty()) {
            let read =
                pages.iter().filter(|line| line.source.path == source.path && page.page.is_none_or(|number| number == line.text.page));
            let text: String = read.flat_map(|line| &line.text.lines).map(|line| cleaned(&line.text)).collect();
            let text: Vec<char> = text.chars().collect();
            let mut errors = PageErrors { source: source.path.clone(), page: page.page, errors: 0, characters: 0, runs: (0, 0) };
            for line in page.lines.iter().map(|line| cleaned(line)).filter(|line| line.chars().count() > 1) {
                let wanted: Vec<char> = line.chars().collect();
                errors.errors += inside(&wanted, &text);
                errors.characters += wanted.len();
                let whole: String = text.iter().collect();
                for run in RUNS.find_iter(&line) {
                    errors.runs.0 += usize::from(whole.contains(run.as_str()));
                    errors.runs.1 += 1;
                }
            }
            found.push(errors);
        }
    }
    found
}

fn cleaned(text: &str) -> String {
    let text = LEADERS.replace_all(text, "");
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !"*_|#-–—“”\"'‘’,".contains(*c)).collect();
    text.replace("ํา", "ำ").replace("ํ่า", "่ำ").replace("ํ้า", "้ำ")
}

/// Fewest edits that turn `wanted` into some part of `text`.
fn inside(wanted: &[char], text: &[char]) -> usize {
    edits(wanted, text, true)
}

/// 1 for equal texts, 0 for texts with nothing in common.
pub fn similarity(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    1.0 - edits(&a, &b, false) as f64 / a.len().max(b.len()).max(1) as f64
}

/// Levenshtein distance; `free`: what stands before and after in `text` costs nothing.
fn edits(wanted: &[char], text: &[char], free: bool) -> usize {
    let mut above: Vec<usize> = (0..=text.len()).map(|column| if free { 0 } else { column }).collect();
    for (row, letter) in wanted.iter().enumerate() {
        let mut corner = std::mem::replace(&mut above[0], row + 1);
        for (column, other) in text.iter().enumerate() {
            let changed = corner + usize::from(letter != other);
            corner = above[column + 1];
            above[column + 1] = changed.min(corner + 1).min(above[column] + 1);
        }
    }
    if free { above.into_iter().min().unwrap_or(wanted.len()) } else { above[text.len()] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_looked_for_anywhere_on_the_page() {
        let text: Vec<char> = "หัวเรื่องที่พบ๐๐๒๓ท้ายหน้า".chars().collect();
        let wanted: Vec<char> = "ที่พบ๐๐๒๔".chars().collect();
        assert_eq!(inside(&wanted, &text), 1);
        assert_eq!(inside(&wanted, &[]), wanted.len());
    }

    #[test]
    fn similarity_is_a_share_of_the_longer_text() {
        assert_eq!(similarity("", ""), 1.0);
        assert_eq!(similarity("กขคง", "กขคจ"), 0.75);
    }
}
