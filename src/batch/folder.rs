//! The output folder: three data files and a journal, only ever appended to, so that a kill at any instant loses and doubles nothing.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Stage};

use super::archive::{self, Shelf};
use super::bundle::Lines;
use super::journal::{self, Entries, Entry, FORMAT, Header, Spans};

pub const DATA: [&str; 3] = ["records.ndjson", "pages.ndjson", "failures.ndjson"];
pub const JOURNAL: &str = "journal.ndjson";
pub const RUN: &str = "run.json";

/// Data waits at most this long, or ten times what the last flush took, before it and its journal lines are made durable.
const FLUSH: Duration = Duration::from_millis(100);
/// Longer than `saraban status` holds a folder to see whether it is held.
const ASKING: Duration = Duration::from_millis(50);

pub struct Folder {
    path: PathBuf,
    data: Shelf,
    journal: File,
    /// Ends of the data files as written, and as the journal on disk knows them.
    written: Spans,
    durable: Spans,
    /// End of the journal's first line, and of its last one on disk.
    journal_start: u64,
    journal_end: u64,
    /// Journal lines whose data is written but perhaps not on disk.
    pending: Vec<u8>,
    /// Offset in the journal of each input's line.
    places: Vec<u64>,
    flushed: Instant,
    flush_took: Duration,
}

impl Folder {
    /// Opens or creates an output folder and locks it. Nothing of an earlier run is touched yet.
    pub fn open(path: &Path) -> Result<Folder, Error> {
        fs::create_dir_all(path).map_err(|why| unwritable(path, why))?;
        refuse_foreign(path)?;
        let open = |name: &str| {
            let file = OpenOptions::new().read(true).append(true).create(true).open(path.join(name));
            file.map_err(|why| unwritable(path, why))
        };
        let journal = open(JOURNAL)?;
        lock(&journal, path)?;
        let mut folder = Folder {
            path: path.to_path_buf(),
            data: Shelf { records: open(DATA[0])?, pages: open(DATA[1])?, failures: open(DATA[2])?, base: Spans::default() },
            journal,
            written: Spans::default(),
            durable: Spans::default(),
            journal_start: 0,
            journal_end: 0,
            pending: Vec::new(),
            places: Vec::new(),
            flushed: Instant::now(),
            flush_took: Duration::ZERO,
        };
        folder.begin()?;
        Ok(folder)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the journal's first line, or checks it.
    fn begin(&mut self) -> Result<(), Error> {
        let mut entries = self.entries_from(0)?;
        match entries.header() {
            Some(header) if header.journal == FORMAT => self.journal_start = entries.end,
            Some(header) => {
                return Err(Error::new(Stage::Output, "output.format", "written by another version", header.journal)
                    .at(self.path.display())
                    .hint("choose another --out"));
            }
            None => {
                let header = Header { journal: FORMAT.to_owned(), base: Spans::default() };
                let line = serde_json::to_string(&header).expect("plain data") + "\n";
                self.journal.set_len(0).and_then(|()| self.journal.write_all(line.as_bytes())).map_err(|why| self.failed(why))?;
                self.journal_start = line.len() as u64;
            }
        }
        self.journal_end = self.journal_start;
        Ok(())
    }

    fn entries_from(&self, offset: u64) -> Result<Entries, Error> {
        let file = File::open(self.path.join(JOURNAL)).map_err(|why| self.failed(why))?;
        Entries::starting_at(file, offset).map_err(|why| self.failed(why))
    }

    /// What earlier runs finished, in input order, as far as the data files bear it out.
    pub fn entries(&self) -> Result<impl Iterator<Item = (u64, Entry)> + use<>, Error> {
        let length = |file: &File| file.metadata().map(|data| data.len()).map_err(|why| self.failed(why));
        let (records, pages, failures) = (length(&self.data.records)?, length(&self.data.pages)?, length(&self.data.failures)?);
        let whole = move |entry: &Entry| entry.to.records <= records && entry.to.pages <= pages && entry.to.failures <= failures;
        let mut end = Spans::default();
        let follows = move |entry: &Entry| std::mem::replace(&mut end, entry.to) == entry.from;
        let mut follows = follows;
        let entries = self.entries_from(self.journal_start)?;
        Ok((0..).zip(entries).map_while(move |(number, (offset, entry))| {
            let sound = entry.number == number && follows(&entry) && whole(&entry);
            sound.then_some((offset, entry))
        }))
    }

    /// Counts an entry of an earlier run as done in this one.
    pub fn keep(&mut self, offset: u64, entry: &Entry) {
        self.places.push(offset);
        self.written = entry.to;
    }

    /// What is kept ends here, and the files go on from here; results behind it move to an archive.
    pub fn go_on(&mut self, leaves_results: bool) -> Result<(), Error> {
        let mut end = self.journal_start;
        if let Some(last) = self.places.last() {
            let mut tail = self.entries_from(*last)?;
            tail.next();
            end = tail.end;
        }
        if leaves_results {
            self.archive(end).map_err(|why| self.failed(why))?;
        }
        self.durable = self.written;
        self.journal_end = end;
        self.cut().map_err(|why| self.failed(why))
    }

    /// Copies everything from the journal's offset on, and the data it speaks of, to a folder of its own.
    fn archive(&mut self, journal_from: u64) -> io::Result<()> {
        let (folder, draft) = archive::next_folder(&self.path)?;
        if draft.exists() {
            fs::remove_dir_all(&draft)?;
        }
        fs::create_dir(&draft)?;
        let header = Header { journal: FORMAT.to_owned(), base: self.written };
        let mut journal = File::create(draft.join(JOURNAL))?;
        journal.write_all((serde_json::to_string(&header)? + "\n").as_bytes())?;
        let tails = [(DATA[0], self.written.records), (DATA[1], self.written.pages), (DATA[2], self.written.failures)];
        for (name, from) in tails {
            let mut copy = File::create(draft.join(name))?;
            copy_tail(&self.path.join(name), from, &mut copy)?;
            copy.sync_all()?;
        }
        copy_tail(&self.path.join(JOURNAL), journal_from, &mut journal)?;
        journal.sync_all()?;
        fs::rename(draft, folder)
    }

    /// Takes off what is behind the last durable entry: the journal first, so that it never speaks of what is not there.
    fn cut(&mut self) -> io::Result<()> {
        self.journal.set_len(self.journal_end)?;
        self.data.records.set_len(self.durable.records)?;
        self.data.pages.set_len(self.durable.pages)?;
        self.data.failures.set_len(self.durable.failures)?;
        self.written = self.durable;
        self.pending.clear();
        Ok(())
    }

    /// Appends the next input's lines. `entry` comes without its place in the files.
    pub fn commit(&mut self, mut entry: Entry, lines: &Lines) -> Result<Entry, Error> {
        entry.number = self.places.len() as u64;
        entry.from = self.written;
        entry.to = Spans {
            records: self.written.records + lines.records.len() as u64,
            pages: self.written.pages + lines.pages.len() as u64,
            failures: self.written.failures + lines.failures.len() as u64,
        };
        let written = append(&mut self.data.records, &lines.records)
            .and_then(|()| append(&mut self.data.pages, &lines.pages))
            .and_then(|()| append(&mut self.data.failures, &lines.failures));
        if let Err(why) = written {
            return Err(self.give_up(why));
        }
        self.written = entry.to;
        self.places.push(self.journal_end + self.pending.len() as u64);
        self.pending.extend(entry.line());
        if self.flushed.elapsed() > FLUSH.max(self.flush_took * 10) {
            self.flush()?;
        }
        Ok(entry)
    }

    /// Makes everything durable that was committed: first the data, then the journal that speaks of it.
    pub fn flush(&mut self) -> Result<(), Error> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let started = Instant::now();
        let done = self
            .data
            .records
            .sync_data()
            .and_then(|()| self.data.pages.sync_data())
            .and_then(|()| self.data.failures.sync_data())
            .and_then(|()| self.journal.write_all(&self.pending))
            .and_then(|()| self.journal.sync_data());
        if let Err(why) = done {
            return Err(self.give_up(why));
        }
        self.journal_end += self.pending.len() as u64;
        self.pending.clear();
        self.durable = self.written;
        (self.flushed, self.flush_took) = (Instant::now(), started.elapsed());
        Ok(())
    }

    /// The lines of an input that was committed before, told under another path: the same content lay in two places.
    pub fn again(&mut self, number: u64, path: &str) -> Result<(Entry, Lines), Error> {
        let offset = self.places[number as usize];
        if offset >= self.journal_end {
            self.flush()?;
        }
        let entry = journal::entry_at(&self.journal, offset).map_err(|why| self.failed(why))?;
        let lines = self.data.lines(&entry, path).map_err(|why| self.failed(why))?;
        Ok((entry, lines))
    }

    /// How many of these paths are among the inputs that are done.
    pub fn holds(&self, paths: &[String]) -> io::Result<usize> {
        let mut wanted: HashSet<&str> = paths.iter().map(String::as_str).collect();
        let entries = self.entries().map_err(io::Error::other)?;
        let found = entries.filter(|(_, entry)| wanted.remove(entry.path.as_str())).count();
        Ok(found)
    }

    /// Replaces a small file in one step.
    pub fn replace(&self, name: &str, content: &[u8]) -> Result<(), Error> {
        let draft = self.path.join(format!(".{name}"));
        fs::write(&draft, content).and_then(|()| fs::rename(&draft, self.path.join(name))).map_err(|why| self.failed(why))
    }

    /// Leaves the files whole after a failed write, and tells it.
    fn give_up(&mut self, why: io::Error) -> Error {
        let _ = self.cut();
        self.failed(why)
    }

    fn failed(&self, why: io::Error) -> Error {
        let full = matches!(why.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge);
        let hint = if full { "make space and run the same command again: what is done is kept" } else { "run the same command again" };
        let code = if full { "output.full" } else { "output.write" };
        Error::new(Stage::Output, code, "cannot write the results", why).at(self.path.display()).hint(hint)
    }
}

fn unwritable(folder: &Path, why: io::Error) -> Error {
    Error::new(Stage::Output, "output.unwritable", "cannot write here", why).at(folder.display()).hint("choose another --out")
}

/// Data without a journal was written by something else.
fn refuse_foreign(folder: &Path) -> Result<(), Error> {
    let foreign = DATA.iter().find(|name| folder.join(name).exists() && !folder.join(JOURNAL).exists());
    let Some(name) = foreign else { return Ok(()) };
    let why = format!("{name} is there, and no journal of how it came to be");
    Err(Error::new(Stage::Output, "output.foreign", "not the output of a run", why)
        .at(folder.display())
        .hint("choose an empty folder for --out"))
}

/// Holds the folder for this run. Who asks how far a run is holds it for an instant too, so that one refusal says nothing.
fn lock(journal: &File, folder: &Path) -> Result<(), Error> {
    let locked = journal.try_lock().or_else(|_| {
        thread::sleep(ASKING);
        journal.try_lock()
    });
    locked.map_err(|refused| match refused {
        TryLockError::WouldBlock => Error::new(Stage::Output, "output.locked", "another run writes here", "")
            .at(folder.display())
            .hint("wait for it; saraban status tells how far it is"),
        TryLockError::Error(why) => unwritable(folder, why),
    })
}

fn append(file: &mut File, lines: &[u8]) -> io::Result<()> {
    if lines.is_empty() { Ok(()) } else { file.write_all(lines) }
}

fn copy_tail(from: &Path, offset: u64, to: &mut File) -> io::Result<u64> {
    let mut file = File::open(from)?;
    file.seek(SeekFrom::Start(offset))?;
    io::copy(&mut file, to)
}
