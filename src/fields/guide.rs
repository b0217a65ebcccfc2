//! The field guide (`docs/fields.md`): every field with its rules and examples, generated from the catalogue.

use std::fmt::Write;

use super::passage::Place;
use super::{Field, Take};

/// The guide as Markdown.
pub fn markdown(fields: &[&Field]) -> String {
    let mut out = String::from(
        "# Fields\n\nGenerated from the catalogue by `saraban rules guide`; do not edit.\n\n\
         A rule looks at one place of a letter. Its score ranks it among rules that match: times the reader's confidence, the best wins, and a near tie is an \
         issue. It is chosen by hand, not measured, and is part of a confidence only where no model's calibration speaks of the value; see \
         [what a confidence means](confidence.md).\n",
    );
    for field in fields {
        section(field, &mut out);
    }
    out
}

fn section(field: &Field, out: &mut String) {
    let many = match field.take {
        Take::Best => "one",
        Take::Items(_) | Take::Every => "a list",
    };
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "\n## {} — {}\n\n{} Takes {many}.\n\n| rule | looks at | gives | score |\n|---|---|---|---|\n",
        field.id, field.thai, field.about
    );
    for rule in field.rules {
        let part = if rule.part.is_empty() { "the value" } else { rule.part };
        let _ = writeln!(out, "| `{}` | {} | {part} | {:.2} |", rule.id, place(rule.place), rule.score);
    }
    let _ = write!(out, "\n| text | read as |\n|---|---|\n");
    for example in field.examples {
        let value = example.value.map_or("–".to_owned(), |value| value().display());
        let part = example.part.map(|part| format!(" ({part})")).unwrap_or_default();
        let _ = writeln!(out, "| {} | {}{part} |", cell(example.text), cell(&value));
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ⏎ ")
}

fn place(place: Place) -> String {
    match place {
        Place::Row => "a row above the subject".to_owned(),
        Place::MemoRow => "a row of a memo's head".to_owned(),
        Place::TitledRow => "a row of the head of a document with a title".to_owned(),
        Place::Labelled(label) => format!("what follows {}", label.word()),
        Place::Letterhead => "what the rows above the subject leave".to_owned(),
        Place::Body => "the text".to_owned(),
        Place::Closing => "the signature block".to_owned(),
        Place::Footer => "the block of the office in charge".to_owned(),
        Place::Ending => "a line of or below the text".to_owned(),
        Place::Seal => "the line above the date of a sealed letter".to_owned(),
        Place::Stamp => "a receiving stamp".to_owned(),
    }
}
