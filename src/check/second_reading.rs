//! Digits that a second reading of the same page (the file's text layer, another engine) sees differently.

use crate::document::Code;
use crate::document::letter::{Line, ReadPage};
use crate::document::record::Evidence;
use crate::document::text::Engine;
use crate::thai::digits;

use super::Check;
use super::finding::{Bundle, Finding};

pub const CHECK: Check = Check { id: "second_reading", codes: &[&DISAGREES], run: check };

const DISAGREES: Code = Code::warning(
    "second_reading.disagrees",
    "The file's text layer or a second engine reads other digits in the same place. Read the digits from the page.",
);

fn check(bundle: &Bundle) -> Vec<Finding> {
    let seconds: Vec<(u32, &ReadPage)> =
        bundle.pages.iter().filter_map(|page| page.second.as_deref().map(|second| (page.page, second))).collect();
    if seconds.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, record) in bundle.records.iter().enumerate() {
        for (pointer, evidence) in record.evidence.iter().filter(|(pointer, _)| is_header(pointer)) {
            let second = seconds.iter().find(|(page, _)| *page == evidence.page).map(|(_, second)| *second);
            let Some(other) = second.and_then(|second| disagreement(evidence, second)) else { continue };
            let message = (format!("การอ่านครั้งที่สองอ่านว่า “{other}”"), format!("the second reading says “{other}”"));
            found.push(bundle.doubt(index, &DISAGREES, pointer, message));
        }
    }
    found
}

/// The letter's own number and date, and its stamps'.
fn is_header(pointer: &str) -> bool {
    matches!(pointer, "/number" | "/date") || pointer.starts_with("/receipts/")
}

/// What the second reading has in the same place, where its digits are others. None when it agrees or saw too little to say.
fn disagreement(evidence: &Evidence, second: &ReadPage) -> Option<String> {
    let own = digits::only(&evidence.raw);
    let lines: Vec<&Line> = second.lines.iter().filter(|line| over(evidence, line)).collect();
    let seen: Vec<String> = lines.iter().map(|line| digits::only(&line.text)).filter(|digits| !digits.is_empty()).collect();
    let engine = lines.first()?.engine;
    let enough = seen.iter().map(String::len).sum::<usize>() * 2 >= own.len();
    let joined = seen.concat();
    let agrees = own.is_empty() || seen.iter().chain([&joined]).any(|seen| contains(seen, &own, engine));
    (enough && !agrees).then(|| lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" "))
}

/// Whether the line stands where the value stands: half of the lower one's height is shared, and some width.
fn over(evidence: &Evidence, line: &Line) -> bool {
    let Some(rect) = line.rect else { return false };
    evidence.boxes.iter().any(|own| {
        let shared = own.intersection(&rect);
        !shared.is_empty() && 2 * shared.height() >= own.height().min(rect.height())
    })
}

/// Whether `own` stands in `seen`. Digits that the second engine cannot write prove nothing against ours.
fn contains(seen: &str, own: &str, engine: Engine) -> bool {
    let blind = |digit: u8| !engine.reads_all_thai_digits() && matches!(digit, b'4' | b'6'..=b'9');
    let same = |window: &[u8]| window.iter().zip(own.as_bytes()).all(|(seen, own)| seen == own || blind(*own));
    own.len() <= seen.len() && seen.as_bytes().windows(own.len()).any(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_found_in_a_longer_reading() {
        assert!(contains("00237165", "0237", Engine::Embedded));
        assert!(!contains("0023", "0024", Engine::Embedded));
    }

    #[test]
    fn an_engine_without_some_digits_cannot_contradict_them() {
        assert!(contains("0523", "0423", Engine::Tesseract));
        assert!(!contains("0523", "0513", Engine::Tesseract));
    }
}
