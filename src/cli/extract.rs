use std::io::stdout;
use std::path::PathBuf;
use std::time::Duration;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::batch::budget::Budget;
use crate::batch::content::Shard;
use crate::batch::inputs::{From, Inputs};
use crate::batch::progress::Style;
use crate::batch::summary::State;
use crate::batch::{Batch, Interrupt, Isolation, Report, Stop, Target};
use crate::config::Config;
use crate::document::text::Engine;
use crate::error::{Error, Stage};
use crate::ingest::walk::Filter;
use crate::output::{FORMATS, Format};

use super::Exit;

/// Reads scans and transcriptions and writes a record for every letter in them
///
/// INPUT is a folder (walked recursively), PDF, PNG, JPEG, TIFF, WebP, BMP, or text that was transcribed before (.txt, .md in UTF-8).
/// With --out, the folder gets records.ndjson, pages.ndjson, failures.ndjson and run.json, and the same command goes on where it was stopped.
/// Without it, records go to standard output and nothing else does.
///
/// Exit status: 0 every input was read, 1 some failed, 2 the run could not start, 130 interrupted.
#[derive(clap::Args)]
pub struct Args {
    /// Folders and files to read
    #[arg(value_name = "INPUT", required_unless_present = "manifest")]
    inputs: Vec<PathBuf>,
    /// Folder for the results; where it holds some already, the run goes on
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Form of the records on standard output
    #[arg(long, value_name = "FORMAT", value_parser = format_parser(), default_value = FORMATS[0].name)]
    format: &'static Format,
    /// Workers at a time [default: one per core]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1024))]
    jobs: Option<u32>,

    /// Read the paths of the inputs from FILE, one per line; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "inputs", help_heading = "Inputs")]
    manifest: Option<PathBuf>,
    /// Paths in records are relative to DIR [default: the deepest folder that holds every input]
    #[arg(long, value_name = "DIR", help_heading = "Inputs")]
    root: Option<PathBuf>,
    /// Only files whose path matches, e.g. '**/*.pdf'
    #[arg(long, value_name = "GLOB", help_heading = "Inputs")]
    include: Vec<String>,
    /// No files whose path matches
    #[arg(long, value_name = "GLOB", help_heading = "Inputs")]
    exclude: Vec<String>,
    /// Only part I of N of the inputs, chosen by content: every machine can tell alone which are its own
    #[arg(long, value_name = "I/N", value_parser = shard, help_heading = "Inputs")]
    shard: Option<Shard>,

    /// Who reads the scans
    #[arg(long, value_enum, default_value_t = Reader::Network, help_heading = "Reading")]
    engine: Reader,
    /// Read heads and stamps with the other engine too, and report where the digits disagree
    #[arg(long, help_heading = "Reading")]
    second_reader: bool,
    /// Folder of the reader's model [default: the one that is built in]
    #[arg(long, value_name = "DIR", help_heading = "Reading")]
    model: Option<PathBuf>,
    /// Refuse pages with more pixels
    #[arg(long, value_name = "N", default_value_t = Config::default().max_pixels, help_heading = "Reading")]
    max_pixels: u64,
    /// Refuse files with more pages
    #[arg(long, value_name = "N", default_value_t = Config::default().max_pages, help_heading = "Reading")]
    max_pages: u32,

    /// Try again what failed in earlier runs
    #[arg(long, help_heading = "Going on", requires = "out")]
    retry_failed: bool,
    /// Read every file anew to see whether it changed, whatever its size and times say
    #[arg(long, help_heading = "Going on", requires = "out")]
    rehash: bool,
    /// Stop when more than this share of the inputs fails (0 to 1)
    #[arg(long, value_name = "SHARE", default_value_t = 1.0, value_parser = share, help_heading = "Going on")]
    max_failure_rate: f64,

    /// Where scans are read: in processes of their own, which may crash and hang, or in this one
    #[arg(long, value_enum, default_value_t = Where::Process, help_heading = "Limits")]
    isolation: Where,
    /// Seconds for one page
    #[arg(long, value_name = "SECONDS", default_value_t = Budget::default().page.as_secs(), help_heading = "Limits")]
    page_timeout: u64,
    /// Seconds for all pages of one file, added over the workers
    #[arg(long, value_name = "SECONDS", default_value_t = Budget::default().document.as_secs(), help_heading = "Limits")]
    document_timeout: u64,
    /// Seconds without any use of the processor after which a worker counts as hanging
    #[arg(long, value_name = "SECONDS", default_value_t = Budget::default().stall.as_secs(), help_heading = "Limits")]
    stall_timeout: u64,
    /// Address space of a worker; 0 sets no limit
    #[arg(long, value_name = "MIB", default_value_t = Budget::default().memory, help_heading = "Limits")]
    worker_memory: u64,
    /// Replace a worker after so many pages
    #[arg(long, value_name = "N", default_value_t = Budget::default().pages_per_worker, help_heading = "Limits")]
    worker_pages: u32,

    /// How far the run is, on standard error
    #[arg(long, value_enum, default_value_t = Shown::Auto, help_heading = "Telling")]
    progress: Shown,

    /// Also read the test format whose pages misbehave on order
    #[arg(long, hide = true)]
    faults: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Reader {
    /// saraban's own reader
    Network,
    /// Tesseract 5 with its Thai model, which cannot output ๔ ๖ ๗ ๘ ๙
    Tesseract,
}

#[derive(Clone, Copy, ValueEnum)]
enum Where {
    Process,
    None,
}

#[derive(Clone, Copy, ValueEnum)]
enum Shown {
    /// A bar on a terminal, a line every 30 seconds elsewhere
    Auto,
    Bar,
    Plain,
    /// One JSON object per line
    Json,
    None,
}

impl Args {
    pub fn run(self) -> Result<Exit, Error> {
        let target = match &self.out {
            Some(_) if self.format.name != FORMATS[0].name => {
                let what = format!("--format {} is for standard output", self.format.name);
                return Err(Error::new(Stage::Configure, "arguments", what, "--out writes records.ndjson")
                    .at("saraban extract")
                    .hint("leave out one of them"));
            }
            Some(folder) => Target::Folder(folder.clone()),
            None => Target::Stream { to: Box::new(stdout()), format: self.format },
        };
        let folder = self.out.clone();
        let report = self.batch()?.run(target)?;
        Ok(tell(&report, folder.as_deref()))
    }

    fn batch(self) -> Result<Batch, Error> {
        Ok(Batch {
            config: self.config(),
            budget: self.budget(),
            isolation: self.isolation()?,
            inputs: Inputs {
                filter: Filter::new(&self.include, &self.exclude, self.out.as_deref())?,
                from: self.manifest.map_or(From::Paths(self.inputs), From::List),
                root: self.root,
            },
            model: self.model,
            jobs: self.jobs.map_or_else(cores, |jobs| jobs as usize),
            shard: self.shard.unwrap_or(Shard::WHOLE),
            retry_failed: self.retry_failed,
            rehash: self.rehash,
            max_failure_rate: self.max_failure_rate,
            progress: self.progress.style(),
            interrupt: Interrupt::listen()?,
            faults: self.faults,
        })
    }

    fn config(&self) -> Config {
        Config {
            engine: match self.engine {
                Reader::Network => Engine::Network,
                Reader::Tesseract => Engine::Tesseract,
            },
            second_reader: self.second_reader,
            max_pixels: self.max_pixels,
            max_pages: self.max_pages,
            ..Config::default()
        }
    }

    fn budget(&self) -> Budget {
        Budget {
            page: Duration::from_secs(self.page_timeout),
            document: Duration::from_secs(self.document_timeout),
            stall: Duration::from_secs(self.stall_timeout),
            memory: self.worker_memory,
            pages_per_worker: self.worker_pages,
            ..Budget::default()
        }
    }

    fn isolation(&self) -> Result<Isolation, Error> {
        match self.isolation {
            Where::None => Ok(Isolation::None),
            Where::Process => std::env::current_exe().map(Isolation::Process).map_err(|why| {
                Error::new(Stage::Configure, "worker.program", "cannot find this program to start workers", why)
                    .at("saraban extract")
                    .hint("use --isolation none")
            }),
        }
    }
}

impl Shown {
    fn style(self) -> Style {
        match self {
            Shown::Auto => Style::Auto,
            Shown::Bar => Style::Bar,
            Shown::Plain => Style::Lines,
            Shown::Json => Style::Json,
            Shown::None => Style::None,
        }
    }
}

/// Prints the summary and gives the exit status.
fn tell(report: &Report, out: Option<&std::path::Path>) -> Exit {
    let (run, totals) = (&report.run, &report.run.totals);
    let place = out.map_or("saraban extract".to_owned(), |out| out.display().to_string());
    for (folder, files) in &report.kept {
        eprintln!("{}: keeps the results of {files} files that are not among the inputs any more", folder.display());
    }
    match &report.stop {
        None | Some(Stop::Closed) => {}
        Some(Stop::Interrupt) => eprintln!("{place}: interrupted; hint: the same command goes on where this one was"),
        Some(Stop::Setup(message)) => eprintln!("saraban extract: {message}"),
        Some(Stop::Output(error)) => eprintln!("{error}"),
        Some(Stop::Failures) => eprintln!(
            "{place}: stopped: {} of {} inputs failed, more than --max-failure-rate; hint: see failures.ndjson for what they have in common",
            totals.failed + totals.incomplete,
            totals.recorded + totals.failed
        ),
    }
    let books = run.state != State::Finished || totals.add_up();
    if !books {
        let done = totals.done();
        eprintln!("{place}: the run does not add up: {} inputs, but {done} recorded, failed or skipped; hint: report it", totals.inputs);
    }
    if out.is_some() {
        eprintln!("{}", summary(report));
    }
    match &report.stop {
        Some(Stop::Interrupt) => Exit::Interrupted,
        Some(Stop::Setup(_)) => Exit::Unable,
        Some(Stop::Closed) => Exit::Success,
        Some(_) => Exit::Failures,
        None if totals.failed + totals.incomplete > 0 || !books => Exit::Failures,
        None => Exit::Success,
    }
}

fn summary(report: &Report) -> String {
    let (run, totals) = (&report.run, &report.run.totals);
    let mut parts = vec![
        format!("{} files: {} recorded", totals.inputs, totals.recorded),
        format!("{} failed", totals.failed),
        format!("{} records from {} pages", totals.counts.records, totals.counts.pages),
        format!("{} to review", totals.counts.review),
        format!("{:.1} s", run.seconds),
    ];
    if totals.incomplete > 0 {
        parts.insert(1, format!("{} of them in part", totals.incomplete));
    }
    if totals.foreign > 0 {
        parts.insert(1, format!("{} skipped as neither scan nor text", totals.foreign));
    }
    if totals.skipped > totals.foreign {
        parts.insert(1, format!("{} left to other shards", totals.skipped - totals.foreign));
    }
    parts.join(", ")
}

fn format_parser() -> impl TypedValueParser<Value = &'static Format> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(names)
        .try_map(|name| FORMATS.iter().find(|format| format.name == name).ok_or_else(|| format!("no format {name}")))
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn shard(text: &str) -> Result<Shard, String> {
    let parsed = text.split_once('/').and_then(|(index, count)| Some(Shard { index: index.parse().ok()?, count: count.parse().ok()? }));
    parsed.filter(|shard| (1..=shard.count).contains(&shard.index)).ok_or_else(|| "write it as 2/5, from 1/5 to 5/5".to_owned())
}

fn share(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "a number from 0 to 1".to_owned())
}
