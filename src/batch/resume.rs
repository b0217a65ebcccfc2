//! How far an earlier run of the same command got: its journal beside the walk, input by input, until the two part.

use std::iter::Peekable;

use crate::error::Error;
use crate::ingest::walk::Found;

use super::bundle::Verdict;
use super::content::{self, FileMarks, Shard};
use super::folder::Folder;
use super::inputs::Input;
use super::journal::Entry;
use super::protocol::Fault;

/// What makes an earlier result good for this run.
pub struct Fingerprints<'a> {
    /// Of text that was transcribed before: no model, no PDFium.
    pub text: String,
    /// Of scans; asking starts a reader, which knows its model.
    pub scans: &'a (dyn Fn() -> Result<String, Fault> + Sync),
}

impl Fingerprints<'_> {
    pub fn accept(&self, fingerprint: &str) -> Result<bool, Fault> {
        Ok(fingerprint == self.text || fingerprint == (self.scans)()?)
    }
}

/// What this run asks of earlier results.
pub struct Terms<'a> {
    pub fingerprints: Fingerprints<'a>,
    pub shard: Shard,
    pub retry_failed: bool,
    pub rehash: bool,
}

impl Terms<'_> {
    /// Whether a result stands, as far as its entry tells: same configuration, same shard, no failure that is to be tried again.
    pub fn stands(&self, entry: &Entry) -> Result<bool, Fault> {
        if entry.has_failures() && self.retry_failed {
            return Ok(false);
        }
        let ours = entry.sha256.as_deref().is_none_or(|sha256| self.shard.takes(sha256));
        match (ours, entry.verdict == Verdict::OtherShard) {
            (false, true) => Ok(true),
            (true, false) if entry.sha256.is_none() => Ok(true),
            (true, false) => self.fingerprints.accept(&entry.fingerprint),
            _ => Ok(false),
        }
    }

    fn is_done(&self, entry: &Entry, input: &Input) -> Result<bool, Fault> {
        let same = match input {
            Err(blocked) => entry.path == blocked.path && entry.sha256.is_none(),
            Ok(found) => entry.path == found.path && self.is_same_content(entry, found),
        };
        Ok(same && self.stands(entry)?)
    }

    fn is_same_content(&self, entry: &Entry, found: &Found) -> bool {
        let Ok(marks) = FileMarks::of(&found.file) else { return entry.sha256.is_none() };
        if entry.marks == Some(marks) && !self.rehash {
            return true;
        }
        content::sha256(&found.file).ok() == entry.sha256
    }
}

/// Walks past everything that is done, counting it with `done`. The next input of `walk` is the first to read.
pub fn skip_done(
    folder: &mut Folder,
    walk: &mut Peekable<impl Iterator<Item = Input>>,
    terms: &Terms,
    done: &mut dyn FnMut(&Entry),
) -> Result<Result<(), Fault>, Error> {
    let mut entries = folder.entries()?;
    let leaves_results = loop {
        let Some((offset, entry)) = entries.next() else { break false };
        let Some(input) = walk.peek() else { break true };
        match terms.is_done(&entry, input) {
            Ok(true) => {
                folder.keep(offset, &entry);
                done(&entry);
                walk.next();
            }
            Ok(false) => break true,
            Err(fault) => return Ok(Err(fault)),
        }
    };
    folder.go_on(leaves_results)?;
    Ok(Ok(()))
}
