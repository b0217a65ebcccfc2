//! Who claims what in the samples, and that every value says where it was read.
//!
//! The laws hold rules to their own examples; a pattern made looser shows only here. After a wanted change: `INSTA_UPDATE=always cargo test claims`,
//! and read the difference.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use saraban::document::letter::ReadPage;
use saraban::document::source::Source;
use saraban::document::text::PageText;
use saraban::fields::{FIELDS, Take};
use saraban::pipeline::Assembler;
use saraban::{cli, normalize, segment};
use serde_json::Value;

/// Samples that rules may be tuned on, with their pages as a perfect reader gives them.
fn samples() -> Vec<(String, Vec<PageText>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut folders: Vec<PathBuf> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.join("text.json").exists());
    folders.sort();
    let read = |folder: PathBuf| {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let pages = serde_json::from_str(&fs::read_to_string(folder.join("text.json")).unwrap()).unwrap();
        (name, pages)
    };
    folders.into_iter().map(read).collect()
}

#[test]
fn claims_are_as_recorded() {
    let assembler = Assembler::new().unwrap();
    let mut told = String::new();
    for (name, pages) in samples() {
        let pages: Vec<ReadPage> = pages.iter().map(normalize::page).collect();
        for (index, letter) in segment::letters(&pages).iter().enumerate() {
            writeln!(told, "{name} {}: {:?}", index + 1, letter.kind).unwrap();
            for one in assembler.extractor.candidates(letter) {
                if one.rule.id != "body.paragraph" {
                    let place = format!("{}:{}", one.evidence.page, one.evidence.line);
                    writeln!(told, "  {place} {} {}", one.rule.id, one.value.display()).unwrap();
                }
            }
        }
    }
    insta::assert_snapshot!("claims", told);
}

/// JSON pointers of the values that must say where they were read: of a field with parts each part, of a list each entry.
fn pointers(record: &Value) -> Vec<String> {
    let mut all = Vec::new();
    for field in FIELDS {
        let value = &record[field.id];
        let values = match field.take {
            Take::Best => vec![(format!("/{}", field.id), value)],
            Take::Items(_) | Take::Every => {
                let items = value.as_array().into_iter().flatten().enumerate();
                items.map(|(at, item)| (format!("/{}/{at}", field.id), item)).collect()
            }
        };
        for (pointer, value) in values.into_iter().filter(|(_, value)| !value.is_null()) {
            match value.as_object().filter(|_| field.rules.iter().all(|rule| !rule.part.is_empty())) {
                Some(parts) => all.extend(parts.iter().filter(|(_, value)| !value.is_null()).map(|(part, _)| format!("{pointer}/{part}"))),
                None => all.push(pointer),
            }
        }
    }
    all
}

#[test]
fn every_value_has_a_place_and_every_record_fits_the_schema() {
    let assembler = Assembler::new().unwrap();
    let schema: Value = serde_json::from_str(&cli::schema::text()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, pages) in samples() {
        let source = Source { path: name.clone(), sha256: "0".repeat(64), page_count: pages.len() as u32 };
        let pages: Vec<_> = pages.into_iter().map(Ok).collect();
        for record in assembler.assemble(&source, &pages) {
            let record = serde_json::to_value(record).unwrap();
            if let Some(error) = validator.iter_errors(&record).next() {
                panic!("{name}: {error}");
            }
            for pointer in pointers(&record) {
                assert!(record.pointer(&pointer).is_some(), "{name}: {pointer}");
                assert!(record["evidence"].get(&pointer).is_some(), "{name}: {pointer} has no evidence");
            }
            for pointer in record["evidence"].as_object().unwrap().keys() {
                assert!(record.pointer(pointer).is_some_and(|value| !value.is_null()), "{name}: {pointer} is evidence of nothing");
            }
        }
    }
}
