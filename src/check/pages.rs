//! Pages that could not be read, and doubts about whole pages.

use crate::document::Code;

use super::Check;
use super::finding::{Bundle, Finding};

pub const CHECK: Check = Check { id: "pages", codes: &[&FAILED, &DOUBT], run: check };

const FAILED: Code = Code::error(
    "page.failed",
    "A page of the file could not be read; the message says why. Read it on paper: a letter, or a part of this one, may be missing.",
);

const DOUBT: Code = Code::info(
    "page.doubt",
    "Something about a whole page is odd; the message says what. Nothing to do unless values of that page look wrong.",
);

fn check(bundle: &Bundle) -> Vec<Finding> {
    let failed = bundle.failures.iter().filter_map(|failure| {
        let record = holder(bundle, failure.page)?;
        let (page, why) = (failure.page, &failure.message);
        let message = (format!("อ่านหน้า {page} ไม่ได้: {why}"), format!("page {page} could not be read: {why}"));
        Some(bundle.remark(record, &FAILED, message))
    });
    let doubted = bundle.pages.iter().flat_map(|page| {
        page.doubts.iter().filter_map(|doubt| {
            let record = holder(bundle, page.page)?;
            let number = page.page;
            Some(bundle.remark(record, &DOUBT, (format!("หน้า {number}: {doubt}"), format!("page {number}: {doubt}"))))
        })
    });
    failed.chain(doubted).collect()
}

/// The record that a page is part of, or that stands before it.
fn holder(bundle: &Bundle, page: u32) -> Option<usize> {
    let own = bundle.records.iter().position(|record| record.source.pages.contains(&page));
    let before = || bundle.records.iter().rposition(|record| record.source.pages.last().is_some_and(|last| *last < page));
    own.or_else(before).or((!bundle.records.is_empty()).then_some(0))
}
