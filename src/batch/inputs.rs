//! Where the inputs come from: folders and files of the command line, or a list that is read as it comes and never held whole.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use crate::error::{Error, Stage};
use crate::ingest::walk::{self, Blocked, Filter, Found};

/// What a run reads, in order.
#[derive(Debug, Clone)]
pub struct Inputs {
    pub from: From,
    /// Paths in records are relative to this folder; None: to the deepest folder that holds every input, or as a list gives them.
    pub root: Option<PathBuf>,
    pub filter: Filter,
}

#[derive(Debug, Clone)]
pub enum From {
    Paths(Vec<PathBuf>),
    /// A file with one path per line; `-` is standard input.
    List(PathBuf),
}

/// An input as a walk gives it.
pub type Input = Result<Found, Blocked>;

/// Inputs as a walk gives them.
pub type Walk = Box<dyn Iterator<Item = Input> + Send>;

impl Inputs {
    /// Starts walking. A path of the command line that is not there is a mistake, not an input that failed.
    pub fn walk(&self) -> Result<Walk, Error> {
        match &self.from {
            From::Paths(paths) => self.walk_paths(paths),
            From::List(list) => self.walk_list(list),
        }
    }

    /// What the user called them.
    pub fn name(&self) -> String {
        match &self.from {
            From::Paths(paths) => paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "),
            From::List(list) if list == Path::new("-") => "standard input".to_owned(),
            From::List(list) => list.display().to_string(),
        }
    }

    /// Whether the walk can be made a second time, to count it.
    pub fn can_be_counted(&self) -> bool {
        !matches!(&self.from, From::List(list) if list == Path::new("-"))
    }

    fn walk_paths(&self, paths: &[PathBuf]) -> Result<Walk, Error> {
        for path in paths {
            std::fs::symlink_metadata(path).map_err(|why| {
                Error::new(Stage::Configure, "input.missing", "cannot read this input", why).at(path.display()).hint("check the path")
            })?;
        }
        let root = self.root.clone().map_or_else(|| walk::root(paths), |root| walk::root(&[root]));
        Ok(Box::new(walk::all(paths.to_vec(), &root, &self.filter)))
    }

    fn walk_list(&self, list: &Path) -> Result<Walk, Error> {
        let lines: Box<dyn BufRead + Send> = if list == Path::new("-") {
            Box::new(BufReader::new(io::stdin()))
        } else {
            let file = File::open(list).map_err(|why| {
                Error::new(Stage::Configure, "manifest.missing", "cannot read the list of inputs", why)
                    .at(list.display())
                    .hint("check --manifest")
            })?;
            Box::new(BufReader::new(file))
        };
        let root = self.root.as_ref().map_or_else(PathBuf::new, |root| walk::root(std::slice::from_ref(root)));
        let filter = self.filter.clone();
        let files = paths(lines).flat_map(move |line| -> Walk {
            match line {
                Ok(path) => Box::new(walk::files(&path, &root, &filter)),
                Err(why) => {
                    let error = Error::new(Stage::Walk, "manifest.unreadable", "the list of inputs breaks off", why)
                        .hint("what stands behind is not read; run the same command again");
                    Box::new(std::iter::once(Err(Blocked { path: String::new(), error: Box::new(error) })))
                }
            }
        });
        Ok(Box::new(files))
    }
}

/// The paths of a list, one per line; empty lines do not count. Ends after a line that cannot be read.
fn paths(mut lines: Box<dyn BufRead + Send>) -> impl Iterator<Item = io::Result<PathBuf>> + Send {
    use std::os::unix::ffi::OsStringExt;
    let mut broken = false;
    std::iter::from_fn(move || {
        let mut line = Vec::new();
        while !broken {
            line.clear();
            match lines.read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(why) => {
                    broken = true;
                    return Some(Err(why));
                }
            }
            let end = line.len() - line.iter().rev().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            if end > 0 {
                line.truncate(end);
                return Some(Ok(PathBuf::from(std::ffi::OsString::from_vec(line))));
            }
        }
        None
    })
}
