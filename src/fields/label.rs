//! The words that open a passage of the head: which they are, in which kinds of letters, and how they look in patterns.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::record::Kind;
use crate::thai::{confusion, labels, names, posts};

/// Words that open a passage of the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label {
    /// ส่วนราชการ of a memo.
    Unit,
    /// The title of an order, announcement, regulation, certificate or minutes.
    Title,
    Subject,
    Salutation,
    References,
    Attachments,
    /// Rows of a message form.
    Priority,
    Classification,
    Moment,
    Origin,
    From,
    To,
    Informed,
    Sheet,
}

impl Label {
    /// The first of its words.
    pub fn word(self) -> &'static str {
        OPENERS.iter().find(|opener| opener.label == self).and_then(|opener| opener.words.first()).copied().unwrap_or_default()
    }

    /// Whether it is a label of a message form.
    pub fn is_of_message(self) -> bool {
        OPENERS.iter().any(|opener| opener.label == self && opener.kinds == MESSAGE)
    }
}

/// Labels, their names in patterns, and the kinds they belong to (empty: all).
struct Opener {
    label: Label,
    name: &'static str,
    words: &'static [&'static str],
    kinds: &'static [Kind],
    /// A blank, a colon or a recipient must follow.
    strict: bool,
}

const TITLED: &[Kind] = &[Kind::Order, Kind::Regulation, Kind::Announcement, Kind::Certificate, Kind::Minutes];
const MESSAGE: &[Kind] = &[Kind::MessageForm];
const FROM: &[Kind] = &[Kind::MessageForm, Kind::InternalMemo];

const OPENERS: &[Opener] = &[
    Opener { label: Label::Unit, name: "unit", words: labels::UNIT, kinds: &[Kind::InternalMemo], strict: false },
    Opener { label: Label::Title, name: "title", words: labels::TITLE, kinds: TITLED, strict: false },
    Opener { label: Label::Subject, name: "subject", words: labels::SUBJECT, kinds: &[], strict: false },
    Opener { label: Label::Salutation, name: "salutation", words: labels::SALUTATION, kinds: &[], strict: true },
    Opener {
        label: Label::Salutation,
        name: "to_unit",
        words: labels::TO,
        kinds: &[Kind::StampedLetter, Kind::InternalMemo, Kind::Other],
        strict: true,
    },
    Opener { label: Label::References, name: "references", words: labels::REFERENCES, kinds: &[], strict: false },
    Opener { label: Label::Attachments, name: "attachments", words: labels::ATTACHMENTS, kinds: &[], strict: false },
    Opener {
        label: Label::Priority,
        name: "priority",
        words: &["ลำดับความเร่งด่วน", "ความเร่งด่วน", "ลำดับความเร็ว"],
        kinds: MESSAGE,
        strict: false,
    },
    Opener {
        label: Label::Classification, name: "classification", words: &["ชั้นความลับ", "ความลับ"], kinds: MESSAGE, strict: false
    },
    Opener {
        label: Label::Moment,
        name: "moment",
        words: &["หมู่ - วัน - เวลา", "หมู่ วัน - เวลา", "หมู่ วัน เวลา", "หมู่/วัน/เวลา", "วัน - เวลา", "วัน เวลา"],
        kinds: MESSAGE,
        strict: false,
    },
    Opener {
        label: Label::Origin, name: "origin", words: &["ที่ของผู้ให้ข่าว"], kinds: MESSAGE, strict: false
    },
    Opener { label: Label::From, name: "from", words: labels::FROM, kinds: FROM, strict: true },
    Opener { label: Label::To, name: "to", words: labels::MESSAGE_TO, kinds: MESSAGE, strict: false },
    Opener { label: Label::Informed, name: "informed", words: &["ผู้รับทราบ"], kinds: MESSAGE, strict: false },
    Opener { label: Label::Sheet, name: "sheet", words: &["หน้าที่"], kinds: MESSAGE, strict: false },
];

/// Whether documents of this kind begin with a title.
pub fn is_titled(kind: Kind) -> bool {
    TITLED.contains(&kind)
}

/// Verbose-mode fragment of a label's words, for `{@name}`.
pub fn pattern(name: &str) -> Option<String> {
    let opener = OPENERS.iter().find(|opener| opener.name == name)?;
    let words: Vec<String> = opener.words.iter().map(|word| confusion::tolerant(word)).collect();
    Some(format!("(?:{})", words.join("|")))
}

static LABELS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let compile = |opener: &Opener| {
        let words = pattern(opener.name).expect("an opener has its own name");
        Regex::new(&format!(r"(?x)^[[:blank:]–-]*{words}[[:blank:]]*[:;]?[[:blank:]]*")).expect("labels are covered by tests")
    };
    OPENERS.iter().map(compile).collect()
});

/// The label that opens a line of a letter of this kind, with the bytes it takes.
pub fn opener(line: &str, kind: Kind) -> Option<(Label, usize)> {
    OPENERS.iter().zip(LABELS.iter()).find_map(|(opener, pattern)| {
        if !opener.kinds.is_empty() && !opener.kinds.contains(&kind) {
            return None;
        }
        let found = pattern.find(line)?;
        let rest = &line[found.end()..];
        let spaced = rest.is_empty() || found.as_str().ends_with([' ', ':', '\t']);
        let sure = !opener.strict || spaced || posts::begins_like_recipient(rest) || names::begins_like_person(rest);
        sure.then_some((opener.label, found.end()))
    })
}
