//! What stands between words: dotted leaders and ruled blanks that a form prints under a value, and runs of spaces.

use super::draft::{Draft, Edit};
use super::marks::is_consonant;
use crate::thai::digits::is_digit;

/// Dots from here on are a leader; two can be a slip of the reader after an abbreviation.
const LEADER_DOTS: usize = 3;

/// Dotted leaders and ruled blanks become one space; the raw text keeps them.
pub fn leaders(draft: &mut Draft) {
    let mut edits = Vec::new();
    let mut at = 0;
    while at < draft.pieces.len() {
        let start = at;
        let (end, weight) = leader(draft, start);
        let least = if fills_a_blank(draft, start, end) { LEADER_DOTS - 1 } else { LEADER_DOTS };
        if weight >= least && !stands_for_year(draft, start, end) {
            let keep = usize::from(ends_abbreviation(draft, start));
            edits.push(Edit::replace(start + keep..end, " "));
        }
        at = end.max(start + 1);
    }
    draft.apply("leaders.dropped", edits);
}

/// `วันที่..๑๘..พ.ย.`: digits written over a leader leave two dots of it at either side.
fn fills_a_blank(draft: &Draft, start: usize, end: usize) -> bool {
    let digit = |at: usize| draft.char(at).is_some_and(is_digit);
    let (before, letter_follows) = (start.checked_sub(1).is_some_and(digit), draft.char(end).is_some_and(is_consonant));
    end - start == 2 && if before { letter_follows } else { digit(end) }
}

/// End of the run of leader characters that starts at `start`, and how many dots it is worth. Blanks inside belong to it, blanks around it do not.
fn leader(draft: &Draft, start: usize) -> (usize, usize) {
    let (mut at, mut end, mut weight) = (start, start, 0);
    while let Some(char) = draft.char(at) {
        match char {
            '.' | '_' | '·' | '‥' | '․' => weight += 1,
            '…' => weight += 3,
            ' ' if at > start => {
                at += 1;
                continue;
            }
            _ => break,
        }
        at += 1;
        end = at;
    }
    (end, weight)
}

/// `ร่างพระราชบัญญัติ… พ.ศ. ....` at the end of a row: a draft whose year is open is so called. Blanks of dates are longer, and name a month.
fn stands_for_year(draft: &Draft, start: usize, end: usize) -> bool {
    let text = |from: usize, to: usize| draft.pieces[from..to].iter().map(|piece| piece.char).collect::<String>();
    let before = text(0, start);
    // The first stop is the abbreviation's.
    let open = matches!(text(start, end).as_str(), ". ..." | ". ...." | ". .....");
    let dated = ["เดือน", "วันที่", "ลงวัน"].iter().any(|word| before.contains(word));
    open && end == draft.pieces.len() && before.ends_with("พ.ศ") && !dated
}

/// `พ.ศ.....`: the first dot belongs to the abbreviation.
fn ends_abbreviation(draft: &Draft, start: usize) -> bool {
    let before = |back: usize| start.checked_sub(back).and_then(|at| draft.char(at));
    before(1).is_some_and(is_consonant)
        && (before(2).is_none_or(|char| char == ' ') || is_second_part(draft, start) || is_short_label(draft, start))
}

/// `บก.ทท.....`: up to four letters behind a stop that stands behind a letter.
fn is_second_part(draft: &Draft, start: usize) -> bool {
    let letters = (1..=4).take_while(|back| start.checked_sub(*back).and_then(|at| draft.char(at)).is_some_and(is_consonant)).count();
    let before = |back: usize| start.checked_sub(letters + back).and_then(|at| draft.char(at));
    letters > 0 && before(1) == Some('.') && before(2).is_some_and(|char| ('ก'..='๎').contains(&char))
}

/// `โทร.....` and the like: one word, a dot of its own.
fn is_short_label(draft: &Draft, start: usize) -> bool {
    start >= 3 && draft.pieces[start - 3..start].iter().map(|piece| piece.char).eq("โทร".chars())
}

/// Runs of blanks become one space, blanks at the ends go. The map still shows how wide a blank was.
pub fn spaces(draft: &mut Draft) {
    let mut edits = Vec::new();
    let mut at = 0;
    while at < draft.pieces.len() {
        let start = at;
        while draft.char(at) == Some(' ') {
            at += 1;
        }
        let at_edge = start == 0 || at == draft.pieces.len();
        if at > start && at_edge {
            edits.push(Edit::delete(start..at));
        } else if at > start + 1 {
            edits.push(Edit::replace(start..at, " "));
        }
        at = at.max(start + 1);
    }
    draft.apply("spaces.collapsed", edits);
}
