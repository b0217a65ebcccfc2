//! Results out, one file per format. Lines only: where they go and when they are flushed is the batch's business.

use serde::Serialize;

pub mod failures;
pub mod format;
mod json;
mod ndjson;
pub mod pages;
pub mod records;

pub use format::Format;

/// Every form that records may take on standard output; the first is taken unless another is asked for.
pub static FORMATS: &[Format] = &[ndjson::FORMAT, json::FORMAT];

/// Appends one value as a line of JSON. Plain data with string keys always has a JSON form.
fn append(lines: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(&mut *lines, value).expect("plain data with string keys");
    lines.push(b'\n');
}
