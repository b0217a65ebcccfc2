//! The samples' true text, sent through everything that comes after reading.

use std::path::Path;

use saraban::document::Record;
use saraban::output::pages::PageLine;
use saraban::pipeline::Assembler;

/// The records of a sample, made from its `text.json`.
pub fn replay(sample: &str) -> Vec<Record> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample).join("text.json");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
    let pages: Vec<PageLine> = serde_json::from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
    let read: Vec<_> = pages.iter().map(|page| Ok(page.text.clone())).collect();
    Assembler::new().expect("the rules compile").assemble(&pages[0].source, &read)
}
