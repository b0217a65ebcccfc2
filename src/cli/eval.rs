use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::batch::budget::Budget;
use crate::batch::content::Shard;
use crate::batch::inputs::{From, Inputs};
use crate::batch::progress::Style;
use crate::batch::summary;
use crate::batch::{Batch, Interrupt, Isolation, Stop, Target};
use crate::config::Config;
use crate::document::text::Engine;
use crate::error::{Error, Stage};
use crate::eval::predicted::Predicted;
use crate::eval::{self, Run, Scores, TARGET, calibrate, page, predicted, report, truth};
use crate::ingest::walk::Filter;
use crate::pipeline::{self, Assembler};

use super::Exit;
use super::screen::show;

/// Compares what is found in scans with what is true of them
///
/// TRUTH is a folder of samples (scan.pdf, text.json, records.json in a folder each) or a folder with scans and a truth.json.
/// Its scans are read, unless --run names a folder where they were; tables go to standard output.
/// With --document, the scores are kept beside it and it is written anew from all that are kept there.
///
/// Exit status: 0 done, 1 the document is not up to date (--check), 2 the evaluation could not start.
#[derive(clap::Args)]
pub struct Args {
    #[arg(value_name = "TRUTH", required_unless_present = "check")]
    truth: Vec<PathBuf>,
    /// Score this run of saraban extract instead of reading the scans
    #[arg(long, value_name = "DIR")]
    run: Option<PathBuf>,
    /// Put the records of --run together anew out of its pages: today's rules, and the calibration of --model
    #[arg(long, requires = "run")]
    again: bool,
    /// Who reads; several stand side by side, e.g. network,tesseract
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Reader::Network])]
    engine: Vec<Reader>,
    /// Folder of the reader's model [default: the one that is built in]
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
    /// Folder for the runs
    #[arg(long, value_name = "DIR", default_value = "out/eval")]
    out: PathBuf,
    /// Name of the set in tables [default: the folder's]
    #[arg(long, value_name = "NAME")]
    set: Option<String>,
    /// Workers at a time [default: one per core]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1024))]
    jobs: Option<u32>,
    /// Also write one page per letter with errors: found against true, and where it was read
    #[arg(long, value_name = "DIR")]
    html: Option<PathBuf>,
    /// The accuracy document to bring up to date, e.g. docs/accuracy.md
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// Measure how often values of the network are right that it is so sure of, and write this file: models/NAME/calibration.toml
    #[arg(long, value_name = "FILE", conflicts_with = "document")]
    calibrate: Option<PathBuf>,
    /// Wrong values that nobody is told about, as a share of all values, that --calibrate chooses thresholds for
    #[arg(long, value_name = "SHARE", default_value_t = TARGET)]
    target: f64,
    /// Keep what was found beside the document too, so that --check can score it again
    #[arg(long, requires = "document")]
    predictions: bool,
    /// Only tell whether the document FILE is what its scores say
    #[arg(long, value_name = "FILE", conflicts_with_all = ["run", "html", "document"])]
    check: Option<PathBuf>,
}

/// One folder with its truth.
struct Set<'s> {
    folder: &'s Path,
    name: String,
    truth: Vec<truth::TrueSource>,
}

/// What one reader made of a set.
struct Results<'s> {
    set: &'s Set<'s>,
    reader: Reader,
    found: Predicted,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Reader {
    /// saraban's own reader
    Network,
    /// Tesseract 5 with its Thai model
    Tesseract,
    /// The true text of samples, as a perfect reader would give it: the rules alone
    Truth,
}

impl Reader {
    fn engine(self) -> Engine {
        match self {
            Reader::Network => Engine::Network,
            Reader::Tesseract => Engine::Tesseract,
            Reader::Truth => Engine::Embedded,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Reader::Network => "network",
            Reader::Tesseract => "tesseract",
            Reader::Truth => "truth",
        }
    }
}

impl Args {
    pub fn run(self) -> Result<Exit, Error> {
        if let Some(document) = &self.check {
            return check(document);
        }
        let sets = self.truth.iter().map(|folder| self.set(folder)).collect::<Result<Vec<Set>, Error>>()?;
        if self.run.is_some() && sets.len() > 1 {
            let what = "one run cannot be that of several folders";
            return Err(Error::new(Stage::Configure, "eval.run", what, "").at("--run").hint("name one TRUTH"));
        }
        let pairs = sets.iter().flat_map(|set| self.engine.iter().map(move |reader| (set, *reader)));
        let mut results =
            pairs.map(|(set, reader)| Ok(Results { set, reader, found: self.found(set, reader)? })).collect::<Result<Vec<_>, Error>>()?;
        if let Some(file) = &self.calibrate {
            self.measure(file, &mut results)?;
        }
        let scores = results.iter().map(|results| self.scores(results, sets.len())).collect::<Result<Vec<Scores>, Error>>()?;
        show(if sets.len() > 1 { report::sections(&scores) } else { report::section(&scores.iter().collect::<Vec<_>>()) })?;
        if let Some(document) = &self.document {
            keep(document, &scores)?;
        }
        Ok(Exit::Success)
    }

    fn set<'s>(&self, folder: &'s Path) -> Result<Set<'s>, Error> {
        let truth = truth::read(folder)?;
        let own = folder.canonicalize().ok().and_then(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()));
        let name = self.set.clone().filter(|_| self.truth.len() == 1).or(own).unwrap_or_default();
        Ok(Set { folder, name, truth })
    }

    fn found(&self, set: &Set, reader: Reader) -> Result<Predicted, Error> {
        let mut found = match &self.run {
            Some(run) => {
                let mut found = predicted::read(run, &set.truth)?;
                // run.json leaves out workers that were still there when it was written; only a kept evaluation knows them.
                if found.run.machine.is_none() {
                    found.run.cpu_seconds = 0.0;
                }
                if self.again {
                    let calibration = pipeline::calibration(reader.engine(), self.model.as_deref())?;
                    found.records = predicted::assembled(&found.pages, &Assembler::new()?.calibrated(calibration));
                }
                found
            }
            None if reader == Reader::Truth => predicted::replay(set.folder, &set.truth)?,
            None => {
                let (run, cpu_seconds) = self.read(set, reader)?;
                let mut found = predicted::read(&run, &set.truth)?;
                found.run.cpu_seconds = cpu_seconds;
                found
            }
        };
        found.run.machine.get_or_insert_with(machine);
        Ok(found)
    }

    /// Fits confidences and thresholds to what was found, writes them to `file`, and puts the records together anew with them.
    fn measure(&self, file: &Path, results: &mut [Results]) -> Result<(), Error> {
        if self.engine != [Reader::Network] {
            let what = "confidences are measured of one reader";
            return Err(Error::new(Stage::Configure, "eval.calibrate", what, "").at("--calibrate").hint("leave out --engine"));
        }
        let raw = Assembler::new()?;
        let mut letters = Vec::new();
        for Results { set, found, .. } in results.iter_mut() {
            found.records = predicted::assembled(&found.pages, &raw);
            letters.extend(calibrate::observed(&eval::judge(&set.truth, &found.records)));
        }
        let measured = calibrate::fit(&letters, self.target);
        fs::write(file, calibrate::file(&measured, letters.len())).map_err(|why| {
            Error::new(Stage::Output, "eval.calibrate", "cannot be written", why)
                .at(file.display())
                .hint("name a file in a folder that is there")
        })?;
        show(format!("{}\n", report::checked(&calibrate::checked(&letters))))?;
        let measured = Assembler::new()?.calibrated(measured);
        for Results { found, .. } in results {
            found.records = predicted::assembled(&found.pages, &measured);
        }
        Ok(())
    }

    fn scores(&self, results: &Results, sets: usize) -> Result<Scores, Error> {
        let Results { set, reader, found } = results;
        let judged = eval::judge(&set.truth, &found.records);
        if let Some(html) = &self.html {
            let folder = if sets > 1 { html.join(&set.name) } else { html.clone() };
            eval::html::write(&folder.join(reader.name()), set.folder, &judged, &found.pages)?;
        }
        let errors = page::errors(&set.truth, &found.pages);
        let scores = eval::score(facts(&set.name, set.folder, reader.name(), found), &judged, &errors);
        if let (Some(document), true) = (&self.document, self.predictions && *reader != Reader::Truth) {
            predicted::keep(&kept_run(document, &scores.run), found)?;
        }
        Ok(scores)
    }

    /// Reads the scans that have a truth; gives the run's folder and the seconds of processor time it took.
    fn read(&self, set: &Set, reader: Reader) -> Result<(PathBuf, f64), Error> {
        let out = self.out.join(format!("{}-{}", set.name, reader.name()));
        let program = std::env::current_exe().map_err(|why| {
            Error::new(Stage::Configure, "worker.program", "cannot find this program to start workers", why)
                .at("saraban eval")
                .hint("score a run of saraban extract --isolation none with --run")
        })?;
        let batch = Batch {
            inputs: Inputs {
                from: From::Paths(set.truth.iter().map(|source| set.folder.join(&source.path)).collect()),
                root: Some(set.folder.to_path_buf()),
                filter: Filter::new(&[], &[], None)?,
            },
            config: Config { engine: reader.engine(), ..Config::default() },
            model: self.model.clone(),
            jobs: self.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), |jobs| jobs as usize),
            isolation: Isolation::Process(program),
            budget: Budget::default(),
            shard: Shard::WHOLE,
            retry_failed: true,
            rehash: false,
            max_failure_rate: 1.0,
            progress: Style::Auto,
            faults: false,
            interrupt: Interrupt::listen()?,
        };
        let before = summary::cpu_seconds();
        match batch.run(Target::Folder(out.clone()))?.stop {
            // Workers have ended by now, so that their time counts too.
            None => Ok((out, summary::cpu_seconds() - before)),
            Some(stop) => Err(stopped(stop, &out)),
        }
    }
}

/// Why the scans were not all read.
fn stopped(stop: Stop, out: &Path) -> Error {
    let (why, hint) = match stop {
        Stop::Setup(message) => return Error::new(Stage::Configure, "eval.setup", message, "").at("saraban eval"),
        Stop::Output(error) => return error,
        Stop::Interrupt => ("interrupted", "the same command goes on where this one was"),
        Stop::Closed | Stop::Failures => ("too many cannot be read", "failures.ndjson there says why"),
    };
    Error::new(Stage::Configure, "eval.stopped", "the scans were not all read", why).at(out.display()).hint(hint)
}

fn facts(set: &str, truth: &Path, engine: &str, found: &Predicted) -> Run {
    let run = &found.run;
    Run {
        set: set.to_owned(),
        truth: truth.to_string_lossy().into_owned(),
        engine: engine.to_owned(),
        model: run.model.clone(),
        version: run.version.clone(),
        fingerprint: run.fingerprint.clone(),
        machine: run.machine.clone().unwrap_or_default(),
        pages_per_cpu_second: (run.cpu_seconds > 0.0 && run.pages_now as usize == found.pages.len())
            .then(|| (100.0 * run.pages_now as f64 / run.cpu_seconds).round() / 100.0),
    }
}

/// Where the predictions of a run are kept beside the document.
fn kept_run(document: &Path, run: &Run) -> PathBuf {
    document.with_extension("").join(format!("{}-{}", run.set, run.engine))
}

/// Scores kept beside the document, one file per set and engine.
fn kept(document: &Path) -> Result<Vec<Scores>, Error> {
    let folder = document.with_extension("");
    let mut files: Vec<PathBuf> = match fs::read_dir(&folder) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "json")).collect(),
        Err(_) => Vec::new(),
    };
    files.sort();
    let scores = files.iter().map(|file| {
        let text = fs::read_to_string(file).map_err(|why| unusable(file, why))?;
        parsed(&text, file)
    });
    scores.collect()
}

fn parsed(text: &str, place: &Path) -> Result<Scores, Error> {
    serde_json::from_str(text).map_err(|why| unusable(place, why))
}

fn unusable(place: &Path, why: impl std::fmt::Display) -> Error {
    Error::new(Stage::Output, "eval.scores", "holds no scores", why).at(place.display()).hint("run saraban eval with --document again")
}

fn keep(document: &Path, all: &[Scores]) -> Result<(), Error> {
    let folder = document.with_extension("");
    let fail = |why: std::io::Error| {
        Error::new(Stage::Output, "eval.document", "cannot be written", why).at(document.display()).hint("check --document")
    };
    fs::create_dir_all(&folder).map_err(fail)?;
    for scores in all {
        let text = serde_json::to_string_pretty(scores).map_err(|why| unusable(&folder, why))?;
        fs::write(folder.join(format!("{}-{}.json", scores.run.set, scores.run.engine)), text + "\n").map_err(fail)?;
    }
    fs::write(document, report::document(&kept(document)?)).map_err(fail)
}

/// Whether the document is what its scores say, and every score what its predictions say, where they are kept.
fn check(document: &Path) -> Result<Exit, Error> {
    let told = fs::read_to_string(document).unwrap_or_default();
    let scores = kept(document)?;
    for kept in &scores {
        let run = kept_run(document, &kept.run);
        if !run.is_dir() {
            continue;
        }
        let folder = Path::new(&kept.run.truth);
        let truth = truth::read(folder)?;
        let found = predicted::read(&run, &truth)?;
        let facts = facts(&kept.run.set, folder, &kept.run.engine, &found);
        let again = eval::score(facts, &eval::judge(&truth, &found.records), &page::errors(&truth, &found.pages));
        // Through the same text as the kept ones: a fraction may lose its last bit there.
        if parsed(&serde_json::to_string(&again).unwrap_or_default(), document)? != *kept {
            return Ok(stale(document, &format!("the scores of {} are not what was found", run.display())));
        }
    }
    if told == report::document(&scores) { Ok(Exit::Success) } else { Ok(stale(document, "is not what its scores say")) }
}

fn stale(document: &Path, why: &str) -> Exit {
    eprintln!("{0}: {why}; hint: saraban eval TRUTH --document {0}", document.display());
    Exit::Failures
}

/// Processor and its number of cores, as the tables name them.
fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':').map(|(_, name)| name.trim().to_owned()));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{}, {cores} cores", model.unwrap_or_else(|| std::env::consts::ARCH.to_owned()))
}
