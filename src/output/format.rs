//! Forms of the records on standard output.

/// One form: a file of `src/output/`, and a line in [`FORMATS`](super::FORMATS).
#[derive(Debug)]
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    pub about: &'static str,
    /// Text before the first record.
    pub start: &'static str,
    /// Appends a record, given as its line of `records.ndjson` without the line feed. Also gets how many came before.
    pub line: fn(&mut Vec<u8>, &[u8], u64),
    /// Text after the last record, of so many.
    pub finish: fn(u64) -> &'static str,
}

/// Records on their way into a form, a few at a time.
#[derive(Debug)]
pub struct Formatter {
    format: &'static Format,
    started: bool,
    written: u64,
}

impl Formatter {
    pub fn new(format: &'static Format) -> Formatter {
        Formatter { format, started: false, written: 0 }
    }

    /// The text that goes on with these lines of `records.ndjson`.
    pub fn push(&mut self, lines: &[u8]) -> Vec<u8> {
        let mut text = self.start();
        for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            (self.format.line)(&mut text, line, self.written);
            self.written += 1;
        }
        text
    }

    /// The text that ends it.
    pub fn finish(&mut self) -> Vec<u8> {
        let mut text = self.start();
        text.extend_from_slice((self.format.finish)(self.written).as_bytes());
        text
    }

    fn start(&mut self) -> Vec<u8> {
        let first = !std::mem::replace(&mut self.started, true);
        if first { self.format.start.as_bytes().to_vec() } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::FORMATS;
    use super::*;

    /// The text of some lines, pushed in portions.
    fn text(format: &'static Format, portions: &[&[u8]]) -> String {
        let mut formatter = Formatter::new(format);
        let mut text: Vec<u8> = portions.iter().flat_map(|lines| formatter.push(lines)).collect();
        text.extend(formatter.finish());
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn every_format_has_its_own_name_and_ends_its_text_with_a_line() {
        for (at, format) in FORMATS.iter().enumerate() {
            assert!(FORMATS[..at].iter().all(|other| other.name != format.name), "{}", format.name);
            assert!(text(format, &[b"{\"a\":1}\n"]).ends_with('\n'), "{}", format.name);
        }
    }

    #[test]
    fn portions_do_not_show() {
        for format in FORMATS {
            let lines: [&[u8]; 3] = [b"{\"a\":1}\n{\"a\":2}\n", b"", b"{\"a\":3}\n"];
            assert_eq!(text(format, &lines), text(format, &[&lines.concat()]), "{}", format.name);
        }
    }
}
