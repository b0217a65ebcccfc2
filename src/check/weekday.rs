//! A weekday written before a date that was another day of the week.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::Code;
use crate::document::record::{Evidence, Record};

use super::Check;
use super::dates::Day;
use super::finding::{Bundle, Finding};

pub const CHECK: Check = Check { id: "weekday", codes: &[&CONFLICTS_WITH_WEEKDAY], run: check };

const CONFLICTS_WITH_WEEKDAY: Code = Code::warning(
    "date.conflicts_with_weekday",
    "The weekday written before the date is not that day's. Most likely a digit of the date is misread: compare it with the page.",
);

/// Monday first.
const DAYS: [&str; 7] = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"];

static WRITTEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"วัน\s?(จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)\s?ที่").expect("a constant pattern"));

fn check(bundle: &Bundle) -> Vec<Finding> {
    bundle.records.iter().enumerate().filter_map(|(index, record)| of_record(bundle, index, record)).collect()
}

fn of_record(bundle: &Bundle, index: usize, record: &Record) -> Option<Finding> {
    let date = record.date.as_ref()?;
    let day = Day::read(date.iso.as_deref()?)?;
    let line = record.evidence.get("/date").map(|evidence| line_of(bundle, index, evidence)).unwrap_or_default();
    let written = WRITTEN.captures(&date.printed).or_else(|| WRITTEN.captures(line))?.get(1)?.as_str();
    let is = DAYS[day.weekday()];
    (!is.starts_with(written)).then(|| {
        let message = (
            format!("วันที่ {} ตรงกับวัน{is} ไม่ใช่วัน{written}", date.printed),
            format!("{} was day {} of the week, not วัน{written}", date.printed, day.weekday() + 1),
        );
        bundle.doubt(index, &CONFLICTS_WITH_WEEKDAY, "/date", message)
    })
}

/// The whole line that a value was read from.
fn line_of<'b>(bundle: &Bundle<'b>, index: usize, evidence: &Evidence) -> &'b str {
    let lines = bundle.letters.get(index).map(|letter| letter.lines.as_slice()).unwrap_or_default();
    lines.iter().find(|(_, line)| line.page == evidence.page && line.number == evidence.line).map_or("", |(_, line)| &line.text)
}
