//! Who reads what when. The unit of work is a few pages, not a file: one bundle of 400 pages uses every core, and memory does not grow with it.

use std::collections::HashMap;
use std::fs::File;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rayon::{ScopeFifo, ThreadPoolBuilder};

use crate::config::Config;
use crate::document::Source;
use crate::document::text::PageText;
use crate::error::{Error, Stage};
use crate::ingest::walk::{Blocked, Found};
use crate::ingest::{self, Kind};
use crate::pipeline::Assembler;

use super::archive::Archives;
use super::bundle::{Lines, PageResult};
use super::content::{self, FileMarks};
use super::faults;
use super::inputs::Input;
use super::journal::Entry;
use super::protocol::Fault;
use super::reader::Readers;
use super::resume::{Fingerprints, Terms};
use super::writer::Shared;

/// So many different contents are remembered; later duplicates are read again, to the same bytes, and the memory stays bounded.
pub const SEEN: usize = 1 << 20;

/// Everything the pool's threads share.
pub struct Floor<'a> {
    pub readers: &'a Readers,
    pub assembler: &'a Assembler,
    pub terms: &'a Terms<'a>,
    pub archives: &'a Archives,
    pub shared: &'a Shared,
    /// Content under way or done → the first input that has it. None where results cannot be read back.
    pub seen: Option<Mutex<HashMap<u128, u64>>>,
}

/// What the pool tells the writer.
pub enum Message {
    Done(Box<Done>),
    /// Nothing can be read before someone changes the set-up.
    Fatal(Fault),
}

/// One input, finished.
pub struct Done {
    pub number: u64,
    pub path: String,
    pub marks: Option<FileMarks>,
    pub sha256: Option<String>,
    pub fingerprint: String,
    pub result: Outcome,
}

pub enum Outcome {
    Lines(Lines),
    /// The same content as an earlier input.
    SameAs(u64),
}

/// An input on its way.
#[derive(Clone)]
struct Job {
    number: u64,
    found: Found,
    marks: FileMarks,
    sha256: String,
}

/// A scanned file whose pages are being read, possibly by several threads.
struct Bundle {
    job: Job,
    pages: Mutex<Vec<Option<PageResult>>>,
    left: AtomicUsize,
    spent: AtomicU64,
    fingerprint: String,
}

type Results = Sender<Message>;

/// Feeds inputs, numbered from `first`, to `jobs` threads until the walk ends, the window closes or someone asks to stop.
pub fn run(jobs: usize, first: u64, walk: impl Iterator<Item = Input>, floor: &Floor, results: Results) -> Result<(), Error> {
    let cannot = |why| Error::new(Stage::Batch, "batch.threads", "cannot start threads", why).hint("lower --jobs");
    let pool = ThreadPoolBuilder::new().num_threads(jobs).build().map_err(cannot)?;
    pool.in_place_scope_fifo(|scope| {
        for (number, input) in (first..).zip(walk) {
            if !floor.shared.window.enter() || floor.shared.stop.load(Ordering::Relaxed) {
                break;
            }
            let results = results.clone();
            scope.spawn_fifo(move |scope| floor.begin(scope, number, input, &results));
        }
    });
    Ok(())
}

impl<'a> Floor<'a> {
    fn begin<'s>(&'s self, scope: &ScopeFifo<'s>, number: u64, input: Input, results: &Results)
    where
        'a: 's,
    {
        if self.shared.stop.load(Ordering::Relaxed) {
            return;
        }
        let found = match input {
            Ok(found) => found,
            Err(Blocked { path, error }) => return self.unreadable(number, path, *error, results),
        };
        let identity = FileMarks::of(&found.file).and_then(|marks| Ok((marks, content::sha256(&found.file)?)));
        let (marks, sha256) = match identity {
            Ok(identity) => identity,
            Err(why) => {
                let error = Error::new(Stage::Ingest, "file.unreadable", "cannot read", why).hint("check the permissions");
                return self.unreadable(number, found.path, error, results);
            }
        };
        let job = Job { number, found, marks, sha256 };
        if !self.terms.shard.takes(&job.sha256) {
            return self.done(job, String::new(), Outcome::Lines(Lines::of_another_shard()), results);
        }
        if let Some(first) = self.seen_before(&job) {
            return self.done(job, String::new(), Outcome::SameAs(first), results);
        }
        let stands = |entry: &Entry| self.terms.stands(entry).unwrap_or(false);
        if let Some((entry, lines)) = self.archives.take(&job.sha256, &job.found.path, &stands) {
            return self.done(job, entry.fingerprint, Outcome::Lines(lines), results);
        }
        if let Some((fingerprint, lines)) = self.assembled_anew(&job) {
            return self.done(job, fingerprint, Outcome::Lines(lines), results);
        }
        self.read(scope, job, results);
    }

    /// New records from pages that an earlier run read as this one would, when only the rules have changed.
    fn assembled_anew(&self, job: &Job) -> Option<(String, Lines)> {
        let Fingerprints { text, scans } = &self.terms.fingerprints;
        let half = Config::reading_half;
        let pages = self
            .archives
            .pages(&job.sha256, &|entry| half(entry) != half(text) && scans().is_ok_and(|present| half(entry) == half(&present)))?;
        let results = pages.into_iter().map(|page| PageResult { text: Ok(page.text), milliseconds: page.milliseconds, attempts: 1 });
        let lines = self.assemble(job, results.collect());
        Some((scans().ok()?, lines))
    }

    /// The earlier input with the same content, if there is one.
    fn seen_before(&self, job: &Job) -> Option<u64> {
        let mut seen = self.seen.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= SEEN && !seen.contains_key(&content::key(&job.sha256)) {
            return None;
        }
        let first = seen.entry(content::key(&job.sha256)).or_insert(job.number);
        // Threads may overtake each other: the earlier of the two inputs must be the one that is read.
        let known = *first;
        *first = known.min(job.number);
        (known < job.number).then_some(known)
    }

    fn read<'s>(&'s self, scope: &ScopeFifo<'s>, job: Job, results: &Results)
    where
        'a: 's,
    {
        let text = self.terms.fingerprints.text.clone();
        if self.readers.setup.faults && faults::is_script(&job.found.file) {
            return self.read_scan(scope, job, results);
        }
        match self.transcription(&job) {
            Ok(Some(pages)) => {
                let pages = pages.into_iter().map(|page| PageResult { text: Ok(page), milliseconds: 0, attempts: 1 }).collect();
                let lines = self.assemble(&job, pages);
                self.done(job, text, Outcome::Lines(lines), results);
            }
            Ok(None) => self.read_scan(scope, job, results),
            Err(fault) if fault.code == "file.unsupported" && !job.found.named => {
                self.done(job, text, Outcome::Lines(Lines::foreign(&fault)), results);
            }
            Err(fault) => self.failed(job, text, fault, 1, results),
        }
    }

    /// The pages of a file that is text already; None for a scan.
    fn transcription(&self, job: &Job) -> Result<Option<Vec<PageText>>, Fault> {
        let file = &job.found.file;
        let unreadable = |why| Error::new(Stage::Ingest, "file.unreadable", "cannot open", why).hint("check the permissions");
        let kind = ingest::sniff::kind(&mut File::open(file).map_err(unreadable)?, file)?;
        if kind != Kind::Text {
            return Ok(None);
        }
        let mut document = ingest::open(file, &(&self.readers.setup.config).into())?;
        let mut pages = Vec::new();
        for number in 1..=document.page_count() {
            if let ingest::Page::Text(text) = document.page(number)? {
                pages.push(text);
            }
        }
        Ok(Some(pages))
    }

    fn read_scan<'s>(&'s self, scope: &ScopeFifo<'s>, job: Job, results: &Results)
    where
        'a: 's,
    {
        let fingerprint = match (self.terms.fingerprints.scans)() {
            Ok(fingerprint) => fingerprint,
            Err(fault) => return self.fatal(fault, results),
        };
        let count = match self.readers.page_count(thread(), &job.found.file) {
            Ok(count) => count,
            Err((fault, _)) if fault.fatal => return self.fatal(fault, results),
            Err((fault, attempts)) => return self.failed(job, fingerprint, fault, attempts, results),
        };
        let pages = Mutex::new((0..count).map(|_| None).collect());
        let bundle = Arc::new(Bundle { job, pages, left: AtomicUsize::new(count as usize), spent: AtomicU64::new(0), fingerprint });
        if count == 0 {
            return self.complete(&bundle, results);
        }
        let mut portions = portions(count, self.readers.budget.pages_per_request, rayon::current_num_threads() as u32);
        let own = portions.next();
        for portion in portions {
            let (bundle, results) = (Arc::clone(&bundle), results.clone());
            scope.spawn_fifo(move |_| self.read_portion(&bundle, portion, &results));
        }
        if let Some(portion) = own {
            self.read_portion(&bundle, portion, results);
        }
    }

    fn read_portion(&self, bundle: &Bundle, portion: RangeInclusive<u32>, results: &Results) {
        let most = self.readers.budget.document;
        let mut finished = 0;
        let mut put = |page: u32, result: PageResult| {
            self.shared.pages.fetch_add(1, Ordering::Relaxed);
            bundle.spent.fetch_add(result.milliseconds, Ordering::Relaxed);
            bundle.pages.lock().unwrap_or_else(PoisonError::into_inner)[page as usize - 1] = Some(result);
            finished += 1;
        };
        if self.shared.stop.load(Ordering::Relaxed) {
            return;
        }
        if Duration::from_millis(bundle.spent.load(Ordering::Relaxed)) > most {
            let message = format!("not read: the pages before took longer than {} s; hint: raise --document-timeout", most.as_secs());
            let fault = Fault::new(Stage::Batch, "document.time_limit", message);
            portion.clone().for_each(|page| put(page, PageResult { text: Err(fault.clone()), milliseconds: 0, attempts: 0 }));
        } else {
            let (first, last) = (*portion.start(), *portion.end());
            let read = self.readers.read(thread(), &bundle.job.found.file, first, last, &mut |page, result| {
                put(page, result);
                !self.shared.stop.load(Ordering::Relaxed)
            });
            if let Err(fault) = read {
                return self.fatal(fault, results);
            }
        }
        if bundle.left.fetch_sub(finished, Ordering::AcqRel) == finished {
            self.complete(bundle, results);
        }
    }

    fn complete(&self, bundle: &Bundle, results: &Results) {
        let pages = std::mem::take(&mut *bundle.pages.lock().unwrap_or_else(PoisonError::into_inner));
        let lines = self.assemble(&bundle.job, pages.into_iter().flatten().collect());
        self.done(bundle.job.clone(), bundle.fingerprint.clone(), Outcome::Lines(lines), results);
    }

    fn assemble(&self, job: &Job, pages: Vec<PageResult>) -> Lines {
        if FileMarks::of(&job.found.file).ok() != Some(job.marks) {
            let fault = Fault::new(Stage::Ingest, "file.changed", "changed while it was read; hint: run the same command again");
            return Lines::failed(&job.found.path, Some(&job.sha256), fault, 1);
        }
        let source = Source { path: job.found.path.clone(), sha256: job.sha256.clone(), page_count: pages.len() as u32 };
        Lines::assembled(self.assembler, &source, pages)
    }

    fn failed(&self, job: Job, fingerprint: String, fault: Fault, attempts: u32, results: &Results) {
        let lines = Lines::failed(&job.found.path, Some(&job.sha256), fault, attempts);
        self.done(job, fingerprint, Outcome::Lines(lines), results);
    }

    /// An input of which not even the bytes could be read.
    fn unreadable(&self, number: u64, path: String, error: Error, results: &Results) {
        let result = Outcome::Lines(Lines::failed(&path, None, error.into(), 1));
        self.finish(Done { number, path, marks: None, sha256: None, fingerprint: String::new(), result }, results);
    }

    fn done(&self, job: Job, fingerprint: String, result: Outcome, results: &Results) {
        let Job { number, found, marks, sha256 } = job;
        self.finish(Done { number, path: found.path, marks: Some(marks), sha256: Some(sha256), fingerprint, result }, results);
    }

    fn finish(&self, done: Done, results: &Results) {
        if let Outcome::Lines(lines) = &done.result {
            self.shared.window.hold(lines.bytes());
        }
        // The writer is gone only when the run is over.
        let _ = results.send(Message::Done(Box::new(done)));
    }

    fn fatal(&self, fault: Fault, results: &Results) {
        self.shared.stop.store(true, Ordering::Relaxed);
        self.shared.window.close();
        let _ = results.send(Message::Fatal(fault));
    }
}

fn thread() -> usize {
    rayon::current_thread_index().unwrap_or(0)
}

/// Pages `1..=count` in portions of at most `most`, small enough that every thread gets some.
fn portions(count: u32, most: u32, threads: u32) -> impl Iterator<Item = RangeInclusive<u32>> {
    let size = count.div_ceil(threads.max(1)).clamp(1, most.max(1));
    (1..=count).step_by(size as usize).map(move |first| first..=(first + size - 1).min(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portions_cover_every_page_once() {
        for (count, most, threads) in [(1, 4, 2), (3, 4, 2), (400, 4, 8), (7, 100, 2), (5, 0, 0)] {
            let pages: Vec<u32> = portions(count, most, threads).flatten().collect();
            assert_eq!(pages, (1..=count).collect::<Vec<_>>());
        }
        assert_eq!(portions(3, 4, 2).count(), 2);
    }
}
