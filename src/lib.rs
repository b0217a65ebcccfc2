//! saraban (สารบรรณ) turns scanned Thai official letters into records people can rely on.
//!
//! ```text
//! files ─▶ ingest ▶ prepare ▶ layout ▶ recognize ─▶ normalize ▶ segment ▶ fields ▶ check ─▶ records
//!          pages    upright   lines    text          repairs     letters   values   contradictions
//! ```
//!
//! Two halves, because pages are independent and bundles are not: [`pipeline::PageReader::read_page`] takes one page from scan to text,
//! [`pipeline::Assembler::assemble`] takes one bundle from its pages to its records.
#![deny(unsafe_code)]

pub mod batch;
pub mod check;
pub mod cli;
pub mod config;
pub mod document;
pub mod error;
pub mod eval;
pub mod fields;
pub mod ingest;
pub mod layout;
pub mod normalize;
pub mod output;
pub mod pipeline;
pub mod prepare;
pub mod recognize;
pub mod segment;
pub mod thai;

pub use error::Error;
