//! Found against true: how often is a field wrong, and how often without anyone being told.
//!
//! ```text
//! truth ─▶ align ─▶ judge ─▶ score ─▶ report
//! samples   letters   values   rates    Markdown, HTML
//! ```

mod align;
pub mod calibrate;
pub mod html;
mod judge;
mod odds;
pub mod page;
mod picture;
pub mod predicted;
mod reasons;
pub mod report;
mod score;
pub mod statement;
pub mod truth;

pub use align::Pairing;
pub use judge::{Judged, Verdict, judge};
pub use score::{Run, Scores, Share, TARGET, score};
