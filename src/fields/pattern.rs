//! The shorthand of rule patterns. All patterns are verbose-mode regular expressions; these macros are replaced before they are compiled:
//!
//! | macro | stands for |
//! |---|---|
//! | `{_}` | blanks, or none, on one line |
//! | `{d}` | one digit, Thai or Arabic |
//! | `{thi}` | ที่ before a number, as scans leave it ([`number`]) |
//! | `{~เรื่อง}` | the word as scans spell it ([`confusion::tolerant`]) |
//! | `{@subject}` | the label that opens a passage ([`super::label`]) |
//! | `{origin}` `{code}` `{torn_office}` `{serial}` `{spaced}` `{own_form}` `{bare_office}` `{order}` `{whole_order}` | parts of a reference number ([`number`]) |
//! | `{date}` `{dayless}` `{numeric}` | a date ([`dates`]) |
//! | `{phone}` | a telephone number with its area code ([`phones`]) |
//! | `{title}` `{rank}` `{person}` | words around names ([`names`]) |
//! | `{post}` | how posts begin ([`posts`]) |
//! | `{authority}` `{post_end}` | phrases by which one post acts for another ([`posts`]); where a post ends, before such a phrase or with the text |

use super::label;
use crate::thai::{confusion, dates, names, number, phones, posts};

/// The regular expression that `pattern` stands for; the error names a macro that does not exist.
pub fn expand(pattern: &str) -> Result<String, String> {
    let mut out = String::from("(?x)");
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let close = from.find('}').ok_or("a { without its }")?;
        let name = &from[1..close];
        match replacement(name)? {
            Some(text) => {
                out.push_str("(?:");
                out.push_str(&text);
                out.push(')');
            }
            None => out.push_str(&from[..=close]),
        }
        rest = &from[close + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

/// None for what is no macro: repetition counts such as `{1,3}` and classes such as `\p{Thai}`.
fn replacement(name: &str) -> Result<Option<String>, String> {
    if let Some(word) = name.strip_prefix('~') {
        return Ok(Some(confusion::tolerant(word)));
    }
    if let Some(name) = name.strip_prefix('@') {
        return label::pattern(name).map(Some).ok_or(format!("no label {name}"));
    }
    Ok(Some(match name {
        "_" => "[[:blank:]]*".to_owned(),
        "d" => "[0-9๐-๙]".to_owned(),
        "origin" => number::ORIGIN.clone(),
        "code" => number::CODE.to_owned(),
        "torn_office" => number::TORN_OFFICE.to_owned(),
        "serial" => number::SERIAL.to_owned(),
        "spaced" => number::SPACED_SERIAL.to_owned(),
        "own_form" => number::OWN_FORM.to_owned(),
        "bare_office" => number::BARE_OFFICE.to_owned(),
        "thi" => number::THI.to_owned(),
        "order" => number::ORDER.to_owned(),
        "whole_order" => number::WHOLE_ORDER.to_owned(),
        "date" => dates::FULL.clone(),
        "dayless" => dates::DAYLESS.clone(),
        "numeric" => dates::NUMERIC.to_owned(),
        "phone" => phones::NUMBER.to_owned(),
        "title" => names::TITLE.to_owned(),
        "rank" => names::RANK.to_owned(),
        "person" => names::PERSON.clone(),
        "post" => posts::POST.clone(),
        "post_end" => format!(r"\s*{} | \s+{} | \s*$", posts::ACTING, *posts::AUTHORITY),
        "authority" => posts::AUTHORITY.clone(),
        count if count.chars().all(|c| c.is_ascii_digit() || c == ',') && !count.is_empty() => return Ok(None),
        other => return Err(format!("no macro {{{other}}}")),
    }))
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn macros_and_counts_live_together() {
        assert_eq!(expand("^{_}a{1,3}").as_deref(), Ok("(?x)^(?:[[:blank:]]*)a{1,3}"));
        assert!(expand("{nothing}").is_err());
        assert!(expand("{@nothing}").is_err());
        assert!(expand("{d").is_err());
    }
}
