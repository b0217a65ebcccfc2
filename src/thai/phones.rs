//! Telephone numbers: nine digits of a line, ten of a mobile, seven and less of the years before area codes and of internal lines.

/// Verbose-mode fragment: a number with its area code, no captures. A line's digit too many is the beginning of the next number.
pub const NUMBER: &str =
    r"(?:[0๐][[:blank:]().-]{0,3}(?:[1-57๑-๕๗](?:[[:blank:]().-]{0,3}[0-9๐-๙]){7}|[689๖๘๙](?:[[:blank:]().-]{0,3}[0-9๐-๙]){8}))";

/// Whether a number with an area code has as many digits as its kind has.
pub fn is_whole(digits: &str) -> bool {
    let mut chars = digits.chars();
    match (chars.next(), chars.next()) {
        (Some('0'), Some('6' | '8' | '9')) => digits.len() == 10,
        (Some('0'), _) => digits.len() == 9,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_nine_digits_and_mobiles_ten() {
        for (digits, whole) in [("022419000", true), ("0812345678", true), ("02241900", false), ("081234567", false), ("4401", true)] {
            assert_eq!(is_whole(digits), whole, "{digits}");
        }
    }
}
