//! Two records of a file with the same number and date. Code: `number.duplicate`.

use std::collections::HashMap;

use crate::document::record::Severity;

use super::finding::{Bundle, Finding, named};

pub fn check(bundle: &Bundle) -> Vec<Finding> {
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
            let (thai, english) = (format!("{thai} มีเลขที่และวันที่เดียวกัน"), format!("{english} has the same number and date"));
            let finding = Finding::new(one, "number.duplicate", Severity::Warning, thai, english);
            found.push(finding.about(bundle.records, "/number").see(bundle.records, other, "/number"));
        }
    }
    found
}
