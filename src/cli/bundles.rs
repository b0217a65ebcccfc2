//! Files whose text is known: a transcript, or the pages that a run wrote, with the gaps of those that failed.

use std::fs;
use std::path::Path;

use crate::document::source::{PageFailure, Source};
use crate::document::text::PageText;
use crate::error::{Error, Stage};
use crate::ingest::transcript;
use crate::output::failures::Failure;
use crate::output::pages::PageLine;

/// One file, page by page.
pub struct Bundle {
    pub source: Source,
    pub pages: Vec<Result<PageText, PageFailure>>,
}

/// The transcript, or every file of a `pages.ndjson`.
pub fn read(file: &Path) -> Result<Vec<Bundle>, Error> {
    let bytes = fs::read(file).map_err(|why| {
        Error::new(Stage::Ingest, "explain.unreadable", "cannot read", why).at(file.display()).hint("name a text or a pages.ndjson")
    })?;
    if file.extension().is_some_and(|extension| extension == "ndjson") { run(file, &bytes) } else { transcribed(file, &bytes) }
}

fn transcribed(file: &Path, bytes: &[u8]) -> Result<Vec<Bundle>, Error> {
    let pages = transcript::read(bytes).map_err(|error| {
        let hint = "explain reads .txt, .md and pages.ndjson; run saraban extract on scans and explain its pages.ndjson";
        error.at(file.display()).hint(hint)
    })?;
    if pages.is_empty() {
        return Err(Error::new(Stage::Ingest, "text.empty", "no text", "the file holds only white space")
            .at(file.display())
            .hint("transcribe it again"));
    }
    let source = Source { path: file.display().to_string(), sha256: String::new(), page_count: pages.len() as u32 };
    Ok(vec![Bundle { source, pages: pages.into_iter().map(Ok).collect() }])
}

fn run(file: &Path, bytes: &[u8]) -> Result<Vec<Bundle>, Error> {
    let failures = failures(&file.with_file_name("failures.ndjson"));
    let mut bundles: Vec<Bundle> = Vec::new();
    let text = String::from_utf8_lossy(bytes);
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let line: PageLine = serde_json::from_str(line).map_err(|why| {
            Error::new(Stage::Ingest, "explain.bad_page", "no page", why)
                .at(format!("{}, line {number}", file.display()))
                .hint("name the pages.ndjson of saraban extract")
        })?;
        match bundles.last_mut().filter(|bundle| bundle.source.path == line.source.path) {
            Some(bundle) => bundle.put(line.text),
            None => {
                let mut bundle = Bundle::empty(line.source, &failures);
                bundle.put(line.text);
                bundles.push(bundle);
            }
        }
    }
    Ok(bundles)
}

/// What a run could not read; nothing where that is not told.
fn failures(file: &Path) -> Vec<Failure> {
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

impl Bundle {
    /// A file of which no page is known yet.
    fn empty(source: Source, failures: &[Failure]) -> Bundle {
        let missing = |page| {
            let told = failures.iter().find(|failure| failure.path == source.path && failure.page == Some(page));
            Err(match told.cloned() {
                Some(Failure { stage, code, message, .. }) => PageFailure { page, stage, code, message },
                None => PageFailure {
                    page,
                    stage: Stage::Ingest.name().to_owned(),
                    code: "explain.no_page".to_owned(),
                    message: "not among the pages of the run".to_owned(),
                },
            })
        };
        Bundle { pages: (1..=source.page_count).map(missing).collect(), source }
    }

    fn put(&mut self, text: PageText) {
        let place = (text.page as usize).checked_sub(1).and_then(|at| self.pages.get_mut(at));
        match place {
            Some(place) => *place = Ok(text),
            None => self.pages.push(Ok(text)),
        }
    }
}
