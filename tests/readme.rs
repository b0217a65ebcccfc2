//! The record that the README shows is what saraban makes of that sample.

use serde_json::Value;

use crate::support;

#[test]
fn the_record_in_the_readme_is_the_records_own() {
    let readme = include_str!("../README.md");
    let shown = readme.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a JSON block in README.md");
    let shown: Value = serde_json::from_str(shown).expect("the README's JSON parses");
    let records = support::samples::replay("001-province-circular");
    let record = serde_json::to_value(&records[0]).expect("a record is JSON");
    if let Err(difference) = within(&shown, &record, "") {
        panic!("README.md shows what saraban does not make: {difference}");
    }
}

/// Every value that is shown stands in `whole`, which may say more.
fn within(shown: &Value, whole: &Value, at: &str) -> Result<(), String> {
    match (shown, whole) {
        (Value::Object(shown), Value::Object(whole)) => {
            shown.iter().try_for_each(|(key, value)| within(value, whole.get(key).unwrap_or(&Value::Null), &format!("{at}/{key}")))
        }
        (Value::Array(shown), Value::Array(whole)) if shown.len() == whole.len() => {
            shown.iter().zip(whole).enumerate().try_for_each(|(index, (a, b))| within(a, b, &format!("{at}/{index}")))
        }
        _ if shown == whole => Ok(()),
        _ => Err(format!("{at}: shows {shown}, made {whole}")),
    }
}
