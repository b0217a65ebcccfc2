//! `pages.ndjson`: one page per line, as the reader saw it, so that a value can be drawn on its page and a run replayed without its scans.

use serde::{Deserialize, Serialize};

use crate::document::{PageText, Source};

/// One line of `pages.ndjson`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageLine {
    pub source: Source,
    #[serde(flatten)]
    pub text: PageText,
    /// Wall-clock time from scan to text.
    pub milliseconds: u64,
}

/// Appends a page as a line.
pub fn append(lines: &mut Vec<u8>, page: &PageLine) {
    super::append(lines, page);
}

/// The pages of one file as lines, each ended by a line feed.
pub fn lines(pages: &[PageLine]) -> Vec<u8> {
    let mut lines = Vec::new();
    pages.iter().for_each(|page| append(&mut lines, page));
    lines
}
