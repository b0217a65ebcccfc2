//! What is done, one line per input, in input order. A line is written only after the lines it speaks of are on disk, so everything before
//! the journal's last whole line is true, and everything after it in the other files is cut off and done again.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use super::bundle::{Counts, Verdict};
use super::content::FileMarks;

pub const FORMAT: &str = "saraban.journal/1";

/// First line of a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    pub journal: String,
    /// Offsets at which the three data files start: not 0 where they are the tail of others that went on differently.
    pub base: Spans,
}

/// Ends of the three data files after an input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spans {
    pub records: u64,
    pub pages: u64,
    pub failures: u64,
}

/// One input that is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Place among the inputs, from 0.
    pub number: u64,
    pub path: String,
    /// Earlier journals call them `stamp`.
    #[serde(alias = "stamp")]
    pub marks: Option<FileMarks>,
    pub sha256: Option<String>,
    pub fingerprint: String,
    pub verdict: Verdict,
    /// Where its lines start in the three data files.
    pub from: Spans,
    /// Where they end.
    pub to: Spans,
    pub counts: Counts,
    /// `stage/code` of each failure, or of why it is foreign.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
}

impl Entry {
    pub fn line(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(self).expect("plain data with string keys");
        line.push(b'\n');
        line
    }

    /// Earlier journals call both kinds of skipped inputs `skipped`; of the two, only a foreign one has a cause.
    fn parse(line: &[u8]) -> serde_json::Result<Entry> {
        let mut entry: Entry = serde_json::from_slice(line)?;
        if entry.verdict == Verdict::OtherShard && !entry.causes.is_empty() {
            entry.verdict = Verdict::Foreign;
        }
        Ok(entry)
    }

    /// Whether it, or a page of it, could not be read.
    pub fn has_failures(&self) -> bool {
        !self.verdict.is_skipped() && !self.causes.is_empty()
    }
}

/// The whole lines of a journal, in order, with the offset of each. Ends quietly at a torn line.
pub struct Entries {
    file: BufReader<File>,
    /// Offset after the last whole line.
    pub end: u64,
}

impl Entries {
    /// Starts at an offset that stands at the beginning of a line.
    pub fn starting_at(mut file: File, offset: u64) -> std::io::Result<Entries> {
        file.seek(SeekFrom::Start(offset))?;
        Ok(Entries { file: BufReader::with_capacity(1 << 16, file), end: offset })
    }

    /// The header, if the journal has got that far.
    pub fn header(&mut self) -> Option<Header> {
        self.line(|line| serde_json::from_slice(line))
    }

    fn line<T>(&mut self, parse: impl Fn(&[u8]) -> serde_json::Result<T>) -> Option<T> {
        let mut line = Vec::new();
        self.file.read_until(b'\n', &mut line).ok()?;
        if !line.ends_with(b"\n") {
            return None;
        }
        let value = parse(&line).ok()?;
        self.end += line.len() as u64;
        Some(value)
    }
}

impl Iterator for Entries {
    type Item = (u64, Entry);

    fn next(&mut self) -> Option<(u64, Entry)> {
        let offset = self.end;
        self.line(Entry::parse).map(|entry| (offset, entry))
    }
}

/// The entry at an offset of a journal.
pub fn entry_at(journal: &File, offset: u64) -> std::io::Result<Entry> {
    let mut at = At { file: journal, offset };
    let mut line = Vec::new();
    BufReader::with_capacity(1024, at.by_ref()).read_until(b'\n', &mut line)?;
    Ok(Entry::parse(&line)?)
}

/// Reads on from an offset without moving the file's own position.
struct At<'a> {
    file: &'a File,
    offset: u64,
}

impl Read for At<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = std::os::unix::fs::FileExt::read_at(self.file, buffer, self.offset)?;
        self.offset += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn entry(number: u64) -> Entry {
        Entry {
            number,
            path: format!("{number}.txt"),
            marks: None,
            sha256: None,
            fingerprint: "f".into(),
            verdict: Verdict::Recorded,
            from: Spans::default(),
            to: Spans { records: 10, pages: 20, failures: 0 },
            counts: Counts::default(),
            causes: Vec::new(),
        }
    }

    #[test]
    fn a_torn_last_line_is_not_there() {
        let mut file = tempfile::tempfile().unwrap();
        let whole = [entry(0).line(), entry(1).line()].concat();
        file.write_all(&whole).unwrap();
        file.write_all(&entry(2).line()[..30]).unwrap();
        let mut entries = Entries::starting_at(file.try_clone().unwrap(), 0).unwrap();
        let read: Vec<_> = entries.by_ref().collect();
        assert_eq!(read.iter().map(|(_, entry)| entry.number).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(entries.end, whole.len() as u64);
        assert_eq!(entry_at(&file, read[1].0).unwrap(), entry(1));
    }

    #[test]
    fn earlier_journals_are_understood() {
        let marks = Some(FileMarks { size: 1, modified: (2, 3), changed: (4, 5) });
        for (verdict, causes) in [(Verdict::OtherShard, Vec::new()), (Verdict::Foreign, vec!["ingest/file.unsupported".to_owned()])] {
            let entry = Entry { verdict, causes, marks, ..entry(0) };
            let line = serde_json::to_string(&entry).unwrap();
            let earlier = line.replace("other_shard", "skipped").replace("foreign", "skipped").replace("\"marks\"", "\"stamp\"");
            assert!(earlier.contains("\"skipped\"") && earlier.contains("\"stamp\""), "{earlier}");
            assert_eq!(Entry::parse(line.as_bytes()).unwrap(), entry);
            assert_eq!(Entry::parse(earlier.as_bytes()).unwrap(), entry);
        }
    }
}
