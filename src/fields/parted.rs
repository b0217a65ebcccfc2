//! Rows that a reader parted, put together as one more passage: a day and its month, an office and its serial, a label and its value.
//!
//! The hard thing: what is written by hand stands higher than its row, and its line comes before the row's or after it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::item;
use super::label::Label;
use super::passage::{Passage, Place};
use crate::document::letter::Line;
use crate::thai::copies::UNIT;
use crate::thai::{dates, number};

/// Adds to the passages of a head those that stand on two rows. The rows stay.
pub fn join(all: &mut Vec<Passage>) {
    parted_date(all);
    date_below(all);
    parted_number(all);
    label_above(all);
    counts_below(all);
}

/// A day written by hand stands higher than its month and is read as a line of its own: `วันที่ ๓` beside `พ.ค. ๖๗`, or
/// right before it `๓` alone. Both together are one more row.
fn parted_date(all: &mut Vec<Passage>) {
    static LABELLED: LazyLock<Regex> = LazyLock::new(|| compile(r"(?:^|\s)วันที่[ \t]*[0-9๐-๙]{1,2}$"));
    static ALONE: LazyLock<Regex> = LazyLock::new(|| compile(r"^[0-9๐-๙]{1,2}$"));
    static MONTH: LazyLock<Regex> = LazyLock::new(|| compile(&format!("(?x)^ (?:{}) $", *dates::DAYLESS)));
    let lines = |pattern: &'static Regex| {
        let only = move |passage: &&Passage<'_>| {
            passage.place == Place::Row && passage.pieces.len() == 1 && pattern.is_match(passage.text.trim_end_matches('.'))
        };
        all.iter().filter(only).map(|passage| passage.pieces[0].line).collect::<Vec<_>>()
    };
    let beside = |day: &Line, month: &Line, nearest: bool| {
        let (Some(one), Some(other)) = (day.rect, month.rect) else { return false };
        let tall = one.height().max(other.height());
        let level = (one.top - other.top).abs() < tall && one.left < other.right;
        // Digits without a label must stand right before the month.
        day.page == month.page && level && (!nearest || (0..2 * tall).contains(&(other.left - one.right)))
    };
    let (labelled, alone, months) = (lines(&LABELLED), lines(&ALONE), lines(&MONTH));
    let days = labelled.iter().map(|day| (day, false)).chain(alone.iter().map(|day| (day, true)));
    let pair =
        days.flat_map(|day| months.iter().map(move |month| (day, month))).find(|((day, nearest), month)| beside(day, month, *nearest));
    if let Some(((day, _), month)) = pair {
        let mut row = Passage::of_line(Place::Row, day);
        row.push(month, 0, &month.text, " ");
        all.push(row);
    }
}

/// A date whose day, month and year a transcript has on rows of their own: together they are one more row.
fn date_below(all: &mut Vec<Passage>) {
    static DAY: LazyLock<Regex> = LazyLock::new(|| compile(r"^(?:วันที่)?[ \t]*[0-9๐-๙]{1,2}$"));
    let of_row = |passage: &&Passage| passage.place == Place::Row && passage.pieces.len() == 1 && passage.pieces[0].line.rect.is_none();
    let rows: Vec<&Passage> = all.iter().filter(of_row).collect();
    let joined = |at: usize, count: usize| {
        let mut row = rows[at].clone();
        // Nothing but an empty row stands between them.
        let follows = |pair: &[&Passage]| {
            let (above, below) = (pair[0].pieces[0].line, pair[1].pieces[0].line);
            above.page == below.page && below.number - above.number <= 2
        };
        rows.get(at..at + count)?.windows(2).all(follows).then_some(())?;
        rows.get(at + 1..at + count)?.iter().for_each(|next| row.push(next.pieces[0].line, 0, &next.text, " "));
        dates::read(row.text.trim_start_matches("วันที่").trim()).filter(|date| date.iso().is_some()).map(|_| row)
    };
    let days = (0..rows.len()).filter(|&at| DAY.is_match(rows[at].text.trim()));
    let dates: Vec<Passage> = days.filter_map(|at| joined(at, 2).or_else(|| joined(at, 3))).collect();
    all.extend(dates);
}

/// `ให้ไว้ ณ วันที่ ๕ มีนาคม` above `พ.ศ. ๒๕๖๗`: both together are one more row of the ending.
pub fn year_below(all: &mut Vec<Passage>) {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| compile(r"^(?:พ\.[ \t]?ศ\.)?[ \t]*[0-9๐-๙]{4}$"));
    let ending = |passage: &Passage| passage.place == Place::Ending && passage.pieces.len() == 1;
    let pairs = all.windows(2).filter(|pair| pair.iter().all(ending) && pair[0].text.contains("วันที่") && YEAR.is_match(pair[1].text.trim()));
    let rows: Vec<Passage> = pairs.map(one_row).collect();
    all.extend(rows);
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
        let below = |serial: &Line| {
            start.rect.is_none() && serial.rect.is_none() && serial.number > start.number && serial.number <= start.number + 2
        };
        let (_, serial) = serials.iter().find(|(_, serial)| serial.page == start.page && (beside(start, serial) || below(serial)))?;
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
    let rows: Vec<Passage> = pairs.map(one_row).collect();
    all.extend(rows);
}

/// Passages of a line each as one.
fn one_row<'l>(rows: &[Passage<'l>]) -> Passage<'l> {
    let mut row = rows[0].clone();
    rows[1..].iter().for_each(|next| row.push(next.pieces[0].line, 0, &next.text, " "));
    row
}

/// The right column of a list, read below it: as many counts as there are entries, one a row. Each goes back to its entry.
fn counts_below(all: &mut [Passage]) {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| compile(&format!(r"^(?:จำนวน[ \t]*)?[0-9๐-๙]{{1,3}}[ \t]*{UNIT}$")));
    let lists = all.iter_mut().filter(|passage| passage.place == Place::Labelled(Label::Attachments));
    for list in lists {
        let counts = list.pieces.iter().rev().take_while(|piece| COUNT.is_match(piece.line.text.trim())).count();
        let (titles, counts) = list.pieces.split_at(list.pieces.len() - counts);
        let Some(end) = counts.first().map(|count| count.at) else { continue };
        let entries: Vec<Range<usize>> =
            item::split(&list.text[list.label..end]).into_iter().map(|entry| entry.start + list.label..entry.end + list.label).collect();
        let begins_row = |entry: &Range<usize>| titles.iter().any(|piece| piece.at == entry.start);
        let counted = titles.iter().any(|piece| item::tells_count(&piece.line.text));
        if entries.len() < 2 || entries.len() != counts.len() || counted || !entries.iter().skip(1).all(begins_row) {
            continue;
        }
        let mut whole = Passage::new(list.place);
        whole.label = list.label;
        let mut rows = titles.iter().peekable();
        for (entry, count) in entries.iter().zip(counts) {
            let own = std::iter::from_fn(|| rows.next_if(|piece| piece.at < entry.end));
            own.for_each(|piece| whole.push(piece.line, piece.from, &piece.line.text[piece.from..piece.from + piece.len], "\n"));
            whole.push(count.line, count.from, &count.line.text[count.from..count.from + count.len], "\n");
        }
        *list = whole;
    }
}

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("built from constants and covered by tests")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Rect;

    #[test]
    fn a_date_over_rows_that_follow_each_other_is_one() {
        let joined = |rows: &[(&str, u32)]| {
            let lines: Vec<Line> =
                rows.iter().map(|(text, number)| Line { text: (*text).to_owned(), number: *number, ..Line::blank() }).collect();
            let mut all: Vec<Passage> = lines.iter().map(|line| Passage::of_line(Place::Row, line)).collect();
            date_below(&mut all);
            all[rows.len()..].iter().map(|passage| passage.text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(joined(&[("๒๒", 3), ("เมษายน", 4), ("๒๕๖๘", 5)]), ["๒๒ เมษายน ๒๕๖๘"]);
        assert_eq!(joined(&[("๑๒", 3), ("มิถุนายน ๒๕๖๗", 5)]), ["๑๒ มิถุนายน ๒๕๖๗"]);
        assert!(joined(&[("๑๒", 3), ("มิถุนายน ๒๕๖๗", 9)]).is_empty(), "rows apart");
        assert!(joined(&[("๔๒", 3), ("มิถุนายน ๒๕๖๗", 4)]).is_empty(), "no such day");
    }

    #[test]
    fn the_counts_of_a_right_column_go_back_to_their_entries() {
        let list = |rows: &[&str]| {
            let lines: Vec<Line> = rows.iter().map(|text| Line { text: (*text).to_owned(), ..Line::blank() }).collect();
            let mut passage = Passage::of_line(Place::Labelled(Label::Attachments), &lines[0]);
            passage.label = "สิ่งที่ส่งมาด้วย ".len();
            lines[1..].iter().for_each(|line| passage.push(line, 0, &line.text, "\n"));
            let mut all = [passage];
            counts_below(&mut all);
            all[0].text.clone()
        };
        let read_apart = ["สิ่งที่ส่งมาด้วย ๑. แผนที่", "๒. บัญชี", "จำนวน ๑ แผ่น", "จำนวน ๒ ชุด"];
        assert_eq!(list(&read_apart), "สิ่งที่ส่งมาด้วย ๑. แผนที่\nจำนวน ๑ แผ่น\n๒. บัญชี\nจำนวน ๒ ชุด");
        let one_count_short = &read_apart[..3];
        assert_eq!(list(one_count_short), one_count_short.join("\n"));
    }

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
