//! `--format json`: the records as one array.

use super::format::Format;

pub const FORMAT: Format = Format {
    name: "json",
    about: "One array of records",
    start: "[",
    line: |text, record, before| {
        text.extend_from_slice(if before == 0 { b"\n" } else { b",\n" });
        text.extend_from_slice(record);
    },
    finish: |records| if records == 0 { "]\n" } else { "\n]\n" },
};

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::format::Formatter;
    use super::*;

    #[test]
    fn an_array_of_lines_is_json() {
        let mut array = Formatter::new(&FORMAT);
        let mut text = array.push(b"{\"a\":1}\n{\"a\":2}\n");
        text.extend(array.finish());
        assert_eq!(serde_json::from_slice::<Value>(&text).unwrap(), json!([{"a": 1}, {"a": 2}]));
        assert_eq!(Formatter::new(&FORMAT).finish(), b"[]\n");
    }
}
