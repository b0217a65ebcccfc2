//! Rows that a reader parted, put together as one more passage: a day and its month, an office and its serial, a label and its value.
//!
//! The hard thing: what is written by hand stands higher than its row, and its line comes before the row's or after it.

use std::sync::LazyLock;

use regex::Regex;

use super::label::Label;
use super::passage::{Passage, Place};
use crate::document::letter::Line;
use crate::thai::{dates, number};

/// Adds to the passages of a head those that stand on two rows. The rows stay.
pub fn join(all: &mut Vec<Passage>) {
    parted_date(all);
    parted_number(all);
    label_above(all);
}

/// A day written by hand stands higher than its month and is read as a line of its own: `วันที่ ๓` beside `พ.ค. ๖๗`. Both together are one more row.
fn parted_date(all: &mut Vec<Passage>) {
    static DAY: LazyLock<Regex> = LazyLock::new(|| compile(r"(?:^|\s)วันที่[ \t]*[0-9๐-๙]{1,2}$"));
    static MONTH: LazyLock<Regex> = LazyLock::new(|| compile(&format!("(?x)^ (?:{}) $", *dates::DAYLESS)));
    let only = |passage: &&Passage, pattern: &Regex| {
        passage.place == Place::Row && passage.pieces.len() == 1 && pattern.is_match(passage.text.trim_end_matches('.'))
    };
    let (Some(day), Some(month)) = (all.iter().find(|row| only(row, &DAY)), all.iter().find(|row| only(row, &MONTH))) else { return };
    let (day, month) = (day.pieces[0].line, month.pieces[0].line);
    let beside = match (day.rect, month.rect) {
        (Some(day), Some(month)) => (day.top - month.top).abs() < day.height().max(month.height()) && day.left < month.right,
        _ => false,
    };
    if beside && day.page == month.page {
        let mut row = Passage::of_line(Place::Row, day);
        row.push(month, 0, &month.text, " ");
        all.push(row);
    }
}

/// A serial written by hand stands higher than its row and is read as a line of its own: `๕๖๑` beside `กห ๐๑๒๓/`. Both together are one more passage.
fn parted_number(all: &mut Vec<Passage>) {
    static START: LazyLock<Regex> = LazyLock::new(|| {
        compile(&format!(r"(?x)^ (?: ที่ )? [[:blank:]]* {} [[:blank:]]* / [[:blank:]]* (?: ว [[:blank:]]* )? $", *number::ORIGIN))
    });
    static SERIAL: LazyLock<Regex> = LazyLock::new(|| compile("^[0-9๐-๙]{1,6}$"));
    let lines = |pattern: &'static Regex| {
        let own = |passage: &&Passage| matches!(passage.place, Place::Row | Place::Labelled(Label::Origin));
        let pieces = all.iter().filter(own).flat_map(|passage| passage.pieces.iter().map(move |piece| (passage, piece.line)));
        pieces.filter(|(_, line)| pattern.is_match(&line.text)).collect::<Vec<_>>()
    };
    let (starts, serials) = (lines(&START), lines(&SERIAL));
    let beside = |start: &Line, serial: &Line| {
        let places = start.rect.zip(serial.rect);
        places.is_some_and(|(start, serial)| {
            let shared = start.bottom.min(serial.bottom) - start.top.max(serial.top);
            (serial.left - start.right).abs() < start.height() && 3 * shared > start.height()
        })
    };
    let pairs = starts.iter().filter_map(|(passage, start)| {
        let (_, serial) = serials.iter().find(|(_, serial)| serial.page == start.page && beside(start, serial))?;
        let mut joined = Passage::of_line(passage.place, start);
        joined.push(serial, 0, &serial.text, "");
        Some(joined)
    });
    let pairs: Vec<Passage> = pairs.collect();
    all.extend(pairs);
}

/// `ที่` or `วันที่` alone on its row, as transcripts with one thing a row have it, and its value on the next: both together are one more row.
fn label_above(all: &mut Vec<Passage>) {
    let of_row = |passage: &Passage| passage.place == Place::Row && passage.pieces.len() == 1;
    let pairs = all.windows(2).filter(|pair| pair.iter().all(of_row) && matches!(pair[0].text.trim_end_matches([' ', ':']), "ที่" | "วันที่"));
    let rows: Vec<Passage> = pairs
        .map(|pair| {
            let mut row = pair[0].clone();
            row.push(pair[1].pieces[0].line, 0, &pair[1].text, " ");
            row
        })
        .collect();
    all.extend(rows);
}

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("built from constants and covered by tests")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Rect;

    #[test]
    fn a_serial_that_stands_higher_than_its_row_belongs_to_it() {
        let line = |text: &str, left, top, right, bottom| Line {
            text: text.to_owned(),
            rect: Some(Rect::new(left, top, right, bottom)),
            ..Line::blank()
        };
        let (serial, far) = (line("๕๖๑", 760, 150, 830, 190), line("๗๗", 760, 300, 830, 340));
        let start = line("กห ๐๔๘๒/", 690, 178, 768, 196);
        let mut all: Vec<Passage> = [&far, &serial, &start].map(|line| Passage::of_line(Place::Row, line)).into();
        parted_number(&mut all);
        let joined: Vec<&str> = all[3..].iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(joined, ["กห ๐๔๘๒/๕๖๑"]);
    }
}
