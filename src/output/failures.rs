//! `failures.ndjson`: one line per input, or page of an input, that could not be read.

use serde::{Deserialize, Serialize};

/// One line of `failures.ndjson`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Relative to the input root, "/" separators.
    pub path: String,
    /// Null where the file could not even be read as bytes.
    pub sha256: Option<String>,
    /// Stage that failed, e.g. `ingest`.
    pub stage: String,
    /// 1-based; null when the whole file failed.
    pub page: Option<u32>,
    /// Stable code, e.g. `pdf.password_required`.
    pub code: String,
    /// *what: why; hint*
    pub message: String,
    /// How often it was tried.
    pub attempts: u32,
}

/// The failures of one file as lines, each ended by a line feed.
pub fn lines(failures: &[Failure]) -> Vec<u8> {
    let mut lines = Vec::new();
    for failure in failures {
        super::append(&mut lines, failure);
    }
    lines
}
