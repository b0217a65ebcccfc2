//! Paths in, files out: every file below the inputs, once, in an order that does not depend on the machine.
//!
//! The hard thing is that a broken corner of a network drive must not stop the walk: what cannot be entered comes out as an error with its
//! place, in the order where it stood.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use globset::{Glob, GlobSet, GlobSetBuilder};
use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, Stage};

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Relative to the input root, "/" separators: what records say.
    pub path: String,
    /// Where the file is.
    pub file: PathBuf,
    /// It was asked for by name, not found in a folder.
    pub named: bool,
}

/// A place that could not be walked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// Relative to the input root, "/" separators.
    pub path: String,
    pub error: Box<Error>,
}

/// Which of the files below an input count.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    include: Option<GlobSet>,
    exclude: Option<GlobSet>,
    /// Folders that are never entered (the run's own output), canonical.
    skip: Vec<PathBuf>,
}

impl Filter {
    /// `include` and `exclude` are globs on paths relative to the input root; an empty `include` takes everything.
    pub fn new(include: &[String], exclude: &[String], skip: Option<&Path>) -> Result<Filter, Error> {
        Ok(Filter {
            include: globs("--include", include)?,
            exclude: globs("--exclude", exclude)?,
            skip: skip.and_then(|folder| folder.canonicalize().ok()).into_iter().collect(),
        })
    }

    /// Whether a file at this relative path counts.
    pub fn takes(&self, path: &str) -> bool {
        self.include.as_ref().is_none_or(|globs| globs.is_match(path)) && !self.exclude.as_ref().is_some_and(|globs| globs.is_match(path))
    }

    fn enters(&self, entry: &DirEntry) -> bool {
        let hidden = entry.depth() > 0 && is_hidden(entry.file_name());
        let skipped = !self.skip.is_empty()
            && entry.file_type().is_dir()
            && entry.path().canonicalize().is_ok_and(|folder| self.skip.contains(&folder));
        !hidden && !skipped
    }
}

fn globs(option: &str, patterns: &[String]) -> Result<Option<GlobSet>, Error> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let bad = |pattern: &str, why: globset::Error| {
        Error::new(Stage::Configure, "glob.invalid", format!("not a pattern: {pattern}"), why).at(option).hint("quote it, e.g. '**/*.pdf'")
    };
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(Glob::new(pattern).map_err(|why| bad(pattern, why))?);
    }
    set.build().map(Some).map_err(|why| bad(&patterns.join(" "), why))
}

/// Dot files, and what desktop systems leave in every folder.
fn is_hidden(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') || ["Thumbs.db", "desktop.ini", "__MACOSX"].iter().any(|left| name.eq_ignore_ascii_case(left))
}

/// The folder that paths in records are relative to: the deepest one that holds every input (a folder given alone is its own root).
pub fn root(inputs: &[PathBuf]) -> PathBuf {
    let mut common: Option<PathBuf> = None;
    for input in inputs {
        let absolute = absolute(input);
        let folder = if absolute.is_dir() { absolute } else { absolute.parent().map(Path::to_path_buf).unwrap_or_default() };
        common = Some(match common {
            None => folder,
            Some(common) => common.components().zip(folder.components()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect(),
        });
    }
    common.unwrap_or_default()
}

/// Every file below `input` (or the file itself), depth first, names in byte order. Follows symbolic links; reports a loop once and goes on.
pub fn files(input: &Path, root: &Path, filter: &Filter) -> impl Iterator<Item = Result<Found, Blocked>> + Send + use<> {
    let (root, filter) = (root.to_path_buf(), filter.clone());
    let entered = filter.clone();
    WalkDir::new(input)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |entry| entered.enters(entry))
        .filter(|entry| entry.as_ref().map_or(true, |entry| !entry.file_type().is_dir()))
        .filter_map(move |entry| match entry {
            Ok(entry) => {
                let path = relative(entry.path(), &root);
                filter.takes(&path).then(|| Ok(Found { path, named: entry.depth() == 0, file: entry.into_path() }))
            }
            Err(error) => Some(Err(blocked(&error, &root))),
        })
}

/// The files of every input, in their order, each once: what an earlier input covers does not come again with a later one. A file that is also
/// asked for by name counts as named wherever it comes.
pub fn all(inputs: Vec<PathBuf>, root: &Path, filter: &Filter) -> impl Iterator<Item = Result<Found, Blocked>> + Send + use<> {
    let (root, filter) = (root.to_path_buf(), filter.clone());
    let mut first: HashMap<PathBuf, usize> = HashMap::new();
    inputs.iter().enumerate().for_each(|(number, input)| {
        first.entry(absolute(input)).or_insert(number);
    });
    let (alone, first) = (inputs.len() == 1, Arc::new(first));
    inputs.into_iter().enumerate().flat_map(move |(number, input)| {
        let (root, first, filter) = (root.clone(), Arc::clone(&first), filter.clone());
        files(&input, &root, &filter).filter_map(move |found| {
            if alone {
                return Some(found);
            }
            let file = found.as_ref().map_or_else(|blocked| root.join(&blocked.path), |found| absolute(&found.file));
            let named = first.contains_key(&file);
            (!covered(&file, number, &first, &filter)).then(|| found.map(|found| Found { named, ..found }))
        })
    })
}

/// Whether an input before `number` is this file, or a folder whose walk comes to it.
fn covered(file: &Path, number: usize, first: &HashMap<PathBuf, usize>, filter: &Filter) -> bool {
    for place in file.ancestors() {
        if first.get(place).is_some_and(|earlier| *earlier < number) {
            return true;
        }
        if place.file_name().is_some_and(is_hidden) || filter.skip.iter().any(|folder| folder == place) {
            return false;
        }
    }
    false
}

fn blocked(error: &walkdir::Error, root: &Path) -> Blocked {
    let path = relative(error.path().unwrap_or(Path::new("")), root);
    let told = match (error.loop_ancestor(), error.io_error()) {
        (Some(ancestor), _) => Error::new(Stage::Walk, "walk.loop", "symbolic link leads back", format!("to {}", ancestor.display()))
            .hint("nothing in it is lost"),
        (None, Some(why)) if why.kind() == std::io::ErrorKind::NotFound => {
            Error::new(Stage::Walk, "walk.not_found", "no such file", "").hint("a broken link, or a file that was moved away")
        }
        (None, Some(why)) => Error::new(Stage::Walk, "walk.unreadable", "cannot enter", why).hint("check the permissions"),
        (None, None) => Error::new(Stage::Walk, "walk.unreadable", "cannot enter", error),
    };
    Blocked { path, error: Box::new(told) }
}

/// `file` as seen from `root`, "/" separators; as given where it is not below, or where there is no root.
pub fn relative(file: &Path, root: &Path) -> String {
    let absolute = absolute(file);
    let below = if root.as_os_str().is_empty() { file } else { absolute.strip_prefix(root).unwrap_or(file) };
    let parts: Vec<_> =
        below.components().filter(|part| *part != Component::CurDir).map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/").replacen("//", "/", 1)
}

/// Absolute, with `.` and `..` resolved by name alone.
fn absolute(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        folder
    }

    fn paths(folder: &Path, filter: &Filter) -> Vec<String> {
        let root = root(&[folder.to_path_buf()]);
        files(folder, &root, filter)
            .map(|found| found.map_or_else(|blocked| format!("! {}", blocked.error.code), |found| found.path))
            .collect()
    }

    #[test]
    fn files_come_in_byte_order_without_hidden_ones() {
        let folder = tree(&["b/2.txt", "b/1.txt", "a.txt", ".git/config", "Thumbs.db", "c/.hidden", "b.txt"]);
        assert_eq!(paths(folder.path(), &Filter::default()), ["a.txt", "b/1.txt", "b/2.txt", "b.txt"]);
    }

    #[test]
    fn globs_and_own_output_are_left_out() {
        let folder = tree(&["a.pdf", "a.txt", "out/records.ndjson", "deep/er/b.pdf"]);
        let filter = Filter::new(&["**/*.pdf".into()], &["deep/**".into()], None).unwrap();
        assert_eq!(paths(folder.path(), &filter), ["a.pdf"]);
        let filter = Filter::new(&[], &[], Some(&folder.path().join("out"))).unwrap();
        assert_eq!(paths(folder.path(), &filter), ["a.pdf", "a.txt", "deep/er/b.pdf"]);
        assert_eq!(Filter::new(&["a[".into()], &[], None).unwrap_err().code, "glob.invalid");
    }

    #[test]
    #[cfg(unix)]
    fn a_loop_and_a_broken_link_are_told_once_each() {
        let folder = tree(&["a/1.txt"]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("a/up")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("a/broken")).unwrap();
        assert_eq!(paths(folder.path(), &Filter::default()), ["a/1.txt", "! walk.not_found", "! walk.loop"]);
    }

    #[test]
    fn several_inputs_share_the_folder_above_them() {
        let folder = tree(&["2564/1.txt", "2565/1.txt"]);
        let inputs = [folder.path().join("2564"), folder.path().join("2565/1.txt")];
        let root = root(&inputs);
        let found: Vec<_> =
            inputs.iter().flat_map(|input| files(input, &root, &Filter::default())).map(|found| found.unwrap().path).collect();
        assert_eq!(found, ["2564/1.txt", "2565/1.txt"]);
    }

    #[test]
    fn what_an_earlier_input_covers_does_not_come_again() {
        let folder = tree(&["d/a.txt", "d/b.txt", "d/.c.txt", "d/e/f.txt", "g.txt"]);
        let walked = |inputs: &[&str], filter: &Filter| -> Vec<(String, bool)> {
            let inputs: Vec<PathBuf> = inputs.iter().map(|input| folder.path().join(input)).collect();
            all(inputs, &absolute(folder.path()), filter).map(|found| found.unwrap()).map(|found| (found.path, found.named)).collect()
        };
        let found = |names: &[(&str, bool)]| names.iter().map(|(name, named)| ((*name).to_owned(), *named)).collect::<Vec<_>>();
        let whole = [("d/a.txt", false), ("d/b.txt", true), ("d/e/f.txt", false)];
        assert_eq!(walked(&["d", "d/b.txt", "d/../d/e", "d"], &Filter::default()), found(&whole));
        assert_eq!(walked(&["d/b.txt", "d"], &Filter::default()), found(&[("d/b.txt", true), ("d/a.txt", false), ("d/e/f.txt", false)]));
        assert_eq!(walked(&["g.txt", "./g.txt"], &Filter::default()), found(&[("g.txt", true)]));
        std::os::unix::fs::symlink("nowhere", folder.path().join("d/e/broken")).unwrap();
        let root = absolute(folder.path());
        assert_eq!(all(vec![root.join("d"), root.join("d/e")], &root, &Filter::default()).filter(Result::is_err).count(), 1);
        std::fs::remove_file(folder.path().join("d/e/broken")).unwrap();
        // A walk enters neither what is hidden nor a run's own output.
        let hidden = [whole[0], ("d/b.txt", false), whole[2], ("d/.c.txt", true)];
        assert_eq!(walked(&["d", "d/.c.txt"], &Filter::default()), found(&hidden));
        let own = Filter::new(&[], &[], Some(&folder.path().join("d/e"))).unwrap();
        assert_eq!(walked(&["d", "d/e/f.txt"], &own), found(&[("d/a.txt", false), ("d/b.txt", false), ("d/e/f.txt", true)]));
    }
}
