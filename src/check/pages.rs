//! Pages that could not be read, and pages of damaged files.

use crate::document::Code;
use crate::document::text::Damage;

use super::Check;
use super::finding::{Bundle, Finding};

pub const CHECK: Check = Check { id: "pages", codes: &[&FAILED, &CUT_OFF], run: check };

const FAILED: Code = Code::error(
    "page.failed",
    "A page of the file could not be read; the message says why. Read it on paper: a letter, or a part of this one, may be missing.",
);

const CUT_OFF: Code = Code::warning(
    "page.cut_off",
    "The file of a page is damaged, and a part of the page, or pages behind it, may be missing; the message says which. Look at the paper, and scan it again.",
);

fn check(bundle: &Bundle) -> Vec<Finding> {
    let failed = bundle.failures.iter().filter_map(|failure| {
        let record = holder(bundle, failure.page)?;
        let (page, why) = (failure.page, &failure.message);
        let message = (format!("อ่านหน้า {page} ไม่ได้: {why}"), format!("page {page} could not be read: {why}"));
        Some(bundle.remark(record, &FAILED, message))
    });
    let damaged = bundle.pages.iter().flat_map(|page| {
        page.damage.iter().filter_map(|damage| {
            let record = holder(bundle, page.page)?;
            let (number, (thai, english)) = (page.page, words(*damage));
            Some(bundle.remark(record, &CUT_OFF, (format!("หน้า {number}: {thai}"), format!("page {number}: {english}"))))
        })
    });
    failed.chain(damaged).collect()
}

fn words(damage: Damage) -> (&'static str, &'static str) {
    match damage {
        Damage::PictureCutOff => {
            ("ภาพไม่ครบ ส่วนล่างของหน้าอาจขาดหาย", "the picture ends early, and the lower part of the page may be missing")
        }
        Damage::FaxRows => ("บางแถวของภาพโทรสารเสียหายหรือขาดหาย", "rows of the fax are damaged or missing"),
        Damage::FileCutOff => ("แฟ้มไม่ครบ หน้าถัดไปอาจขาดหาย", "the file ends early, and later pages may be missing"),
    }
}

/// The record that a page is part of, or that stands before it.
fn holder(bundle: &Bundle, page: u32) -> Option<usize> {
    let own = bundle.records.iter().position(|record| record.source.pages.contains(&page));
    let before = || bundle.records.iter().rposition(|record| record.source.pages.last().is_some_and(|last| *last < page));
    own.or_else(before).or((!bundle.records.is_empty()).then_some(0))
}
