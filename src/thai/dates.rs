//! Printed dates in, calendar days out: Buddhist and Christian years, two-digit years, abbreviated months, missing days.
//! The hard thing: a day that cannot be read is said to be unknown, never guessed.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::number::THI;
use super::{digits, months};

/// Words with which a document says when it is given, before ณ (`สั่ง ณ วันที่ …`). Alternation of a regular expression.
pub const GIVEN: &str = "สั่ง|ประกาศ|ให้ไว้|แถลง|ออกให้|ออก";

/// Buddhist years from this one on begin on 1 January and are the Christian year + 543.
const FIRST_MODERN_YEAR: u32 = 2484;
/// Until this year (1889) the calendar was lunar: nothing is computed.
const LAST_LUNAR_YEAR: u32 = 2431;

/// Two digits up to these are years of both eras that letters were written in: ๒๕๐๐ to ๒๕๓๕, 2000 to 2035.
const LAST_OF_EITHER_ERA: u32 = 35;

/// Characters of the longest abbreviated month, its dots and a blank included.
const LONGEST_ABBREVIATION: usize = 6;

/// A date as it stands on the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedDate {
    pub day: Day,
    /// 1–12.
    pub month: Option<u32>,
    /// Buddhist.
    pub year: Option<u32>,
    pub doubts: Vec<Doubt>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    Number(u32),
    /// No day was printed.
    Absent,
    /// Something stands there that is no number.
    Unreadable,
}

/// What an auditor should know about a printed date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    DayUnreadable,
    /// Such a day does not exist (31 February).
    Impossible,
    /// 25YY was assumed.
    TwoDigitYear,
    /// 2524 to 2526 in two digits: likely a year whose last digits could not be read.
    YearCutOff,
    /// Two digits that are as likely a year of the Christian era: `๑๖ มี.ค. ๑๙`.
    EraUnknown,
    /// Before 1941: the year began on 1 April.
    OldCalendar,
    /// A blank stood between the digits of the day or the year.
    SpacedDigits,
    /// The month's name was misspelt.
    MonthRepaired,
    /// The year was printed in the Christian era.
    ChristianYear,
}

impl PrintedDate {
    /// Gregorian `YYYY-MM-DD`; None unless day, month and year are all there and such a day exists.
    pub fn iso(&self) -> Option<String> {
        let (Day::Number(day), Some(month), Some(year)) = (self.day, self.month, self.year) else { return None };
        let christian = christian_year(year, month)?;
        (day >= 1 && day <= days_in(month, christian)).then(|| format!("{christian:04}-{month:02}-{day:02}"))
    }
}

/// The Christian year of a month of a Buddhist year; None where the calendar is not known well enough.
fn christian_year(year: u32, month: u32) -> Option<u32> {
    match year {
        0..=LAST_LUNAR_YEAR => None,
        FIRST_MODERN_YEAR.. => Some(year - 543),
        // 2483 had April to December only.
        2483 if month < 4 => None,
        _ if month < 4 => Some(year - 542),
        _ => Some(year - 543),
    }
}

fn days_in(month: u32, year: u32) -> u32 {
    let leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

const SEPARATOR: &str = r"[[:blank:]./…·_]*";
const ERA: &str = r"(?:พุทธศักราช|พ[.,]?[[:blank:]]*ศ[.,]?|ค[.,]?[[:blank:]]*ศ[.,]?|ปี)?";
const YEAR: &str =
    r"(?:[0-9๐-๙]{4}|[0-9๐-๙]{2}[[:blank:]][0-9๐-๙]{2}|[0-9๐-๙]{3}[[:blank:]][0-9๐-๙]|[2๒][[:blank:]][0-9๐-๙]{3}|[0-9๐-๙]{2})";
const DAY: &str = r"(?:[0-9๐-๙][[:blank:]]?[0-9๐-๙]|[0-9๐-๙])";

/// Verbose-mode fragment, no captures: day, month, year.
pub static FULL: LazyLock<String> =
    LazyLock::new(|| format!("{DAY}{SEPARATOR}(?:เดือน)?{SEPARATOR}{}{SEPARATOR}{ERA}{SEPARATOR}{YEAR}", months::pattern()));

/// Verbose-mode fragment, no captures: month and year, the day missing.
pub static DAYLESS: LazyLock<String> =
    LazyLock::new(|| format!("(?:เดือน)?[[:blank:]]*{}{SEPARATOR}{ERA}{SEPARATOR}{YEAR}", months::pattern()));

/// Verbose-mode fragment, no captures: `๒๒/๐๓/๖๗`.
pub const NUMERIC: &str =
    r"[0-9๐-๙]{1,2}[[:blank:]]*[/.-][[:blank:]]*[0-9๐-๙]{1,2}[[:blank:]]*[/.-][[:blank:]]*(?:[0-9๐-๙]{4}|[0-9๐-๙]{2})";

static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r"(?x)^ (?: วัน[ก-๎]{{0,9}} [[:blank:]]* )? (?: {THI} [[:blank:]]* )?
          (?: (?<day>{DAY}) | (?<junk>[0-9๐-๙ก-ฮA-Za-z]{{1,3}}[[:blank:]]+) )? {SEPARATOR} (?:เดือน)? {SEPARATOR}
          (?<month>{}|[ก-๎]{{5,14}}) {SEPARATOR} (?<era>{ERA}) {SEPARATOR} (?<year>{YEAR}) [[:blank:].]* $",
        months::pattern()
    ))
});
static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?x)^[[:blank:]]* (?<day>[0-9๐-๙]{1,2})[[:blank:]]*[/.-][[:blank:]]*(?<month>[0-9๐-๙]{1,2})[[:blank:]]*[/.-][[:blank:]]*(?<year>[0-9๐-๙]{4}|[0-9๐-๙]{2}) [[:blank:]]*$",
    )
});
static GROUP: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r"(?x)^[[:blank:]]* (?<day>[0-9๐-๙]{{2}})[[:blank:]]?(?<hour>[0-9๐-๙]{{2}})(?<minute>[0-9๐-๙]{{2}}) [[:blank:]]* (?<month>{}) {SEPARATOR} (?<year>{YEAR}) [[:blank:].]*$",
        months::pattern()
    ))
});
static IN_TEXT: LazyLock<Regex> =
    LazyLock::new(|| compile(&format!(r"(?x)(?<date>{})|(?:วันที่|ลงวันที่)[[:blank:]]*(?<dayless>{})|(?<numeric>{NUMERIC})", *FULL, *DAYLESS)));

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("built from constants and covered by tests")
}

/// Reads a text that is a date and nothing else. None when it names no month or year.
pub fn read(text: &str) -> Option<PrintedDate> {
    if let Some(found) = NUMBERS.captures(text) {
        return numeric(&found);
    }
    let found = WORDS.captures(text)?;
    let month = months::read(&found["month"])?;
    let mut doubts = Vec::new();
    if month.repaired {
        doubts.push(Doubt::MonthRepaired);
    }
    let day = match (found.name("day"), found.name("junk")) {
        (Some(day), _) => {
            if day.as_str().contains([' ', '\t', '\u{a0}']) {
                doubts.push(Doubt::SpacedDigits);
            }
            digits::number(day.as_str()).map_or(Day::Unreadable, Day::Number)
        }
        (None, Some(_)) => Day::Unreadable,
        (None, None) => Day::Absent,
    };
    let year = buddhist_year(&found["year"], found["era"].starts_with('ค'), &mut doubts)?;
    // Years of two digits stand behind abbreviated months.
    if is_half_a_year(year) && doubts.contains(&Doubt::TwoDigitYear) && found["month"].chars().count() > LONGEST_ABBREVIATION {
        return None;
    }
    Some(finished(PrintedDate { day, month: Some(month.number), year: Some(year), doubts }))
}

/// `๒๕` for a year: the first half of one rather than 2525.
pub fn is_half_a_year(year: u32) -> bool {
    (2524..=2526).contains(&year)
}

/// The first date of a running text, with its place. None where the first cannot be read: the next one is another's.
pub fn find(text: &str) -> Option<(Range<usize>, PrintedDate)> {
    let found = IN_TEXT.captures(text)?;
    let place = found.name("date").or(found.name("dayless")).or(found.name("numeric"))?;
    let cut = begins_before(&text[..place.start()]);
    (!cut).then(|| read(place.as_str()).map(|date| (place.range(), date)))?
}

/// A digit or a letter, which is a digit misread, straight before the day: half a day is another day.
fn begins_before(before: &str) -> bool {
    let word = before.rsplit([' ', '\n', '\t']).next().unwrap_or_default();
    match word.chars().next_back() {
        Some(last) if last.is_ascii_alphabetic() || digits::is_digit(last) => true,
        Some('ก'..='ฮ') => {
            word.chars().count() == 1 || word.ends_with(|last| matches!(last, 'ก'..='ฮ')) && word.contains("ที่") && !word.ends_with("ที่")
        }
        _ => false,
    }
}

/// A military date-time group, `๑๔๑๐๓๐ พ.ย. ๖๖`: day, hour and minute run together; a blank may follow the day. The time comes as `HH:MM`.
pub fn read_group(text: &str) -> Option<(PrintedDate, Option<String>)> {
    let found = GROUP.captures(text)?;
    let mut doubts = Vec::new();
    let month = months::read(&found["month"])?;
    if month.repaired {
        doubts.push(Doubt::MonthRepaired);
    }
    let year = buddhist_year(&found["year"], false, &mut doubts)?;
    let day = digits::number(&found["day"]).map_or(Day::Unreadable, Day::Number);
    let time = super::times::read(&format!("{}.{}", &found["hour"], &found["minute"]));
    Some((finished(PrintedDate { day, month: Some(month.number), year: Some(year), doubts }), time))
}

fn numeric(found: &Captures) -> Option<PrintedDate> {
    let mut doubts = Vec::new();
    let month = digits::number(&found["month"]).filter(|month| (1..=12).contains(month))?;
    let year = buddhist_year(&found["year"], false, &mut doubts)?;
    let day = digits::number(&found["day"]).map_or(Day::Unreadable, Day::Number);
    Some(finished(PrintedDate { day, month: Some(month), year: Some(year), doubts }))
}

fn buddhist_year(text: &str, christian: bool, doubts: &mut Vec<Doubt>) -> Option<u32> {
    if text.contains([' ', '\t', '\u{a0}']) {
        doubts.push(Doubt::SpacedDigits);
    }
    let year = digits::number(text)?;
    match year {
        0..=99 if christian => None,
        0..=99 => {
            doubts.push(Doubt::TwoDigitYear);
            match year {
                _ if is_half_a_year(2500 + year) => doubts.push(Doubt::YearCutOff),
                0..=LAST_OF_EITHER_ERA => doubts.push(Doubt::EraUnknown),
                _ => {}
            }
            Some(2500 + year)
        }
        2300..=2699 if !christian => Some(year),
        1700..=2199 => {
            doubts.push(Doubt::ChristianYear);
            // Christian January to March before 1941 belong to the Buddhist year before; such a letter is flagged as old calendar anyway.
            Some(year + 543)
        }
        _ => None,
    }
}

fn finished(mut date: PrintedDate) -> PrintedDate {
    match date.day {
        Day::Unreadable => date.doubts.push(Doubt::DayUnreadable),
        Day::Number(_) if date.iso().is_none() => date.doubts.push(Doubt::Impossible),
        _ => {}
    }
    if date.year.is_some_and(|year| year < FIRST_MODERN_YEAR) {
        date.doubts.push(Doubt::OldCalendar);
    }
    date
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn iso(text: &str) -> Option<String> {
        read(text).unwrap_or_else(|| panic!("no date: {text}")).iso()
    }

    #[test]
    fn full_dates() {
        for (text, expected) in [
            ("๑๖ มีนาคม ๒๕๖๔", "2021-03-16"),
            ("1 ตุลาคม 2567", "2024-10-01"),
            ("๒๒ / มี.ค. / ๖๗", "2024-03-22"),
            ("๙ พค ๖๗", "2024-05-09"),
            ("วันที่ ๑๑ มีนาคม พ.ศ. ๒๕๖๔", "2021-03-11"),
            ("๒๙ กุมภาพันธ์ ๒๕๖๗", "2024-02-29"),
            ("๒๒/๐๓/๒๕๖๗", "2024-03-22"),
            ("24 April 2024", "2024-04-24"),
            ("๗ เดือน กันยายน พ.ศ. ๒๕๕๕", "2012-09-07"),
        ] {
            assert_eq!(iso(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_day_that_is_missing_or_unreadable_stays_unknown() {
        let absent = read("กุมภาพันธ์ พ.ศ. ๒๕๖๔").unwrap();
        assert_eq!((absent.day, absent.iso()), (Day::Absent, None));
        let unreadable = read("นก มกราคม ๒๕๖๖").unwrap();
        assert_eq!((unreadable.day, unreadable.month, unreadable.iso()), (Day::Unreadable, Some(1), None));
        assert!(unreadable.doubts.contains(&Doubt::DayUnreadable));
    }

    #[test]
    fn half_a_year_is_no_year() {
        assert_eq!(read("๑๕ กรกฎาคม พ.ศ. ๒๕"), None);
        assert!(read("๑๕ ก.ค. ๒๕").unwrap().doubts.contains(&Doubt::YearCutOff));
        assert_eq!(iso("๑๕ กรกฎาคม พ.ศ. ๒๕ ๖๑").as_deref(), Some("2018-07-15"));
    }

    #[test]
    fn impossible_days_are_no_dates() {
        for text in ["๓๑ กุมภาพันธ์ ๒๕๖๔", "๓๒ มกราคม ๒๕๖๔", "๐ มกราคม ๒๕๖๔"]
        {
            let date = read(text).unwrap();
            assert_eq!(date.iso(), None, "{text}");
            assert!(date.doubts.contains(&Doubt::Impossible), "{text}");
        }
    }

    #[test]
    fn the_year_began_in_april_before_1941() {
        assert_eq!(iso("๑ เมษายน ๒๔๘๓").as_deref(), Some("1940-04-01"));
        assert_eq!(iso("๑ มกราคม ๒๔๘๔").as_deref(), Some("1941-01-01"));
        assert_eq!(iso("๑๐ กุมภาพันธ์ ๒๔๗๕").as_deref(), Some("1933-02-10"));
        assert_eq!(iso("๑๐ กุมภาพันธ์ ๒๔๘๓"), None);
        assert!(read("๑๐ กุมภาพันธ์ ๒๔๗๕").unwrap().doubts.contains(&Doubt::OldCalendar));
    }

    #[test]
    fn dates_in_running_text() {
        let text = "ที่ มท ๐๘๙๒.๒/ว ๘๐๓ ลงวันที่ ๑๔ พฤษภาคม ๒๕๕๐ จำนวน ๑ ชุด";
        let (place, date) = find(text).unwrap();
        assert_eq!(&text[place], "๑๔ พฤษภาคม ๒๕๕๐");
        assert_eq!(date.iso().as_deref(), Some("2007-05-14"));
        assert_eq!(find("ประจำปีงบประมาณ พ.ศ. ๒๕๖๗"), None);
        assert_eq!(find("ไตรมาสที่ ๒ (เดือนมกราคม - มีนาคม)"), None);
    }

    #[test]
    fn two_digits_of_either_era_are_told() {
        let doubts = |text: &str| read(text).unwrap().doubts;
        assert!(doubts("๑๖ มี.ค. ๑๙").contains(&Doubt::EraUnknown) && doubts("16/03/24").contains(&Doubt::YearCutOff));
        assert_eq!(doubts("๑๖ มี.ค. ๖๔"), [Doubt::TwoDigitYear]);
        assert_eq!(read("16 March ค.ศ. 19"), None);
    }

    #[test]
    fn where_the_first_date_cannot_be_read_the_second_is_not_taken_for_it() {
        assert_eq!(find("ลงวันที่ l๔ มีนาคม ๒๕๖๔ เรื่อง การประชุมวันที่ ๒๐ กุมภาพันธ์ ๒๕๖๔"), None);
    }

    #[test]
    fn half_a_day_is_no_day() {
        for text in ["ลงวันที่ ๑๑๒ มีนาคม ๒๕๖๔", "ลงวันที่ a๕ สิงหาคม ๒๕๖๕", "ลงวันที่ ด๕ สิงหาคม ๒๕๖๕", "ลงวันที่ด๕ สิงหาคม ๒๕๖๕"]
        {
            assert_eq!(find(text), None, "{text}");
        }
        assert!(find("ลงวันที่๕ สิงหาคม ๒๕๖๕").is_some() && find("ลง๕ ส.ค. ๖๕").is_some());
    }

    #[test]
    fn date_time_groups() {
        let (date, time) = read_group("๑๔๑๐๓๐ พ.ย. ๖๖").unwrap();
        assert_eq!((date.iso().as_deref(), time.as_deref()), (Some("2023-11-14"), Some("10:30")));
    }
}
