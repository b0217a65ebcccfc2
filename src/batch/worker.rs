//! The worker's side: native code lives here. Requests come in and replies leave over descriptor 0, a socket from the parent.

use std::io::{self, BufReader};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::mpsc;

use rlimit::Resource;

use crate::error::{Error, Stage};

use super::interrupt;
use super::protocol::{self, Hello, Reply, Request, Setup};
use super::source::PageSource;

/// Serves one parent until it closes the connection.
pub fn serve() -> Result<(), Error> {
    let socket = socket()?;
    let mut from = BufReader::new(socket.try_clone().map_err(broken)?);
    let mut to = socket;
    let Some(setup) = protocol::receive::<Setup>(&mut from).map_err(broken)? else { return Ok(()) };
    limit(setup.memory).map_err(broken)?;
    let mut source = match PageSource::open(&setup) {
        Ok(source) => source,
        Err(fault) => return protocol::send(&mut to, &Hello::Refused(fault)).map_err(broken),
    };
    protocol::send(&mut to, &Hello::Ready { model: source.model() }).map_err(broken)?;
    for request in requests(from) {
        answer(request, &mut source, &mut to).map_err(broken)?;
    }
    Ok(())
}

fn answer(request: Request, source: &mut PageSource, to: &mut UnixStream) -> io::Result<()> {
    match request {
        Request::Count { file } => {
            let reply = source.page_count(&file.to_path()).map_or_else(Reply::Failed, Reply::Pages);
            protocol::send(to, &reply)
        }
        Request::Read { file, first, last } => {
            let file = file.to_path();
            (first..=last).try_for_each(|page| protocol::send(to, &source.read(&file, page)))
        }
    }
}

/// Requests as they come. A parent that is gone ends the worker at once, whatever native code is doing.
fn requests(mut from: BufReader<UnixStream>) -> mpsc::IntoIter<Request> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        while let Ok(Some(request)) = protocol::receive(&mut from) {
            if sender.send(request).is_err() {
                return;
            }
        }
        interrupt::exit_at_once(0);
    });
    receiver.into_iter()
}

fn socket() -> Result<UnixStream, Error> {
    let socket = UnixStream::from(io::stdin().as_fd().try_clone_to_owned().map_err(broken)?);
    match socket.peer_addr() {
        Ok(_) => Ok(socket),
        Err(why) => {
            let what = "a worker is started by saraban extract, not by hand";
            Err(Error::new(Stage::Configure, "worker.alone", what, why).at("saraban worker").hint("use saraban extract"))
        }
    }
}

/// Caps the address space, and keeps crashes from leaving memory images behind.
fn limit(mebibytes: u64) -> io::Result<()> {
    Resource::CORE.set(0, 0)?;
    match mebibytes {
        0 => Ok(()),
        _ => Resource::AS.set(mebibytes << 20, mebibytes << 20),
    }
}

fn broken(why: io::Error) -> Error {
    Error::new(Stage::Batch, "worker.connection", "the connection to the parent broke", why).at("worker")
}
