//! `--format ndjson`: one record per line, as in `records.ndjson`.

use super::format::Format;

pub const FORMAT: Format = Format {
    name: "ndjson",
    about: "One record per line",
    start: "",
    line: |text, record, _| {
        text.extend_from_slice(record);
        text.push(b'\n');
    },
    finish: |_| "",
};
