//! Pages in, letters out: where one letter ends and the next begins, what kind each is, and which part of the form each line is.
//!
//! Works with places (boxes, stamps and cells that the page image showed) and without them (order and labels of transcribed text).

mod annex;
mod boundary;
mod column;
mod cue;
mod form;
mod kind;
mod lexicon;
mod message;
mod minutes;
mod row;
mod stamp;
mod tail;

use crate::document::letter::{Letter, Line, ReadPage, Zone};
use crate::document::record::Kind;

use boundary::Why;
use cue::Cue;
use form::Form;
use kind::Scene;
use row::Row;

/// The letters of a bundle, in page order. Every line lands in exactly one letter, every page in at least one.
pub fn letters(pages: &[ReadPage]) -> Vec<Letter> {
    let mut rows = row::rows(pages);
    if rows.is_empty() {
        return blank(pages).into_iter().collect();
    }
    let starts = boundary::starts(&rows);
    let mut letters: Vec<Letter> = Vec::with_capacity(starts.len());
    let mut annexed: Vec<bool> = Vec::with_capacity(starts.len());
    for start in starts.iter().rev() {
        let rows = rows.split_off(start.row);
        annexed.push(is_sample(&rows));
        letters.push(letter(rows, start.why));
    }
    letters.reverse();
    annexed.reverse();
    annex::bind(&mut letters, &annexed);
    place_empty_pages(pages, &mut letters);
    letters
}

/// A bundle without any text: its pages are not lost.
fn blank(pages: &[ReadPage]) -> Option<Letter> {
    let pages: Vec<u32> = pages.iter().map(|page| page.page).collect();
    let letter = Letter { kind: Kind::Other, kind_confidence: 1.0, kind_rule: "kind.blank", pages, lines: Vec::new(), part_of: None };
    (!letter.pages.is_empty()).then_some(letter)
}

fn letter(rows: Vec<Row>, why: Why) -> Letter {
    let scene = Scene { rows: &rows, why };
    let kind = kind::of(&scene);
    let text_only = kind.kind == Kind::Other && scene.has_no_head();
    let mut form = Form::of(kind.kind);
    let mut zones: Vec<Zone> = (0..rows.len()).map(|at| if text_only { Zone::Body } else { form.step(&rows, at) }).collect();
    if kind.kind == Kind::MessageForm
        && let Some((first, foot)) = message::foot(&rows)
    {
        zones.truncate(first);
        // Who receives a message writes his orders above its foot, with his name.
        if foot.contains(&Zone::Closing) {
            zones.iter_mut().filter(|zone| **zone == Zone::Closing).for_each(|zone| *zone = Zone::Noise);
        }
        zones.extend(foot);
    }
    if kind.kind == Kind::Minutes
        && let Some(attendance) = minutes::attendance(&rows)
    {
        zones[attendance].fill(Zone::Noise);
    }
    let lines: Vec<(Zone, Line)> = zones.into_iter().zip(rows).map(|(zone, row)| (zone, row.finish())).collect();
    let mut pages: Vec<u32> = lines.iter().map(|(_, line)| line.page).collect();
    pages.dedup();
    Letter { kind: kind.kind, kind_confidence: kind.confidence, kind_rule: kind.id, pages, lines, part_of: None }
}

/// - ตัวอย่าง - above a document: it came with a letter, whatever it looks like.
fn is_sample(rows: &[Row]) -> bool {
    rows.iter().take(6).any(|row| row.cue == Cue::Sample && row.text().contains("ตัวอย่าง"))
}

/// A page without text goes with the letter that it follows.
fn place_empty_pages(pages: &[ReadPage], letters: &mut [Letter]) {
    for page in pages.iter().filter(|page| page.lines.is_empty()) {
        let after = letters.partition_point(|letter| letter.pages.first().is_some_and(|first| *first < page.page));
        if let Some(letter) = letters.get_mut(after.saturating_sub(1)) {
            letter.pages.push(page.page);
            letter.pages.sort_unstable();
        }
    }
}
