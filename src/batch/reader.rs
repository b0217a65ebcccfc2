//! One reader per pool thread: a worker process, or the caller's own. A reader that dies is replaced; the page in hand is tried once more, alone.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use super::budget::Budget;
use super::bundle::PageResult;
use super::child::Child;
use super::here::Here;
use super::protocol::{self, Fault, Reply, Setup};

/// Where native code runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Isolation {
    /// In worker processes started from this program, which must answer to `worker`.
    Process(PathBuf),
    /// In the caller's process: no limits on time and memory, and a crash of native code ends it.
    None,
}

/// The readers of a run, one per pool thread, opened when first needed.
pub struct Readers {
    pub setup: Setup,
    pub isolation: Isolation,
    pub budget: Budget,
    slots: Vec<Mutex<Option<Reader>>>,
    model: OnceLock<Result<String, Fault>>,
}

enum Reader {
    Child(Box<Child>),
    Here(Here),
}

impl Readers {
    pub fn new(setup: Setup, isolation: Isolation, budget: Budget, jobs: usize) -> Readers {
        let slots = (0..jobs.max(1)).map(|_| Mutex::new(None)).collect();
        Readers { setup, isolation, budget, slots, model: OnceLock::new() }
    }

    /// Name and checksum of the model that scans are read with. Starts a reader to ask it.
    pub fn model(&self) -> Result<String, Fault> {
        self.model
            .get_or_init(|| {
                let mut slot = self.slots[0].lock().unwrap_or_else(PoisonError::into_inner);
                let (reader, model) = self.open()?;
                slot.get_or_insert(reader);
                Ok(model)
            })
            .clone()
    }

    /// The same, if it was asked for before; empty where no scan has been read.
    pub fn known_model(&self) -> String {
        self.model.get().and_then(|model| model.clone().ok()).unwrap_or_default()
    }

    /// Ends every worker, so that what they used counts as this process's.
    pub fn close(&self) {
        for slot in &self.slots {
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    /// Number of pages of a scanned file.
    pub fn page_count(&self, thread: usize, file: &Path) -> Result<u32, (Fault, u32)> {
        let mut last = None;
        for attempts in 1..=2 {
            match self.with(thread, |reader| reader.page_count(file, &self.budget)) {
                Ok(Ok(count)) => return Ok(count),
                Ok(Err(fault)) => return Err((fault, attempts)),
                Err(fault) if fault.fatal => return Err((fault, attempts)),
                Err(fault) => last = Some((fault, attempts)),
            }
        }
        Err(last.expect("two attempts were made"))
    }

    /// Reads pages `first..=last`; `each` gets one result per page, in order, and says whether to go on. A fatal fault ends it.
    pub fn read(
        &self,
        thread: usize,
        file: &Path,
        first: u32,
        last: u32,
        each: &mut dyn FnMut(u32, PageResult) -> bool,
    ) -> Result<(), Fault> {
        let (mut next, mut attempts, mut wanted) = (first, 1, true);
        while next <= last && wanted {
            let until = if attempts > 1 { next } else { last };
            let died = self.with(thread, |reader| {
                reader.read(file, next, until, &self.budget, &mut |reply| {
                    wanted = each(next, result(reply, attempts));
                    next += 1;
                    attempts = 1;
                    wanted
                })
            });
            match died {
                Ok(()) => {}
                Err(fault) if fault.fatal => return Err(fault),
                Err(fault) if attempts > 1 => {
                    wanted = each(next, PageResult { text: Err(fault), milliseconds: 0, attempts });
                    next += 1;
                    attempts = 1;
                }
                Err(_) => attempts += 1,
            }
        }
        Ok(())
    }

    /// Runs `task` with this thread's reader; a reader that failed under it is not used again.
    fn with<T>(&self, thread: usize, task: impl FnOnce(&mut Reader) -> Result<T, Fault>) -> Result<T, Fault> {
        let mut slot = self.slots[thread % self.slots.len()].lock().unwrap_or_else(PoisonError::into_inner);
        if slot.as_ref().is_some_and(|reader| reader.is_worn(&self.budget)) {
            *slot = None;
        }
        let mut reader = match slot.take() {
            Some(reader) => reader,
            None => self.open()?.0,
        };
        let done = task(&mut reader);
        if done.is_ok() {
            *slot = Some(reader);
        }
        done
    }

    fn open(&self) -> Result<(Reader, String), Fault> {
        match &self.isolation {
            Isolation::Process(program) => {
                let (child, model) = Child::start(program, &self.setup)?;
                Ok((Reader::Child(Box::new(child)), model))
            }
            Isolation::None => {
                let (here, model) = Here::start(&self.setup)?;
                Ok((Reader::Here(here), model))
            }
        }
    }
}

impl Reader {
    /// The outer error is the reader's death, the inner one the file's.
    fn page_count(&mut self, file: &Path, budget: &Budget) -> Result<Result<u32, Fault>, Fault> {
        match self {
            Reader::Child(child) => child.page_count(file, budget),
            Reader::Here(here) => here.page_count(file),
        }
    }

    fn read(&mut self, file: &Path, first: u32, last: u32, budget: &Budget, each: &mut dyn FnMut(Reply) -> bool) -> Result<(), Fault> {
        match self {
            Reader::Child(child) => child.read(file, first, last, budget, each),
            Reader::Here(here) => {
                for page in first..=last {
                    if !each(here.read(file, page)?) {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    fn is_worn(&self, budget: &Budget) -> bool {
        matches!(self, Reader::Child(child) if child.pages >= budget.pages_per_worker)
    }
}

fn result(reply: Reply, attempts: u32) -> PageResult {
    match reply {
        Reply::Page { text, milliseconds } => PageResult { text: Ok(text), milliseconds, attempts },
        Reply::Failed(fault) => PageResult { text: Err(fault), milliseconds: 0, attempts },
        Reply::Pages(_) => PageResult { text: Err(protocol::another_question()), milliseconds: 0, attempts },
    }
}

/// How long a worker may take to load its model.
pub(super) const START: Duration = Duration::from_secs(120);
