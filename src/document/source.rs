//! Where pages come from.

use serde::{Deserialize, Serialize};

/// One input file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// As given, relative to the input root, "/" separators.
    pub path: String,
    /// Lower-case hexadecimal.
    pub sha256: String,
    pub page_count: u32,
}

/// A page that could not be read: what a record and `failures.ndjson` say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageFailure {
    /// 1-based number in the file.
    pub page: u32,
    /// Stage that failed, e.g. `ingest`.
    pub stage: String,
    /// Stable code, e.g. `pdf.password_required`.
    pub code: String,
    pub message: String,
}
