//! saraban (สารบรรณ) turns scanned Thai official letters into records people can rely on.
//!
//! ```text
//! files ─▶ ingest ▶ prepare ▶ layout ▶ recognize ─▶ normalize ▶ segment ▶ fields ▶ check ─▶ records
//!          pages    upright   lines    text          repairs     letters   values   contradictions
//! ```
//!
//! Two halves, because pages are independent and bundles are not: [`pipeline::PageReader::read_page`] takes one page from scan to text,
//! [`pipeline::Assembler::assemble`] takes one bundle from its pages to its records. The second half needs text alone:
//!
//! ```
//! use saraban::document::Source;
//! use saraban::ingest::transcript;
//! use saraban::pipeline::Assembler;
//!
//! let text = "ที่ ทส ๐๙๙๙/ว ๑๒\nสำนักงานตัวอย่าง\n๑ ตุลาคม ๒๕๖๗\nเรื่อง ขอเชิญประชุม\nเรียน ผู้อำนวยการสำนักตัวอย่าง\n";
//! let source = Source { path: "letter.txt".to_owned(), sha256: "0".repeat(64), page_count: 1 };
//! let pages: Vec<_> = transcript::pages(text).into_iter().map(Ok).collect();
//! let records = Assembler::new()?.assemble(&source, &pages);
//! let number = records[0].number.as_ref().map(|number| number.text.as_str());
//! println!("{}", number.unwrap_or("no number"));
//! assert_eq!(number, Some("ทส 0999/ว 12"));
//! # Ok::<(), saraban::Error>(())
//! ```
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
