//! Results of an earlier run that the present one went past: taken over where content and configuration are still the same.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::document::Record;
use crate::error::{Error, Stage};
use crate::output::failures::{self, Failure};
use crate::output::pages::{self, PageLine};
use crate::output::records;

use super::bundle::{Lines, Verdict};
use super::content;
use super::folder::{DATA, JOURNAL};
use super::journal::{self, Entries, Entry, Spans};

/// Name of an archive's folder, before its number.
const NAME: &str = "previous-";

/// Three data files and the journal that speaks of them.
pub struct Shelf {
    pub records: File,
    pub pages: File,
    pub failures: File,
    pub base: Spans,
}

impl Shelf {
    /// Opens the data files of a folder for reading.
    pub fn open(folder: &Path, base: Spans) -> io::Result<Shelf> {
        let open = |name: &str| File::open(folder.join(name));
        Ok(Shelf { records: open(DATA[0])?, pages: open(DATA[1])?, failures: open(DATA[2])?, base })
    }

    /// The lines of an entry, told under another path.
    pub fn lines(&self, entry: &Entry, path: &str) -> io::Result<Lines> {
        let records = part(&self.records, self.base.records, entry.from.records, entry.to.records)?;
        let pages = part(&self.pages, self.base.pages, entry.from.pages, entry.to.pages)?;
        let failures = part(&self.failures, self.base.failures, entry.from.failures, entry.to.failures)?;
        let (verdict, counts, causes) = (entry.verdict, entry.counts, entry.causes.clone());
        let lines = Lines { verdict, records, pages, failures, counts, causes };
        if entry.path == path { Ok(lines) } else { renamed(lines, path) }
    }
}

fn part(file: &File, base: u64, from: u64, to: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; (to - from) as usize];
    file.read_exact_at(&mut bytes, from - base)?;
    Ok(bytes)
}

/// The same results for a copy of the file elsewhere.
fn renamed(lines: Lines, path: &str) -> io::Result<Lines> {
    let mut records: Vec<Record> = parsed(&lines.records)?;
    records.iter_mut().for_each(|record| path.clone_into(&mut record.source.path));
    let mut pages: Vec<PageLine> = parsed(&lines.pages)?;
    pages.iter_mut().for_each(|page| path.clone_into(&mut page.source.path));
    let mut failures: Vec<Failure> = parsed(&lines.failures)?;
    failures.iter_mut().for_each(|failure| path.clone_into(&mut failure.path));
    Ok(Lines { records: records::lines(&records), pages: pages::lines(&pages), failures: failures::lines(&failures), ..lines })
}

fn parsed<T: serde::de::DeserializeOwned>(lines: &[u8]) -> io::Result<Vec<T>> {
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).map_err(io::Error::from)).collect()
}

/// Every archive of an output folder, newest first.
#[derive(Default)]
pub struct Archives(Vec<Archive>);

struct Archive {
    folder: PathBuf,
    shelf: Shelf,
    journal: File,
    /// First half of a checksum → offset in the journal.
    places: HashMap<u128, u64>,
}

impl Archives {
    pub fn open(output: &Path) -> Result<Archives, Error> {
        let mut archives = Vec::new();
        for folder in folders(output).map_err(|why| unusable(output, why))? {
            archives.push(Archive::open(&folder).map_err(|why| unusable(&folder, why))?);
        }
        archives.reverse();
        Ok(Archives(archives))
    }

    /// The results for this content that were reached with one of these fingerprints, under a new path.
    pub fn take(&self, sha256: &str, path: &str, usable: &dyn Fn(&Entry) -> bool) -> Option<(Entry, Lines)> {
        self.0.iter().find_map(|archive| {
            let entry = journal::entry_at(&archive.journal, *archive.places.get(&content::key(sha256))?).ok()?;
            if entry.sha256.as_deref() != Some(sha256) || !usable(&entry) {
                return None;
            }
            let lines = archive.shelf.lines(&entry, path).ok()?;
            Some((entry, lines))
        })
    }

    /// The pages of this content, all of them, if what read them, as the fingerprint tells, is still good.
    pub fn pages(&self, sha256: &str, good: &dyn Fn(&str) -> bool) -> Option<Vec<PageLine>> {
        self.0.iter().find_map(|archive| {
            let entry = journal::entry_at(&archive.journal, *archive.places.get(&content::key(sha256))?).ok()?;
            let whole = entry.sha256.as_deref() == Some(sha256) && entry.verdict == Verdict::Recorded && !entry.has_failures();
            if !whole || !good(&entry.fingerprint) {
                return None;
            }
            let lines = part(&archive.shelf.pages, archive.shelf.base.pages, entry.from.pages, entry.to.pages).ok()?;
            parsed(&lines).ok()
        })
    }

    /// Deletes what the finished run has all of. What it lacks stays; gives the folder and how many files only it knows.
    pub fn retire(self, has: &dyn Fn(&[String]) -> io::Result<usize>) -> io::Result<Vec<(PathBuf, usize)>> {
        let mut kept = Vec::new();
        for archive in self.0 {
            let paths: Vec<String> = archive.entries()?.map(|(_, entry)| entry.path).collect();
            match paths.len() - has(&paths)? {
                0 => fs::remove_dir_all(&archive.folder)?,
                lacking => kept.push((archive.folder, lacking)),
            }
        }
        Ok(kept)
    }
}

impl Archive {
    fn open(folder: &Path) -> io::Result<Archive> {
        let journal = File::open(folder.join(JOURNAL))?;
        let mut entries = Entries::starting_at(journal.try_clone()?, 0)?;
        let base = entries.header().map(|header| header.base).unwrap_or_default();
        let shelf = Shelf::open(folder, base)?;
        let places = entries.filter_map(|(offset, entry)| Some((content::key(entry.sha256.as_deref()?), offset))).collect();
        Ok(Archive { folder: folder.to_path_buf(), shelf, journal, places })
    }

    fn entries(&self) -> io::Result<Entries> {
        let mut entries = Entries::starting_at(self.journal.try_clone()?, 0)?;
        entries.header();
        Ok(entries)
    }
}

/// The archive folders of an output folder, oldest first.
fn folders(output: &Path) -> io::Result<Vec<PathBuf>> {
    let mut numbered = Vec::new();
    for entry in fs::read_dir(output)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(number) = name.strip_prefix(NAME).and_then(|number| number.parse::<u32>().ok()) {
            numbered.push((number, entry.path()));
        }
    }
    numbered.sort();
    Ok(numbered.into_iter().map(|(_, folder)| folder).collect())
}

/// Name for the next archive, and the name it bears until it is whole.
pub fn next_folder(output: &Path) -> io::Result<(PathBuf, PathBuf)> {
    let last = folders(output)?.last().and_then(|folder| folder.to_string_lossy().rsplit('-').next()?.parse::<u32>().ok());
    Ok((output.join(format!("{NAME}{}", last.unwrap_or(0) + 1)), output.join(".previous")))
}

fn unusable(folder: &Path, why: io::Error) -> Error {
    Error::new(Stage::Output, "output.archive", "cannot use the results kept here", why).at(folder.display()).hint("move the folder away")
}
