//! Where results go: an output folder that a run can go on from, or a stream that is written once.

use std::io::{ErrorKind, Write};

use crate::error::{Error, Stage};
use crate::output::format::Formatter;

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
    formatter: Formatter,
    /// The reader has seen enough (`| head`): a success.
    closed: bool,
}

impl Sink {
    pub fn open(target: Target) -> Result<Sink, Error> {
        match target {
            Target::Folder(path) => Ok(Sink::Folder(Box::new(Folder::open(&path)?))),
            Target::Stream { to, format } => Ok(Sink::Stream(Stream { to, formatter: Formatter::new(format), closed: false })),
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
        let text = self.formatter.push(records);
        self.put(&text)
    }

    fn finish(&mut self) -> Result<(), Error> {
        let text = self.formatter.finish();
        self.put(&text)
    }

    fn put(&mut self, text: &[u8]) -> Result<(), Error> {
        match self.to.write_all(text).and_then(|()| self.to.flush()) {
            Err(why) if why.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            done => done.map_err(|why| {
                Error::new(Stage::Output, "output.write", "cannot write the records", why)
                    .at("standard output")
                    .hint("make space; with --out, a run goes on where it stopped")
            }),
        }
    }
}
