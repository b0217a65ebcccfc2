//! One run, from its first input to its summary.

use std::io::Write;
use std::iter::Peekable;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::sync::mpsc;

use crate::config::Config;
use crate::error::{Error, Stage};
use crate::output::Format;
use crate::pipeline::{self, Assembler};

use super::budget::Budget;
use super::content::Shard;
use super::inputs::{Input, Inputs};
use super::interrupt::Interrupt;
use super::progress::Style;
use super::protocol::Setup;
use super::reader::{Isolation, Readers};
use super::resume::{Fingerprints, Terms};
use super::schedule::{self, Floor};
use super::sink::Sink;
use super::summary::Run;
use super::writer::{Shared, Writer};

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
    /// Records only.
    Stream {
        to: Box<dyn Write + Send>,
        format: &'static Format,
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
        let calibration = pipeline::calibration(self.config.engine, self.model.as_deref())?;
        let config = Config { calibration: calibration.checksum.clone(), ..self.config.clone() };
        let assembler = Assembler::new()?.calibrated(calibration);
        let shared = Shared::default();
        let mut walk = self.start(&shared)?;
        let mut sink = Sink::open(target)?;
        let readers = self.readers();
        let scans = || Ok(Config { model: readers.model()?, ..config.clone() }.fingerprint());
        let fingerprints = Fingerprints { text: self.config.fingerprint(), scans: &scans };
        let terms = Terms { fingerprints, shard: self.shard, retry_failed: self.retry_failed, rehash: self.rehash };

        let mut writer = Writer::new(self, &readers, &shared);
        let seen = writer.resume(&mut sink, &mut walk, &terms)?.map(Mutex::new);
        let archives = sink.archives()?;
        let floor = Floor { readers: &readers, assembler: &assembler, terms: &terms, archives: &archives, shared: &shared, seen };
        self.read(walk, floor, &mut writer, &mut sink)?;
        readers.close();
        let run = writer.close(&mut sink);
        let kept = match (&sink, &writer.stop) {
            (Sink::Folder(folder), None) => archives.retire(&|paths| folder.holds(paths)).unwrap_or_default(),
            _ => Vec::new(),
        };
        Ok(Report { run, stop: writer.stop, kept })
    }

    /// The walk, counting what it gives. An error where it gives nothing: an unmounted drive looks like an empty folder, and nothing of an
    /// earlier run may be touched for it.
    fn start<'a>(&self, shared: &'a Shared) -> Result<Peekable<impl Iterator<Item = Input> + Send + use<'a>>, Error> {
        let counted = self.inputs.walk()?.inspect(|_| {
            shared.inputs.fetch_add(1, Ordering::Relaxed);
        });
        let mut walk = counted.peekable();
        match walk.peek() {
            Some(_) => Ok(walk),
            None => Err(Error::new(Stage::Configure, "input.none", "nothing to read", "no file is here that counts")
                .at(self.inputs.name())
                .hint("check the path, and --include and --exclude")),
        }
    }

    fn readers(&self) -> Readers {
        let setup = Setup { config: self.config.clone(), model: self.model.clone(), memory: self.budget.memory, faults: self.faults };
        Readers::new(setup, self.isolation.clone(), self.budget.clone(), self.jobs)
    }

    /// Reads what is not done yet, while the writer writes what comes of it and the inputs are counted ahead.
    fn read(&self, walk: impl Iterator<Item = Input> + Send, floor: Floor, writer: &mut Writer, sink: &mut Sink) -> Result<(), Error> {
        let (sender, receiver) = mpsc::channel();
        let first = writer.totals.done();
        std::thread::scope(|scope| {
            let pool = scope.spawn(|| schedule::run(self.jobs, first, walk, &floor, sender));
            scope.spawn(|| self.count(floor.shared));
            writer.write(sink, &receiver);
            floor.shared.stop.store(true, Ordering::Relaxed);
            pool.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
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
