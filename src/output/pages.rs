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

/// The pages of one file as lines, each ended by a line feed.
pub fn lines(pages: &[PageLine]) -> Vec<u8> {
    let mut lines = Vec::new();
    for page in pages {
        super::append(&mut lines, page);
    }
    lines
}
