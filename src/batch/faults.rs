//! A test format whose pages misbehave on order, to prove that a page which takes its worker down costs no other page.
//!
//! One line of the file is one page; its first word says what reading it does, the rest is the page's text, `|` between lines.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::document::text::{Engine, PageText, TextLine};
use crate::error::Stage;

use super::protocol::Fault;

/// Extension of the format.
pub const EXTENSION: &str = "faults";

/// Whether a file is of the test format.
pub fn is_script(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == EXTENSION)
}

fn script(file: &Path) -> Result<String, Fault> {
    fs::read_to_string(file).map_err(|why| Fault::new(Stage::Ingest, "file.unreadable", format!("cannot open: {why}")))
}

pub fn page_count(file: &Path) -> Result<u32, Fault> {
    let script = script(file)?;
    match script.starts_with("count-") {
        true => misbehave(script.lines().next().unwrap_or_default().trim_start_matches("count-"), file).map(|()| 1),
        false => Ok(script.lines().count() as u32),
    }
}

pub fn read(file: &Path, page: u32) -> Result<PageText, Fault> {
    let script = script(file)?;
    let line = script.lines().nth(page as usize - 1).unwrap_or_default();
    let (order, text) = line.split_once(' ').unwrap_or((line, ""));
    misbehave(order, file)?;
    let lines = text.split('|').map(|line| TextLine { text: line.to_owned(), confidence: 1.0, ..TextLine::default() }).collect();
    Ok(PageText::of_lines(page, Engine::Transcribed, lines))
}

/// Does what `order` says. Comes back only from the orders that a reader survives.
fn misbehave(order: &str, file: &Path) -> Result<(), Fault> {
    match order {
        "ok" => {}
        "slow" => std::thread::sleep(Duration::from_millis(50)),
        "work" => spin(Duration::from_millis(50)),
        "chatter" => println!("{{\"page\":\"native code talks on standard output\"}}"),
        "error" => return Err(Fault::new(Stage::Ingest, "page.damaged", "cannot decode: on order")),
        "panic" => panic!("on order"),
        "abort" => std::process::abort(),
        "leak" => leak(),
        "sleep" => std::thread::sleep(Duration::from_secs(3600)),
        "spin" => spin(Duration::from_secs(3600)),
        "rubbish" => say(b"\x00rubbish]\n"),
        "encoding" => say(b"{\"page\":{\"text\":\"\xe0\xb8\"}}\n"),
        "exit" => std::process::exit(0),
        "once" => {
            // The mark it leaves is the memory that the next worker has of it.
            if !mark(file).exists() {
                fs::write(mark(file), "").map_err(|why| Fault::new(Stage::Batch, "faults.mark", why.to_string()))?;
                std::process::abort();
            }
        }
        "needs" if !mark(file).exists() => return Err(Fault::new(Stage::Ingest, "page.damaged", "cannot decode: its mark is missing")),
        "needs" => {}
        unknown => return Err(Fault::new(Stage::Ingest, "faults.order", format!("no such order: {unknown}"))),
    }
    Ok(())
}

/// A hidden file beside the script.
fn mark(file: &Path) -> PathBuf {
    file.with_file_name(format!(".{}.mark", file.file_stem().unwrap_or_default().to_string_lossy()))
}

fn leak() {
    let mut held: Vec<Vec<u8>> = Vec::new();
    loop {
        held.push(Vec::with_capacity(16 << 20));
        std::hint::black_box(&held);
    }
}

fn spin(time: Duration) {
    let started = std::time::Instant::now();
    while started.elapsed() < time {
        std::hint::spin_loop();
    }
}

/// Writes into the protocol, as only a broken worker could.
fn say(bytes: &[u8]) {
    use std::io::Write;
    use std::os::fd::AsFd;
    if let Ok(socket) = std::io::stdin().as_fd().try_clone_to_owned() {
        let _ = std::os::unix::net::UnixStream::from(socket).write_all(bytes);
    }
}
