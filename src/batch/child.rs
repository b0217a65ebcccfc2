//! The parent's side of a worker process: asks, waits within the budget, and tells how it died.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, ErrorKind, PipeReader, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::error::Stage;
use crate::recognize;

use super::budget::Budget;
use super::protocol::{self, Fault, Hello, Reply, Request, Setup};
use super::reader::START;

/// How often a waiting parent looks whether the worker still works.
const GLANCE: Duration = Duration::from_millis(500);
/// Of what a worker prints, so much of the end is kept for the failure's message.
const REMARKS: usize = 4096;

pub struct Child {
    process: std::process::Child,
    socket: BufReader<UnixStream>,
    remarks: Arc<Mutex<VecDeque<u8>>>,
    listener: Option<std::thread::JoinHandle<()>>,
    memory: u64,
    /// Pages asked for so far.
    pub pages: u32,
}

/// What a wait may last.
struct Limits {
    time: Duration,
    stall: Duration,
}

impl Child {
    /// Starts a worker and waits until it is ready; also gives the name and checksum of its model.
    pub fn start(program: &Path, setup: &Setup) -> Result<(Child, String), Fault> {
        let cannot = |why: io::Error| {
            let message = format!("cannot start {}: {why}; hint: lower --jobs, or use --isolation none", program.display());
            Fault::new(Stage::Configure, "worker.start", message)
        };
        let (ours, theirs) = UnixStream::pair().map_err(cannot)?;
        let (remarks, printed) = io::pipe().map_err(cannot)?;
        let process = Command::new(program)
            .arg("worker")
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(Stdio::from(printed.try_clone().map_err(cannot)?))
            .stderr(Stdio::from(printed))
            // A key pressed in the terminal is the parent's to answer.
            .process_group(0)
            .envs(recognize::ONE_THREAD)
            .spawn()
            .map_err(cannot)?;
        let (remarks, listener) = listen(remarks);
        ours.set_read_timeout(Some(GLANCE)).map_err(cannot)?;
        let socket = BufReader::new(ours);
        let mut child = Child { process, socket, remarks, listener: Some(listener), memory: setup.memory, pages: 0 };
        let limits = Limits { time: START, stall: START };
        match child.ask(setup, &limits) {
            Ok(Hello::Ready { model }) => Ok((child, model)),
            Ok(Hello::Refused(fault)) => Err(fault),
            Err(fault) => Err(Fault::new(Stage::Configure, "worker.start", format!("a worker does not start: {}", fault.message))),
        }
    }

    /// The outer error is the worker's death, the inner one the file's.
    pub fn page_count(&mut self, file: &Path, budget: &Budget) -> Result<Result<u32, Fault>, Fault> {
        let limits = Limits { time: budget.page, stall: budget.stall };
        match self.ask(&Request::Count { file: file.into() }, &limits)? {
            Reply::Pages(count) => Ok(Ok(count)),
            Reply::Failed(fault) => Ok(Err(fault)),
            Reply::Page { .. } => Err(protocol::another_question()),
        }
    }

    /// Asks for pages `first..=last`; `each` gets one reply per page, in order. An error is the worker's death over the page after those.
    /// The worker was asked for all of them, so all replies are heard, whatever `each` says: one left in the socket would answer the next question.
    pub fn read(&mut self, file: &Path, first: u32, last: u32, budget: &Budget, each: &mut dyn FnMut(Reply) -> bool) -> Result<(), Fault> {
        let limits = Limits { time: budget.page, stall: budget.stall };
        self.tell(&Request::Read { file: file.into(), first, last })?;
        for _ in first..=last {
            let reply = self.hear(&limits)?;
            self.pages += 1;
            if matches!(reply, Reply::Pages(_)) {
                return Err(protocol::another_question());
            }
            each(reply);
        }
        Ok(())
    }

    fn ask<T: serde::de::DeserializeOwned>(&mut self, question: &impl serde::Serialize, limits: &Limits) -> Result<T, Fault> {
        self.tell(question)?;
        self.hear(limits)
    }

    fn tell(&mut self, message: &impl serde::Serialize) -> Result<(), Fault> {
        protocol::send(self.socket.get_mut(), message).map_err(|_| self.obituary())
    }

    /// Waits for one line within the limits.
    fn hear<T: serde::de::DeserializeOwned>(&mut self, limits: &Limits) -> Result<T, Fault> {
        let started = Instant::now();
        let mut line = Vec::new();
        let (mut worked, mut last_seen) = (processor_time(self.process.id()), started);
        loop {
            match self.socket.read_until(b'\n', &mut line) {
                Ok(0) => return Err(self.obituary()),
                Ok(_) if line.ends_with(b"\n") => return self.understand(&line),
                Ok(_) => return Err(self.obituary()),
                Err(why) if matches!(why.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) => {}
                Err(_) => return Err(self.obituary()),
            }
            let works = processor_time(self.process.id());
            if works.is_none() || works != worked {
                (worked, last_seen) = (works, Instant::now());
            }
            if started.elapsed() >= limits.time {
                return Err(self.give_up("worker.time_limit", "took too long", limits.time, "--page-timeout"));
            }
            if last_seen.elapsed() >= limits.stall {
                return Err(self.give_up("worker.stalled", "made no progress", limits.stall, "--stall-timeout"));
            }
        }
    }

    fn understand<T: serde::de::DeserializeOwned>(&mut self, line: &[u8]) -> Result<T, Fault> {
        let (code, why) = match std::str::from_utf8(line).map(serde_json::from_str) {
            Ok(Ok(message)) => return Ok(message),
            Ok(Err(why)) => ("worker.rubbish", why.to_string()),
            Err(why) => ("worker.not_utf8", why.to_string()),
        };
        self.kill();
        Err(Fault::new(Stage::Batch, code, format!("the worker's answer makes no sense: {why}; hint: report it")))
    }

    fn give_up(&mut self, code: &str, what: &str, limit: Duration, option: &str) -> Fault {
        self.kill();
        Fault::new(
            Stage::Batch,
            code,
            format!("stopped: the page {what}: {} s; hint: raise {option} if the page is worth it", limit.as_secs()),
        )
    }

    /// How a worker that closed its side ended.
    fn obituary(&mut self) -> Fault {
        // It has closed the socket or is about to end; one that lingers is helped along.
        let deadline = Instant::now() + Duration::from_secs(2);
        let status = loop {
            match self.process.try_wait() {
                Ok(Some(status)) => break Some(status),
                Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(5)),
                _ => break None,
            }
        };
        self.kill();
        let remarks = self.remarks();
        let (code, what) = cause(status, &remarks, self.memory);
        let remark = telling(&remarks);
        let why = if remark.is_empty() { String::new() } else { format!(": {remark}") };
        let hint = match code {
            "worker.memory_limit" => "; hint: raise --worker-memory",
            "worker.killed" => "; hint: lower --jobs",
            "worker.panicked" => "; hint: report it",
            _ => "",
        };
        Fault::new(Stage::Batch, code, format!("{what}{why}{hint}"))
    }

    fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// The end of what the worker printed.
    fn remarks(&mut self) -> String {
        if let Some(listener) = self.listener.take() {
            let deadline = Instant::now() + Duration::from_millis(500);
            while !listener.is_finished() && Instant::now() < deadline {
                std::thread::sleep(Duration::from_millis(2));
            }
        }
        let bytes: Vec<u8> = self.remarks.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Words with which runtimes tell that memory ran out.
const OUT_OF_MEMORY: [&str; 5] = ["memory allocation of", "bad_alloc", "Cannot allocate memory", "out of memory", "Out of memory"];

/// The line of a worker's last words that tells most.
fn telling(remarks: &str) -> String {
    let lines: Vec<&str> = remarks.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("note:")).collect();
    let out_of_memory = lines.iter().find(|line| OUT_OF_MEMORY.iter().any(|sign| line.contains(sign)));
    let panic = lines.iter().rposition(|line| line.contains("panicked at"));
    let line = match (out_of_memory, panic) {
        (Some(line), _) => (*line).to_owned(),
        // A panic's message stands on the line after its place; before the place stands the thread, whose number means nothing.
        (None, Some(at)) => {
            let place = lines[at].find("panicked at").map_or(lines[at], |start| &lines[at][start..]);
            format!("{place} {}", lines.get(at + 1).unwrap_or(&""))
        }
        (None, None) => lines.last().copied().unwrap_or_default().to_owned(),
    };
    line.trim().chars().take(300).collect()
}

/// Stable code and words for how a worker ended.
fn cause(status: Option<ExitStatus>, remarks: &str, memory: u64) -> (&'static str, String) {
    if OUT_OF_MEMORY.iter().any(|sign| remarks.contains(sign)) {
        return ("worker.memory_limit", format!("the worker needed more than {memory} MiB"));
    }
    let Some(status) = status else { return ("worker.exited", "the worker closed its connection".to_owned()) };
    match (status.signal(), status.code()) {
        (Some(9), _) => ("worker.killed", "the worker was killed (signal 9), perhaps because memory ran out".to_owned()),
        (Some(6), _) => ("worker.aborted", "the worker aborted (signal 6)".to_owned()),
        (Some(signal), _) => ("worker.crashed", format!("the worker crashed (signal {signal})")),
        (None, Some(101)) => ("worker.panicked", "the worker panicked".to_owned()),
        (None, code) => ("worker.exited", format!("the worker ended early (status {})", code.unwrap_or(0))),
    }
}

fn listen(mut pipe: PipeReader) -> (Arc<Mutex<VecDeque<u8>>>, std::thread::JoinHandle<()>) {
    let remarks = Arc::new(Mutex::new(VecDeque::new()));
    let kept = Arc::clone(&remarks);
    let listener = std::thread::spawn(move || {
        let mut chunk = [0; 1024];
        while let Ok(read @ 1..) = pipe.read(&mut chunk) {
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.extend(&chunk[..read]);
            let surplus = kept.len().saturating_sub(REMARKS);
            kept.drain(..surplus);
        }
    });
    (remarks, listener)
}

/// Clock ticks that a process has used so far; None where the system does not tell.
fn processor_time(process: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The program's name stands in parentheses and may hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_death_is_told_by_its_cause() {
        let code = |status: i32, remarks: &str| cause(Some(ExitStatus::from_raw(status)), remarks, 512).0;
        assert_eq!(code(11, ""), "worker.crashed");
        assert_eq!(code(9, ""), "worker.killed");
        assert_eq!(code(6, "memory allocation of 5 bytes failed\nskipping backtrace"), "worker.memory_limit");
        assert_eq!(code(6, "free(): invalid pointer"), "worker.aborted");
        assert_eq!(code(101 << 8, ""), "worker.panicked");
        assert_eq!(code(0, ""), "worker.exited");
    }

    #[test]
    fn the_line_that_tells_most_is_kept() {
        let panic = "chatter\nthread 'main' (123) panicked at src/a.rs:1:2:\non order\nnote: run with RUST_BACKTRACE=1\n";
        assert_eq!(telling(panic), "panicked at src/a.rs:1:2: on order");
        assert_eq!(telling("memory allocation of 5 bytes failed\nskipping\n"), "memory allocation of 5 bytes failed");
        assert_eq!(telling("a\nfree(): invalid pointer\n\n"), "free(): invalid pointer");
    }
}
