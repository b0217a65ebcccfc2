//! Who may import whom. Reads every `crate::…` and `super::…` path of `src/` and every heavy dependency's name.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::{Captures, Regex};

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

/// A source without its comments, up to its own tests: they may use what they like.
fn code(text: &str) -> String {
    let lines = text.lines().take_while(|line| *line != "#[cfg(test)]");
    lines.map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The paths of a `use` tree, `crate::{check, fields::{date, number}}`, one by one.
fn paths(tree: &str, before: &str, found: &mut Vec<String>) {
    let Some((front, list)) = tree.split_once('{') else {
        found.extend((!tree.trim().is_empty()).then(|| format!("{before}{}", tree.trim())));
        return;
    };
    let before = format!("{before}{}", front.trim());
    let list = list.rsplit_once('}').map_or(list, |(list, _)| list);
    let (mut depth, mut start) = (0, 0);
    for (at, letter) in list.char_indices().chain([(list.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                paths(&list[start..at], &before, found);
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// The modules of the top level that `code` of the module at `place` (`ingest`, `pdf`) names, with the byte where it does: behind `crate::`
/// and behind as many `super::` as lead up there.
fn imports(place: &[&str], code: &str) -> Vec<(usize, String)> {
    static USE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?m)^\s*(?:pub(?:\([^)]*\))? )?use ([^;]+);").unwrap());
    static PATH: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:^|[^\w:$])((?:crate::|(?:self::)?(?:super::)+)\w+)").unwrap());
    let mut all: Vec<(usize, String)> = Vec::new();
    for found in USE.captures_iter(code) {
        let mut listed = Vec::new();
        paths(&found[1], "", &mut listed);
        all.extend(listed.into_iter().map(|path| (found.get(1).unwrap().start(), path)));
    }
    let inline = USE.replace_all(code, |found: &Captures| " ".repeat(found[0].len()));
    all.extend(PATH.captures_iter(&inline).map(|found| (found.get(1).unwrap().start(), found[1].to_owned())));
    let top = |path: &str| {
        let parts: Vec<&str> = path.split("::").map(str::trim).filter(|part| *part != "self").collect();
        let up = parts.iter().take_while(|part| **part == "super").count();
        let name = match parts[0] {
            "crate" => parts.get(1),
            _ if up > 0 && up == place.len() => parts.get(up),
            _ => None,
        };
        name.map(|name| name.split_whitespace().next().unwrap_or_default().to_owned())
    };
    all.into_iter().filter_map(|(at, path)| Some((at, top(&path).filter(|name| name.starts_with(char::is_lowercase))?))).collect()
}

/// Each import that `file` (as `src/ingest/pdf.rs`) may not have, told with its place.
fn violations(file: &str, text: &str) -> Vec<String> {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    let place: Vec<&str> = path.split('/').filter(|part| *part != "lib").collect();
    let module = place.first().copied().unwrap_or("lib");
    let code = code(text);
    let mut told = Vec::new();
    for (at, name) in imports(&place, &code) {
        if name != module && !allowed(module).contains(&name.as_str()) {
            told.push(format!("{file}:{}: {module} may not use {name}", code[..at].lines().count().max(1)));
        }
    }
    for (number, line) in code.lines().enumerate() {
        for (dependency, doors) in DOORS {
            let named = line.contains(&format!("{dependency}::")) || line.contains(&format!("use {dependency};"));
            if named && !doors.iter().any(|door| file.starts_with(door)) {
                told.push(format!("{file}:{}: {dependency} has one door: {}", number + 1, doors.join(", ")));
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
    let several = "use crate::{\n    document::{Rect, text},\n    fields::{\n        date,\n    },\n};";
    assert_eq!(violations("src/check/name.rs", several), ["src/check/name.rs:1: check may not use fields"]);
    assert_eq!(violations("src/check/name.rs", "\nuse super::super::fields;"), ["src/check/name.rs:2: check may not use fields"]);
    assert_eq!(violations("src/check/mod.rs", "use super::{document, fields};"), ["src/check/mod.rs:1: check may not use fields"]);
    assert_eq!(violations("src/check/name.rs", "use super::{self, super::fields};"), ["src/check/name.rs:1: check may not use fields"]);
    assert_eq!(
        violations("src/check/name.rs", "let a = super::super::fields::read(b);"),
        ["src/check/name.rs:1: check may not use fields"]
    );
    assert!(violations("src/ingest/layer/doubts.rs", "use super::super::walk;\nuse super::super::super::document;").is_empty());
    assert!(violations("src/check/name.rs", "#[cfg(test)]\nmod tests {\n    use crate::fields::Extractor;\n}").is_empty());
    assert!(violations("src/ingest/pdf.rs", "use pdfium_render::prelude::*; // crate::fields\nuse crate::ingest::walk;").is_empty());
    assert!(violations("src/pipeline.rs", "use crate::{check, layout, normalize, prepare, segment};").is_empty());
}
