//! Who may import whom. Reads every `crate::…` path of `src/` and every heavy dependency's name.

use std::fs;
use std::path::{Path, PathBuf};

const STAGES: &[&str] = &["ingest", "prepare", "layout", "recognize", "normalize", "segment", "fields", "check"];
const COMMON: &[&str] = &["document", "error", "config"];

/// What a module of the top level may import besides itself.
fn allowed(module: &str) -> Vec<&'static str> {
    let stages_and = |more: &[&'static str]| [STAGES, COMMON, &["thai"], more].concat();
    match module {
        "document" | "thai" | "error" => vec![],
        "config" => vec!["document", "error"],
        stage if STAGES.contains(&stage) => [COMMON, &["thai"]].concat(),
        "pipeline" => stages_and(&[]),
        "output" => COMMON.to_vec(),
        "batch" | "review" | "eval" => stages_and(&["pipeline", "output"]),
        "cli" => stages_and(&["pipeline", "output", "batch", "review", "eval"]),
        _ => stages_and(&["pipeline", "output", "batch", "review", "eval", "cli"]),
    }
}

/// Heavy dependencies and the only files that may name them.
const DOORS: &[(&str, &[&str])] = &[
    ("pdfium_render", &["src/ingest/pdf"]),
    ("rten", &["src/recognize/network"]),
    ("tesseract_rs", &["src/recognize/tesseract"]),
    ("rayon", &["src/batch/schedule.rs"]),
    ("walkdir", &["src/ingest/walk.rs"]),
    ("globset", &["src/ingest/walk.rs"]),
    ("indicatif", &["src/batch/progress.rs"]),
    ("signal_hook", &["src/batch/interrupt.rs"]),
    ("rlimit", &["src/batch/worker.rs"]),
    ("clap", &["src/cli/"]),
];

pub fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            found.push(entry);
        }
    }
}

/// The names that stand right after `crate::` on a line, also inside one level of braces (`use crate::{check, layout};`).
fn imports(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let inside_a_word = line[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$');
        if inside_a_word {
            continue;
        }
        let rest = &line[at + "crate::".len()..];
        let parts: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(',').collect(),
            None => vec![rest],
        };
        for part in parts {
            let name: String = part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if name.starts_with(|c: char| c.is_lowercase()) {
                names.push(name);
            }
        }
    }
    names
}

/// Each import that `file` (as `src/ingest/pdf.rs`) may not have, told with its place. A module's own tests may use what they like.
fn violations(file: &str, text: &str) -> Vec<String> {
    let module = file.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default();
    let mut told = Vec::new();
    for (number, line) in text.lines().enumerate().take_while(|(_, line)| *line != "#[cfg(test)]") {
        let place = format!("{file}:{}", number + 1);
        let code = line.split("//").next().unwrap_or_default();
        for name in imports(code) {
            if name != module && !allowed(module).contains(&name.as_str()) {
                told.push(format!("{place}: {module} may not use {name}"));
            }
        }
        for (dependency, doors) in DOORS {
            let named = code.contains(&format!("{dependency}::")) || code.contains(&format!("use {dependency};"));
            if named && !doors.iter().any(|door| file.starts_with(door)) {
                told.push(format!("{place}: {dependency} has one door: {}", doors.join(", ")));
            }
        }
    }
    told
}

#[test]
fn everyone_imports_only_what_lies_below() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    let told: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let name = file.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            violations(&name, &fs::read_to_string(file).unwrap())
        })
        .collect();
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}

#[test]
fn no_file_grows_beyond_what_one_reads_at_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    let long: Vec<String> = files
        .iter()
        .map(|file| (file, fs::read_to_string(file).unwrap().lines().count()))
        .filter(|(_, lines)| *lines > 450)
        .map(|(file, lines)| format!("{}: {lines} lines, at most 450", file.strip_prefix(root).unwrap().display()))
        .collect();
    assert!(long.is_empty(), "\n{}", long.join("\n"));
}

#[test]
fn the_law_sees_what_it_should() {
    assert_eq!(violations("src/ingest/pdf.rs", "use crate::fields::Extractor;"), ["src/ingest/pdf.rs:1: ingest may not use fields"]);
    assert_eq!(violations("src/document/text.rs", "\nuse crate::error::Error;"), ["src/document/text.rs:2: document may not use error"]);
    assert_eq!(violations("src/fields/date.rs", "use crate::{config, check};"), ["src/fields/date.rs:1: fields may not use check"]);
    assert_eq!(violations("src/cli/x.rs", "rayon::join(a, b)"), ["src/cli/x.rs:1: rayon has one door: src/batch/schedule.rs"]);
    assert!(violations("src/ingest/pdf.rs", "use pdfium_render::prelude::*; // crate::fields\nuse crate::ingest::walk;").is_empty());
    assert!(violations("src/pipeline.rs", "use crate::{check, layout, normalize, prepare, segment};").is_empty());
}
