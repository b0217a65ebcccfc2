//! Records in, doubts added: values that contradict themselves, the form, or each other. Never changes a value.
//!
//! One file per check and one line in [`CHECKS`]. A check that finds nothing says nothing; what it finds decides `review`.

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

use crate::document::letter::{Letter, ReadPage};
use crate::document::record::{Record, Review, Severity};
use crate::document::source::PageFailure;

pub use calibration::Calibration;
pub use finding::{Bundle, Finding};

/// One question that is put to every bundle.
pub struct Check {
    /// Stable name; the codes of its issues are listed in its file.
    pub id: &'static str,
    pub run: fn(&Bundle) -> Vec<Finding>,
}

/// Every check there is, in the order in which their issues appear.
pub const CHECKS: &[Check] = &[
    Check { id: "pages", run: pages::check },
    Check { id: "kind", run: kind::check },
    Check { id: "required", run: required::check },
    Check { id: "agency", run: agency::check },
    Check { id: "address", run: address::check },
    Check { id: "dates", run: dates::check },
    Check { id: "weekday", run: weekday::check },
    Check { id: "name", run: name::check },
    Check { id: "authority", run: authority::check },
    Check { id: "overlaid", run: overlaid::check },
    Check { id: "closing", run: closing::check },
    Check { id: "spelling", run: spelling::check },
    Check { id: "attachments", run: attachments::check },
    Check { id: "citation", run: citation::check },
    Check { id: "duplicate", run: duplicate::check },
    Check { id: "confidence", run: confidence::check },
    Check { id: "second_reading", run: second_reading::check },
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
