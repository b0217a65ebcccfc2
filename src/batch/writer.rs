//! The writer of a run: takes results in order, commits them, and tells how far the run is.

use std::collections::HashMap;
use std::iter::Peekable;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::config::Config;
use crate::error::{Error, Stage};
use crate::output::failures::Failure;

use super::bundle::{Lines, Verdict};
use super::content;
use super::folder::RUN;
use super::inputs::Input;
use super::journal::{Entry, Spans};
use super::order::{Reorder, Window};
use super::progress::{Progress, View};
use super::protocol::Fault;
use super::reader::Readers;
use super::resume::{self, Terms};
use super::run::{Batch, Stop};
use super::schedule::{self, Done, Message, Outcome};
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

/// What the threads of a run know in common.
pub struct Shared {
    pub window: Window,
    pub stop: AtomicBool,
    /// Inputs that the walk gave.
    pub inputs: AtomicU64,
    /// Pages that were finished.
    pub pages: AtomicU64,
    /// Inputs that there are, once `counted`.
    pub expected: AtomicU64,
    pub counted: AtomicBool,
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
pub struct Writer<'a> {
    batch: &'a Batch,
    readers: &'a Readers,
    shared: &'a Shared,
    pub totals: Totals,
    /// What earlier runs had done.
    found_done: Totals,
    pub stop: Option<Stop>,
    progress: Progress,
    started: Instant,
    told: Instant,
}

impl<'a> Writer<'a> {
    pub fn new(batch: &'a Batch, readers: &'a Readers, shared: &'a Shared) -> Self {
        let progress = Progress::new(batch.progress);
        let now = Instant::now();
        let (totals, found_done) = Default::default();
        Writer { batch, readers, shared, totals, found_done, stop: None, progress, started: now, told: now - RUN_EVERY }
    }

    /// Goes past what earlier runs of the same command did. Gives the contents met there, each with its first input; None where results cannot
    /// be read back.
    pub fn resume(
        &mut self,
        sink: &mut Sink,
        walk: &mut Peekable<impl Iterator<Item = Input>>,
        terms: &Terms,
    ) -> Result<Option<HashMap<u128, u64>>, Error> {
        let Sink::Folder(folder) = sink else { return Ok(None) };
        let mut seen = HashMap::new();
        let mut number = 0;
        let skipped = resume::skip_done(folder, walk, terms, &mut |entry| {
            let room = seen.len() < schedule::SEEN && !entry.verdict.is_skipped();
            if let Some(sha256) = entry.sha256.as_ref().filter(|_| room) {
                seen.entry(content::key(sha256)).or_insert(number);
            }
            number += 1;
            self.totals.add(entry);
        })?;
        if let Err(fault) = skipped {
            self.stop(Stop::Setup(fault.message));
        }
        self.found_done = self.totals.clone();
        Ok(Some(seen))
    }

    pub fn write(&mut self, sink: &mut Sink, results: &Receiver<Message>) {
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
        if entry.verdict == Verdict::Foreign {
            self.progress.say(&format!("{}: skipped: neither scan nor text", entry.path));
        }
        for line in lines.failures.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            if let Ok(failure) = serde_json::from_slice::<Failure>(line) {
                let page = failure.page.map(|page| format!(", page {page}")).unwrap_or_default();
                self.progress.say(&format!("{}{page}: {}", failure.path, failure.message));
            }
        }
    }

    pub fn stop(&mut self, why: Stop) {
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

    /// After the last input: everything is made durable, and what the run came to is told.
    pub fn close(&mut self, sink: &mut Sink) -> Run {
        if let Err(error) = sink.finish() {
            self.stop(Stop::Output(error));
        }
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
            let fault = Fault::new(Stage::Batch, "batch.order", "cannot be read back from a stream; hint: report it");
            (String::new(), Lines::failed(&done.path, done.sha256.as_deref(), fault, 0))
        }
    };
    let entry = Entry {
        number: done.number,
        path: done.path,
        marks: done.marks,
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
