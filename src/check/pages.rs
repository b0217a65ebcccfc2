//! Pages that could not be read, and doubts about whole pages. Codes: `page.failed`, `page.doubt`.

use crate::document::record::Severity;

use super::finding::{Bundle, Finding};

pub fn check(bundle: &Bundle) -> Vec<Finding> {
    let failed = bundle.failures.iter().filter_map(|failure| {
        let record = holder(bundle, failure.page)?;
        let (page, why) = (failure.page, &failure.message);
        let (thai, english) = (format!("อ่านหน้า {page} ไม่ได้: {why}"), format!("page {page} could not be read: {why}"));
        Some(Finding::new(record, "page.failed", Severity::Error, thai, english))
    });
    let doubted = bundle.pages.iter().flat_map(|page| {
        page.doubts.iter().filter_map(|doubt| {
            let record = holder(bundle, page.page)?;
            let number = page.page;
            Some(Finding::new(record, "page.doubt", Severity::Info, format!("หน้า {number}: {doubt}"), format!("page {number}: {doubt}")))
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
