//! What a file is, for the journal: its checksum, and the marks by which one sees without reading it that it is still the same.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Size and times of a file. Where all are as they were, its content is taken to be as it was (`--rehash` does not).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileMarks {
    pub size: u64,
    /// Seconds and nanoseconds of the last change of content.
    pub modified: (i64, i64),
    /// The same of content or attributes: also moves when a file is replaced by an older one.
    pub changed: (i64, i64),
}

impl FileMarks {
    /// An error also for what is no file: reading from a pipe or a device could wait for ever.
    pub fn of(file: &Path) -> io::Result<FileMarks> {
        let data = fs::metadata(file)?;
        if !data.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        Ok(FileMarks { size: data.len(), modified: (data.mtime(), data.mtime_nsec()), changed: (data.ctime(), data.ctime_nsec()) })
    }
}

/// sha-256 of a file, lower-case hexadecimal.
pub fn sha256(file: &Path) -> io::Result<String> {
    let mut file = File::open(file)?;
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        match file.read(&mut chunk)? {
            0 => break,
            read => hasher.update(&chunk[..read]),
        }
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The first half of a checksum: enough to find a file among a batch, half the memory.
pub fn key(sha256: &str) -> u128 {
    sha256.get(..32).and_then(|half| u128::from_str_radix(half, 16).ok()).unwrap_or_default()
}

/// One part of a batch that several machines share, `index` of `count`, from 1. Any machine can tell alone whose a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    pub index: u32,
    pub count: u32,
}

impl Shard {
    pub const WHOLE: Shard = Shard { index: 1, count: 1 };

    /// Whether a file with this content belongs to the shard.
    pub fn takes(&self, sha256: &str) -> bool {
        key(sha256) % u128::from(self.count.max(1)) == u128::from(self.index.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_is_that_of_the_standard() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("abc");
        fs::write(&file, "abc").unwrap();
        let sum = sha256(&file).unwrap();
        assert_eq!(sum, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(key(&sum), 0xba7816bf8f01cfea414140de5dae2223);
        let marks = FileMarks::of(&file).unwrap();
        fs::write(&file, "abcd").unwrap();
        assert_ne!(FileMarks::of(&file).unwrap(), marks);
    }

    #[test]
    fn every_file_belongs_to_one_shard() {
        for first in 0..=255u8 {
            let sum = format!("{:064x}", u128::from(first) * 0x1234567);
            let sum = format!("{}{}", &sum[32..], &sum[..32]);
            let owners = (1..=3).filter(|index| Shard { index: *index, count: 3 }.takes(&sum)).count();
            assert_eq!(owners, 1, "{sum}");
        }
        assert!(Shard::WHOLE.takes("00"));
    }
}
