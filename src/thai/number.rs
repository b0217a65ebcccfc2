//! Reference numbers: agency code, office, "/", an optional ว for a circular, a serial. Orders have a serial and a year instead.
//! The hard thing: a letter cites many numbers, and only one is its own; this module reads numbers, the fields decide whose they are.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{agency, dates, digits};

/// A number in its parts, Arabic digits throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedNumber {
    /// Letters of the agency, without dots and blanks where an agency is known to use them, as printed where none is; None for orders.
    pub code: Option<String>,
    /// A committee in brackets after the code, e.g. `กวจ`.
    pub committee: Option<String>,
    pub office: Option<String>,
    pub circular: bool,
    /// None when it was left blank.
    pub serial: Option<String>,
    /// Buddhist, of an order; some offices add it to a letter's number.
    pub year: Option<u32>,
}

impl PrintedNumber {
    /// `พบ 0023.10/ว 450`; `กค (กวจ) 0405.2/ว 119`; `217/2564`.
    pub fn canonical(&self) -> String {
        let serial = self.serial.as_deref().unwrap_or("");
        if let (None, Some(year)) = (&self.code, self.year) {
            return format!("{serial}/{year}");
        }
        let mut text = self.code.clone().unwrap_or_default();
        if let Some(committee) = &self.committee {
            text.push_str(&format!(" ({committee})"));
        }
        if let Some(office) = &self.office {
            text.push_str(if text.is_empty() { "" } else { " " });
            text.push_str(office);
        }
        text.push('/');
        if self.circular {
            text.push_str(if serial.is_empty() { "ว" } else { "ว " });
        }
        text.push_str(serial);
        if let Some(year) = self.year {
            text.push_str(&format!("/{year}"));
        }
        text
    }
}

/// Pattern: ที่ before a number. Its marks are the first thing that a scan loses or changes.
pub const THI: &str = "ท[ีิึื]?[่้]?";

/// Verbose-mode fragment: letters of the agency, with or without dots (captures `code`).
pub const CODE: &str = r"(?<code>[ก-ฮ]{1,5}\.?(?:[ก-ฮ]{1,4}\.)?)";

/// Verbose-mode fragment: an office with a blank where one of its stops was, `๐๔๑๒.๒๐ ๓` (captures `office`). Offices have no blanks.
pub const TORN_OFFICE: &str = r"(?<office>[0-9๐-๙]{4,5}(?:\.[0-9๐-๙]{1,4})*[[:blank:]][0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,4})*)";

/// Verbose-mode fragment: code, committee, office (captures `code`, `committee`, `office`). Offices of the State Audit in the provinces end with
/// the province's letters, `ตผ ๐๐๖๗ นศ/๔๓๒`.
pub static ORIGIN: LazyLock<String> = LazyLock::new(|| {
    format!(
        r"{CODE} [[:blank:]]* (?:\((?<committee>[ก-๎.]{{1,20}})\))? [[:blank:].…]*
          (?<office>[0-9๐-๙]{{2,6}}(?:[[:blank:]]?(?:\.[[:blank:]]?[0-9๐-๙]{{1,4}}|\.?\([ก-ฮ0-9๐-๙.]{{1,6}}\)[0-9๐-๙]{{0,3}}))*(?:[[:blank:]]?[ก-ฮ]{{2}}\b)?)"
    )
});

/// Verbose-mode fragment: a number as banks, state enterprises and associations make their own: `สสม.ขก ๐๐๖/๒๑๙`, `สสม. ๑๘๗/ว ๓๔/๒๕๖๕`,
/// `มท ๕๕๕๑๐-๑๔/๔๐๘`, `มท ๕๓๐๔.๑๙/ชร.๒๗`, `ABC 12/2567` (captures `code`, `office`, `circular`, `serial`, `year`).
pub const OWN_FORM: &str = r"(?<code>(?:[ก-ฮ]{1,5}\.){0,2}[ก-ฮ]{1,5}\.?|[A-Z]{2,6}) [[:blank:]]*
    (?<office>[0-9๐-๙]{1,6}(?:[.–-][0-9๐-๙]{1,4})*) [[:blank:]]* / [[:blank:]]*
    (?:(?<circular>ว)[[:blank:]]*)? (?<serial>(?:[ก-ฮ]{1,3}\.[[:blank:]]*)?[0-9๐-๙]{1,6}) (?:[[:blank:]]*/[[:blank:]]*(?<year>[0-9๐-๙]{4}))?";

/// Verbose-mode fragment: a number of the police, who leave their letters ตช out: `๐๐๒๓(สส).๑/๓๘๗` (captures `office`, `circular`, `serial`).
pub const BARE_OFFICE: &str = r"(?<office>[0-9๐-๙]{4}(?:\.[0-9๐-๙]{1,3})*\([ก-ฮ]{1,4}\)(?:\.?[0-9๐-๙]{1,3}(?:\([0-9๐-๙]{1,3}\))?)*) [[:blank:]]* /
    [[:blank:]]* (?:(?<circular>ว)[[:blank:]]*)? (?<serial>[0-9๐-๙]{1,6})";

/// Verbose-mode fragment: ว of a circular and a serial in one run, bare or in brackets (captures `circular`, `serial`).
pub const SERIAL: &str = r"(?<circular>ว)?\.?[[:blank:].…]*(?<serial>[0-9๐-๙]{1,6}|\([[:blank:]]*[0-9๐-๙]{1,6}[[:blank:]]*\))";

/// Verbose-mode fragment: the same with blanks between its digits, `ว ๔๑ ๒` (captures `circular`, `serial`).
pub const SPACED_SERIAL: &str = r"(?<circular>ว)?\.?[[:blank:].…]*(?<serial>[0-9๐-๙]{1,4}(?:[[:blank:]][0-9๐-๙]{1,3}){1,4})";

/// Verbose-mode fragment: serial and year of an order (captures `serial`, `year`). The serial may be blank.
pub const ORDER: &str = r"(?<serial>[0-9๐-๙]{1,6}|พิเศษ)?[[:blank:].…]*/[[:blank:].…]*(?<year>[0-9๐-๙]{4}|[0-9๐-๙]{2})";

/// Verbose-mode fragment: the same with a serial and all digits of the year (captures `serial`, `year`).
pub const WHOLE_ORDER: &str = r"(?<serial>[0-9๐-๙]{1,6})[[:blank:]]*/[[:blank:]]*(?<year>[0-9๐-๙]{4})";

static CITED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?x) (?:{THI}|เลขที่) [[:blank:]]* (?: (?<letter>{origin} [[:blank:]]*/[[:blank:].…]*
             (?: (?<c1>ว)?\.?[[:blank:].…]*(?<s1>[0-9๐-๙]{{1,6}}(?:[[:blank:]][0-9๐-๙]{{1,2}})*|\([[:blank:]]*[0-9๐-๙]{{1,6}}[[:blank:]]*\))| (?<c2>ว) )?)
           | (?<order>{ORDER}\b) | (?<plain>ว[[:blank:]]*[0-9๐-๙]{{1,6}}) )",
        origin = *ORIGIN
    ))
    .expect("built from constants and covered by tests")
});

/// Where a letter's number begins, whether the rest of it can be read or not.
static STARTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[ \t\n])ที่[ \t]*[ก-ฮ]{2,5}\.?[ \t]*(?:\([^)\n]*\)[ \t]*)?[A-Za-zก-ฮ]?[0-9๐-๙]")
        .expect("a constant pattern, covered by tests")
});

/// Reads the captures of [`ORIGIN`] with a serial; `serial` and `circular` may be missing.
pub fn letter(found: &Captures) -> Option<PrintedNumber> {
    let serial = found.name("serial").map(|serial| serial.as_str());
    build(found, serial, found.name("circular").is_some())
}

fn build(found: &Captures, serial: Option<&str>, circular: bool) -> Option<PrintedNumber> {
    let code = agency_letters(found.name("code")?.as_str());
    let office = office(found.name("office")?.as_str());
    Some(PrintedNumber {
        code: Some(code),
        committee: found.name("committee").map(|committee| committee.as_str().to_owned()),
        office: Some(office),
        circular,
        serial: serial.map(digits::only).filter(|serial| !serial.is_empty()),
        year: None,
    })
}

/// Without dots where an agency is known to use the letters: `ตช.`, but `กทฟ.รบ`.
fn agency_letters(printed: &str) -> String {
    let bare: String = printed.chars().filter(|c| *c != '.').collect();
    if agency::by_code(&bare).is_empty() { printed.trim_end().to_owned() } else { bare }
}

/// Reads the captures of [`OWN_FORM`]; None when the year cannot be one, or when the number is no such but a regular one.
pub fn own_form(found: &Captures) -> Option<PrintedNumber> {
    let mut read = build(found, None, found.name("circular").is_some())?;
    read.serial = Some(digits::to_arabic(found.name("serial")?.as_str()).split_whitespace().collect());
    read.year = found.name("year").and_then(|year| digits::number(year.as_str()));
    let year_fits = read.year.is_none_or(|year| (2400..2700).contains(&year));
    (year_fits && !is_regular(&read)).then_some(read)
}

/// Reads the captures of [`BARE_OFFICE`].
pub fn bare_office(found: &Captures) -> Option<PrintedNumber> {
    Some(PrintedNumber {
        code: None,
        committee: None,
        office: Some(digits::to_arabic(found.name("office")?.as_str())),
        circular: found.name("circular").is_some(),
        serial: found.name("serial").map(|serial| digits::only(serial.as_str())),
        year: None,
    })
}

/// Whether a number is as the regulation forms it.
fn is_regular(number: &PrintedNumber) -> bool {
    let digits =
        |text: &Option<String>, stop: char| text.as_ref().is_some_and(|text| text.chars().all(|c| c.is_ascii_digit() || c == stop));
    let known = number.code.as_deref().is_some_and(|code| !agency::by_code(code).is_empty());
    known && digits(&number.office, '.') && digits(&number.serial, '0') && number.year.is_none()
}

/// Arabic digits, without blanks but with a stop where only a blank parts two groups ([`TORN_OFFICE`]).
fn office(printed: &str) -> String {
    let groups: Vec<String> = digits::to_arabic(printed).split_whitespace().map(str::to_owned).collect();
    groups.into_iter().fold(String::new(), |mut office, group| {
        let ended = office.ends_with(|c: char| c.is_ascii_digit());
        match group.chars().next() {
            Some(first) if ended && first.is_ascii_digit() => office.push('.'),
            Some('ก'..='ฮ') if ended => office.push(' '),
            _ => {}
        }
        office + &group
    })
}

/// Reads the captures of [`ORDER`]; None when the year cannot be one.
pub fn order(found: &Captures) -> Option<PrintedNumber> {
    let year = match digits::number(found.name("year")?.as_str())? {
        year @ 0..=99 if dates::is_half_a_year(2500 + year) => return None,
        year @ 0..=99 => 2500 + year,
        year @ 2400..=2699 => year,
        _ => return None,
    };
    let serial = found.name("serial").map(|serial| digits::to_arabic(serial.as_str()));
    Some(PrintedNumber { code: None, committee: None, office: None, circular: false, serial, year: Some(year) })
}

/// The first number cited in a running text after ที่, with the place of the number itself.
/// Blanks inside a serial are closed only where what follows cannot be a date, an item's ordinal or a count.
///
/// None where the first number cannot be read: the next one is another letter's.
pub fn find(text: &str) -> Option<(Range<usize>, PrintedNumber)> {
    let first = STARTED.find(text).map_or(text.len(), |started| started.end());
    if let Some(number) = own_form_cited(text) {
        return Some(number);
    }
    for found in CITED.captures_iter(text) {
        let start = found.get(0)?.start();
        let letter = found.name("letter");
        if start >= first || letter.is_some_and(|_| cut_off(text, &found)) {
            return None;
        }
        if is_ordinal(&text[..start]) && letter.is_none() {
            continue;
        }
        if let Some(number) = cited(text, &found) {
            return Some(number);
        }
    }
    None
}

/// A number of an office's own form behind ที่, where nothing goes on with it.
fn own_form_cited(text: &str) -> Option<(Range<usize>, PrintedNumber)> {
    static OWN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!(r"(?x)(?:^|[[:blank:]])ที่[[:blank:]]+(?<own>{OWN_FORM})")).expect("covered by tests"));
    let found = OWN.captures(text)?;
    let own = found.name("own")?;
    let first = STARTED.find(text).map_or(own.start(), |started| started.start());
    let after = &text[own.end()..];
    let whole = after.is_empty() || (after.starts_with(char::is_whitespace) && !after.trim_start().starts_with(digits::is_digit));
    (whole && first + 1 >= found.get(0)?.start()).then(|| Some((own.range(), own_form(&found)?)))?
}

/// Words that make ที่ an ordinal: `ครั้งที่ ๑/๒๕๖๘` counts meetings, and is the number of no document that speaks of them.
const COUNTED: [&str; 8] = ["ครั้ง", "รุ่น", "ปี", "ภาคเรียน", "งวด", "ไตรมาส", "สมัย", "ระยะ"];

/// Whether ที่ behind `before` counts something.
pub fn is_ordinal(before: &str) -> bool {
    COUNTED.iter().any(|word| before.ends_with(word))
}

fn cited(text: &str, found: &Captures) -> Option<(Range<usize>, PrintedNumber)> {
    if let Some(place) = found.name("letter") {
        let (serial, end) = closed_serial(text, found, place.end());
        let circular = found.name("c1").is_some() || found.name("c2").is_some();
        return Some((place.start()..end, build(found, serial, circular)?));
    }
    if let Some(place) = found.name("order") {
        return Some((place.range(), order(found)?));
    }
    let place = found.name("plain")?;
    let serial = digits::only(place.as_str());
    let plain = PrintedNumber { code: None, committee: None, office: None, circular: true, serial: Some(serial), year: None };
    Some((place.range(), plain))
}

/// The serial of a letter's number and where it ends.
fn closed_serial<'t>(text: &'t str, found: &Captures<'t>, end: usize) -> (Option<&'t str>, usize) {
    let Some(serial) = found.name("s1") else { return (None, end) };
    let kept = closed(serial.as_str(), &text[serial.end()..]);
    (Some(kept), serial.start() + kept.len())
}

fn cut_off(text: &str, found: &Captures) -> bool {
    let end = found.get(0).map_or(0, |whole| whole.end());
    goes_on(&text[closed_serial(text, found, end).1..])
}

/// A serial goes on behind its digits: a letter among digits is a digit misread, and half a serial is another letter's number.
fn goes_on(after: &str) -> bool {
    let mut chars = after.chars();
    match (chars.next(), chars.next()) {
        (Some(one), _) if digits::is_digit(one) || one.is_ascii_alphabetic() => true,
        (Some('/'), Some(next)) => digits::is_digit(next),
        (Some('ก'..='ฮ'), next) => next.is_none_or(|next| digits::is_digit(next) || next.is_whitespace()),
        _ => false,
    }
}

/// The part of a spaced serial that is one number: groups are given back from the end while what follows belongs to them (`๔๑ ๑๖ มีนาคม`, `๒๙๓ ๒. สำเนา`).
fn closed<'t>(serial: &'t str, after: &str) -> &'t str {
    let next = after.trim_start_matches([' ', '\t', '\u{a0}']).chars().next();
    let belongs_to_next = next.is_some_and(|c| matches!(c, '.' | ')' | '/') || ('ก'..='๎').contains(&c));
    match serial.rsplit_once([' ', '\t', '\u{a0}']) {
        Some((front, _)) if belongs_to_next && !serial.starts_with('(') && !after.trim_start().starts_with("ลง") => front.trim_end(),
        _ => serial,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn canonical(text: &str) -> String {
        find(text).unwrap_or_else(|| panic!("no number: {text}")).1.canonical()
    }

    #[test]
    fn half_a_serial_is_no_year() {
        assert_eq!(find("หนังสือธนาคารสมมติ ที่ ๓๔๑๒/๐๔๘ ลงวันที่ ๑๗ ธันวาคม ๒๕๖๗"), None);
    }

    #[test]
    fn numbers_in_running_text() {
        for (text, expected) in [
            ("หนังสือกรม ที่ มท ๐๘๙๒.๒/ว ๘๐๓ ลงวันที่ ๑๔ พฤษภาคม ๒๕๕๐", "มท 0892.2/ว 803"),
            ("ที่ พบ ๐๐๒๓.๗/ว(๑๖๕)", "พบ 0023.7/ว 165"),
            ("ที่ พช ๐๐๒๓.๓/ว ๔๑ ๒ ลงวันที่ ๑ มกราคม ๒๕๖๖", "พช 0023.3/ว 412"),
            ("คำสั่งจังหวัด ที่ ๕๕๖ /๒๕๖๔ จำนวน ๑ ชุด", "556/2564"),
            ("ที่ กค (กวจ) ๐๔๐๕.๒/ว ๑๑๙", "กค (กวจ) 0405.2/ว 119"),
            ("ที่ ทดลอ (ฉ) ๐๖๒๔/ว ๑๓๗ ลงวันที่ ๒๑ สิงหาคม ๒๕๖๗", "ทดลอ (ฉ) 0624/ว 137"),
            ("ที่ กห ๐๔๑๒.๒๐.๓/๒๖๘", "กห 0412.20.3/268"),
            ("ที่ มท ๐๘๑๐.๗/ว ๒๙๓ ๒. สำเนาคำสั่ง", "มท 0810.7/ว 293"),
            ("ที่ พบ ๐๐๒๓.๗/ว ๔๑ ๑๖ มีนาคม ๒๕๖๔", "พบ 0023.7/ว 41"),
            ("ที่ ตช ๐๐๐๑(ศป).๕/๑๒", "ตช 0001(ศป).5/12"),
            ("ที่ อว ๘๓๙๑(๕.๔)/๐๖๒๘", "อว 8391(5.4)/0628"),
            ("ที่ ตช ๐๐๒๔.(สข)๒.๑/๔๔๐๒", "ตช 0024.(สข)2.1/4402"),
            ("ที่ ตช. ๐๐๒๔/๔๔", "ตช 0024/44"),
            ("ที่ ฮฮฮ. ๐๘๙/๒๕๖๖", "ฮฮฮ. 089/2566"),
            ("ที่ ฮฮ ๐๑๒๓/ว ๔๑ ๒ ลงวันที่ ๑ มกราคม ๒๕๖๖", "ฮฮ 0123/ว 412"),
            ("ที่ ฮฮฮ. ๕.๓๖/ว ๑๑๒๐ ลงวันที่ ๑๑ กรกฎาคม ๒๕๖๘", "ฮฮฮ. 5.36/ว 1120"),
            ("ที่ ตผ ๐๐๖๙ ชม/๑๒๔ ลงวันที่ ๒๔ มีนาคม ๒๕๖๖", "ตผ 0069 ชม/124"),
            ("คำสั่งที่ ๑๒/๖๗", "12/2567"),
        ] {
            assert_eq!(canonical(text), expected, "{text}");
        }
    }

    #[test]
    fn blank_serials_are_none() {
        let (_, number) = find("ที่ มท ๐๘๑๐.๗/ว").unwrap();
        assert_eq!((number.circular, number.serial), (true, None));
        let (_, order) = find("ที่ /๒๕๖๔").unwrap();
        assert_eq!((order.serial, order.year), (None, Some(2564)));
    }

    #[test]
    fn words_are_no_numbers() {
        for text in [
            "ที่ประชุมมีมติเห็นชอบ",
            "รายงานการประชุม ครั้งที่ ๑/๒๕๖๘ เมื่อวันที่ ๑๕ มกราคม ๒๕๖๘",
            "ทั้งนี้ ๑๒",
            "โทร. ๐ ๒๒๔๑ ๙๐๐๐",
            "ที่ ๔๑/๑๒๓๔",
            "ที่ มท ๐๘๑๐.๗/ว ๒๙o๓ ลงวันที่",
            "ที่ มท ๐๘๑๐.๗/ว ๒๙ต ลง",
            "คำสั่งที่ ๒๑๗/๒๕m๔",
            "ที่ สม ๐๒o๑/๑๒๑๔ และที่ สม ๐๒๐๑/๑๒๘๘",
            "ที่ มท ๐๘๑๐.๗/ว ๒๙o และที่ มท ๐๘๑๐.๗/ว ๓๐๐",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
