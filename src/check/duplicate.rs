//! Two records of a file with the same number and date.

use std::collections::HashMap;

use crate::document::Code;

use super::Check;
use super::finding::{Bundle, Finding, named};

pub const CHECK: Check = Check { id: "duplicate", codes: &[&DUPLICATE], run: check };

const DUPLICATE: Code = Code::warning(
    "number.duplicate",
    "Two records of one file have the same number and date: a copy, or a number misread. Look whether both are needed.",
);

fn check(bundle: &Bundle) -> Vec<Finding> {
    let mut seen: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (index, record) in bundle.records.iter().enumerate() {
        if let (Some(number), Some(date)) = (&record.number, &record.date)
            && number.serial.is_some()
        {
            seen.entry((&number.text, &date.printed)).or_default().push(index);
        }
    }
    let mut twins: Vec<Vec<usize>> = seen.into_values().filter(|same| same.len() > 1).collect();
    twins.sort_unstable();
    let mut found = Vec::new();
    for same in twins {
        // The first is told of the second, every other of the first.
        let pairs = same.iter().enumerate().map(|(at, &one)| (one, same[usize::from(at == 0)]));
        for (one, other) in pairs {
            let (thai, english) = named(bundle.records, other);
            let message = (format!("{thai} มีเลขที่และวันที่เดียวกัน"), format!("{english} has the same number and date"));
            found.push(bundle.doubt(one, &DUPLICATE, "/number", message).see(bundle, other, "/number"));
        }
    }
    found
}
