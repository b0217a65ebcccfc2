//! A checksum over everything that can change a result, so that a run never goes on with another version's rules.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

const STAGES: [&str; 10] = ["document", "thai", "ingest", "prepare", "layout", "recognize", "normalize", "segment", "fields", "check"];

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("src");
    let mut files = vec![root.join("pipeline.rs")];
    STAGES.iter().for_each(|stage| collect(&root.join(stage), &mut files));
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        file.strip_prefix(&root).unwrap_or(file).hash(&mut hasher);
        fs::read(file).unwrap_or_default().hash(&mut hasher);
    }
    println!("cargo:rustc-env=SARABAN_RULES={:016x}", hasher.finish());
    println!("cargo:rerun-if-changed=src");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() { collect(&entry.path(), files) } else { files.push(entry.path()) }
    }
}
