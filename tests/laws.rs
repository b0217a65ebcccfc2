//! The laws of the catalogue, over every field and rule, and the documents generated from it.

use std::fs;
use std::path::Path;

use saraban::fields::{Extractor, FIELDS, corpus, guide};
use saraban::{cli, pipeline};

#[test]
fn every_pattern_compiles() {
    let bad = Extractor::new(FIELDS).err().unwrap_or_default();
    assert!(bad.is_empty(), "{}", bad.iter().map(|bad| bad.to_string()).collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_field_keeps_the_laws() {
    let broken = corpus::check(&Extractor::default(), &pipeline::line);
    assert!(
        broken.is_empty(),
        "{} laws broken:\n{}",
        broken.len(),
        broken.iter().map(|one| one.to_string()).collect::<Vec<_>>().join("\n")
    );
}

pub fn generated(path: &str, text: &str, command: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "{} is not up to date; hint: {command} > {}", path.display(), path.display());
}

#[test]
fn the_field_guide_is_up_to_date() {
    generated("docs/fields.md", &guide::markdown(FIELDS), "saraban rules guide");
}

#[test]
fn the_schema_is_up_to_date() {
    generated("docs/record.schema.json", &cli::schema::text(), "saraban schema");
}
