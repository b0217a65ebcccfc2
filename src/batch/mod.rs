//! Many sources: who reads what when, and how nothing is lost.
//!
//! ```text
//! inputs ─▶ schedule ─▶ reader ⇄ worker ─▶ bundle ─▶ order ─▶ folder (records, pages, failures; then journal)
//! walk      threads     children  native    records   input    append, flush, tell
//! ```
//!
//! The parent walks, schedules, assembles, orders and writes; native code runs in workers. What is done is in the journal, so a run that was
//! stopped, by whomever, goes on where it was, and its output is the same bytes as if it had never been stopped.

mod archive;
pub mod budget;
mod bundle;
mod child;
pub mod content;
mod faults;
mod folder;
mod here;
pub mod inputs;
mod interrupt;
mod journal;
pub mod merge;
mod order;
pub mod progress;
mod protocol;
mod reader;
mod resume;
mod run;
mod schedule;
mod sink;
mod source;
pub mod status;
pub mod summary;
pub mod worker;
mod writer;

pub use interrupt::Interrupt;
pub use reader::Isolation;
pub use run::{Batch, Report, Stop, Target};
