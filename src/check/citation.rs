//! A number or date that another letter of the bundle cites differently. Nothing is changed: both sides are told.
//!
//! The hard thing is to tell one letter cited wrongly from two letters of one day: a citation that some letter of the bundle answers exactly
//! accuses no other, and a letter that is cited exactly is accused by none.

use std::collections::{HashMap, HashSet};

use crate::document::Code;
use crate::document::record::{Date, Number, Record};

use super::Check;
use super::finding::{Bundle, Finding, named};

pub const CHECK: Check = Check {
    id: "citation",
    codes: &[&NUMBER_CONFLICTS, &DATE_CONFLICTS, &DATE_ELSEWHERE, &LETTER_CONFLICTS, &CITATION_CONFLICTS],
    run: check,
};

const NUMBER_CONFLICTS: Code = Code::warning(
    "number.conflicts_with_citation",
    "Another letter of the file cites this one under another number. One of the two is misread: compare both with the page.",
);
const DATE_CONFLICTS: Code = Code::warning(
    "date.conflicts_with_citation",
    "Another letter of the file cites this one under another date. One of the two is misread: compare both with the page.",
);
const DATE_ELSEWHERE: Code = Code::warning(
    "date.cited_elsewhere",
    "This letter's date could not be read whole, and another letter of the file cites it. If the page agrees, take the date from there.",
);
const LETTER_CONFLICTS: Code = Code::warning(
    "citation.conflicts_with_letter",
    "This entry cites a letter of the same file that bears another number or date itself. One of the two is misread: compare both with the page.",
);
const CITATION_CONFLICTS: Code = Code::warning(
    "citation.conflicts_with_citation",
    "Two letters of the file cite what seems one letter under different numbers or dates. Compare both entries with the page.",
);

/// Letters of one agency and day that are compared with a citation; a longer register proves nothing.
const MOST: usize = 8;

struct Citation<'r> {
    record: usize,
    pointer: String,
    title: &'r str,
    number: &'r Number,
    date: Option<&'r Date>,
}

fn check(bundle: &Bundle) -> Vec<Finding> {
    let records = bundle.records;
    let citations = citations(records);
    let owners = Owners::of(records);
    let cited: HashSet<&str> = citations.iter().map(|citation| citation.number.text.as_str()).collect();
    let mut found = Vec::new();
    for citation in &citations {
        match owners.by_number.get(citation.number.text.as_str()) {
            Some(same) => found.extend(date_conflict(bundle, citation, same)),
            None => found
                .extend(owners.rivals(records, citation, &cited).into_iter().flat_map(|owner| number_conflict(bundle, citation, owner))),
        }
    }
    found.extend(between_citations(bundle, &citations, &owners));
    found
}

fn citations(records: &[Record]) -> Vec<Citation<'_>> {
    let mut all = Vec::new();
    for (record, found) in records.iter().enumerate() {
        let references = found.references.iter().map(|item| (item.title.as_deref(), item.number.as_ref(), item.date.as_ref()));
        let attachments = found.attachments.iter().map(|item| (item.title.as_deref(), item.number.as_ref(), item.date.as_ref()));
        let lists = [("references", references.collect::<Vec<_>>()), ("attachments", attachments.collect())];
        for (list, items) in lists {
            for (at, (title, number, date)) in items.into_iter().enumerate() {
                if let Some(number) = number.filter(|number| number.serial.is_some()) {
                    let title = title.unwrap_or_default();
                    all.push(Citation { record, pointer: format!("/{list}/{at}"), title, number, date });
                }
            }
        }
    }
    all
}

/// The letters of the bundle by what a citation may know of them.
struct Owners<'r> {
    by_number: HashMap<&'r str, Vec<usize>>,
    /// Code of the agency (none for orders) and day.
    by_day: HashMap<(Option<&'r str>, &'r str), Vec<usize>>,
}

impl<'r> Owners<'r> {
    fn of(records: &'r [Record]) -> Self {
        let mut owners = Owners { by_number: HashMap::new(), by_day: HashMap::new() };
        for (index, record) in records.iter().enumerate() {
            let Some(number) = &record.number else { continue };
            if number.serial.is_some() {
                owners.by_number.entry(&number.text).or_default().push(index);
            }
            if let Some(day) = record.date.as_ref().and_then(|date| date.iso.as_deref()) {
                owners.by_day.entry((number.code.as_deref(), day)).or_default().push(index);
            }
        }
        owners
    }

    /// Letters of the cited day that look like the cited one and that nobody cites by their own number.
    fn rivals(&self, records: &[Record], citation: &Citation, cited: &HashSet<&str>) -> Vec<usize> {
        let Some(day) = citation.date.and_then(|date| date.iso.as_deref()) else { return Vec::new() };
        let same_day = self.by_day.get(&(citation.number.code.as_deref(), day)).map(Vec::as_slice).unwrap_or_default();
        let alike = |&&owner: &&usize| {
            owner != citation.record
                && records[owner]
                    .number
                    .as_ref()
                    .is_some_and(|number| !cited.contains(number.text.as_str()) && number.serial.is_some() && resembles(number, citation))
        };
        same_day.iter().take(MOST).filter(alike).copied().collect()
    }
}

/// One part may differ, not all: the same office or the same serial; of orders, the same year.
fn resembles(own: &Number, citation: &Citation) -> bool {
    let cited = citation.number;
    if own.code.is_none() {
        return own.year == cited.year && citation.title.contains("คำสั่ง");
    }
    let department = |number: &Number| number.office.as_deref().map(|office| office.split('.').next().unwrap_or(office).to_owned());
    (own.serial == cited.serial || department(own) == department(cited)) && own.circular == cited.circular
}

fn number_conflict(bundle: &Bundle, citation: &Citation, owner: usize) -> Vec<Finding> {
    let records = bundle.records;
    let own = records[owner].number.as_ref().map_or("", |number| &number.text);
    let pointer = format!("{}/number", citation.pointer);
    let (thai, english) = named(records, citation.record);
    let (owner_thai, owner_english) = named(records, owner);
    let text = &citation.number.text;
    let to_owner = (format!("อ้างถึงใน{thai} ว่า {text}"), format!("{english} cites it as {text}"));
    let to_citation = (format!("แต่ใน{owner_thai} เลขที่เป็น {own}"), format!("{owner_english} itself bears the number {own}"));
    vec![
        bundle.doubt(owner, &NUMBER_CONFLICTS, "/number", to_owner).see(bundle, citation.record, &pointer),
        bundle.doubt(citation.record, &LETTER_CONFLICTS, pointer, to_citation).see(bundle, owner, "/number"),
    ]
}

/// The number is right and the date is not, or the letter's own date is not complete.
fn date_conflict(bundle: &Bundle, citation: &Citation, same: &[usize]) -> Vec<Finding> {
    let Some((cited, cited_day)) = citation.date.and_then(|date| Some((date, date.iso.as_deref()?))) else { return Vec::new() };
    let day_of = |owner: usize| bundle.records[owner].date.as_ref().and_then(|date| date.iso.as_deref());
    if same.iter().any(|&owner| day_of(owner) == Some(cited_day)) {
        return Vec::new();
    }
    let others = same.iter().copied().take(MOST).filter(|&owner| owner != citation.record);
    others.flat_map(|owner| tell_date(bundle, citation, &cited.printed, owner, day_of(owner).is_some())).collect()
}

fn tell_date(bundle: &Bundle, citation: &Citation, printed: &str, owner: usize, known: bool) -> Vec<Finding> {
    let pointer = format!("{}/date", citation.pointer);
    let (thai, english) = named(bundle.records, citation.record);
    let code = if known { &DATE_CONFLICTS } else { &DATE_ELSEWHERE };
    let message = (format!("อ้างถึงใน{thai} ว่าลงวันที่ {printed}"), format!("{english} cites it as dated {printed}"));
    let to_owner = bundle.doubt(owner, code, "/date", message).see(bundle, citation.record, &pointer);
    if !known {
        return vec![to_owner];
    }
    let own = bundle.records[owner].date.as_ref().map_or("", |date| &date.printed);
    let (thai, english) = named(bundle.records, owner);
    let message = (format!("แต่ใน{thai} ลงวันที่ {own}"), format!("{english} itself is dated {own}"));
    vec![to_owner, bundle.doubt(citation.record, &LETTER_CONFLICTS, pointer, message).see(bundle, owner, "/date")]
}

/// Two letters cite a third of one agency, day and serial under different offices, or one number under different days.
fn between_citations(bundle: &Bundle, citations: &[Citation], owners: &Owners) -> Vec<Finding> {
    let mut by_serial: HashMap<(&str, &str, bool), Vec<&Citation>> = HashMap::new();
    for citation in citations.iter().filter(|citation| !owners.by_number.contains_key(citation.number.text.as_str())) {
        if let (Some(code), Some(serial)) = (&citation.number.code, &citation.number.serial) {
            let known = by_serial.entry((code, serial, citation.number.circular)).or_default();
            if known.len() < MOST {
                known.push(citation);
            }
        }
    }
    let mut groups: Vec<Vec<&Citation>> = by_serial.into_values().collect();
    groups.sort_by_key(|group| group.first().map(|citation| (citation.record, citation.pointer.clone())));
    let mut found = Vec::new();
    for group in groups {
        for (at, one) in group.iter().enumerate() {
            for other in group[..at].iter().filter(|other| other.record != one.record && contradicts(one, other)) {
                found.push(tell_citation(bundle, one, other));
                found.push(tell_citation(bundle, other, one));
            }
        }
    }
    found
}

fn contradicts(one: &Citation, other: &Citation) -> bool {
    let day = |citation: &Citation| citation.date.and_then(|date| date.iso.clone());
    let (Some(first), Some(second)) = (day(one), day(other)) else { return false };
    (first == second) != (one.number.office == other.number.office)
        // Numbers of two years repeat each other: only a slip of one digit in the date is a contradiction.
        && (first == second || (one.title == other.title && first[..4] == second[..4]))
}

fn tell_citation(bundle: &Bundle, one: &Citation, other: &Citation) -> Finding {
    let (thai, english) = named(bundle.records, other.record);
    let printed = other.date.map_or("", |date| &date.printed);
    let text = &other.number.text;
    let message = (format!("{thai} อ้างว่า {text} ลงวันที่ {printed}"), format!("{english} cites {text} dated {printed}"));
    let finding = bundle.doubt(one.record, &CITATION_CONFLICTS, format!("{}/number", one.pointer), message);
    finding.see(bundle, other.record, &format!("{}/number", other.pointer))
}
