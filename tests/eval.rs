//! Found against true, from the command line: tables for truth that is in order, one clear line for truth that is not.

use std::path::Path;

use crate::program::Place;

/// Percent; `docs/accuracy.md` has 97.5 for the samples. A rule that costs more than half a point is told here.
const LEAST_F1: f64 = 97.0;

#[test]
fn the_rules_alone_read_the_samples() {
    let place = Place::new();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let told =
        place.saraban(&format!("eval {} --engine truth --set samples --document accuracy.md --html html", samples.display())).with(0);
    let f1 = told.out.lines().find_map(|line| line.strip_prefix("| values, micro F1 | ")?.strip_suffix(" % |")?.parse::<f64>().ok());
    assert!(f1.is_some_and(|f1| f1 >= LEAST_F1), "{}", told.out);
    assert!(place.read("accuracy.md").contains("## samples"));
    assert!(place.read("html/truth/index.html").contains("<ol>"));
    place.saraban("eval --check accuracy.md").with(0);
    place.write("accuracy.md", "by hand");
    let stale = place.saraban("eval --check accuracy.md").with(1);
    assert_eq!(stale.err, "accuracy.md: is not what its scores say; hint: saraban eval TRUTH --document accuracy.md\n");
}

#[test]
fn the_accuracy_document_is_what_was_found() {
    let place = Place::new();
    let mut check = place.command("eval --check docs/accuracy.md");
    let ended = check.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
}

#[test]
fn truth_that_is_not_in_order_is_one_line() {
    let place = Place::new();
    let told = |arguments: &str| place.saraban(arguments).with(2).err;
    assert_eq!(
        told("eval in"),
        "in: holds no samples: no records.json beside a scan, and no truth.json; hint: name a folder like samples/holdout\n"
    );
    place.write("in/a/scan.pdf", "");
    assert_eq!(told("eval in"), "in/a: has a scan but no records.json: the truth is missing; hint: write it, or move the scan away\n");
    place.write("in/a/records.json", "[{]");
    assert!(told("eval in").starts_with("in/a/records.json: is not a truth file: "));
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/007-university-announcement/records.json");
    let record = std::fs::read_to_string(sample).unwrap();
    place.write("in/a/records.json", record.replacen("\"kind\"", "\"colour\": \"red\", \"kind\"", 1));
    let unknown =
        "in/a/records.json: not a list of true records: unknown field /colour; hint: saraban schema prints the form of a record\n";
    assert_eq!(told("eval in --document accuracy.md --html html"), unknown);
    place.write("in/a/records.json", record);
    std::fs::remove_file(place.path("in/a/scan.pdf")).unwrap();
    let missing = "in/a: has a truth but no scan.pdf: the scan is missing; hint: put the scan beside it\n";
    assert_eq!(told("eval in --document accuracy.md --html html"), missing);
    place.write("noted/truth.json", r#"{"gone": [{"kind": "order"}]}"#);
    let gone = "noted/truth.json: speaks of gone: there is no such scan; hint: name a scan beside it, without its extension\n";
    assert_eq!(told("eval noted --document accuracy.md"), gone);
    place.write("noted/gone.pdf", "");
    place.write("noted/truth.json", r#"{"gone": [{"colour": "red"}]}"#);
    assert_eq!(told("eval noted --document accuracy.md"), "noted/truth.json: gone cannot be read: unknown field colour\n");
    assert!(["accuracy.md", "accuracy", "html"].iter().all(|written| !place.path(written).exists()));
    assert!(told("eval").starts_with("saraban: the following required arguments were not provided: <TRUTH>"));
    assert!(!place.path("out").exists());
}

#[test]
fn a_run_of_other_scans_is_refused() {
    let place = Place::new();
    place.write("in/1.txt", crate::program::letter(1));
    place.saraban("extract in --out run").with(0);
    place.write("in/scan.pdf", "");
    place.write("in/truth.json", r#"{"scan": [{"kind": "order"}]}"#);
    let told = place.saraban("eval in --run run --document accuracy.md").with(2).err;
    let why = "run/records.ndjson: holds a letter that does not exist: there is no truth for 1.txt";
    assert_eq!(told, format!("{why}; hint: evaluate the folder that was extracted\n"));
    assert!(!place.path("accuracy.md").exists());
}

#[test]
fn confidences_are_measured_of_the_network_alone() {
    let place = Place::new();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let told = place.saraban(&format!("eval {} --engine truth --calibrate calibration.toml", samples.display())).with(2).err;
    assert_eq!(told, "--calibrate: confidences are measured of one reader; hint: leave out --engine\n");
    assert!(!place.path("calibration.toml").exists());
}
