//! Number, address and postcode that name different provinces.
//!
//! The first two digits of a postcode are the province's; so are the two letters before it on official paper, and those of a provincial number.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::Code;
use crate::document::record::Record;
use crate::thai::agency::{self, Agency};

use super::Check;
use super::finding::{Bundle, Finding};

pub const CHECK: Check = Check { id: "address", codes: &[&CONFLICTING_ADDRESS, &CONFLICTS_WITH_ADDRESS], run: check };

const CONFLICTING_ADDRESS: Code = Code::warning(
    "sender.conflicting_address",
    "Postcode and the province's letters before it name different provinces. One of the two is misread: compare both with the page.",
);
const CONFLICTS_WITH_ADDRESS: Code = Code::warning(
    "number.conflicts_with_address",
    "The number's code is of one province, the sender's address is in another. Compare both with the page.",
);

static CODE_BEFORE_POSTCODE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|[^ก-๙])([ก-ฮ]{2})\.?\s?[0-9๐-๙]{5}(?:[^0-9๐-๙]|$)").expect("a constant pattern"));

fn check(bundle: &Bundle) -> Vec<Finding> {
    bundle.records.iter().enumerate().flat_map(|(index, record)| of_record(bundle, index, record)).collect()
}

fn of_record(bundle: &Bundle, index: usize, record: &Record) -> Vec<Finding> {
    let Some(sender) = &record.sender else { return Vec::new() };
    let by_postcode = sender.postcode.as_deref().and_then(agency::province_of_postcode);
    let by_letters = sender.address.as_deref().and_then(letters);
    let mut found = Vec::new();
    if let (Some(postcode), Some(letters)) = (by_postcode, by_letters)
        && postcode.code != letters.code
    {
        let (thai, english) = (
            format!("รหัสไปรษณีย์เป็นของจังหวัด{} แต่อักษรย่อเป็นของจังหวัด{}", postcode.name, letters.name),
            format!("the postcode is of {}, the letters before it are of {}", postcode.name_en, letters.name_en),
        );
        found.push(bundle.doubt(index, &CONFLICTING_ADDRESS, "/sender", (thai, english)));
    }
    let code = record.number.as_ref().and_then(|number| number.code.as_deref());
    let own = code.filter(|code| agency::by_code(code).len() == 1).and_then(agency::province);
    let place = by_postcode.or(by_letters);
    if let (Some(own), Some(place)) = (own, place)
        && own.code != place.code
    {
        let (thai, english) = (
            format!("รหัส “{}” เป็นของจังหวัด{} แต่ที่อยู่อยู่ในจังหวัด{}", own.code, own.name, place.name),
            format!("the code “{}” is of {}, the address is in {}", own.code, own.name_en, place.name_en),
        );
        found.push(bundle.doubt(index, &CONFLICTS_WITH_ADDRESS, "/number", (thai, english)).see(bundle, index, "/sender"));
    }
    found
}

fn letters(address: &str) -> Option<Agency> {
    let code = CODE_BEFORE_POSTCODE.captures(address)?.get(1)?.as_str();
    agency::province(code)
}
