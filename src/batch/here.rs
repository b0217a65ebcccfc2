//! A reader in the caller's own process, on a thread of its own.
//!
//! The hard thing: the network runs on a pool of threads, and a pool thread that waits for another pool takes up further inputs meanwhile. Their
//! reader would be the one that this thread already holds. A thread that only waits for an answer takes up nothing.

use std::path::Path;
use std::sync::mpsc::{self, Sender};
use std::thread::{Builder, JoinHandle};

use crate::error::Stage;

use super::protocol::{Fault, Reply, Setup};
use super::source::PageSource;

type Task = Box<dyn FnOnce(&mut PageSource) + Send>;

/// Ends its thread when it is dropped.
pub struct Here {
    /// Always there, but while it is dropped.
    tasks: Option<Sender<Task>>,
    thread: Option<JoinHandle<()>>,
}

impl Here {
    /// Opens a reader and gives the name and checksum of its model.
    pub fn start(setup: &Setup) -> Result<(Here, String), Fault> {
        let (tasks, todo) = mpsc::channel::<Task>();
        let (opened, ready) = mpsc::channel();
        let setup = setup.clone();
        let work = move || match PageSource::open(&setup) {
            Ok(mut source) => {
                // Nobody hears it where the run has ended meanwhile: then there are no tasks either.
                let _ = opened.send(Ok(source.model()));
                todo.into_iter().for_each(|task| task(&mut source));
            }
            Err(fault) => drop(opened.send(Err(fault))),
        };
        let cannot = |why| Fault::new(Stage::Configure, "worker.start", format!("cannot start a thread: {why}; hint: lower --jobs"));
        let thread = Builder::new().name("reader".to_owned()).spawn(work).map_err(cannot)?;
        let here = Here { tasks: Some(tasks), thread: Some(thread) };
        let model = ready.recv().map_err(|_| panicked("the reader failed to start"))??;
        Ok((here, model))
    }

    /// The outer error is the reader's death, the inner one the file's.
    pub fn page_count(&self, file: &Path) -> Result<Result<u32, Fault>, Fault> {
        let file = file.to_path_buf();
        self.ask(move |source| source.page_count(&file))
    }

    /// One page, 1-based. An error is the reader's death over it.
    pub fn read(&self, file: &Path, page: u32) -> Result<Reply, Fault> {
        let file = file.to_path_buf();
        self.ask(move |source| source.read(&file, page))
    }

    fn ask<T: Send + 'static>(&self, task: impl FnOnce(&mut PageSource) -> T + Send + 'static) -> Result<T, Fault> {
        let (answer, answered) = mpsc::channel();
        let died = || panicked("the reader failed on this page");
        let tasks = self.tasks.as_ref().ok_or_else(died)?;
        tasks.send(Box::new(move |source| drop(answer.send(task(source))))).map_err(|_| died())?;
        answered.recv().map_err(|_| died())
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        self.tasks = None;
        if let Some(thread) = self.thread.take() {
            // A panic was told to whoever asked.
            let _ = thread.join();
        }
    }
}

fn panicked(what: &str) -> Fault {
    Fault::new(Stage::Batch, "worker.panicked", format!("{what}: a bug in saraban; hint: report it"))
}
