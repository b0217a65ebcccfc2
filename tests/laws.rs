//! The laws of the catalogue, over every field and rule.

use saraban::document::letter::Line;
use saraban::document::text::{Engine, PageText, TextLine};
use saraban::fields::{Extractor, FIELDS, corpus};
use saraban::normalize;

/// A line as the pipeline's repairs make it.
fn line(text: &str) -> Line {
    let page = PageText {
        page: 1,
        width: 0,
        height: 0,
        dpi: 0.0,
        rotation: 0,
        lines: vec![TextLine { text: text.to_owned(), confidence: 1.0, ..TextLine::default() }],
        furniture: Vec::new(),
        engine: Engine::Network,
        second: None,
        doubts: Vec::new(),
    };
    normalize::page(&page).lines.into_iter().next().unwrap_or_else(|| Line {
        page: 1,
        number: 1,
        text: String::new(),
        raw: text.to_owned(),
        map: Vec::new(),
        repairs: Vec::new(),
        starts_block: false,
        rect: None,
        confidence: 1.0,
        role: Default::default(),
        glyphs: Vec::new(),
        alternatives: Vec::new(),
        engine: Engine::Network,
    })
}

#[test]
fn every_pattern_compiles() {
    let bad = Extractor::new(FIELDS).err().unwrap_or_default();
    assert!(bad.is_empty(), "{}", bad.iter().map(|bad| bad.to_string()).collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_field_keeps_the_laws() {
    let broken = corpus::check(&Extractor::default(), &line);
    assert!(
        broken.is_empty(),
        "{} laws broken:\n{}",
        broken.len(),
        broken.iter().map(|one| one.to_string()).collect::<Vec<_>>().join("\n")
    );
}
