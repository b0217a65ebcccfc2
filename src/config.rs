//! All that can change a result. Two runs with the same fingerprint give the same bytes.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::document::text::Engine;

/// Settings of a run that change what comes out. Jobs, paths and progress do not belong here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Config {
    pub engine: Engine,
    /// Read every page a second time with the other engine and compare digits.
    pub second_reader: bool,
    /// Pages larger than this many pixels are refused, not shrunk.
    pub max_pixels: u64,
    /// Files with more pages than this are refused.
    pub max_pages: u32,
    /// Name and checksum of the reader's model; empty when no page image is read.
    pub model: String,
}

impl Default for Config {
    fn default() -> Self {
        Config { engine: Engine::Network, second_reader: false, max_pixels: 200_000_000, max_pages: 10_000, model: String::new() }
    }
}

impl Config {
    /// sha-256 (first 16 hexadecimal digits) of version, rules (the stages' source, see `build.rs`) and settings.
    pub fn fingerprint(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(env!("CARGO_PKG_VERSION"));
        hasher.update(env!("SARABAN_RULES"));
        hasher.update(serde_json::to_vec(self).unwrap_or_default());
        hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}
