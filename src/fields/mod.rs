//! What a letter says: a catalogue of fields, one file each, rules as data with their examples.
//!
//! Takes a `Letter` (lines with zones), gives a [`Record`]: values, the place each was read, and the doubts that reading itself raises.
//! Every rule looks at one kind of [`Place`]; all rules are tried, their finds are scored, and `settle` decides in one place who wins.
//! The hard thing: the same words stand in many places of a letter, and only one of them is the value.

mod attachments;
mod body;
mod closing;
mod contacts;
pub mod corpus;
mod date;
mod doubt;
mod evidence;
mod extract;
pub mod guide;
mod item;
mod label;
mod number;
mod owner;
mod parted;
mod passage;
mod pattern;
mod receipts;
mod recipients;
mod references;
mod salutation;
mod secrecy;
mod sender;
mod settle;
mod signatory;
mod subject;
mod unread;
mod urgency;
mod value;

use std::ops::Range;

use regex::Captures;

use crate::document::Code;
use crate::document::record::Record;

pub use extract::{BadRule, Candidate, Extractor};
pub use label::Label;
pub use passage::Place;
pub use settle::{Contest, contests};
pub use value::{Found, Value};

/// The whole registry, in the order of the record.
pub static FIELDS: &[&Field] = &[
    &urgency::URGENCY,
    &secrecy::SECRECY,
    &number::NUMBER,
    &date::DATE,
    &sender::SENDER,
    &subject::SUBJECT,
    &salutation::SALUTATION,
    &recipients::RECIPIENTS,
    &references::REFERENCES,
    &attachments::ATTACHMENTS,
    &body::BODY,
    &closing::CLOSING,
    &signatory::SIGNATORY,
    &owner::OWNER,
    &contacts::CONTACTS,
    &receipts::RECEIPTS,
];

/// What reading itself can raise: doubts about values, and values that could not be read.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    doubt::CODES.iter().chain(unread::CODES).copied()
}

/// One thing that a letter says.
pub struct Field {
    /// Also its key in the record.
    pub id: &'static str,
    /// The official term.
    pub thai: &'static str,
    /// One sentence for the field guide.
    pub about: &'static str,
    pub take: Take,
    pub rules: &'static [Rule],
    pub examples: &'static [Example],
    /// Writes what was settled into the record.
    pub store: fn(&mut Record, Vec<Found>),
}

/// How many values a field takes from a letter.
#[derive(Clone, Copy)]
pub enum Take {
    /// One; with parts, one of each part.
    Best,
    /// A list: the passage, without its label, is cut into items and each item gives one value (or one of each part).
    Items(fn(&str) -> Vec<Range<usize>>),
    /// A list: every match that does not overlap a better one.
    Every,
}

/// One way to find a value.
#[derive(Debug)]
pub struct Rule {
    /// Field, dot, what it looks for. Stands in the evidence of every value.
    pub id: &'static str,
    pub place: Place,
    /// The part of the value that it gives, as in the record; empty for all of it.
    pub part: &'static str,
    /// 0–1: which rule goes first where several match, chosen by hand. Nothing measures it: it is part of a confidence only where no model's
    /// calibration speaks of the value (transcribed text, text layers, Tesseract).
    pub score: f32,
    /// Verbose-mode regular expression with the macros of `fields/pattern.rs`. A group `value` narrows the evidence to itself.
    pub pattern: &'static str,
    /// Makes the value, or declines.
    pub value: fn(&Captures) -> Option<Value>,
}

/// What a field's rules must do with a text; lines are separated by `\n`.
#[derive(Clone, Copy)]
pub struct Example {
    pub text: &'static str,
    /// None: the field must find nothing here.
    pub value: Option<fn() -> Value>,
    /// Where the text stands; everywhere the field's rules look, when not said.
    pub place: Option<Place>,
    /// The part of the value that `value` is; every part found, when not said.
    pub part: Option<&'static str>,
    /// Whether the text holds other values beside: more of a list, or a rival that is told as a doubt.
    pub others: bool,
}

impl Example {
    pub const fn reads(text: &'static str, value: fn() -> Value) -> Self {
        Example { text, value: Some(value), place: None, part: None, others: false }
    }

    pub const fn ignores(text: &'static str) -> Self {
        Example { text, value: None, place: None, part: None, others: false }
    }

    pub const fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    pub const fn part(mut self, part: &'static str) -> Self {
        self.part = Some(part);
        self
    }

    pub const fn among_others(mut self) -> Self {
        self.others = true;
        self
    }
}
