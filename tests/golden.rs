//! Letters of every kind, each in a file with what must be read from it: `tests/letters/<kind>/<name>.txt`.
//!
//! A file is TOML, a line `+++`, and the text as another engine would transcribe it. Keys of the TOML are keys of the record (a list of
//! `[[record]]` where the text holds several); what a file does not name is not looked at. Two keys are no part of a record: `absent` lists
//! JSON pointers that must hold nothing, `issues` codes that must be raised. A file that says `review = "auto"` must raise no doubt at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use saraban::document::Source;
use saraban::document::record::Record;
use saraban::ingest::transcript;
use saraban::pipeline::Assembler;
use serde_json::Value;

/// Every kind must have at least as many letters of our own.
const LETTERS_PER_KIND: usize = 6;

const KINDS: &[&str] = &[
    "external_letter",
    "internal_memo",
    "stamped_letter",
    "order",
    "regulation",
    "announcement",
    "certificate",
    "minutes",
    "message_form",
    "form",
    "attachment",
    "other",
];

/// Compiled once: rules take longer to compile than letters to read.
pub static ASSEMBLER: LazyLock<Assembler> = LazyLock::new(|| Assembler::new().expect("the rules compile"));

/// The records of a transcript.
pub fn assemble(text: &str) -> Vec<Record> {
    let pages = transcript::pages(text);
    let source = Source { path: "letter.txt".to_owned(), sha256: "5a".repeat(32), page_count: pages.len() as u32 };
    let pages: Vec<_> = pages.into_iter().map(Ok).collect();
    ASSEMBLER.assemble(&source, &pages)
}

/// The letters of the tests: path, what is expected, text.
pub fn letters() -> Vec<(PathBuf, Value, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/letters");
    let mut paths = Vec::new();
    for folder in fs::read_dir(&root).expect("tests/letters").flatten() {
        paths.extend(fs::read_dir(folder.path()).expect("a folder for each kind").flatten().map(|entry| entry.path()));
    }
    paths.sort();
    paths.into_iter().map(|path| letter(&root, &path)).collect()
}

fn letter(root: &Path, path: &Path) -> (PathBuf, Value, String) {
    let file = fs::read_to_string(path).expect("a letter");
    let (expected, text) = file.split_once("\n+++\n").unwrap_or_else(|| panic!("{}: no line +++", path.display()));
    let expected: toml::Table = expected.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let expected = serde_json::to_value(expected).expect("TOML is JSON here");
    (path.strip_prefix(root).expect("under the root").to_owned(), expected, text.to_owned())
}

/// What differs, one line each.
fn differences(expected: &Value, records: &[Record]) -> Vec<String> {
    let expected: Vec<&Value> = match expected.get("record") {
        Some(Value::Array(several)) => several.iter().collect(),
        _ => vec![expected],
    };
    let kinds: Vec<String> = records.iter().map(|record| format!("{:?} {:?}", record.kind, record.source.pages)).collect();
    if expected.len() != records.len() {
        return vec![format!("{} records, not {}: {}", records.len(), expected.len(), kinds.join(", "))];
    }
    let mut found = Vec::new();
    for (at, (expected, record)) in expected.iter().zip(records).enumerate() {
        let value = serde_json::to_value(record).expect("a record is JSON");
        let mut one = Vec::new();
        for (key, wanted) in expected.as_object().expect("a table") {
            match key.as_str() {
                "absent" => one.extend(present(wanted, &value)),
                "issues" => one.extend(unraised(wanted, record)),
                "part_of" => one.extend(unbound(wanted, record, records)),
                _ => compare(&format!("/{key}"), wanted, value.get(key).unwrap_or(&Value::Null), &mut one),
            }
        }
        if expected.get("review").is_some_and(|review| review == "auto") {
            one.extend(record.issues.iter().map(|issue| format!("issue {}: {}", issue.code, issue.message_en)));
        }
        found.extend(one.into_iter().map(|line| format!("#{} {line}", at + 1)));
    }
    found
}

/// Tables are compared key by key, lists item by item, everything else as it is.
fn compare(place: &str, wanted: &Value, got: &Value, found: &mut Vec<String>) {
    match (wanted, got) {
        (Value::Object(wanted), Value::Object(_)) => {
            for (key, wanted) in wanted {
                compare(&format!("{place}/{key}"), wanted, got.get(key).unwrap_or(&Value::Null), found);
            }
        }
        (Value::Array(wanted), Value::Array(items)) if wanted.len() == items.len() => {
            for (at, (wanted, got)) in wanted.iter().zip(items).enumerate() {
                compare(&format!("{place}/{at}"), wanted, got, found);
            }
        }
        _ if wanted == got => {}
        _ => found.push(format!("{place}: want {wanted} got {got}")),
    }
}

fn present(pointers: &Value, record: &Value) -> Vec<String> {
    let pointers = pointers.as_array().into_iter().flatten().filter_map(Value::as_str);
    let holds = |value: &Value| !(value.is_null() || value.as_array().is_some_and(Vec::is_empty));
    pointers
        .filter_map(|pointer| {
            record.pointer(pointer).filter(|value| holds(value)).map(|value| format!("{pointer}: want nothing got {value}"))
        })
        .collect()
}

fn unraised(codes: &Value, record: &Record) -> Vec<String> {
    let raised: Vec<&str> = record.issues.iter().map(|issue| issue.code.as_str()).collect();
    let codes = codes.as_array().into_iter().flatten().filter_map(Value::as_str);
    codes.filter(|code| !raised.contains(code)).map(|code| format!("issue {code} was not raised, only {raised:?}")).collect()
}

/// `part_of` is written as the number of the record, from 1.
fn unbound(wanted: &Value, record: &Record, records: &[Record]) -> Option<String> {
    let main = wanted.as_u64().and_then(|number| records.get(number as usize - 1)).map(|main| &main.id);
    (record.part_of.as_ref() != main).then(|| format!("/part_of: want {wanted} got {:?}", record.part_of))
}

#[test]
fn every_letter_reads_as_its_file_says() {
    let mut wrong = Vec::new();
    for (path, expected, text) in letters() {
        let found = differences(&expected, &assemble(&text));
        wrong.extend(found.into_iter().map(|line| format!("{}: {line}", path.display())));
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_kind_has_letters() {
    let letters = letters();
    for kind in KINDS {
        let of_kind = letters.iter().filter(|(path, ..)| path.starts_with(kind)).count();
        assert!(of_kind >= LETTERS_PER_KIND, "{kind}: {of_kind} letters");
    }
}

#[test]
fn a_letter_of_every_kind_as_a_whole_record() {
    for kind in KINDS {
        let all = letters();
        let (_, _, text) = all.iter().find(|(path, ..)| path.starts_with(kind)).expect("a letter of the kind");
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "golden", omit_expression => true }, {
            insta::assert_snapshot!(*kind, serde_json::to_string_pretty(&assemble(text)).expect("records are JSON"));
        });
    }
}
