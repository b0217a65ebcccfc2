use std::path::PathBuf;

use crate::document::letter::{Letter, ReadPage};
use crate::document::record::{Evidence, Issue, Record};
use crate::document::text::Engine;
use crate::error::{Error, Stage};
use crate::fields::{self, Candidate, Contest, Field};
use crate::pipeline::{self, Assembler};
use crate::{normalize, segment};

use super::Exit;
use super::bundles::{self, Bundle};
use super::screen::show;

/// Tells why each value of a file's letters was chosen: rule, raw text, place, score, and the candidates that lost
///
/// Each value is named as in the record's `evidence`. Below it stand its candidates in the order in which they were preferred, the one that stands
/// in the record marked with * and its confidence there: the chance that it is right, where the model's calibration was measured for it.
/// Above them stand the record's issues.
#[derive(clap::Args)]
pub struct Args {
    /// A transcribed text (.txt, .md), or a pages.ndjson that a run wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only the letters of this file of a pages.ndjson, as its records name it
    #[arg(long, value_name = "PATH")]
    source: Option<String>,
    /// Only this field
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    /// Only this record of each file, from 1
    #[arg(long, value_name = "N")]
    record: Option<usize>,
    /// Folder of the model that read the pages [default: the one that is built in]
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
}

impl Args {
    pub fn run(self) -> Result<Exit, Error> {
        let assembler = Assembler::new()?.calibrated(pipeline::calibration(Engine::Network, self.model.as_deref())?);
        self.check_field(assembler.extractor.fields())?;
        let bundles = self.bundles()?;
        let mut most = 0;
        let mut shown = 0;
        for bundle in &bundles {
            let letters = letters(bundle);
            let records = assembler.assemble(&bundle.source, &bundle.pages);
            most = most.max(records.len());
            let pairs = records.iter().zip(&letters).enumerate();
            for (_, (record, letter)) in pairs.filter(|(index, _)| self.record.is_none_or(|asked| asked == index + 1)) {
                show(self.record(&assembler, record, letter))?;
                shown += 1;
            }
        }
        match self.record {
            Some(asked) if shown == 0 => {
                let why = format!("the last is {most}");
                Err(Error::new(Stage::Configure, "explain.no_record", format!("no record {asked}"), why)
                    .at(self.file.display())
                    .hint("saraban queue tells each record's number"))
            }
            _ => Ok(Exit::Success),
        }
    }

    fn check_field(&self, fields: &[&Field]) -> Result<(), Error> {
        match self.field.as_deref().filter(|asked| fields.iter().all(|field| field.id != *asked)) {
            None => Ok(()),
            Some(asked) => {
                let known: Vec<&str> = fields.iter().map(|field| field.id).collect();
                Err(Error::new(Stage::Configure, "explain.no_field", format!("no field {asked}"), "")
                    .at("--field")
                    .hint(format!("fields are {}", known.join(", "))))
            }
        }
    }

    fn bundles(&self) -> Result<Vec<Bundle>, Error> {
        let mut bundles = bundles::read(&self.file)?;
        if let Some(asked) = &self.source {
            bundles.retain(|bundle| bundle.source.path == *asked);
            if bundles.is_empty() {
                return Err(Error::new(Stage::Configure, "explain.no_source", format!("no pages of {asked}"), "")
                    .at(self.file.display())
                    .hint("write it as source.path of the records, or as saraban queue does"));
            }
        }
        Ok(bundles)
    }

    fn wants(&self, field: &str) -> bool {
        self.field.as_deref().is_none_or(|asked| asked == field)
    }

    fn record(&self, assembler: &Assembler, record: &Record, letter: &Letter) -> String {
        let source = &record.source;
        let pages: Vec<String> = source.pages.iter().map(u32::to_string).collect();
        let mut text = format!(
            "{}, record {} of {}: {} by {}, pages {}, review {}\n",
            source.path,
            source.index,
            source.count,
            word(record.kind),
            letter.kind_rule,
            pages.join(","),
            word(record.review)
        );
        record.issues.iter().filter(|issue| self.wants(subject(issue))).for_each(|issue| text.push_str(&told(issue)));
        let candidates = assembler.extractor.candidates(letter);
        for (index, field) in assembler.extractor.fields().iter().enumerate().filter(|(_, field)| self.wants(field.id)) {
            let own: Vec<Candidate> = candidates.iter().filter(|candidate| candidate.field == index).cloned().collect();
            if own.is_empty() {
                text.push_str(&format!("  /{}: nothing read\n", field.id));
            }
            fields::contests(field, own).iter().for_each(|contest| text.push_str(&ranked(contest, field, record)));
        }
        text
    }
}

/// The letters of a file, in step with its records.
fn letters(bundle: &Bundle) -> Vec<Letter> {
    let read = bundle.pages.iter().map(|page| page.as_ref().map_or_else(|failure| ReadPage::empty(failure.page), normalize::page));
    segment::letters(&read.collect::<Vec<_>>())
}

/// The field that an issue speaks of.
fn subject(issue: &Issue) -> &str {
    let pointed = issue.field.as_deref().and_then(|pointer| pointer.split('/').nth(1));
    pointed.or_else(|| issue.code.split('.').next()).unwrap_or_default()
}

fn told(issue: &Issue) -> String {
    let field = issue.field.as_deref().map(|field| format!(" {field}")).unwrap_or_default();
    format!("  ! {} {}{field}: {}\n", word(issue.severity), issue.code, issue.message_en)
}

/// The candidates for one value, best first.
fn ranked(contest: &Contest, field: &Field, record: &Record) -> String {
    let standing =
        contest.ranked.iter().enumerate().find_map(|(at, candidate)| Some((at, stands(candidate, &contest.pointer, field, record)?)));
    let elsewhere = match standing {
        None => ": not in the record".to_owned(),
        Some((_, (pointer, _))) if pointer != contest.pointer => format!(", in the record {pointer}"),
        Some(_) => String::new(),
    };
    let mut text = format!("  {}{elsewhere}\n", contest.pointer);
    for (at, candidate) in contest.ranked.iter().enumerate() {
        let confidence = standing.filter(|(winner, _)| *winner == at).map(|(_, (_, evidence))| evidence.confidence);
        text.push_str(&line(candidate, confidence));
    }
    text
}

/// Where a candidate stands in the record: there a value has its rule and its place.
fn stands<'r>(candidate: &Candidate, pointer: &str, field: &Field, record: &'r Record) -> Option<(&'r str, &'r Evidence)> {
    let own = &candidate.evidence;
    let same = |found: &Evidence| (&found.rule, found.page, found.line, &found.raw) == (&own.rule, own.page, own.line, &own.raw);
    let found = match record.evidence.get_key_value(pointer) {
        Some((pointer, found)) => same(found).then_some((pointer, found)),
        // A part may have become another part of its field.
        None => record.evidence.iter().find(|(other, found)| other.split('/').nth(1) == Some(field.id) && same(found)),
    };
    found.map(|(pointer, evidence)| (pointer.as_str(), evidence))
}

fn line(candidate: &Candidate, confidence: Option<f32>) -> String {
    let evidence = &candidate.evidence;
    let mark = if confidence.is_some() { '*' } else { ' ' };
    let confidence = confidence.map(|confidence| format!(", confidence {confidence:.2}")).unwrap_or_default();
    let second = if candidate.second_reading { ", another reading of the line" } else { "" };
    format!(
        "    {mark} {}\n        score {:.2}{confidence} by {}, page {} line {}{second}\n        raw “{}”\n",
        candidate.value.display(),
        candidate.score,
        candidate.rule.id,
        evidence.page,
        evidence.line,
        evidence.raw.replace('\n', " ⏎ ")
    )
}

/// As the record's JSON writes it.
fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
