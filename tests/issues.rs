//! Issue codes: each declared once, beside what raises it, and explained in `docs/issues.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;
use saraban::cli::rules;
use saraban::document::Record;

use crate::architecture::sources;
use crate::golden::{assemble, letters};
use crate::laws::generated;
use crate::support;

#[test]
fn the_list_of_issues_is_up_to_date() {
    generated("docs/issues.md", &rules::issues(), "saraban rules issues");
}

#[test]
fn every_code_is_declared_once_and_explained_in_a_row_of_a_table() {
    let mut seen = BTreeSet::new();
    for (_, code) in rules::codes() {
        assert!(seen.insert(code.id), "{} is declared twice", code.id);
        assert!(code.about.ends_with('.') && !code.about.contains(['|', '\n']), "{}: {}", code.id, code.about);
    }
}

/// The source up to its tests.
fn code_of(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.split("\n#[cfg(test)]").next().unwrap_or_default().to_owned()
}

#[test]
fn every_code_in_the_source_is_on_the_list_of_what_raises_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    let declared = Regex::new(r#"Code::(?:error|warning|info)\(\s*"([^"]+)""#).unwrap();
    let mut found = BTreeSet::new();
    for file in &files {
        let code = code_of(file);
        let name = file.strip_prefix(root.join("src")).unwrap().to_string_lossy().replace('\\', "/");
        let by = name.strip_prefix("check/").map_or("reading", |check| check.trim_end_matches(".rs"));
        found.extend(declared.captures_iter(&code).map(|found| (by.to_owned(), found[1].to_owned())));
        let by_hand = code.lines().any(|line| line.contains("Issue {") && !line.contains("struct") && !line.contains("->"));
        assert!(!by_hand || name == "document/code.rs", "{name} makes an issue without a declared code");
    }
    let listed: BTreeSet<_> = rules::codes().into_iter().map(|(by, code)| (by.to_owned(), code.id.to_owned())).collect();
    assert_eq!(found, listed);
}

#[test]
fn letters_and_samples_raise_declared_codes_alone() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let folders = fs::read_dir(samples).unwrap().map(|entry| entry.unwrap()).filter(|entry| entry.path().join("text.json").exists());
    let samples = folders.flat_map(|folder| support::samples::replay(&folder.file_name().to_string_lossy()));
    let records: Vec<Record> = letters().iter().flat_map(|(_, _, text)| assemble(text)).chain(samples).collect();
    let codes = rules::codes();
    let mut raised = BTreeSet::new();
    for issue in records.iter().flat_map(|record| &record.issues) {
        let of: Vec<_> = codes.iter().filter(|(_, code)| code.is(&issue.code)).collect();
        assert!(matches!(of[..], [(_, code)] if code.severity == issue.severity), "{issue:?} is {of:?}");
        raised.insert(&issue.code);
    }
    assert!(raised.len() > 20, "{raised:?}");
}
