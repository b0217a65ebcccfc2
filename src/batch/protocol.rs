//! What parent and worker say to each other: one JSON value per line, both ways over the worker's descriptor 0, a socket.
//!
//! Standard output and standard error of a worker are one pipe of remarks, so nothing that native code prints can end up between the lines.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::config::Config;
use crate::document::PageText;
use crate::error::{Error, Stage};

/// First line to a worker: what to read with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    pub config: Config,
    /// The model's folder; None for the one that is built in.
    pub model: Option<PathBuf>,
    /// Address space in MiB; 0 sets no limit.
    pub memory: u64,
    /// Read the test format whose pages crash, hang and lie, instead of scans.
    pub faults: bool,
}

/// A worker's answer to [`Setup`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hello {
    Ready {
        /// Name and checksum of the reader's model.
        model: String,
    },
    Refused(Fault),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Answered by one [`Reply::Pages`] or [`Reply::Failed`].
    Count { file: FileName },
    /// Answered by one [`Reply::Page`] or [`Reply::Failed`] per page, in order.
    Read { file: FileName, first: u32, last: u32 },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    Pages(u32),
    Page { text: PageText, milliseconds: u64 },
    Failed(Fault),
}

/// A path, also where its bytes are no UTF-8.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FileName {
    Text(String),
    Bytes(Vec<u8>),
}

impl From<&Path> for FileName {
    fn from(path: &Path) -> Self {
        match path.to_str() {
            Some(text) => FileName::Text(text.to_owned()),
            None => FileName::Bytes(path.as_os_str().as_encoded_bytes().to_vec()),
        }
    }
}

impl FileName {
    pub fn to_path(&self) -> PathBuf {
        use std::os::unix::ffi::OsStringExt;
        match self {
            FileName::Text(text) => PathBuf::from(text),
            FileName::Bytes(bytes) => PathBuf::from(std::ffi::OsString::from_vec(bytes.clone())),
        }
    }
}

/// A failure that crossed a process or was caused by one: an [`Error`] without its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    pub stage: String,
    /// Stable code, e.g. `worker.crashed`.
    pub code: String,
    /// *what: why; hint*
    pub message: String,
    /// Nothing of this kind can be read before someone changes the set-up: stops the run.
    pub fatal: bool,
}

impl Fault {
    pub fn new(stage: Stage, code: &str, message: impl Into<String>) -> Self {
        Fault { stage: stage.name().to_owned(), code: code.to_owned(), message: message.into(), fatal: stage == Stage::Configure }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let (stage, code) = (error.stage, error.code);
        Fault::new(stage, code, Error { place: String::new(), ..error }.to_string())
    }
}

/// The worker answered, and not what it was asked.
pub fn another_question() -> Fault {
    Fault::new(Stage::Batch, "worker.rubbish", "the worker answered another question; hint: report it")
}

/// Sends one line.
pub fn send(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    to.write_all(&line)?;
    to.flush()
}

/// The next line, or None where the other side has closed. `InvalidData` where the line is not what was agreed.
pub fn receive<T: DeserializeOwned>(from: &mut impl BufRead) -> io::Result<Option<T>> {
    let mut line = Vec::new();
    if from.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    serde_json::from_slice(&line).map(Some).map_err(|why| io::Error::new(io::ErrorKind::InvalidData, why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn messages_come_back_as_they_were_sent() {
        let setup = Setup { config: Config::default(), model: None, memory: 1, faults: true };
        let mut line = Vec::new();
        send(&mut line, &setup).unwrap();
        let mut from = line.as_slice();
        assert_eq!(receive::<Setup>(&mut from).unwrap(), Some(setup));
        assert_eq!(receive::<Setup>(&mut from).unwrap(), None);
        assert_eq!(receive::<Setup>(&mut b"rubbish\n".as_slice()).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn a_name_that_is_no_utf8_survives() {
        let path = Path::new(std::ffi::OsStr::from_bytes(b"in/\xe0\xb8.pdf"));
        let line = serde_json::to_vec(&FileName::from(path)).unwrap();
        assert_eq!(serde_json::from_slice::<FileName>(&line).unwrap().to_path(), path);
    }
}
