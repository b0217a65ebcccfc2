//! SIGINT and SIGTERM: the first finishes the pages in hand, the second stops at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::{flag, low_level};

use crate::error::{Error, Stage};

/// Whether someone asked to stop.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Exit status of an interrupted run.
    pub const STATUS: i32 = 130;

    /// Listens from now on.
    pub fn listen() -> Result<Interrupt, Error> {
        let asked = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal finds the flag down and raises it, the second finds it up.
            flag::register_conditional_shutdown(signal, Interrupt::STATUS, Arc::clone(&asked))
                .and_then(|_| flag::register(signal, Arc::clone(&asked)))
                .map_err(|why| Error::new(Stage::Configure, "signal.handler", "cannot listen for signals", why))?;
        }
        Ok(Interrupt(asked))
    }

    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Ends the process without running the exit handlers of native libraries, which could wait for a thread that never comes back.
pub fn exit_at_once(status: i32) -> ! {
    low_level::exit(status)
}
