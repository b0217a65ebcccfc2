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
    /// Begins the checksum of the model's calibration; empty where confidences stay raw.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub calibration: String,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            engine: Engine::Network,
            second_reader: false,
            max_pixels: 200_000_000,
            max_pages: 10_000,
            model: String::new(),
            calibration: String::new(),
        }
    }
}

impl Config {
    /// Sixteen hexadecimal digits in two halves: what makes text of a scan (settings, model, and the stages that read), and what makes
    /// records of text (version, calibration, and the stages that assemble; see `build.rs` for what of the source counts).
    pub fn fingerprint(&self) -> String {
        let read_by = Config { calibration: String::new(), ..self.clone() };
        let reading = short(&[env!("SARABAN_READING").as_bytes(), &serde_json::to_vec(&read_by).unwrap_or_default()]);
        let assembling = [env!("SARABAN_ASSEMBLING").as_bytes(), env!("CARGO_PKG_VERSION").as_bytes(), self.calibration.as_bytes()];
        let assembling = short(&assembling);
        format!("{reading}-{assembling}")
    }

    /// The half of a fingerprint that speaks of reading.
    pub fn reading_half(fingerprint: &str) -> &str {
        fingerprint.split('-').next().unwrap_or_default()
    }
}

fn short(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_changes_what_is_read_and_not_how_it_is_assembled() {
        let (one, other) = (Config::default().fingerprint(), Config { max_pages: 1, ..Config::default() }.fingerprint());
        assert_ne!(Config::reading_half(&one), Config::reading_half(&other));
        assert_eq!(one.split('-').next_back(), other.split('-').next_back());
        let measured = Config { calibration: "0badcafe".to_owned(), ..Config::default() }.fingerprint();
        assert_eq!(Config::reading_half(&one), Config::reading_half(&measured));
        assert_ne!(one, measured);
    }
}
