//! Standard output, where whoever reads it may stop at any line (`saraban explain … | head`).

use std::fmt::Display;
use std::io::{ErrorKind, Write, stdout};

use crate::error::{Error, Stage};

/// Writes `text` as it is. A closed pipe is the reader's choice and no error; a full disk behind it is one.
pub fn show(text: impl Display) -> Result<(), Error> {
    let mut out = stdout().lock();
    match write!(out, "{text}").and_then(|()| out.flush()) {
        Err(why) if why.kind() != ErrorKind::BrokenPipe => Err(Error::new(Stage::Output, "output.screen", "cannot write", why)
            .at("standard output")
            .hint("see whether the disk behind it is full")),
        _ => Ok(()),
    }
}
