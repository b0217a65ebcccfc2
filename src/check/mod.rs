//! Records in, doubts added: values that contradict themselves, the form, or each other. Never changes a value.
//!
//! One file per check, with the codes that it raises, and one line in [`CHECKS`]. A check that finds nothing says nothing; what it finds decides `review`.

mod address;
mod agency;
mod attachments;
mod authority;
pub mod calibration;
mod citation;
mod closing;
mod confidence;
mod dates;
mod duplicate;
mod finding;
mod kind;
mod name;
mod overlaid;
mod pages;
pub mod queue;
mod required;
mod second_reading;
mod spelling;
pub mod threshold;
mod weekday;

use crate::document::Code;
use crate::document::letter::{Letter, ReadPage};
use crate::document::record::{Record, Review, Severity};
use crate::document::source::PageFailure;

pub use calibration::Calibration;
pub use confidence::LOW as LOW_CONFIDENCE;
pub use finding::{Bundle, Finding};

/// One question that is put to every bundle.
pub struct Check {
    pub id: &'static str,
    /// All that it can raise.
    pub codes: &'static [&'static Code],
    pub run: fn(&Bundle) -> Vec<Finding>,
}

/// Every check there is, in the order in which their issues appear.
pub const CHECKS: &[&Check] = &[
    &pages::CHECK,
    &kind::CHECK,
    &required::CHECK,
    &agency::CHECK,
    &address::CHECK,
    &dates::CHECK,
    &weekday::CHECK,
    &name::CHECK,
    &authority::CHECK,
    &overlaid::CHECK,
    &closing::CHECK,
    &spelling::CHECK,
    &attachments::CHECK,
    &citation::CHECK,
    &duplicate::CHECK,
    &confidence::CHECK,
    &second_reading::CHECK,
];

/// Calibrates every record of a bundle, checks it, alone and against the others, and decides `review`. `records` and `letters` go in step.
pub fn bundle(records: &mut [Record], letters: &[Letter], pages: &[ReadPage], failures: &[&PageFailure], calibration: &Calibration) {
    calibration.apply(records, letters, pages);
    let found: Vec<Finding> = {
        let bundle = Bundle { records, letters, pages, failures, calibration };
        CHECKS.iter().flat_map(|check| (check.run)(&bundle)).collect()
    };
    for Finding { record, issue } in found {
        if let Some(record) = records.get_mut(record)
            && !record.issues.iter().any(|known| known.code == issue.code && known.field == issue.field && known.message == issue.message)
        {
            record.issues.push(issue);
        }
    }
    for record in records {
        record.review = review(record);
    }
}

/// Nothing but remarks: a clerk need not look.
fn review(record: &Record) -> Review {
    if record.issues.iter().any(|issue| issue.severity >= Severity::Warning) { Review::Needed } else { Review::Auto }
}
