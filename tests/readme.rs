//! What the documents show is there: the README's record is what saraban makes of that sample, and every file that a document names exists.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use serde_json::Value;

use crate::support;

#[test]
fn the_record_in_the_readme_is_the_records_own() {
    let readme = include_str!("../README.md");
    let shown = readme.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a JSON block in README.md");
    let shown: Value = serde_json::from_str(shown).expect("the README's JSON parses");
    let records = support::samples::replay("001-province-circular");
    let record = serde_json::to_value(&records[0]).expect("a record is JSON");
    if let Err(difference) = within(&shown, &record, "") {
        panic!("README.md shows what saraban does not make: {difference}");
    }
}

/// Every value that is shown stands in `whole`, which may say more.
fn within(shown: &Value, whole: &Value, at: &str) -> Result<(), String> {
    match (shown, whole) {
        (Value::Object(shown), Value::Object(whole)) => {
            shown.iter().try_for_each(|(key, value)| within(value, whole.get(key).unwrap_or(&Value::Null), &format!("{at}/{key}")))
        }
        (Value::Array(shown), Value::Array(whole)) if shown.len() == whole.len() => {
            shown.iter().zip(whole).enumerate().try_for_each(|(index, (a, b))| within(a, b, &format!("{at}/{index}")))
        }
        _ if shown == whole => Ok(()),
        _ => Err(format!("{at}: shows {shown}, made {whole}")),
    }
}

/// What a document names of the project: files and folders in backticks, as they stand under the root or under `src/`, and relative links.
/// Capitals stand for a name that the reader chooses.
fn named(document: &Path, text: &str) -> Vec<(String, Vec<PathBuf>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let quoted =
        Regex::new(r"`((?:\.?[a-z_0-9-]+/)+|(?:[a-z_0-9-]+/)*[a-z_0-9-]+\.(?:rs|py|sh)|(?:src|tests|docs|samples|models)/[^`A-Z]+)`")
            .unwrap();
    let linked = Regex::new(r"\]\(([^)#:]+)\)").unwrap();
    let beside = document.parent().unwrap_or(root);
    let quoted =
        quoted.captures_iter(text).map(|found| (found[1].to_owned(), vec![root.join(&found[1]), root.join("src").join(&found[1])]));
    let linked = linked.captures_iter(text).map(|found| (found[1].to_owned(), vec![beside.join(&found[1])]));
    quoted.chain(linked).collect()
}

#[test]
fn every_file_that_a_document_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents = vec![root.join("README.md")];
    documents.extend(fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path()));
    documents.retain(|document| document.extension().is_some_and(|extension| extension == "md"));
    let all: Vec<_> = documents
        .iter()
        .flat_map(|document| {
            let named = named(document, &fs::read_to_string(document).unwrap());
            named.into_iter().map(move |(name, places)| (document.display(), name, places))
        })
        .collect();
    let gone: Vec<String> = all
        .iter()
        .filter(|(_, _, places)| !places.iter().any(|place| place.exists()))
        .map(|(document, name, _)| format!("{document}: {name}"))
        .collect();
    assert!(gone.is_empty(), "\n{}", gone.join("\n"));
    assert!(all.len() > 50, "{} names found", all.len());
}
