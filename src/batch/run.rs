//! One run, from its first input to its summary.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::config::Config;
use crate::error::{Error, Stage};
use crate::output::failures::Failure;
use crate::pipeline::Assembler;

use super::archive::Archives;
use super::budget::Budget;
use super::bundle::{Lines, Verdict};
use super::content::{self, Shard};
use super::folder::{Folder, RUN};
use super::inputs::{Inputs, Walk};
use super::interrupt::Interrupt;
use super::journal::{Entry, Spans};
use super::order::{Reorder, Window};
use super::progress::{Progress, Style, View};
use super::protocol::{Fault, Setup};
use super::reader::{Isolation, Readers};
use super::resume::{self, Fingerprints, Terms};
use super::schedule::{self, Done, Floor, Message, Outcome};
use super::sink::Sink;
use super::summary::{self, Run, State, Totals};

/// How often the writer looks up from its work.
const TICK: Duration = Duration::from_millis(100);
/// How often `run.json` is written anew.
const RUN_EVERY: Duration = Duration::from_secs(2);
/// Most inputs between walk and writer, and most bytes of results that wait for their turn.
const WINDOW: (usize, usize) = (256, 32 << 20);
/// A failure rate says nothing before so many inputs.
const RATE_AFTER: u64 = 20;

/// Everything that a run is asked to do.
pub struct Batch {
    pub inputs: Inputs,
    pub config: Config,
    /// The model's folder; None for the one that is built in.
    pub model: Option<PathBuf>,
    /// Threads, and workers.
    pub jobs: usize,
    pub isolation: Isolation,
    pub budget: Budget,
    pub shard: Shard,
    /// Try again what failed in an earlier run.
    pub retry_failed: bool,
    /// Read every file anew to see whether it changed.
    pub rehash: bool,
    /// Stop when more than this share of the inputs fails, 0–1.
    pub max_failure_rate: f64,
    pub progress: Style,
    /// Asks the run to stop.
    pub interrupt: Interrupt,
    /// Also read the test format whose pages misbehave on order.
    pub faults: bool,
}

/// Where the results go.
pub enum Target {
    Folder(PathBuf),
    /// Records as lines, or as one JSON array.
    Stream {
        to: Box<dyn Write + Send>,
        array: bool,
    },
}

/// How a run ended.
#[derive(Debug)]
pub struct Report {
    pub run: Run,
    pub stop: Option<Stop>,
    /// Folders with results of files that are no longer among the inputs, and how many.
    pub kept: Vec<(PathBuf, usize)>,
}

/// Why a run ended before its inputs did.
#[derive(Debug)]
pub enum Stop {
    Interrupt,
    /// Nothing can be read before someone changes the set-up: *what: why; hint*.
    Setup(String),
    /// The results cannot be written.
    Output(Error),
    /// Nobody reads the records any more (`| head`).
    Closed,
    /// More inputs failed than `--max-failure-rate` allows.
    Failures,
}

impl Batch {
    /// Reads every input. An error means that the run could not start.
    pub fn run(&self, target: Target) -> Result<Report, Error> {
        let assembler = Assembler::new()?;
        let shared = Shared::default();
        let mut walk = self.counted(&shared)?.peekable();
        if walk.peek().is_none() {
            // An unmounted drive looks like an empty folder: nothing of an earlier run may be touched for it.
            return Err(Error::new(Stage::Configure, "input.none", "nothing to read", "no file is here that counts")
                .at(self.inputs.name())
                .hint("check the path, and --include and --exclude"));
        }
        let (mut sink, archives) = match target {
            Target::Stream { to, array } => (Sink::stream(to, array), Archives::default()),
            Target::Folder(path) => {
                let folder = Folder::open(&path)?;
                (Sink::Folder(Box::new(folder)), Archives::default())
            }
        };
        let setup = Setup { config: self.config.clone(), model: self.model.clone(), memory: self.budget.memory, faults: self.faults };
        let readers = Readers::new(setup, self.isolation.clone(), self.budget.clone(), self.jobs);
        let scans = || Ok(Config { model: readers.model()?, ..self.config.clone() }.fingerprint());
        let fingerprints = Fingerprints { text: self.config.fingerprint(), scans: &scans };
        let terms = Terms { fingerprints, shard: self.shard, retry_failed: self.retry_failed, rehash: self.rehash };

        let mut office = Office::new(self, &readers, &shared);
        let mut seen = std::collections::HashMap::new();
        if let Sink::Folder(folder) = &mut sink {
            let mut number = 0;
            let skipped = resume::skip_done(folder, &mut walk, &terms, &mut |entry| {
                let room = seen.len() < schedule::SEEN && entry.verdict != Verdict::Skipped;
                if let Some(sha256) = entry.sha256.as_ref().filter(|_| room) {
                    seen.entry(content::key(sha256)).or_insert(number);
                }
                number += 1;
                office.totals.add(entry);
            })?;
            if let Err(fault) = skipped {
                office.stop(Stop::Setup(fault.message));
            }
        }
        let archives = if let Sink::Folder(folder) = &sink { Archives::open(folder.path())? } else { archives };
        office.found_done = office.totals.clone();

        let floor = Floor {
            readers: &readers,
            assembler: &assembler,
            terms: &terms,
            archives: &archives,
            window: &shared.window,
            stop: &shared.stop,
            seen: matches!(sink, Sink::Folder(_)).then(|| Mutex::new(seen)),
            pages: &shared.pages,
        };
        let (sender, receiver) = mpsc::channel();
        let first = office.totals.done();
        std::thread::scope(|scope| {
            let pool = scope.spawn(|| schedule::run(self.jobs, first, walk, &floor, sender));
            scope.spawn(|| self.count(&shared));
            office.write(&mut sink, &receiver);
            shared.stop.store(true, Ordering::Relaxed);
            pool.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })?;
        readers.close();
        let finished = sink.finish();
        if let Err(error) = finished {
            office.stop(Stop::Output(error));
        }
        drop(floor);
        let kept = match (&sink, &office.stop) {
            (Sink::Folder(folder), None) => archives.retire(&|paths| folder.holds(paths)).unwrap_or_default(),
            _ => Vec::new(),
        };
        let run = office.end(&sink);
        Ok(Report { run, stop: office.stop, kept })
    }

    /// The walk, counting what it gives.
    fn counted<'a>(&self, shared: &'a Shared) -> Result<impl Iterator<Item = <Walk as Iterator>::Item> + Send + use<'a>, Error> {
        Ok(self.inputs.walk()?.inspect(|_| {
            shared.inputs.fetch_add(1, Ordering::Relaxed);
        }))
    }

    /// Walks once more, ahead of the reading, so that the end can be foreseen.
    fn count(&self, shared: &Shared) {
        let Ok(walk) = (if self.inputs.can_be_counted() { self.inputs.walk().map_err(drop) } else { Err(()) }) else { return };
        let mut count = 0;
        for _ in walk {
            if shared.stop.load(Ordering::Relaxed) {
                return;
            }
            count += 1;
        }
        shared.expected.store(count, Ordering::Relaxed);
        shared.counted.store(true, Ordering::Release);
    }
}

/// What the threads of a run know in common.
struct Shared {
    window: Window,
    stop: AtomicBool,
    /// Inputs that the walk gave.
    inputs: AtomicU64,
    /// Pages that were finished.
    pages: AtomicU64,
    /// Inputs that there are, once `counted`.
    expected: AtomicU64,
    counted: AtomicBool,
}

impl Default for Shared {
    fn default() -> Self {
        Shared {
            window: Window::new(WINDOW.0, WINDOW.1),
            stop: AtomicBool::new(false),
            inputs: AtomicU64::new(0),
            pages: AtomicU64::new(0),
            expected: AtomicU64::new(0),
            counted: AtomicBool::new(false),
        }
    }
}

/// The writer: takes results in order, commits them, and tells how far the run is.
struct Office<'a> {
    batch: &'a Batch,
    readers: &'a Readers,
    shared: &'a Shared,
    totals: Totals,
    /// What earlier runs had done.
    found_done: Totals,
    stop: Option<Stop>,
    progress: Progress,
    started: Instant,
    told: Instant,
}

impl<'a> Office<'a> {
    fn new(batch: &'a Batch, readers: &'a Readers, shared: &'a Shared) -> Self {
        let progress = Progress::new(batch.progress);
        let now = Instant::now();
        let (totals, found_done) = Default::default();
        Office { batch, readers, shared, totals, found_done, stop: None, progress, started: now, told: now - RUN_EVERY }
    }

    fn write(&mut self, sink: &mut Sink, results: &Receiver<Message>) {
        let mut order = Reorder::starting_at(self.totals.done());
        loop {
            match results.recv_timeout(TICK) {
                Ok(Message::Done(done)) => order.push(done.number, done),
                Ok(Message::Fatal(fault)) => self.stop(Stop::Setup(fault.message)),
                Err(RecvTimeoutError::Timeout) => {
                    if let Err(error) = sink.flush() {
                        self.stop(Stop::Output(error));
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
            while let Some(done) = order.pop() {
                let held = if let Outcome::Lines(lines) = &done.result { lines.bytes() } else { 0 };
                self.commit(sink, *done);
                self.shared.window.leave(held);
            }
            if self.batch.interrupt.is_asked() {
                self.stop(Stop::Interrupt);
            }
            self.show(sink);
        }
    }

    fn commit(&mut self, sink: &mut Sink, done: Done) {
        if matches!(self.stop, Some(Stop::Output(_) | Stop::Failures | Stop::Closed)) {
            return;
        }
        match record(sink, done) {
            Ok((entry, lines)) => {
                self.totals.add(&entry);
                self.tell(&entry, &lines);
            }
            Err(error) => self.stop(Stop::Output(error)),
        }
        if self.totals.done() >= RATE_AFTER && self.totals.failure_rate() > self.batch.max_failure_rate {
            self.stop(Stop::Failures);
        }
        if sink.is_closed() {
            self.stop(Stop::Closed);
        }
    }

    /// One line for each failure, as soon as it is known.
    fn tell(&self, entry: &Entry, lines: &Lines) {
        if entry.verdict == Verdict::Skipped && !entry.causes.is_empty() {
            self.progress.say(&format!("{}: skipped: neither scan nor text", entry.path));
        }
        for line in lines.failures.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            if let Ok(failure) = serde_json::from_slice::<Failure>(line) {
                let page = failure.page.map(|page| format!(", page {page}")).unwrap_or_default();
                self.progress.say(&format!("{}{page}: {}", failure.path, failure.message));
            }
        }
    }

    fn stop(&mut self, why: Stop) {
        self.stop.get_or_insert(why);
        self.shared.stop.store(true, Ordering::Relaxed);
        self.shared.window.close();
    }

    fn show(&mut self, sink: &Sink) {
        let mut totals = self.totals.clone();
        totals.inputs = self.shared.inputs.load(Ordering::Relaxed);
        self.progress.show(&self.view(&totals));
        if self.told.elapsed() >= RUN_EVERY {
            self.told = Instant::now();
            self.publish(sink, &self.run(totals, State::Running));
        }
    }

    fn view<'t>(&self, totals: &'t Totals) -> View<'t> {
        let seconds = self.started.elapsed().as_secs_f64().max(0.001);
        let pages = self.shared.pages.load(Ordering::Relaxed).max(totals.counts.pages - self.found_done.counts.pages);
        View {
            totals,
            expected: self.expected(),
            pages_per_second: pages as f64 / seconds,
            inputs_per_second: (totals.done() - self.found_done.done()) as f64 / seconds,
        }
    }

    fn expected(&self) -> Option<u64> {
        self.shared.counted.load(Ordering::Acquire).then(|| self.shared.expected.load(Ordering::Relaxed))
    }

    fn run(&self, totals: Totals, state: State) -> Run {
        let model = self.readers.known_model();
        let fingerprint = Config { model: model.clone(), ..self.batch.config.clone() }.fingerprint();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Run {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model,
            fingerprint,
            state,
            process: std::process::id(),
            shard: self.batch.shard,
            expected: self.expected(),
            inputs_now: totals.done() - self.found_done.done(),
            pages_now: totals.counts.pages - self.found_done.counts.pages,
            totals,
            seconds: self.started.elapsed().as_secs_f64(),
            cpu_seconds: summary::cpu_seconds(),
            peak_memory_mib: summary::peak_memory_mib(),
            written: now.as_secs(),
        }
    }

    fn end(&mut self, sink: &Sink) -> Run {
        let mut totals = self.totals.clone();
        totals.inputs = self.shared.inputs.load(Ordering::Relaxed);
        self.progress.end(&self.view(&totals));
        let state = match &self.stop {
            None => State::Finished,
            Some(Stop::Interrupt) => State::Interrupted,
            Some(_) => State::Stopped,
        };
        let expected = if state == State::Finished { Some(totals.inputs) } else { self.expected() };
        let run = Run { expected, ..self.run(totals, state) };
        self.publish(sink, &run);
        run
    }

    /// A run that cannot say how far it is goes on all the same.
    fn publish(&self, sink: &Sink, run: &Run) {
        if let (Sink::Folder(folder), Ok(mut text)) = (sink, serde_json::to_vec_pretty(run)) {
            text.push(b'\n');
            let _ = folder.replace(RUN, &text);
        }
    }
}

/// Commits one finished input.
fn record(sink: &mut Sink, done: Done) -> Result<(Entry, Lines), Error> {
    let (fingerprint, lines) = match (done.result, &mut *sink) {
        (Outcome::Lines(lines), _) => (done.fingerprint, lines),
        (Outcome::SameAs(number), Sink::Folder(folder)) => {
            let (first, lines) = folder.again(number, &done.path)?;
            (first.fingerprint, lines)
        }
        (Outcome::SameAs(_), Sink::Stream(_)) => {
            let fault = Fault::new(Stage::Batch, "batch.order", "cannot be read back from a stream");
            (String::new(), Lines::failed(&done.path, done.sha256.as_deref(), fault, 0))
        }
    };
    let entry = Entry {
        number: done.number,
        path: done.path,
        stamp: done.stamp,
        sha256: done.sha256,
        fingerprint,
        verdict: lines.verdict,
        from: Spans::default(),
        to: Spans::default(),
        counts: lines.counts,
        causes: lines.causes.clone(),
    };
    let entry = sink.commit(entry, &lines)?;
    Ok((entry, lines))
}
