//! With which letter an annex came: the one whose list of attachments names it.
//!
//! The hard thing: a bundle holds a letter, the letter that it forwards and an order, and the annexes of the first lie behind the last.

use crate::document::letter::{Letter, Zone};
use crate::document::record::Kind;
use crate::thai::digits::{self, is_digit};

use super::cue::{self, Cue};

/// Rows of an annex that may hold its title.
const TITLE_ROWS: usize = 4;

/// Letters without blanks that the title of an annex and an entry of the list must share from the start: `แบบตอบรับ` is enough.
const SHARED: usize = 9;

/// Annexes, forms and samples (`annexed`) belong to the letter before them that lists them; where none does, to the last letter before them.
pub fn bind(letters: &mut [Letter], annexed: &[bool]) {
    let mut mains: Vec<(usize, List)> = Vec::new();
    for index in 0..letters.len() {
        let letter = &letters[index];
        if annexed[index] || matches!(letter.kind, Kind::Attachment | Kind::Form) {
            let annex = Annex::of(letter);
            // Of equals the last, which lies nearest.
            let main = mains.iter().max_by_key(|(_, list)| annex.listed_in(list)).map(|(main, _)| *main);
            letters[index].part_of = main;
        } else if letter.kind != Kind::Other {
            mains.push((index, List::of(letter)));
        }
    }
}

/// What an annex calls itself.
struct Annex {
    ordinal: Option<u32>,
    titles: Vec<String>,
}

impl Annex {
    fn of(letter: &Letter) -> Self {
        let mut annex = Annex { ordinal: None, titles: Vec::new() };
        let rows = letter.lines.iter().filter(|(zone, _)| !matches!(zone, Zone::Stamp | Zone::Noise)).take(TITLE_ROWS);
        for (_, row) in rows {
            match cue::of(&row.text) {
                Cue::AnnexTitle => {
                    annex.ordinal = digits::number(row.text.trim_start_matches(|char: char| !is_digit(char)).trim_end_matches(['.', ')']))
                }
                Cue::Item | Cue::Opening => break,
                _ => annex.titles.push(squeezed(&row.text)),
            }
        }
        annex
    }

    /// 0: the list does not name it; 1: its ordinal is in the list; 2: its title is; 3: both.
    fn listed_in(&self, list: &List) -> u32 {
        let alike = |title: &String, entry: &String| {
            let shared = title.chars().zip(entry.chars()).take_while(|(one, other)| one == other).count();
            shared >= SHARED
        };
        let titled = self.titles.iter().any(|title| list.entries.iter().any(|entry| alike(title, entry)));
        let ordinal = self.ordinal.is_some_and(|ordinal| list.ordinals.contains(&ordinal));
        2 * u32::from(titled) + u32::from(ordinal)
    }
}

/// สิ่งที่ส่งมาด้วย of a letter.
#[derive(Default)]
struct List {
    ordinals: Vec<u32>,
    /// What its rows say behind their ordinals, without blanks.
    entries: Vec<String>,
}

impl List {
    fn of(letter: &Letter) -> Self {
        let head = letter.lines.iter().filter(|(zone, _)| *zone == Zone::Head).map(|(_, line)| line.text.as_str());
        let mut list = List::default();
        for row in head.skip_while(|text| cue::of(text) != Cue::Attachments) {
            let row = row.strip_prefix("สิ่งที่ส่งมาด้วย").unwrap_or(row).trim_start();
            let digits: String = row.chars().take_while(|char| is_digit(*char)).collect();
            let entry = row[digits.len()..].trim_start();
            match entry.strip_prefix(['.', ')']) {
                Some(entry) if !digits.is_empty() => {
                    list.ordinals.extend(digits::number(&digits));
                    list.entries.push(squeezed(entry));
                }
                _ => list.entries.push(squeezed(row)),
            }
        }
        list
    }
}

fn squeezed(text: &str) -> String {
    digits::to_arabic(text).split_whitespace().collect()
}
