//! What saraban tells of its choices: every candidate in the order in which it was preferred, the one that stands in the record marked.

use serde_json::json;

use crate::program::{Place, letter};

/// A run over one letter whose reader saw two days in its date: the first is in no calendar.
fn doubtful(place: &Place) {
    place.write("in/1.txt", letter(1).replace("๑ ตุลาคม", "๘๔ เมษายน"));
    place.saraban("extract in --out run").with(0);
    let mut page = place.lines("run/pages.ndjson").remove(0);
    page["engine"] = "network".into();
    let date = page["lines"].as_array_mut().unwrap().iter_mut().find(|line| line["text"] == "๘๔ เมษายน ๒๕๖๗").unwrap();
    date["alternatives"] = json!([{"text": "๒๔ เมษายน ๒๕๖๗", "confidence": 0.7}]);
    place.write("run/pages.ndjson", format!("{page}\n"));
}

#[test]
fn the_value_that_stands_in_the_record_comes_first_whatever_its_score() {
    let place = Place::new();
    doubtful(&place);
    let told = place.saraban("explain run/pages.ndjson --source 1.txt --record 1 --field date").with(0).out;
    assert!(told.starts_with("1.txt, record 1 of 1: external_letter by kind.external.head, pages 1, review needed\n"), "{told}");
    assert!(told.contains("  ! warning date.second_reading /date: "), "{told}");
    let candidates: Vec<&str> =
        told.lines().filter_map(|line| line.strip_prefix("    ")).filter(|line| !line.starts_with("    ")).collect();
    assert_eq!(candidates[0], "* 2024-04-24", "{told}");
    assert!(candidates.len() > 1 && candidates[1..].iter().all(|line| !line.starts_with('*')), "{told}");
    let scores: Vec<f32> = told.lines().filter_map(|line| line.trim().strip_prefix("score ")?.get(..4)?.parse().ok()).collect();
    assert!(scores.iter().any(|score| *score > scores[0]), "{told}");
    assert!(!told.contains("/number"), "{told}");
}

#[test]
fn every_value_of_a_record_is_marked_once() {
    let place = Place::new();
    (1..4).for_each(|number| place.write(&format!("in/{number}.txt"), letter(number)));
    place.saraban("extract in --out run").with(0);
    let told = place.saraban("explain run/pages.ndjson").with(0).out;
    let values: usize = place.lines("run/records.ndjson").iter().map(|record| record["evidence"].as_object().unwrap().len()).sum();
    assert_eq!(told.matches("\n    * ").count(), values, "{told}");
}

#[test]
fn a_page_that_failed_keeps_its_place() {
    let place = Place::new();
    let letter = |number| letter(number).trim_end().replace('\n', "|");
    place.write("in/1.faults", format!("ok {}\nerror\nok {}\n", letter(1), letter(2)));
    place.saraban("extract in --faults --out run").with(1);
    let told = place.saraban("explain run/pages.ndjson").with(0).out;
    let records = place.lines("run/records.ndjson");
    assert_eq!(told.matches(", record ").count(), records.len(), "{told}");
    assert_eq!(records.iter().filter(|record| record["issues"][0]["code"] == "page.failed").count(), 1);
    assert_eq!(told.matches("! error page.failed: page 2 could not be read: cannot decode: on order").count(), 1, "{told}");
}

#[test]
fn what_is_not_there_is_said() {
    let place = Place::new();
    place.write("in/1.txt", letter(1));
    let refused = |arguments: &str| place.saraban(arguments).with(2).err;
    let told = refused("explain in/1.txt --record 9");
    assert_eq!(told, "in/1.txt: no record 9: the last is 1; hint: saraban queue tells each record's number\n");
    let told = refused("explain in/1.txt --source 2.txt");
    assert_eq!(told, "in/1.txt: no pages of 2.txt; hint: write it as source.path of the records, or as saraban queue does\n");
    assert!(refused("explain in/1.txt --field nonsense").starts_with("--field: no field nonsense; hint: fields are urgency, "));
}
