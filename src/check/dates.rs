//! Dates that cannot follow each other: received before written, cited before written, years apart.

use crate::document::Code;
use crate::document::record::{Date, Record};

use super::Check;
use super::finding::{Bundle, Finding};

pub const CHECK: Check =
    Check { id: "dates", codes: &[&IMPLAUSIBLE_YEAR, &BEFORE_LETTER, &LONG_AFTER_LETTER, &REFERENCE_AFTER, &ATTACHMENT_AFTER], run: check };

const IMPLAUSIBLE_YEAR: Code =
    Code::warning("date.implausible_year", "The year is before 1892 or after 2100: a digit is misread. Read the year from the page.");
const BEFORE_LETTER: Code = Code::warning(
    "receipts.before_letter",
    "A receiving stamp is dated before the letter itself. One of the two dates is misread, or the clerk's dater was wrong: compare both with the page.",
);
const LONG_AFTER_LETTER: Code = Code::warning(
    "receipts.long_after_letter",
    "A receiving stamp is dated more than a year after the letter. Most likely one of the two years is misread: compare both with the page.",
);
const REFERENCE_AFTER: Code = Code::warning(
    "references.after_letter",
    "A letter is referred to that is dated after this one. One of the two dates is misread: compare both with the page.",
);
const ATTACHMENT_AFTER: Code = Code::warning(
    "attachments.after_letter",
    "An attachment is dated after the letter. One of the two dates is misread: compare both with the page.",
);

/// The register of letters is as old as the ministries; nothing official is older (Christian year).
const FIRST_YEAR: i32 = 1892;

/// No letter was dated later than this when these rules were written plus the life of an archive (Christian year).
const LAST_YEAR: i32 = 2100;

/// A letter is stamped within a year, or one of the two dates was misread (days).
const LONGEST_WAY: i64 = 366;

fn check(bundle: &Bundle) -> Vec<Finding> {
    bundle.records.iter().enumerate().flat_map(|(index, record)| of_record(bundle, index, record)).collect()
}

fn of_record(bundle: &Bundle, index: usize, record: &Record) -> Vec<Finding> {
    let Some((date, day)) = day_of(record.date.as_ref()) else { return Vec::new() };
    let mut found = Vec::new();
    if !(FIRST_YEAR..=LAST_YEAR).contains(&day.year) {
        let (thai, english) =
            (format!("ปีของวันที่ “{}” ไม่น่าเป็นไปได้", date.printed), format!("the year of “{}” is not plausible", date.printed));
        found.push(bundle.doubt(index, &IMPLAUSIBLE_YEAR, "/date", (thai, english)));
    }
    for (at, receipt) in record.receipts.iter().enumerate() {
        let Some((received, received_day)) = day_of(receipt.date.as_ref()) else { continue };
        let days = received_day.number() - day.number();
        let (code, thai, english) = if days < 0 {
            (&BEFORE_LETTER, "ลงรับก่อนวันที่ในหนังสือ", "was received before it was written")
        } else if days > LONGEST_WAY {
            (&LONG_AFTER_LETTER, "ลงรับหลังวันที่ในหนังสือเกินหนึ่งปี", "was received more than a year after it was written")
        } else {
            continue;
        };
        let message = (
            format!("{thai}: {} / {}", received.printed, date.printed),
            format!("the letter {english}: {} / {}", received.printed, date.printed),
        );
        found.push(bundle.doubt(index, code, format!("/receipts/{at}/date"), message).see(bundle, index, "/date"));
    }
    let references = record.references.iter().enumerate().map(|(at, item)| ("references", &REFERENCE_AFTER, at, item.date.as_ref()));
    let attachments = record.attachments.iter().enumerate().map(|(at, item)| ("attachments", &ATTACHMENT_AFTER, at, item.date.as_ref()));
    for (list, code, at, cited) in references.chain(attachments) {
        let Some((cited, cited_day)) = day_of(cited) else { continue };
        if cited_day.number() > day.number() {
            let message = (
                format!("เอกสารที่อ้างลงวันที่ {} หลังวันที่ในหนังสือ {}", cited.printed, date.printed),
                format!("what is cited is dated {}, after the letter's own {}", cited.printed, date.printed),
            );
            found.push(bundle.doubt(index, code, format!("/{list}/{at}/date"), message).see(bundle, index, "/date"));
        }
    }
    found
}

fn day_of(date: Option<&Date>) -> Option<(&Date, Day)> {
    let date = date?;
    Some((date, Day::read(date.iso.as_deref()?)?))
}

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub year: i32,
    month: i32,
    day: i32,
}

impl Day {
    /// From `YYYY-MM-DD`.
    pub fn read(iso: &str) -> Option<Self> {
        let mut parts = iso.splitn(3, '-').map(|part| part.parse().ok());
        Some(Day { year: parts.next()??, month: parts.next()??, day: parts.next()?? })
    }

    /// Days since 1 March of the year 0 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    pub fn number(&self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((self.month + 9) % 12) + 2) / 5 + self.day - 1;
        i64::from(era) * 146_097 + i64::from(year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year)
    }

    /// 0 = Monday … 6 = Sunday.
    pub fn weekday(&self) -> usize {
        // 1 March of the year 0 was a Wednesday.
        (self.number() + 2).rem_euclid(7) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_across_months_leap_years_and_centuries() {
        let number = |iso| Day::read(iso).expect("a date").number();
        assert_eq!(number("2024-03-01") - number("2024-02-28"), 2);
        assert_eq!(number("2023-03-01") - number("2023-02-28"), 1);
        assert_eq!(number("2000-03-01") - number("1900-03-01"), 36_525);
        assert_eq!(Day::read("2026-11-20").expect("a date").weekday(), 4);
        assert_eq!(Day::read("1941-01-01").expect("a date").weekday(), 2);
        assert!(Day::read("2024").is_none());
    }
}
