//! Letter codes of provinces, ministries and departments (รหัสตัวพยัญชนะ). The table is `codes.tsv`; rows marked `recalled` are hints, not facts.

use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgencyKind {
    Province,
    Ministry,
    Agency,
    /// Code and the first digits of the office.
    Department,
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agency {
    /// Letters alone; for a department letters, space, office digits.
    pub code: &'static str,
    pub kind: AgencyKind,
    pub name: &'static str,
    pub name_en: &'static str,
    /// Seen in letters or sources, not only recalled.
    pub certain: bool,
}

static TABLE: LazyLock<Vec<Agency>> = LazyLock::new(|| include_str!("codes.tsv").lines().skip(1).filter_map(row).collect());

static BY_CODE: LazyLock<HashMap<&'static str, Vec<Agency>>> = LazyLock::new(|| {
    let mut index: HashMap<&str, Vec<Agency>> = HashMap::new();
    for agency in TABLE.iter() {
        index.entry(agency.code).or_default().push(*agency);
    }
    index
});

fn row(line: &'static str) -> Option<Agency> {
    let mut columns = line.split('\t');
    let code = columns.next()?;
    let kind = match columns.next()? {
        "province" => AgencyKind::Province,
        "ministry" => AgencyKind::Ministry,
        "agency" => AgencyKind::Agency,
        "department" => AgencyKind::Department,
        _ => return None,
    };
    let (name, name_en) = (columns.next()?, columns.next()?);
    Some(Agency { code, kind, name, name_en, certain: columns.next()? != "recalled" })
}

/// The whole table, in its order.
pub fn all() -> &'static [Agency] {
    &TABLE
}

/// Who uses the letters `code` (no dots, no blanks): more than one for collisions such as ตร, none for unknown codes.
pub fn by_code(code: &str) -> &'static [Agency] {
    BY_CODE.get(code).map_or(&[], Vec::as_slice)
}

pub fn province(code: &str) -> Option<Agency> {
    by_code(code).iter().copied().find(|agency| agency.kind == AgencyKind::Province)
}

/// The department of a code and an office number (Arabic digits), by the longest prefix that the table knows.
pub fn department(code: &str, office: &str) -> Option<Agency> {
    (1..=office.len()).rev().filter(|end| office.is_char_boundary(*end)).find_map(|end| {
        let key = format!("{code} {}", &office[..end]);
        by_code(&key).first().copied()
    })
}

/// The province that a text names, by the longest name in it.
pub fn province_in(text: &str) -> Option<Agency> {
    if text.contains("กทม") {
        return province("กท");
    }
    TABLE
        .iter()
        .copied()
        .filter(|agency| agency.kind == AgencyKind::Province && text.contains(agency.name))
        .max_by_key(|agency| agency.name.len())
}

/// Provinces in the order of their postcodes: the first two digits name the province.
const POSTCODES: [(&str, &str); 76] = [
    ("10", "กท"),
    ("11", "นบ"),
    ("12", "ปท"),
    ("13", "อย"),
    ("14", "อท"),
    ("15", "ลบ"),
    ("16", "สห"),
    ("17", "ชน"),
    ("18", "สบ"),
    ("20", "ชบ"),
    ("21", "รย"),
    ("22", "จบ"),
    ("23", "ตร"),
    ("24", "ฉช"),
    ("25", "ปจ"),
    ("26", "นย"),
    ("27", "สก"),
    ("30", "นม"),
    ("31", "บร"),
    ("32", "สร"),
    ("33", "ศก"),
    ("34", "อบ"),
    ("35", "ยส"),
    ("36", "ชย"),
    ("37", "อจ"),
    ("38", "บก"),
    ("39", "นภ"),
    ("40", "ขก"),
    ("41", "อด"),
    ("42", "ลย"),
    ("43", "นค"),
    ("44", "มค"),
    ("45", "รอ"),
    ("46", "กส"),
    ("47", "สน"),
    ("48", "นพ"),
    ("49", "มห"),
    ("50", "ชม"),
    ("51", "ลพ"),
    ("52", "ลป"),
    ("53", "อต"),
    ("54", "พร"),
    ("55", "นน"),
    ("56", "พย"),
    ("57", "ชร"),
    ("58", "มส"),
    ("60", "นว"),
    ("61", "อน"),
    ("62", "กพ"),
    ("63", "ตก"),
    ("64", "สท"),
    ("65", "พล"),
    ("66", "พจ"),
    ("67", "พช"),
    ("70", "รบ"),
    ("71", "กจ"),
    ("72", "สพ"),
    ("73", "นฐ"),
    ("74", "สค"),
    ("75", "สส"),
    ("76", "พบ"),
    ("77", "ปข"),
    ("80", "นศ"),
    ("81", "กบ"),
    ("82", "พง"),
    ("83", "ภก"),
    ("84", "สฎ"),
    ("85", "รน"),
    ("86", "ชพ"),
    ("90", "สข"),
    ("91", "สต"),
    ("92", "ตง"),
    ("93", "พท"),
    ("94", "ปน"),
    ("95", "ยล"),
    ("96", "นธ"),
];

/// The province of a postcode (five Arabic digits). 10xxx is shared by Bangkok and Samut Prakan and gives None.
pub fn province_of_postcode(postcode: &str) -> Option<Agency> {
    let first = postcode.get(..2)?;
    if first == "10" || postcode.len() != 5 {
        return None;
    }
    // Bueng Kan (38) kept postcodes of Nong Khai (43) in places, and both appear on letters.
    POSTCODES.iter().find(|(digits, _)| *digits == first).and_then(|(_, code)| province(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        assert_eq!(all().len(), include_str!("codes.tsv").lines().filter(|line| !line.is_empty()).count() - 1);
        assert_eq!(all().iter().filter(|agency| agency.kind == AgencyKind::Province).count(), 77);
    }

    #[test]
    fn codes_name_their_agencies() {
        assert_eq!(province("พบ").map(|agency| agency.name), Some("เพชรบุรี"));
        assert_eq!(by_code("มท").first().map(|agency| agency.kind), Some(AgencyKind::Ministry));
        assert_eq!(by_code("ตร").len(), 2);
        assert!(by_code("ฮฮ").is_empty());
        assert_eq!(department("มท", "0810.7").map(|agency| agency.code), Some("มท 0810"));
        assert_eq!(department("มท", "0899").map(|agency| agency.name), Some("กรมส่งเสริมการปกครองท้องถิ่น"));
    }

    #[test]
    fn postcodes_name_their_provinces() {
        for (postcode, code) in [("76150", "พบ"), ("54000", "พร"), ("67000", "พช"), ("13000", "อย")] {
            assert_eq!(province_of_postcode(postcode).map(|agency| agency.code), Some(code), "{postcode}");
        }
        for (_, code) in POSTCODES {
            assert!(province(code).is_some(), "{code}");
        }
        assert_eq!(province_of_postcode("10300"), None);
        assert_eq!(province_of_postcode("19000"), None);
    }

    #[test]
    fn provinces_in_an_address() {
        assert_eq!(province_in("ถนนราชดำเนิน จังหวัดเพชรบูรณ์ ๖๗๐๐๐").map(|agency| agency.code), Some("พช"));
        assert_eq!(province_in("เขตดุสิต กทม. ๑๐๓๐๐").map(|agency| agency.code), Some("กท"));
    }
}
