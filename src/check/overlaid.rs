//! A receiving stamp lies on a value: where its border meets a letter, the letter may be lost without a trace. Code: `stamp.over_value`.

use crate::document::Rect;
use crate::document::record::{Evidence, Severity};

use super::finding::{Bundle, Finding};

/// Share of a value's height that a stamp must reach into it: the boxes of tilted stamps are larger than the stamps.
const DEEP: f32 = 0.3;

pub fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, record) in bundle.records.iter().enumerate() {
        let values = record.evidence.iter().filter(|(pointer, _)| !pointer.starts_with("/receipts") && !pointer.starts_with("/body"));
        for (pointer, _) in values.filter(|(_, evidence)| is_overlaid(evidence, bundle)) {
            let (thai, english) = ("ตรารับหนังสือทับข้อความนี้", "a receiving stamp lies on this value");
            found.push(Finding::new(index, "stamp.over_value", Severity::Warning, thai, english).about(bundle.records, pointer.clone()));
        }
    }
    found
}

fn is_overlaid(evidence: &Evidence, bundle: &Bundle) -> bool {
    let stamps = bundle.pages.iter().filter(|page| page.page == evidence.page).flat_map(|page| &page.stamps);
    stamps.into_iter().any(|stamp| evidence.boxes.iter().any(|value| reaches_into(stamp, value)))
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
