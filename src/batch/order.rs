//! Results come as they are finished and leave in the order of the inputs; what waits in between is bounded.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Gives results back in the order of their numbers.
#[derive(Debug)]
pub struct Reorder<T> {
    next: u64,
    waiting: BTreeMap<u64, T>,
}

impl<T> Reorder<T> {
    /// `next` is the number that leaves first.
    pub fn starting_at(next: u64) -> Self {
        Reorder { next, waiting: BTreeMap::new() }
    }

    pub fn push(&mut self, number: u64, result: T) {
        self.waiting.insert(number, result);
    }

    /// The next result in order, if it is here.
    pub fn pop(&mut self) -> Option<T> {
        let result = self.waiting.remove(&self.next)?;
        self.next += 1;
        Some(result)
    }
}

/// Holds the walk back while too much is under way or waiting to be written.
#[derive(Debug)]
pub struct Window {
    load: Mutex<Load>,
    changed: Condvar,
    most_inputs: usize,
    most_bytes: usize,
}

#[derive(Debug, Default)]
struct Load {
    inputs: usize,
    bytes: usize,
    closed: bool,
}

impl Window {
    /// At most so many inputs between the walk and the writer. Results of more than `most_bytes` in total let nothing new in,
    /// but what is in finishes: the oldest input is always among it, so the writer always goes on.
    pub fn new(most_inputs: usize, most_bytes: usize) -> Self {
        Window { load: Mutex::default(), changed: Condvar::new(), most_inputs, most_bytes }
    }

    /// Waits for room. False: the window was closed, nothing more may enter.
    pub fn enter(&self) -> bool {
        let full = |load: &mut Load| !load.closed && (load.inputs >= self.most_inputs || load.bytes > self.most_bytes);
        let mut load = self.changed.wait_while(self.load(), full).unwrap_or_else(PoisonError::into_inner);
        load.inputs += 1;
        !load.closed
    }

    /// A result of so many bytes now waits.
    pub fn hold(&self, bytes: usize) {
        self.load().bytes += bytes;
    }

    /// A result of so many bytes was written.
    pub fn leave(&self, bytes: usize) {
        let mut load = self.load();
        load.inputs -= 1;
        load.bytes -= bytes;
        self.changed.notify_all();
    }

    /// Lets nothing more in.
    pub fn close(&self) {
        self.load().closed = true;
        self.changed.notify_all();
    }

    fn load(&self) -> MutexGuard<'_, Load> {
        self.load.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_leave_in_order() {
        let mut reorder = Reorder::starting_at(5);
        reorder.push(7, 'c');
        reorder.push(6, 'b');
        assert_eq!(reorder.pop(), None);
        reorder.push(5, 'a');
        assert_eq!([reorder.pop(), reorder.pop(), reorder.pop(), reorder.pop()], [Some('a'), Some('b'), Some('c'), None]);
    }

    #[test]
    fn a_full_window_opens_when_a_result_leaves_and_refuses_when_closed() {
        let window = Window::new(1, 10);
        assert!(window.enter());
        std::thread::scope(|scope| {
            let second = scope.spawn(|| window.enter());
            window.hold(11);
            window.leave(11);
            assert!(second.join().unwrap());
        });
        window.close();
        assert!(!window.enter());
    }
}
