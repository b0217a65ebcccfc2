//! `saraban read`: pages to text on the terminal, or to pictures of what was seen on them.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::debug;
use crate::config::Config;
use crate::document::text::{PageLayout, Role};
use crate::document::{PageImage, Rect};
use crate::error::{Error, Stage};
use crate::ingest::{self, Limits, Page};
use crate::pipeline::PageReader;
use crate::{layout, prepare};

use super::screen::show;

/// Prints the text of pages, or draws what is seen on them
///
/// The text of each line goes to standard output in reading order, with a form feed between pages: what saraban extract takes as .txt.
/// With --debug or --lines nothing is read: they draw the lines as they were found and cut, and one line tells how many a page has.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Scans: PDF, PNG, JPEG, TIFF, WebP, BMP
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Only this page of each file, from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    page: Option<u32>,
    /// Writes each page as PNG with its lines, their order, roles and what is not text
    #[arg(long, value_name = "DIR")]
    debug: Option<PathBuf>,
    /// Writes each line as PNG, cut as the reader sees it, with lines.ndjson beside
    #[arg(long, value_name = "DIR")]
    lines: Option<PathBuf>,
}

/// One line of `lines.ndjson`.
#[derive(Debug, Serialize)]
struct CutLine {
    /// The PNG, in the same folder.
    file: String,
    source: String,
    /// 1-based.
    page: u32,
    /// 1-based place in reading order.
    line: u32,
    /// Pixels of the upright page.
    #[serde(rename = "box")]
    rect: Rect,
    /// Clockwise corners of the band in pixels of the scan as it lies in the file, from the top left of the upright page.
    quad: [(f32, f32); 4],
    role: Role,
    tilt: f32,
    letter_height: f32,
    baseline: f32,
}

impl Args {
    /// Gives whether every page could be seen.
    pub fn run(&self) -> Result<bool, Error> {
        let mut way = if self.debug.is_none() && self.lines.is_none() {
            Way::Text(Box::new(Text { reader: PageReader::open(Config::default(), None)?, started: false }))
        } else {
            Way::Pictures(Pictures::new(self.debug.clone(), self.lines.clone())?)
        };
        let mut all = true;
        for (file, name) in self.files.iter().zip(names(&self.files)) {
            if let Err(error) = self.file(file, &name, &mut way) {
                eprintln!("{}", if error.place.is_empty() { error.at(file.display()) } else { error });
                all = false;
            }
        }
        Ok(all)
    }

    fn file(&self, path: &Path, name: &str, way: &mut Way) -> Result<(), Error> {
        let mut document = ingest::open(path, &Limits::from(&Config::default()))?;
        for number in self.page.map_or(1..=document.page_count(), |page| page..=page) {
            let page = document.page(number)?;
            match way {
                Way::Text(text) => text.page(page)?,
                Way::Pictures(pictures) => pictures.page(&Place { path, name: format!("{name}-{number}"), number }, page)?,
            }
        }
        Ok(())
    }
}

/// What pages become.
enum Way {
    Text(Box<Text>),
    Pictures(Pictures),
}

struct Text {
    reader: PageReader,
    /// Whether a page was printed already.
    started: bool,
}

impl Text {
    fn page(&mut self, page: Page) -> Result<(), Error> {
        let read = match page {
            Page::Scan(scan) => self.reader.read_page(scan)?,
            Page::Text(text) => text,
        };
        let before = if std::mem::replace(&mut self.started, true) { "\u{c}" } else { "" };
        let lines: String = read.lines.iter().map(|line| format!("{}\n", line.text)).collect();
        show(format!("{before}{lines}"))
    }
}

/// A page and what its pictures are called.
struct Place<'a> {
    path: &'a Path,
    name: String,
    number: u32,
}

struct Pictures {
    /// Folder for whole pages.
    debug: Option<PathBuf>,
    /// Folder for lines, and its `lines.ndjson`.
    lines: Option<(PathBuf, BufWriter<File>)>,
}

impl Pictures {
    fn new(debug: Option<PathBuf>, lines: Option<PathBuf>) -> Result<Pictures, Error> {
        for folder in debug.iter().chain(&lines) {
            fs::create_dir_all(folder).map_err(|why| unwritable(folder, why))?;
        }
        let index = |folder: PathBuf| {
            let path = folder.join("lines.ndjson");
            let file = File::create(&path).map_err(|why| unwritable(&path, why))?;
            Ok((folder, BufWriter::new(file)))
        };
        Ok(Pictures { debug, lines: lines.map(index).transpose()? })
    }

    fn page(&mut self, place: &Place, page: Page) -> Result<(), Error> {
        let Page::Scan(scan) = page else {
            return Err(Error::new(Stage::Ingest, "read.no_picture", "nothing to see", "transcribed text has no page image")
                .hint("leave out --debug and --lines to print it"));
        };
        let size = (scan.image.width(), scan.image.height());
        let page = prepare::upright(scan.image);
        let found = layout::find_lines(&page);
        if let Some(folder) = &self.debug {
            let path = folder.join(format!("{}.png", place.name));
            debug::drawn(&page, &found).save(&path).map_err(|why| unwritable(&path, why))?;
        }
        if let Some((folder, index)) = &mut self.lines {
            let told = cut(folder, place, size, &page, &found)?;
            index.write_all(told.as_bytes()).and_then(|()| index.flush()).map_err(|why| unwritable(folder, why))?;
        }
        show(format!("{}, page {}: {} lines\n", place.path.display(), place.number, found.lines.len()))
    }
}

/// Writes the lines of a page; gives what `lines.ndjson` says of them. `size`: width and height of the scan as it lies in the file.
fn cut(folder: &Path, place: &Place, size: (u32, u32), page: &PageImage, found: &PageLayout) -> Result<String, Error> {
    let mut told = String::new();
    for (number, region) in found.lines.iter().enumerate() {
        let file = format!("{}-{:03}.png", place.name, number + 1);
        let path = folder.join(&file);
        page.line(region).save(&path).map_err(|why| unwritable(&path, why))?;
        let line = CutLine {
            file,
            source: place.path.display().to_string(),
            page: place.number,
            line: number as u32 + 1,
            rect: region.rect,
            quad: region.corners().map(|corner| prepare::on_the_scan(page, size, corner)),
            role: region.role,
            tilt: region.tilt,
            letter_height: region.letter_height,
            baseline: region.baseline,
        };
        told += &serde_json::to_string(&line).map_err(|why| unwritable(folder, why))?;
        told.push('\n');
    }
    Ok(told)
}

/// What the pictures of each file are called: by its stem, and by a number where an earlier file has that name.
fn names(files: &[PathBuf]) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut name = |file: &PathBuf| {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let numbered = (2..).map(|number| format!("{stem}.{number}"));
        let free = std::iter::once(stem.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
        free.unwrap_or(stem)
    };
    files.iter().map(&mut name).collect()
}

fn unwritable(path: &Path, why: impl std::fmt::Display) -> Error {
    Error::new(Stage::Output, "output.unwritable", "cannot write", why).at(path.display()).hint("choose another folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_of_files_with_one_stem_have_their_own_names() {
        let files = ["a/scan.pdf", "b/scan.pdf", "scan.2.pdf", "c/scan.png"].map(PathBuf::from);
        assert_eq!(names(&files), ["scan", "scan.2", "scan.2.2", "scan.3"]);
    }
}
