//! A post acted for that itself acts for another: `รักษาราชการแทน รองอธิบดี ปฏิบัติราชการแทน อธิบดี`. The record has room for one phrase and one post, and
//! which of the two is meant is for a person to say.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::Code;
use crate::thai::posts;

use super::Check;
use super::finding::{Bundle, Finding};

pub const CHECK: Check = Check { id: "authority", codes: &[&TWO_PHRASES], run: check };

const TWO_PHRASES: Code = Code::warning(
    "signatory.two_phrases",
    "The signatory acts for a post that itself acts for another; the record has room for one. Read from the page who signs for whom.",
);

static PHRASE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("(?x){}", posts::ACTING)).expect("a constant pattern, covered by tests"));

fn check(bundle: &Bundle) -> Vec<Finding> {
    let posts = bundle.records.iter().map(|record| record.signatory.as_ref().and_then(|signatory| signatory.acting_for.as_deref()));
    let chained = posts.enumerate().filter_map(|(index, post)| Some((index, post.filter(|post| acts_for_another(post))?)));
    let told = chained.map(|(index, post)| {
        let message = (format!("“{post}” แทนอีกตำแหน่งหนึ่ง"), format!("“{post}” itself acts for another post"));
        bundle.doubt(index, &TWO_PHRASES, "/signatory/acting_for", message)
    });
    told.collect()
}

fn acts_for_another(post: &str) -> bool {
    PHRASE.is_match(post)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_that_acts_for_another_is_told() {
        assert!(acts_for_another("รองอธิบดี ปฏิบัติราชการแทนอธิบดีกรมสมมติ"));
        assert!(!acts_for_another("อธิบดีกรมสมมติ") && !acts_for_another("ผู้อำนวยการกองปฏิบัติการ"));
    }
}
