//! How long and how large reading may get before it is given up.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Limits that keep one bad page from costing the night. None of them changes what is read of a page that stays below.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Budget {
    /// Wall-clock time for one page.
    pub page: Duration,
    /// Time for all pages of one file, added over the workers.
    pub document: Duration,
    /// A worker that used no processor time for this long hangs.
    pub stall: Duration,
    /// Address space of a worker, in MiB; 0 sets no limit.
    pub memory: u64,
    /// A worker is replaced after this many pages, so that leaks of native code stay small.
    pub pages_per_worker: u32,
    /// Most pages in one request to a worker.
    pub pages_per_request: u32,
}

impl Default for Budget {
    fn default() -> Self {
        Budget {
            page: Duration::from_secs(120),
            document: Duration::from_secs(6 * 3600),
            stall: Duration::from_secs(60),
            memory: 4096,
            pages_per_worker: 500,
            pages_per_request: 4,
        }
    }
}
