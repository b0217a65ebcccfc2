//! What is true: sample folders (`records.json` and `text.json` beside a scan), or one `truth.json` with the fields that someone read by eye.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::document::record::{Kind, Record};
use crate::error::{Error, Stage};

use super::statement::{BODY, FIELDS, Statement, normalized, statements};

/// One scan with what is true of it.
#[derive(Debug)]
pub struct TrueSource {
    /// Relative to the evaluated folder, "/" separators.
    pub path: String,
    pub letters: Vec<TrueLetter>,
    /// The text of each page in order, or of all pages as one where only a transcription of the whole is there.
    pub pages: Vec<TruePage>,
}

#[derive(Debug)]
pub struct TrueLetter {
    /// None where someone noted fields only.
    pub pages: Option<Vec<u32>>,
    pub kind: Option<Kind>,
    pub statements: Vec<Statement>,
    /// Fields that the truth speaks of; of the others nothing is known.
    pub asked: BTreeSet<&'static str>,
    /// Fields whose value is rubber-stamped or handwritten.
    pub inked: BTreeSet<&'static str>,
}

#[derive(Debug, Default)]
pub struct TruePage {
    /// None: the whole source.
    pub page: Option<u32>,
    pub lines: Vec<String>,
}

#[derive(Deserialize)]
struct SamplePage {
    page: u32,
    lines: Vec<SampleLine>,
}

#[derive(Deserialize)]
struct SampleLine {
    text: String,
    #[serde(default)]
    zone: String,
    #[serde(default)]
    inks: Vec<String>,
}

/// Every scan with truth below `folder`, by path. An error where there is none, or where a truth is not in order.
pub fn read(folder: &Path) -> Result<Vec<TrueSource>, Error> {
    let noted = folder.join("truth.json");
    let sources = if noted.is_file() { noted_truth(folder, &noted)? } else { samples(folder)? };
    if sources.is_empty() {
        return Err(refuse(folder, "holds no samples", "no records.json beside a scan, and no truth.json")
            .hint("name a folder like samples/holdout"));
    }
    Ok(sources)
}

const HELD_OUT: &str = "holdout";

fn refuse(place: &Path, what: &str, why: impl std::fmt::Display) -> Error {
    Error::new(Stage::Configure, "eval.truth", what, why).at(place.display())
}

fn samples(folder: &Path) -> Result<Vec<TrueSource>, Error> {
    let mut folders = vec![folder.to_path_buf()];
    let mut found = Vec::new();
    while let Some(place) = folders.pop() {
        let entries = fs::read_dir(&place).map_err(|why| refuse(&place, "cannot read this folder", why).hint("check TRUTH"))?;
        // The held-out samples are a set of their own.
        folders.extend(entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir() && !path.ends_with(HELD_OUT)));
        match (place.join("records.json").is_file(), place.join("scan.pdf").is_file()) {
            (true, true) => found.push(sample(folder, &place)?),
            (true, false) => {
                return Err(refuse(&place, "has a truth but no scan.pdf", "the scan is missing").hint("put the scan beside it"));
            }
            (false, true) => {
                return Err(
                    refuse(&place, "has a scan but no records.json", "the truth is missing").hint("write it, or move the scan away")
                );
            }
            (false, false) => {}
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn sample(root: &Path, place: &Path) -> Result<TrueSource, Error> {
    let (records, text) = (place.join("records.json"), place.join("text.json"));
    let values: Vec<Value> = json_of(&records)?;
    let pages: Vec<SamplePage> = if text.is_file() { json_of(&text)? } else { Vec::new() };
    let mut letters = Vec::new();
    for value in values {
        let record = true_record(value)
            .map_err(|why| refuse(&records, "not a list of true records", why).hint("saraban schema prints the form of a record"))?;
        letters.push(TrueLetter {
            inked: inked(&pages, &record.source.pages),
            pages: Some(record.source.pages.clone()),
            kind: Some(record.kind),
            statements: statements(&record),
            asked: asked(record.kind),
        });
    }
    let pages =
        pages.into_iter().map(|page| TruePage { page: Some(page.page), lines: page.lines.into_iter().map(|line| line.text).collect() });
    Ok(TrueSource { path: relative(root, &place.join("scan.pdf")), letters, pages: pages.collect() })
}

/// All fields, of papers that are no letters all but the text: what a table or a form says in paragraphs is nobody's truth.
fn asked(kind: Kind) -> BTreeSet<&'static str> {
    let no_letter = matches!(kind, Kind::Attachment | Kind::Form | Kind::Other);
    FIELDS.iter().copied().filter(|field| !no_letter || *field != BODY).collect()
}

/// A record without `evidence`, `issues` and `review`, which truth has none of.
fn true_record(value: Value) -> Result<Record, String> {
    let Value::Object(mut fields) = value else { return Err("an entry is no object".to_owned()) };
    for (key, empty) in [("evidence", json!({})), ("issues", json!([])), ("review", json!("auto"))] {
        fields.entry(key).or_insert(empty);
    }
    let given = Value::Object(fields);
    let record: Record = serde_json::from_value(given.clone()).map_err(|why| why.to_string())?;
    let known = serde_json::to_value(&record).map_err(|why| why.to_string())?;
    unknown(&given, &known, "").map_or(Ok(record), |pointer| Err(format!("unknown field {pointer}")))
}

/// The first key of `given` that `known` does not have.
fn unknown(given: &Value, known: &Value, pointer: &str) -> Option<String> {
    match (given, known) {
        (Value::Object(given), Value::Object(known)) => given.iter().find_map(|(key, value)| {
            let pointer = format!("{pointer}/{key}");
            known.get(key).map_or(Some(pointer.clone()), |known| unknown(value, known, &pointer))
        }),
        (Value::Array(given), Value::Array(known)) => {
            given.iter().zip(known).enumerate().find_map(|(index, (given, known))| unknown(given, known, &format!("{pointer}/{index}")))
        }
        _ => None,
    }
}

/// Fields of a letter on `pages` that are not printed.
fn inked(pages: &[SamplePage], numbers: &[u32]) -> BTreeSet<&'static str> {
    let lines = pages.iter().filter(|page| numbers.contains(&page.page)).flat_map(|page| &page.lines);
    let fields = lines.filter(|line| !line.inks.is_empty()).filter_map(|line| match line.zone.as_str() {
        "number" => Some("number"),
        "date" => Some("date"),
        "stamp" => Some("receipts.number"),
        _ => None,
    });
    fields.collect()
}

/// `{source stem: [{field: value}]}`: only the fields that are named count.
fn noted_truth(folder: &Path, file: &Path) -> Result<Vec<TrueSource>, Error> {
    let noted: Map<String, Value> = json_of(file)?;
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|why| refuse(folder, "cannot read this folder", why).hint("check TRUTH"))?
        .flatten()
        .map(|e| e.path())
        .collect();
    files.sort();
    let mut sources = Vec::new();
    for (stem, letters) in noted.iter().filter(|(stem, _)| !stem.starts_with('_')) {
        let scan = files.iter().find(|path| {
            path.extension().is_some_and(|e| e != "txt" && e != "json") && path.file_stem().is_some_and(|s| s == stem.as_str())
        });
        let scan = scan.ok_or_else(|| {
            refuse(file, &format!("speaks of {stem}"), "there is no such scan").hint("name a scan beside it, without its extension")
        })?;
        let letters = letters.as_array().ok_or_else(|| refuse(file, &format!("{stem} is no list of letters"), "expected [{...}]"))?;
        let letters: Result<Vec<TrueLetter>, String> = letters.iter().map(noted_letter).collect();
        let letters = letters.map_err(|why| refuse(file, &format!("{stem} cannot be read"), why))?;
        sources.push(TrueSource { path: relative(folder, scan), letters, pages: Vec::new() });
    }
    for source in &mut sources {
        let transcript = folder.join(&source.path).with_extension("txt");
        if let Ok(text) = fs::read_to_string(transcript) {
            source.pages.push(TruePage { page: None, lines: text.lines().map(str::to_owned).collect() });
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

fn noted_letter(value: &Value) -> Result<TrueLetter, String> {
    let fields = value.as_object().ok_or("a letter is no object")?;
    let mut letter = TrueLetter { pages: None, kind: None, statements: Vec::new(), asked: BTreeSet::new(), inked: BTreeSet::new() };
    for (key, value) in fields {
        match key.as_str() {
            "_handwritten" => letter.inked.extend(list(value).filter_map(by_hand)),
            // The one recipient line and a part of the sender are notes for people; `recipients` says the first in parts.
            "recipient" | "sender_contains" => {}
            note if note.starts_with('_') => {}
            _ => {
                for (field, texts) in noted_fields(key, value).ok_or_else(|| format!("unknown field {key}"))? {
                    letter.asked.insert(field);
                    let texts = texts.into_iter().filter(|text| !text.is_empty());
                    let stated = |shown: String| Statement { field, pointer: String::new(), text: normalized(&shown), shown };
                    letter.statements.extend(texts.map(stated));
                }
            }
        }
        if key == "kind" {
            letter.kind = serde_json::from_value(value.clone()).map_err(|why| why.to_string())?;
        }
    }
    Ok(letter)
}

/// The fields that a key notes, with what it says; None for keys that are no field.
fn noted_fields(key: &str, value: &Value) -> Option<Vec<(&'static str, Vec<String>)>> {
    let text = |item: &Value, key: &str| item.get(key).map(plain).unwrap_or_default();
    let of_each = |key: &str| list(value).map(|item| text(item, key)).collect();
    let cited = |item: &Value| joined(&text(item, "number"), &text(item, "date"));
    let counted = |item: &Value| format!("{};{}{}", cited(item), text(item, "count"), text(item, "unit"));
    let one = |field| Some(vec![(field, vec![plain(value)])]);
    match key {
        "kind" => one("kind"),
        "urgency" => one("urgency"),
        "number" => one("number"),
        "date" => one("date"),
        "subject" => one("subject"),
        "signatory" => one("signatory.name"),
        "position" => one("signatory.position"),
        "acting_for" => one("signatory.acting_for"),
        "recipients" => Some(vec![("recipients", list(value).map(plain).collect())]),
        "references" => Some(vec![("references", list(value).map(cited).collect())]),
        "receipts" => Some(vec![("receipts.number", of_each("number")), ("receipts.date", of_each("date"))]),
        "attachments" => Some(vec![("attachments", list(value).map(counted).collect())]),
        _ => None,
    }
}

/// The field that a note says was written by hand.
fn by_hand(note: &Value) -> Option<&'static str> {
    match note.as_str()? {
        "ref_suffix" => Some("number"),
        "date_day" => Some("date"),
        _ => None,
    }
}

/// `number|date` as [`statements`] writes it; empty where there is neither.
fn joined(number: &str, date: &str) -> String {
    if number.is_empty() && date.is_empty() { String::new() } else { format!("{number}|{date}") }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn json_of<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let text = fs::read_to_string(path).map_err(|why| refuse(path, "cannot be read", why))?;
    serde_json::from_str(&text).map_err(|why| refuse(path, "is not a truth file", why))
}

fn relative(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    inner.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(record: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        fs::write(folder.path().join("a/scan.pdf"), "").unwrap();
        fs::write(folder.path().join("a/records.json"), record).unwrap();
        folder
    }

    fn letter(more: &str) -> String {
        format!(
            r#"[{{"schema":"saraban.record/1","id":"x-1","source":{{"path":"a/scan.pdf","sha256":"x","page_count":1,"pages":[1],"index":1,"count":1}},
            "part_of":null,"kind":"order","urgency":null,"secrecy":null,"number":null,"date":null,"sender":null,"subject":"ทดสอบ","salutation":null,
            "recipients":[],"references":[],"attachments":[],"body":[],"closing":null,"signatory":null,"owner":null,"contacts":[],"receipts":[]{more}}}]"#
        )
    }

    #[test]
    fn a_sample_says_its_statements() {
        let folder = sample(&letter(""));
        let truth = read(folder.path()).unwrap();
        let said: Vec<&str> = truth[0].letters[0].statements.iter().map(|s| s.shown.as_str()).collect();
        assert_eq!((truth[0].path.as_str(), said), ("a/scan.pdf", vec!["order", "ทดสอบ"]));
    }

    #[test]
    fn what_is_wrong_with_a_truth_is_told_with_its_file() {
        let told = |folder: &tempfile::TempDir| read(folder.path()).unwrap_err().to_string();
        let unknown = sample(&letter(r#","colour":"red""#));
        assert!(told(&unknown).contains("records.json: not a list of true records: unknown field /colour"), "{}", told(&unknown));
        let scanless = sample(&letter(""));
        fs::remove_file(scanless.path().join("a/scan.pdf")).unwrap();
        assert!(told(&scanless).contains("has a truth but no scan.pdf"));
        let truthless = sample("");
        fs::remove_file(truthless.path().join("a/records.json")).unwrap();
        assert!(told(&truthless).contains("has a scan but no records.json"));
        assert!(told(&tempfile::tempdir().unwrap()).contains("holds no samples"));
    }

    #[test]
    fn notes_of_a_few_fields_ask_for_those_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("b.pdf"), "").unwrap();
        let noted = r#"{"b":[{"kind":"internal_memo","number":null,"receipts":[{"number":"22","date":"2025-01-06"}],"_handwritten":["date_day"]}]}"#;
        fs::write(folder.path().join("truth.json"), noted).unwrap();
        let truth = read(folder.path()).unwrap();
        let letter = &truth[0].letters[0];
        assert_eq!(letter.asked, BTreeSet::from(["kind", "number", "receipts.date", "receipts.number"]));
        assert_eq!(letter.statements.iter().map(|s| s.text.as_str()).collect::<Vec<_>>(), ["internal_memo", "22", "2025-01-06"]);
        assert!(letter.inked.contains("date"));
    }
}
