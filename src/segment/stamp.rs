//! Receiving stamps (ตรารับหนังสือ) among the rows of a page: the office, เลขรับ, วันที่, เวลา, wherever a reader put them.
//!
//! The hard thing is the line above เลขรับ: the office that received the letter, or the office that sent it.

use std::collections::HashSet;

use crate::document::letter::Line;
use crate::document::text::Role;
use crate::thai::digits::is_digit;
use crate::thai::{dates, times};

use super::cue::{self, Cue};
use super::lexicon;
use super::row::Row;

/// Rows that a stamp's date and time may be apart from its number, with the other column's lines between them.
const REACH: usize = 6;

/// Two stamps side by side in one table of a page: their rows follow column by column instead of row by row.
pub fn column_by_column(rows: &mut [Row]) {
    let cell = |row: &Row| row.line.role.cell();
    let opens_page = rows.first().is_some_and(|first| first.opens_page);
    for table in rows.chunk_by_mut(|a, b| cell(a).map(|cell| cell.0) == cell(b).map(|cell| cell.0)) {
        let numbers: Vec<(u16, u16)> = table
            .iter()
            .filter(|row| row.cue == Cue::ReceiptNumber)
            .filter_map(|row| cell(row).map(|(_, row, column)| (row, column)))
            .collect();
        let beside = numbers.iter().any(|(row, column)| numbers.iter().any(|(other, at)| row == other && column != at));
        if beside {
            table.sort_by_key(|row| cell(row).map(|(_, row, column)| (column, row)));
        }
    }
    rows.iter_mut().enumerate().for_each(|(at, row)| row.opens_page = opens_page && at == 0);
}

/// The lines of a page, those of stamps that only say how urgent or secret the letter is as rows of its head: `ด่วนที่สุด` in a box.
pub fn without_levels(lines: &[Line]) -> Vec<Line> {
    let is_level = |line: &Line| cue::of(&line.text) == Cue::Level;
    let level = |role: Role| {
        let mut rows = lines.iter().filter(|line| line.role == role && line.text.chars().any(char::is_alphanumeric)).peekable();
        matches!(role, Role::Stamp(_)) && rows.peek().is_some() && rows.all(is_level)
    };
    let (levels, mut others): (Vec<Line>, Vec<Line>) = lines.iter().cloned().partition(|line| level(line.role));
    let levels = levels.into_iter().filter(is_level).map(|line| Line { role: Role::Text, ..line });
    others.splice(0..0, levels);
    others
}

/// Tells every row that belongs to a stamp to which one: the stamps that the page image showed keep their numbers, others are counted on.
pub fn mark(rows: &mut [Row]) {
    let mut next = 0;
    for row in rows.iter_mut() {
        if let Role::Stamp(number) = row.line.role {
            row.stamp = Some(number);
            next = next.max(number.saturating_add(1));
        }
    }
    let spaced = evenly_spaced(rows);
    for at in 0..rows.len() {
        if rows[at].stamp.is_some() {
            continue;
        }
        match rows[at].cue {
            Cue::ReceiptNumber => mark_labelled(rows, at, next, spaced.contains(&rows[at].line.page)),
            Cue::ReceiptTime => mark_unlabelled(rows, at, next),
            _ => continue,
        }
        next = next.saturating_add(1);
    }
    mark_table_rows(rows);
}

/// Pages of a transcript with an empty line between all lines: white tells nothing there.
fn evenly_spaced(rows: &[Row]) -> HashSet<u32> {
    let apart = |row: &Row| row.line.starts_block && row.line.rect.is_none();
    let pages: HashSet<u32> = rows.iter().filter(|row| apart(row)).map(|row| row.line.page).collect();
    let joined: HashSet<u32> = rows.iter().filter(|row| !apart(row)).map(|row| row.line.page).collect();
    pages.difference(&joined).copied().collect()
}

fn mark_labelled(rows: &mut [Row], at: usize, number: u16, spaced: bool) {
    rows[at].stamp = Some(number);
    let dated = mark_below(rows, at, number);
    let first = if dated { at } else { mark_date_above(rows, at, number).unwrap_or(at) };
    mark_office(rows, first, number, spaced);
}

/// A date between the office and the number: a stamp's own, where a memo's stands below its ที่.
fn mark_date_above(rows: &mut [Row], at: usize, number: u16) -> Option<usize> {
    let date = at.checked_sub(1).filter(|date| rows[*date].cue == Cue::DateRow && !rows[at].line.starts_block)?;
    let office = date.checked_sub(1)?;
    let below_office = rows[office].cue == Cue::Other && lexicon::names_office(rows[office].text()) && !rows[date].line.starts_block;
    let one_stamp = below_office && rows[office].line.page == rows[at].line.page && same_column(&rows[date], &rows[at]);
    one_stamp.then(|| {
        rows[date].stamp = Some(number);
        date
    })
}

/// The first วันที่ row and the first เวลา row after the number. Says whether there was a date.
fn mark_below(rows: &mut [Row], at: usize, number: u16) -> bool {
    let (mut date, mut time) = (false, false);
    let beside = is_right_column(rows, at);
    let left = left_of_two(rows, at);
    if !left.is_empty() {
        left.iter().for_each(|row| rows[*row].stamp = Some(number));
        return true;
    }
    for next in at + 1..rows.len().min(at + 1 + REACH) {
        if rows[next].line.page != rows[at].line.page || ends_search(rows[next].cue) {
            break;
        }
        if rows[next].stamp.is_some() {
            continue;
        }
        let wanted = match rows[next].cue {
            Cue::DateRow => !std::mem::replace(&mut date, true) && (beside || !shares_line_with_number(rows, next)),
            Cue::Date => (is_between(rows, at, next) || ends_stamp(rows, at, next)) && !std::mem::replace(&mut date, true),
            Cue::Other if is_below(rows, at, next, 1) && is_digits_of_date(rows[next].text()) => !std::mem::replace(&mut date, true),
            Cue::Other if date && is_below(rows, at, next, 2) && is_clock(rows[next].text()) => !std::mem::replace(&mut time, true),
            Cue::ReceiptTime => !std::mem::replace(&mut time, true),
            _ => false,
        };
        if wanted {
            rows[next].stamp = Some(number);
        }
    }
    date
}

/// A date without its label right between a stamp's number and its time.
fn is_between(rows: &[Row], number: usize, date: usize) -> bool {
    let timed = rows.get(date + 1).is_some_and(|below| below.cue == Cue::ReceiptTime && !below.line.starts_block);
    date == number + 1 && timed && !rows[date].line.starts_block && same_column(&rows[number], &rows[date])
}

/// Whether a row follows `rows` after the number, in its column and without white between them.
fn is_below(rows: &[Row], number: usize, row: usize, count: usize) -> bool {
    row == number + count && !rows[row].line.starts_block && same_column(&rows[number], &rows[row])
}

/// A date without its label right below a stamp's number, where nothing follows that a letter's own date stands above.
fn ends_stamp(rows: &[Row], number: usize, date: usize) -> bool {
    let below = rows[date + 1..].iter().take(4).take_while(|row| row.line.page == rows[date].line.page);
    let head_follows = below.into_iter().any(|row| matches!(row.cue, Cue::Number | Cue::Subject | Cue::Salutation | Cue::To));
    is_below(rows, number, date, 1) && !head_follows
}

/// Two stamps side by side in a transcript, row beside row: date and time below the number of the left one. A row alone is the right one's.
fn left_of_two(rows: &[Row], number: usize) -> Vec<usize> {
    let right = |at: usize| rows.get(at).is_some_and(|row| row.line.rect.is_none() && is_right_column(rows, at));
    let two_numbers = rows.get(number + 1).is_some_and(|row| row.cue == Cue::ReceiptNumber) && right(number + 1);
    if !two_numbers {
        return Vec::new();
    }
    let parts = number + 2..rows.len().min(number + 2 + REACH);
    let of_stamp = parts.take_while(|&at| matches!(rows[at].cue, Cue::Date | Cue::DateRow | Cue::ReceiptTime));
    of_stamp.filter(|&at| !right(at) && right(at + 1)).collect()
}

/// `๑๙ / ๐๖ / ๒๕๖๗`
fn is_digits_of_date(text: &str) -> bool {
    text.chars().all(|char| is_digit(char) || matches!(char, '/' | '-' | ' ')) && dates::read(text).is_some()
}

/// `๑๔:๒๐`
fn is_clock(text: &str) -> bool {
    text.chars().all(|char| is_digit(char) || matches!(char, '.' | ':')) && times::read(text).is_some()
}

fn ends_search(cue: Cue) -> bool {
    matches!(
        cue,
        Cue::ReceiptNumber | Cue::Subject | Cue::Salutation | Cue::To | Cue::Reference | Cue::Attachments | Cue::Closing | Cue::Opening
    )
}

/// A label of a stamp is no longer (chars): เลขทะเบียนรับที่.
const LABEL: usize = 16;

/// A stamp without labels, or with one that is no stamp's alone, ends in its time: a number and a date straight above it.
fn mark_unlabelled(rows: &mut [Row], time: usize, stamp: u16) {
    let page = rows[time].line.page;
    let above = |back: usize| time.checked_sub(back).filter(|at| *at > 0);
    let (Some(date), Some(number)) = (above(1), above(2)) else { return };
    let digits = |text: &str| text.chars().all(|char| is_digit(char) || matches!(char, '/' | '.' | ' '));
    let date_row = matches!(rows[date].cue, Cue::Date | Cue::DateRow) || digits(rows[date].text());
    let counted = ["เลขที่", "ลำดับที่"].iter().find_map(|label| rows[number].text().strip_prefix(label)).unwrap_or(rows[number].text());
    if rows[number].line.page == page && date_row && digits(counted) && counted.contains(is_digit) && counted.chars().count() <= 10 {
        let office = time.checked_sub(3);
        for at in [time, date, number] {
            rows[at].stamp = Some(stamp);
        }
        if let Some(office) = office.filter(|&at| rows[at].cue == Cue::Other && same_column(&rows[at], &rows[number])) {
            rows[office].stamp = Some(stamp);
        }
    }
}

/// Whether a row stands to the right of another on one line.
fn is_right_column(rows: &[Row], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|left| (rows[left].line.page, rows[left].line.number) == (rows[at].line.page, rows[at].line.number))
}

/// `ที่ … วันที่ …` of a memo, read as one line.
fn shares_line_with_number(rows: &[Row], at: usize) -> bool {
    is_right_column(rows, at) && matches!(rows[at - 1].cue, Cue::Number | Cue::Other)
}

/// The row above the number, when it names an office that is not the sender's.
fn mark_office(rows: &mut [Row], at: usize, number: u16, spaced: bool) {
    // The letter's own columns to the left of a stamp are no rows above it.
    let line = (1..=at).rev().find(|row| !is_right_column(rows, *row)).unwrap_or(at);
    let first = if rows[line].cue == Cue::Number { line } else { at };
    let Some(above) = first.checked_sub(1) else { return };
    let row = &rows[above];
    let short = lexicon::is_short_name(row.text()) && !rows[at].line.starts_block && row.line.starts_block;
    let named = lexicon::names_office(row.text()) || short;
    let names_office = row.cue == Cue::Other && named && !lexicon::is_address(row.text());
    let together = row.line.page == rows[at].line.page
        && (spaced || !rows[at].line.starts_block || in_one_table(row, &rows[at]) || is_displaced(rows, above))
        && same_column(row, &rows[at]);
    if names_office && row.stamp.is_none() && together && !is_sender(rows, above) {
        rows[above].stamp = Some(number);
    }
}

/// An office below the subject or the recipient is no sender, however much white stands around it.
fn is_displaced(rows: &[Row], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|above| matches!(rows[above].cue, Cue::Subject | Cue::Salutation | Cue::ReceiptTime))
}

/// An office straight under ที่ is the sender, unless another office follows before the date and the subject, or stands with its address above ที่.
fn is_sender(rows: &[Row], at: usize) -> bool {
    let under_number = at.checked_sub(1).is_some_and(|above| rows[above].cue == Cue::Number && !is_addressed(rows, above));
    let rest = rows[at + 1..].iter().take(REACH + 2).take_while(|row| !ends_search(row.cue) || row.cue == Cue::ReceiptNumber);
    let other_office = rest.filter(|row| row.cue == Cue::Other).any(|row| lexicon::names_office(&row.line.text));
    under_number && !other_office
}

/// Whether an office and its address stand straight above the row.
fn is_addressed(rows: &[Row], at: usize) -> bool {
    let above = rows[..at].iter().rev().take(4).take_while(|row| row.cue == Cue::Other && row.line.page == rows[at].line.page);
    let address: Vec<&Row> = above.take_while(|row| lexicon::is_address(row.text())).collect();
    let office = at.checked_sub(address.len() + 1).map(|office| rows[office].text());
    !address.is_empty() && office.is_some_and(lexicon::names_office)
}

fn in_one_table(one: &Row, other: &Row) -> bool {
    one.line.role.cell().zip(other.line.role.cell()).is_some_and(|(one, other)| one.0 == other.0)
}

/// Whether two lines stand over each other; true where nothing is known of places.
fn same_column(one: &Row, other: &Row) -> bool {
    match (one.line.rect, other.line.rect) {
        (Some(one), Some(other)) => {
            let shared = one.right.min(other.right) - one.left.max(other.left);
            2 * shared > one.width().min(other.width())
        }
        _ => true,
    }
}

/// `| เลขรับ | ๑๑๒ |`: the value's cell belongs to the stamp as its label does.
fn mark_table_rows(rows: &mut [Row]) {
    for at in 1..rows.len() {
        let beside = |one: &Row, other: &Row| {
            let cells = one.line.role.cell().zip(other.line.role.cell());
            cells.is_some_and(|(one, other)| (one.0, one.1) == (other.0, other.1)) && one.line.page == other.line.page
        };
        if rows[at - 1].stamp.is_some() && rows[at - 1].length <= LABEL && beside(&rows[at - 1], &rows[at]) {
            rows[at].stamp = rows[at - 1].stamp;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, role: Role) -> Line {
        Line { text: text.to_owned(), role, ..Line::blank() }
    }

    #[test]
    fn a_box_that_says_how_urgent_a_letter_is_received_nothing() {
        let boxed = Role::Stamp(0);
        let lines = [line("บันทึกข้อความ", Role::Text), line("ด่วนที่สุด", boxed), line("|", boxed)];
        let found: Vec<(String, Role)> = without_levels(&lines).into_iter().map(|line| (line.text, line.role)).collect();
        assert_eq!(found, [("ด่วนที่สุด".to_owned(), Role::Text), ("บันทึกข้อความ".to_owned(), Role::Text)]);
    }

    #[test]
    fn a_level_inside_a_receiving_stamp_stays_there() {
        let lines = [line("ด่วนที่สุด", Role::Stamp(1)), line("เลขรับ ๑๒", Role::Stamp(1))];
        assert_eq!(without_levels(&lines), lines);
    }
}
