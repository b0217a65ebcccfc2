//! `records.ndjson`: one record per line.

use crate::document::Record;

/// The records of one file as lines, each ended by a line feed.
pub fn lines(records: &[Record]) -> Vec<u8> {
    let mut lines = Vec::new();
    for record in records {
        super::append(&mut lines, record);
    }
    lines
}
