//! Exit statuses, and one clear line for each thing that keeps a run from starting.

use crate::program::{Place, letter};

/// Smallest file that is taken for a PDF.
const PDF: &str = "%PDF-1.4\n%%EOF\n";

#[test]
fn records_alone_go_to_standard_output() {
    let place = Place::new();
    place.write("in/1.txt", letter(1));
    place.write("in/2.txt", letter(2));
    let lines = place.saraban("extract in").with(0);
    let records: Vec<serde_json::Value> = lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.iter().map(|record| record["source"]["path"].as_str().unwrap()).collect::<Vec<_>>(), ["1.txt", "2.txt"]);
    assert_eq!(lines.err, "");
    let array = place.saraban("extract in --format json").with(0);
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&array.out).unwrap(), records);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    let place = Place::new();
    (0..300).for_each(|number| place.write(&format!("in/{number:03}.txt"), letter(number)));
    let mut child = place.command("extract in --jobs 1").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let ended = crate::program::Ended::of(child.wait_with_output().unwrap()).with(0);
    assert_eq!((first.is_empty(), ended.err.as_str()), (false, ""));
}

#[test]
fn what_is_shown_may_be_read_in_part() {
    use std::process::Stdio;
    let place = Place::new();
    place.write("1.txt", letter(1));
    place.write("in/1.txt", letter(1));
    place.saraban("extract in --out run").with(0);
    for command in ["explain 1.txt", "rules guide", "rules issues", "rules check", "schema", "status run", "queue run"] {
        let mut child = place.command(command).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = crate::program::Ended::of(child.wait_with_output().unwrap()).with(0);
        assert_eq!(ended.err, "", "{command}");
    }
}

#[test]
fn records_in_doubt_are_listed_the_worst_first() {
    let place = Place::new();
    place.write("in/1.txt", letter(1));
    place.write("in/2.txt", letter(2).replace("ที่ ทส ๐๙๙๙/2\n", "").replace("๑ ตุลาคม ๒๕๖๗\n", ""));
    place.saraban("extract in --out run").with(0);
    let listed = place.saraban("queue run").with(0).out;
    let files: Vec<&str> = listed.lines().filter_map(|line| line.split('\t').nth(1)).collect();
    assert_eq!(files, ["2.txt", "1.txt"], "{listed}");
    assert!(listed.lines().next().is_some_and(|line| line.contains("number.missing") && line.contains("date.missing")), "{listed}");
    assert_eq!(listed.lines().next().and_then(|line| line.split('\t').nth(2)), Some("1/1"), "{listed}");
    assert_eq!(place.saraban("queue run --first 1").with(0).out.lines().count(), 1);
}

#[test]
fn a_wrong_argument_is_one_line() {
    let place = Place::new();
    let told = |arguments: &str| place.saraban(arguments).with(2).err;
    assert_eq!(
        told("extract in --jobs none"),
        "saraban: invalid value 'none' for '--jobs <N>': invalid digit found in string; hint: saraban --help\n"
    );
    assert_eq!(told("extract"), "saraban: the following required arguments were not provided: <INPUT>...; hint: saraban --help\n");
    assert_eq!(
        told("extract in --shard 3/2"),
        "saraban: invalid value '3/2' for '--shard <I/N>': write it as 2/5, from 1/5 to 5/5; hint: saraban --help\n"
    );
    assert_eq!(
        told("extract in --include a["),
        "--include: not a pattern: a[: error parsing glob 'a[': unclosed character class; missing ']'; hint: quote it, e.g. '**/*.pdf'\n"
    );
    let unknown =
        "nowhere/records.ndjson: cannot be read: No such file or directory (os error 2); hint: name the --out of saraban extract\n";
    assert_eq!(told("queue nowhere"), unknown);
    assert_eq!(told(""), "saraban: no command given; hint: saraban --help lists them\n");
    assert_eq!(told("worker").lines().count(), 1);
}

#[test]
fn an_input_that_is_not_there_stops_the_run_before_it_starts() {
    let place = Place::new();
    let told = place.saraban("extract nowhere --out out").with(2).err;
    assert_eq!(told, "nowhere: cannot read this input: No such file or directory (os error 2); hint: check the path\n");
}

#[test]
fn an_empty_folder_is_told_and_leaves_earlier_results_alone() {
    let place = Place::new();
    place.write("in/1.txt", letter(1));
    place.saraban("extract in --out out").with(0);
    let before = place.read("out/records.ndjson");
    std::fs::remove_file(place.path("in/1.txt")).unwrap();
    let told = place.saraban("extract in --out out").with(2).err;
    assert_eq!(told, "in: nothing to read: no file is here that counts; hint: check the path, and --include and --exclude\n");
    assert_eq!(place.read("out/records.ndjson"), before);
}

#[test]
fn an_output_that_cannot_be_written_is_told() {
    let place = Place::new();
    place.write("in/1.txt", letter(1));
    place.write("file", "");
    let told = place.saraban("extract in --out file/out").with(2).err;
    assert_eq!(told, "file/out: cannot write here: Not a directory (os error 20); hint: choose another --out\n");
    place.write("foreign/records.ndjson", "");
    let told = place.saraban("extract in --out foreign").with(2).err;
    assert_eq!(
        told,
        "foreign: not the output of a run: records.ndjson is there, and no journal of how it came to be; hint: choose an empty folder for --out\n"
    );
}

#[test]
fn missing_libraries_and_data_are_told_with_what_to_do() {
    let place = Place::new();
    place.write("in/1.pdf", PDF);
    let run = |arguments: &str, variable: &str| {
        let output = place.command(arguments).env(variable, place.path("nowhere")).output().unwrap();
        crate::program::Ended::of(output).with(2).err
    };
    let told = run("extract in --out out", "SARABAN_PDFIUM");
    assert!(told.starts_with("saraban extract: cannot load the PDFium library: "), "{told}");
    assert!(told.contains("; hint: run ./setup.sh, or set SARABAN_PDFIUM"), "{told}");
    let told = run("extract in --out out", "SARABAN_MODEL");
    assert!(told.starts_with("saraban extract: ") && told.contains("model"), "{told}");
    if cfg!(feature = "tesseract") {
        let told = run("extract in --out out --engine tesseract", "TESSDATA_PREFIX");
        assert!(told.starts_with("saraban extract: tesseract: no Thai language data: "), "{told}");
    }
}

#[test]
fn files_that_cannot_be_read_fail_alone() {
    let place = Place::new();
    place.write("in/1.txt", letter(1));
    place.write("in/2.txt", b"\xa1\xd2\xc3");
    place.write("in/3.txt", "");
    place.write("in/notes.csv", "a,b\n1,2\n");
    std::os::unix::fs::symlink("nowhere", place.path("in/4.txt")).unwrap();
    let ended = place.saraban("extract in --out out").with(1);
    let failures = place.lines("out/failures.ndjson");
    let codes: Vec<_> = failures.iter().map(|line| (line["path"].as_str().unwrap(), line["code"].as_str().unwrap())).collect();
    assert_eq!(codes, [("2.txt", "text.encoding"), ("3.txt", "file.empty"), ("4.txt", "walk.not_found")]);
    assert!(ended.err.contains("3.txt: empty file: 0 bytes; hint: scan or copy it again\n"), "{}", ended.err);
    assert!(ended.err.contains("notes.csv: skipped: neither scan nor text\n"), "{}", ended.err);
    assert_eq!(place.lines("out/records.ndjson").len(), 1);
    let run = place.run_json("out");
    assert_eq!((&run["inputs"], &run["recorded"], &run["failed"], &run["skipped"]), (&5.into(), &1.into(), &3.into(), &1.into()));
}

#[test]
fn a_file_asked_for_by_name_is_never_skipped() {
    let place = Place::new();
    place.write("in/notes.csv", "a,b\n1,2\n");
    place.saraban("extract in/notes.csv --out out").with(1);
    assert_eq!(place.lines("out/failures.ndjson")[0]["code"], "file.unsupported");
}

#[test]
fn a_list_of_inputs_may_come_from_standard_input() {
    use std::io::Write;
    use std::process::Stdio;
    let place = Place::new();
    place.write("in/1.txt", letter(1));
    place.write("in/2.txt", letter(2));
    let mut child =
        place.command("extract --manifest -").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"in/2.txt\n\nin/1.txt\nin/missing.txt").unwrap();
    let ended = crate::program::Ended::of(child.wait_with_output().unwrap()).with(1);
    let paths: Vec<serde_json::Value> = ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(paths.iter().map(|record| record["source"]["path"].as_str().unwrap()).collect::<Vec<_>>(), ["in/2.txt", "in/1.txt"]);
    assert!(ended.err.starts_with("in/missing.txt: no such file"), "{}", ended.err);
}
