//! The laws of the catalogue, over every field and rule, and the documents generated from it.

use std::fs;
use std::path::Path;

use regex::Captures;
use saraban::check::calibration;
use saraban::document::Line;
use saraban::document::record::{Date, Kind, Precision, Record, RecordSource};
use saraban::eval::statement;
use saraban::fields::{Example, Extractor, FIELDS, Field, Place, Rule, Take, Value, corpus, guide};
use saraban::{cli, pipeline};

#[test]
fn every_pattern_compiles() {
    let bad = Extractor::new(FIELDS).err().unwrap_or_default();
    assert!(bad.is_empty(), "{}", bad.iter().map(|bad| bad.to_string()).collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_field_keeps_the_laws() {
    let broken = corpus::check(&Extractor::new(FIELDS).expect("the rules compile"), &pipeline::line);
    assert!(
        broken.is_empty(),
        "{} laws broken:\n{}",
        broken.len(),
        broken.iter().map(|one| one.to_string()).collect::<Vec<_>>().join("\n")
    );
}

/// What the laws say to a field of one rule, with every map to the raw text moved by `off` characters.
fn told_of(field: &'static [&'static Field], off: usize) -> Vec<String> {
    let read = |text: &str| {
        let line = pipeline::line(text);
        let last = line.map.last().cloned();
        let map = line.map.iter().skip(off).cloned().chain(last.into_iter().cycle()).take(line.map.len()).collect();
        Line { map, ..line }
    };
    let extractor = Extractor::new(field).expect("the rules compile");
    corpus::check(&extractor, &read).into_iter().map(|broken| broken.what).collect()
}

const fn field(take: Take, rules: &'static [Rule], examples: &'static [Example]) -> Field {
    Field { id: "subject", thai: "เรื่อง", about: "", take, rules, examples, store: |_, _| {} }
}

const fn rule(pattern: &'static str, value: fn(&Captures) -> Option<Value>) -> Rule {
    Rule { id: "subject.test", place: Place::Row, part: "", score: 0.9, pattern, value }
}

fn word(found: &Captures) -> Option<Value> {
    Some(Value::Text(found["value"].to_owned()))
}

fn one() -> Value {
    Value::Text("หนึ่ง".to_owned())
}

#[test]
fn a_place_beside_the_value_breaks_a_law() {
    const SOUND: &[&Field] = &[&field(Take::Best, &[rule(r"^ข้อ\ (?<value>[ก-๎]+)$", word)], &[Example::reads("ข้อ หนึ่ง", one)])];
    assert_eq!(told_of(SOUND, 0), [""; 0]);
    let told = told_of(SOUND, 1);
    assert!(told.iter().any(|what| what.contains("took “หนึ่ง”, its evidence is “นึ่ง”")), "{told:?}");
    let told = told_of(FIELDS, 1);
    assert!(told.len() > 200, "{}", told.len());
}

#[test]
fn a_value_too_many_breaks_a_law() {
    const WORDS: &[Rule] = &[rule(r"(?<value>หนึ่ง|สอง)", word)];
    const TWO: &[&Field] = &[&field(Take::Every, WORDS, &[Example::reads("หนึ่ง สอง", one)])];
    const SAME: &[&Field] = &[&field(Take::Every, WORDS, &[Example::reads("หนึ่ง หนึ่ง", one)])];
    const LISTED: &[&Field] = &[&field(Take::Every, WORDS, &[Example::reads("หนึ่ง สอง", one).among_others()])];
    const RIVALS: &[&Field] = &[&field(Take::Best, WORDS, &[Example::reads("หนึ่ง\nสอง", one)])];
    assert!(told_of(TWO, 0)[0].contains("reads “สอง” instead of “หนึ่ง”"));
    assert!(told_of(SAME, 0)[0].contains("reads “หนึ่ง” twice"));
    assert_eq!(told_of(LISTED, 0), [""; 0]);
    assert!(told_of(RIVALS, 0)[0].contains("both “หนึ่ง” and “สอง” stand on the page"));
}

#[test]
fn what_is_not_printed_breaks_a_law() {
    fn date(printed: &str) -> Value {
        Value::Date(Date { iso: Some("2024-05-09".to_owned()), printed: printed.to_owned(), precision: Precision::Day })
    }
    const EXAMPLES: &[Example] = &[Example::reads("๙ พ.ค. ๖๗", || date(""))];
    const QUOTED: &[&Field] = &[&field(Take::Best, &[rule(r"^(?<value>.*67|.*๖๗)$", |found| Some(date(&found["value"])))], EXAMPLES)];
    const INVENTED: &[&Field] = &[&field(Take::Best, &[rule(r"^(?<value>.*67|.*๖๗)$", |_| Some(date("๙ พฤษภาคม ๒๕๖๗")))], EXAMPLES)];
    assert_eq!(told_of(QUOTED, 0), [""; 0]);
    assert!(told_of(INVENTED, 0)[0].contains("“๙ พฤษภาคม ๒๕๖๗” is not printed there"));
}

#[test]
fn every_field_is_in_the_record_has_chances_and_is_compared_with_truth() {
    let source = RecordSource { path: String::new(), sha256: String::new(), page_count: 1, pages: vec![1], index: 1, count: 1 };
    let record = serde_json::to_value(Record::empty(source, Kind::Order)).expect("a record is JSON");
    let about = ["schema", "id", "source", "part_of", "kind", "evidence", "issues", "review"];
    let keys: Vec<&str> = record.as_object().expect("a table").keys().map(String::as_str).filter(|key| !about.contains(key)).collect();
    assert_eq!(FIELDS.iter().map(|field| field.id).collect::<Vec<_>>(), keys, "FIELDS and the record");
    for field in FIELDS {
        let holds = |name: &&&str| name.split('.').next() == Some(field.id);
        assert!(statement::FIELDS.iter().find(holds).is_some(), "{} is not compared in src/eval/statement.rs", field.id);
        for part in field.rules.iter().map(|rule| rule.part) {
            let pointer = format!("/{}/{part}", field.id);
            assert!(calibration::group(&pointer).is_some(), "{pointer} is in no group of src/check/calibration.rs");
        }
    }
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
