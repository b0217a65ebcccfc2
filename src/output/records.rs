//! `records.ndjson`: one record per line. The same records as one JSON array for `--format json`.

use crate::document::Record;

/// The records of one file as lines, each ended by a line feed.
pub fn lines(records: &[Record]) -> Vec<u8> {
    let mut lines = Vec::new();
    for record in records {
        super::append(&mut lines, record);
    }
    lines
}

/// Turns lines of records into the elements of a JSON array, a few at a time: `[` first, `]` last.
#[derive(Debug, Default)]
pub struct Array {
    started: bool,
}

impl Array {
    /// The text that continues the array with these lines.
    pub fn push(&mut self, lines: &[u8]) -> Vec<u8> {
        let mut text = Vec::with_capacity(lines.len() + 2);
        for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            text.extend_from_slice(if self.started { b",\n" } else { b"[\n" });
            text.extend_from_slice(line);
            self.started = true;
        }
        text
    }

    /// The text that closes it.
    pub fn finish(self) -> &'static [u8] {
        if self.started { b"\n]\n" } else { b"[]\n" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_of_lines_is_json() {
        let mut array = Array::default();
        let mut text = array.push(b"{\"a\":1}\n{\"a\":2}\n");
        text.extend(array.push(b""));
        text.extend(array.push(b"{\"a\":3}\n"));
        text.extend(array.finish());
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&text).unwrap(), serde_json::json!([{"a": 1}, {"a": 2}, {"a": 3}]));
        assert_eq!(Array::default().finish(), b"[]\n");
    }
}
