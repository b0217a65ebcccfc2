//! Where results go: an output folder that a run can go on from, or a stream that is written once.

use std::io::{self, ErrorKind, Write};

use crate::error::{Error, Stage};
use crate::output::records::Array;

use super::archive::Archives;
use super::bundle::Lines;
use super::folder::Folder;
use super::journal::Entry;
use super::run::Target;

pub enum Sink {
    Folder(Box<Folder>),
    Stream(Stream),
}

/// Records only, in order.
pub struct Stream {
    to: Box<dyn Write + Send>,
    array: Option<Array>,
    /// The reader has seen enough (`| head`): a success.
    closed: bool,
}

impl Sink {
    pub fn open(target: Target) -> Result<Sink, Error> {
        match target {
            Target::Folder(path) => Ok(Sink::Folder(Box::new(Folder::open(&path)?))),
            Target::Stream { to, array } => Ok(Sink::Stream(Stream { to, array: array.then(Array::default), closed: false })),
        }
    }

    /// What earlier runs left there that this one went past.
    pub fn archives(&self) -> Result<Archives, Error> {
        match self {
            Sink::Folder(folder) => Archives::open(folder.path()),
            Sink::Stream(_) => Ok(Archives::default()),
        }
    }

    pub fn commit(&mut self, entry: Entry, lines: &Lines) -> Result<Entry, Error> {
        match self {
            Sink::Folder(folder) => folder.commit(entry, lines),
            Sink::Stream(stream) => stream.write(&lines.records).map(|()| entry),
        }
    }

    pub fn flush(&mut self) -> Result<(), Error> {
        match self {
            Sink::Folder(folder) => folder.flush(),
            Sink::Stream(_) => Ok(()),
        }
    }

    /// Nobody reads the stream any more.
    pub fn is_closed(&self) -> bool {
        matches!(self, Sink::Stream(stream) if stream.closed)
    }

    /// After the last input.
    pub fn finish(&mut self) -> Result<(), Error> {
        match self {
            Sink::Folder(folder) => folder.flush(),
            Sink::Stream(stream) => stream.finish(),
        }
    }
}

impl Stream {
    fn write(&mut self, records: &[u8]) -> Result<(), Error> {
        let done = match &mut self.array {
            Some(array) => {
                let text = array.push(records);
                self.to.write_all(&text)
            }
            None => self.to.write_all(records),
        };
        let done = done.and_then(|()| self.to.flush());
        self.told(done)
    }

    fn finish(&mut self) -> Result<(), Error> {
        let done = match self.array.take() {
            Some(array) => self.to.write_all(array.finish()),
            None => Ok(()),
        };
        let done = done.and_then(|()| self.to.flush());
        self.told(done)
    }

    fn told(&mut self, done: io::Result<()>) -> Result<(), Error> {
        match done {
            Err(why) if why.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            done => done.map_err(|why| Error::new(Stage::Output, "output.write", "cannot write the records", why).at("standard output")),
        }
    }
}
