//! A receiving stamp lies on a value: where its border meets a letter, the letter may be lost without a trace. So
//! may a line of the head that gave no value.

use crate::document::letter::{Line, Zone};
use crate::document::record::Evidence;
use crate::document::{Code, Rect};

use super::Check;
use super::finding::{Bundle, Finding};

pub const CHECK: Check = Check { id: "overlaid", codes: &[&OVER_VALUE, &OVER_TEXT], run: check };

const OVER_VALUE: Code = Code::warning(
    "stamp.over_value",
    "A receiving stamp lies on this value: letters under its border may be lost without a trace. Compare the value with the page.",
);
const OVER_TEXT: Code =
    Code::warning("stamp.over_text", "A receiving stamp lies on a line of the head that gave no value. Look whether the line holds one.");

/// Share of a value's height that a stamp must reach into it: the boxes of tilted stamps are larger than the stamps.
const DEEP: f32 = 0.3;

/// Letters from which on a line that gave no value may have been one.
const WORDS: usize = 2;

fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, record) in bundle.records.iter().enumerate() {
        let values = record.evidence.iter().filter(|(pointer, _)| !pointer.starts_with("/receipts") && !pointer.starts_with("/body"));
        for (pointer, _) in values.filter(|(_, evidence)| is_overlaid(evidence, bundle)) {
            let message = ("ตรารับหนังสือทับข้อความนี้", "a receiving stamp lies on this value");
            found.push(bundle.doubt(index, &OVER_VALUE, pointer, message));
        }
        let told: Vec<(u32, u32)> = record.evidence.values().map(|evidence| (evidence.page, evidence.line)).collect();
        let lines = bundle.letters.get(index).into_iter().flat_map(|letter| &letter.lines);
        let words = |line: &Line| line.text.chars().filter(|char| char.is_alphabetic()).count() >= WORDS;
        let lost = lines
            .filter(|(zone, line)| *zone == Zone::Head && line.role.is_text() && words(line) && !told.contains(&(line.page, line.number)));
        for (_, line) in lost.filter(|(_, line)| line.rect.is_some_and(|rect| is_under_stamp(&rect, line.page, bundle))) {
            let message = (format!("ตรารับหนังสือทับ “{}”", line.text), format!("a receiving stamp lies on “{}”", line.text));
            found.push(bundle.remark(index, &OVER_TEXT, message));
        }
    }
    found
}

fn is_overlaid(evidence: &Evidence, bundle: &Bundle) -> bool {
    evidence.boxes.iter().any(|value| is_under_stamp(value, evidence.page, bundle))
}

fn is_under_stamp(rect: &Rect, page: u32, bundle: &Bundle) -> bool {
    bundle.pages.iter().filter(|of| of.page == page).flat_map(|page| &page.stamps).any(|stamp| reaches_into(stamp, rect))
}

fn reaches_into(stamp: &Rect, value: &Rect) -> bool {
    let shared = stamp.intersection(value);
    !shared.is_empty() && shared.width().min(shared.height()) as f32 > DEEP * value.height() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_beside_a_value_is_not_on_it() {
        let value = Rect::new(100, 100, 500, 140);
        assert!(reaches_into(&Rect::new(480, 20, 800, 300), &value));
        assert!(!reaches_into(&Rect::new(495, 20, 800, 300), &value));
        assert!(!reaches_into(&Rect::new(300, 20, 800, 106), &value));
    }
}
