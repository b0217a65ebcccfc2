//! Checksums over everything that can change a result, so that a run never goes on with what other rules said, and knows which of its pages
//! need not be read again.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// From scan to text, and from text to records. The types that cross, and the order of the stages, count for both.
const READING: [&str; 6] = ["document", "pipeline.rs", "ingest", "prepare", "layout", "recognize"];
const ASSEMBLING: [&str; 7] = ["document", "pipeline.rs", "thai", "normalize", "segment", "fields", "check"];

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("src");
    println!("cargo:rustc-env=SARABAN_READING={:016x}", checksum(&root, &READING));
    println!("cargo:rustc-env=SARABAN_ASSEMBLING={:016x}", checksum(&root, &ASSEMBLING));
    println!("cargo:rerun-if-changed=src");
}

fn checksum(root: &Path, parts: &[&str]) -> u64 {
    let mut files = Vec::new();
    parts.iter().for_each(|part| collect(&root.join(part), &mut files));
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        file.strip_prefix(root).unwrap_or(file).hash(&mut hasher);
        fs::read(file).unwrap_or_default().hash(&mut hasher);
    }
    hasher.finish()
}

fn collect(place: &Path, files: &mut Vec<PathBuf>) {
    if !place.is_dir() {
        return files.push(place.to_path_buf());
    }
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        collect(&entry.path(), files);
    }
}
