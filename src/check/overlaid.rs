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

/// Values that are looked at elsewhere.
const APART: [&str; 2] = ["/receipts", "/body"];

fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, record) in bundle.records.iter().enumerate() {
        let values = record.evidence.iter().filter(|(pointer, _)| APART.iter().all(|apart| !pointer.starts_with(apart)));
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
    // A level in a box of its own fills it.
    let fills = 2 * shared.width() * shared.height() > stamp.width() * stamp.height();
    !shared.is_empty() && !fills && shared.width().min(shared.height()) as f32 > DEEP * value.height() as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Calibration;
    use crate::document::letter::{Letter, ReadPage};
    use crate::document::record::{Kind, Record, RecordSource, Signs};

    fn value(line: u32, rect: Rect) -> Evidence {
        Evidence {
            page: 1,
            boxes: vec![rect],
            line,
            raw: String::new(),
            confidence: 1.0,
            rule: "test".to_owned(),
            alternatives: Vec::new(),
            signs: Signs::default(),
        }
    }

    fn line(number: u32, text: &str, rect: Rect) -> Line {
        Line { number, text: text.to_owned(), rect: Some(rect), ..Line::blank() }
    }

    /// Codes and pointers that a stamp in the upper right of `page` raises: it lies on line 2 and 3 of page 1, not on line 1.
    fn told(page: u32, values: &[(&str, Evidence)], lines: Vec<(Zone, Line)>) -> Vec<(String, Option<String>)> {
        let source = RecordSource { path: String::new(), sha256: String::new(), page_count: 2, pages: vec![1, 2], index: 1, count: 1 };
        let mut record = Record::empty(source, Kind::ExternalLetter);
        record.evidence.extend(values.iter().map(|(pointer, evidence)| ((*pointer).to_owned(), evidence.clone())));
        let letter = Letter { kind: Kind::ExternalLetter, kind_confidence: 1.0, kind_rule: "", pages: vec![1, 2], lines, part_of: None };
        let page = ReadPage { stamps: vec![Rect::new(400, 180, 900, 400)], ..ReadPage::empty(page) };
        let (records, letters, pages) = ([record], [letter], [page]);
        let bundle = Bundle { records: &records, letters: &letters, pages: &pages, failures: &[], calibration: &Calibration::default() };
        check(&bundle).into_iter().map(|found| (found.issue.code, found.issue.field)).collect()
    }

    const BESIDE: Rect = Rect { left: 100, top: 100, right: 700, bottom: 140 };
    const UNDER: Rect = Rect { left: 100, top: 200, right: 700, bottom: 240 };
    const ALSO_UNDER: Rect = Rect { left: 100, top: 300, right: 700, bottom: 340 };

    #[test]
    fn values_under_a_stamp_are_told() {
        let values = [
            ("/number", value(1, BESIDE)),
            ("/date", value(2, UNDER)),
            ("/body/0", value(3, ALSO_UNDER)),
            ("/receipts/0/number", value(4, ALSO_UNDER)),
        ];
        assert_eq!(told(1, &values, Vec::new()), [("stamp.over_value".to_owned(), Some("/date".to_owned()))]);
        assert_eq!(told(2, &values, Vec::new()), [], "a stamp on another page");
    }

    #[test]
    fn a_line_of_the_head_under_a_stamp_that_gave_no_value_is_told() {
        let lines = || {
            vec![
                (Zone::Head, line(1, "สำนักงานตัวอย่าง", BESIDE)),
                (Zone::Head, line(2, "๑ ตุลาคม ๒๕๖๗", UNDER)),
                (Zone::Head, line(3, "๑๒", ALSO_UNDER)),
                (Zone::Body, line(4, "ด้วยสำนักงานตัวอย่าง", ALSO_UNDER)),
            ]
        };
        assert_eq!(told(1, &[], lines()), [("stamp.over_text".to_owned(), None)]);
        let taken = [("/date", value(2, UNDER))];
        assert_eq!(told(1, &taken, lines()), [("stamp.over_value".to_owned(), Some("/date".to_owned()))], "the line gave a value");
        assert_eq!(told(2, &[], lines()), [], "a stamp on another page");
    }

    #[test]
    fn a_stamp_beside_a_value_is_not_on_it() {
        let value = Rect::new(100, 100, 500, 140);
        assert!(reaches_into(&Rect::new(480, 20, 800, 300), &value));
        assert!(!reaches_into(&Rect::new(495, 20, 800, 300), &value));
        assert!(!reaches_into(&Rect::new(300, 20, 800, 106), &value));
    }
}
