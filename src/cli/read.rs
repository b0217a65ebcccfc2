//! `saraban read`: pages to text on the terminal, and pictures of what was seen on them.
use super::screen::show;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::debug;
use crate::config::Config;
use crate::document::text::{PageLayout, Role};
use crate::document::{PageImage, Rect};
use crate::error::{Error, Stage};
use crate::ingest::{self, Limits, Page};
use crate::{layout, prepare};

/// Shows what is seen on pages: lines in reading order, and what is not text
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Scans: PDF, PNG, JPEG, TIFF, WebP, BMP
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Only this page of each file, from 1
    #[arg(long)]
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
        for folder in self.debug.iter().chain(&self.lines) {
            fs::create_dir_all(folder).map_err(|why| unwritable(folder, why))?;
        }
        let mut index = match &self.lines {
            Some(folder) => {
                let path = folder.join("lines.ndjson");
                Some(fs::File::create(&path).map(std::io::BufWriter::new).map_err(|why| unwritable(&path, why))?)
            }
            None => None,
        };
        let mut all = true;
        for file in &self.files {
            if let Err(error) = self.file(file, index.as_mut()) {
                eprintln!("{}", error.at(file.display().to_string()));
                all = false;
            }
        }
        Ok(all)
    }

    fn file(&self, path: &Path, mut index: Option<&mut impl Write>) -> Result<(), Error> {
        let mut document = ingest::open(path, &Limits::from(&Config::default()))?;
        let pages = self.page.map_or(1..=document.page_count(), |page| page..=page);
        for number in pages {
            let Page::Scan(scan) = document.page(number)? else {
                return Err(Error::new(Stage::Ingest, "read.no_picture", "nothing to see", "transcribed text has no page image"));
            };
            let size = (scan.image.width(), scan.image.height());
            let page = prepare::upright(scan.image);
            let found = layout::find_lines(&page);
            let name = format!("{}-{number}", path.file_stem().unwrap_or_default().to_string_lossy());
            if let Some(folder) = &self.debug {
                let path = folder.join(format!("{name}.png"));
                debug::drawn(&page, &found).save(&path).map_err(|why| unwritable(&path, why))?;
            }
            if let (Some(folder), Some(index)) = (&self.lines, index.as_deref_mut()) {
                let cut = Cut { folder, name: &name, source: path, number, size };
                cut.write(&page, &found, index)?;
            }
            show(format!("{}, page {number}: {} lines\n", path.display(), found.lines.len()))?;
        }
        Ok(())
    }
}

/// Where the lines of one page go.
struct Cut<'a> {
    folder: &'a Path,
    name: &'a str,
    source: &'a Path,
    number: u32,
    /// Width and height of the scan as it lies in the file.
    size: (u32, u32),
}

impl Cut<'_> {
    fn write(&self, page: &PageImage, found: &PageLayout, index: &mut impl Write) -> Result<(), Error> {
        for (number, region) in found.lines.iter().enumerate() {
            let file = format!("{}-{:03}.png", self.name, number + 1);
            let path = self.folder.join(&file);
            page.line(region).save(&path).map_err(|why| unwritable(&path, why))?;
            let rect = region.rect;
            let line = CutLine {
                file,
                source: self.source.display().to_string(),
                page: self.number,
                line: number as u32 + 1,
                rect,
                quad: region.corners().map(|corner| prepare::on_the_scan(page, self.size, corner)),
                role: region.role,
                tilt: region.tilt,
                letter_height: region.letter_height,
                baseline: region.baseline,
            };
            let text = serde_json::to_string(&line).map_err(|why| unwritable(self.folder, why))?;
            writeln!(index, "{text}").map_err(|why| unwritable(self.folder, why))?;
        }
        Ok(())
    }
}

fn unwritable(path: &Path, why: impl std::fmt::Display) -> Error {
    Error::new(Stage::Output, "output.unwritable", "cannot write", why).at(path.display().to_string())
}
