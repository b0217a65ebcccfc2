//! Characters that stand for the same ink in several ways: decomposed ำ, two เ for แ, marks in the wrong order or twice, glyphs of old fonts.

use super::draft::{Draft, Edit};
use crate::thai::confusion::is_mark;

/// Invisible characters go, every blank becomes a plain space, private-use glyphs of old Thai fonts become the marks they draw.
pub fn characters(draft: &mut Draft) {
    let edits =
        draft.pieces.iter().enumerate().filter_map(|(at, piece)| plain(piece.char).map(|text| Edit::replace(at..at + 1, text))).collect();
    draft.apply("characters.plain", edits);
}

/// Ordinals in circles, as other ordinals are set.
const CIRCLED: [&str; 20] = [
    "(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)", "(13)", "(14)", "(15)", "(16)", "(17)", "(18)",
    "(19)", "(20)",
];

fn plain(char: char) -> Option<&'static str> {
    if matches!(char, ' '..='~' | '\u{e01}'..='\u{e5b}') {
        return None;
    }
    Some(match char {
        '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' => "",
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => "",
        '①'..='⑳' => CIRCLED[char as usize - '①' as usize],
        '０' => "0",
        '１' => "1",
        '２' => "2",
        '３' => "3",
        '４' => "4",
        '５' => "5",
        '６' => "6",
        '７' => "7",
        '８' => "8",
        '９' => "9",
        '\u{f701}' => "ิ",
        '\u{f702}' => "ี",
        '\u{f703}' => "ึ",
        '\u{f704}' => "ื",
        '\u{f705}' | '\u{f70a}' | '\u{f713}' => "่",
        '\u{f706}' | '\u{f70b}' | '\u{f714}' => "้",
        '\u{f707}' | '\u{f70c}' | '\u{f715}' => "๊",
        '\u{f708}' | '\u{f70d}' | '\u{f716}' => "๋",
        '\u{f709}' | '\u{f70e}' | '\u{f717}' => "์",
        '\u{f700}' => "ฐ",
        '\u{f70f}' => "ญ",
        '\u{f710}' => "ั",
        '\u{f711}' => "ํ",
        '\u{f712}' => "็",
        '\u{f718}' => "ุ",
        '\u{f719}' => "ู",
        '\u{f71a}' => "ฺ",
        _ => return None,
    })
}

/// Two เ side by side are a แ.
pub fn sara_ae(draft: &mut Draft) {
    let pairs = |at: &usize| draft.char(*at) == Some('เ') && draft.char(at + 1) == Some('เ');
    let mut edits: Vec<Edit> = Vec::new();
    for at in (0..draft.pieces.len()).filter(pairs) {
        if edits.last().is_none_or(|last| last.range.end <= at) {
            edits.push(Edit::replace(at..at + 2, "แ"));
        }
    }
    draft.apply("marks.sara_ae", edits);
}

/// A blank between a consonant and its mark, or between a leading vowel and its consonant, was never on the paper.
pub fn detached(draft: &mut Draft) {
    let mut edits = Vec::new();
    let mut at = 0;
    while at < draft.pieces.len() {
        let blank = at;
        while draft.char(at) == Some(' ') {
            at += 1;
        }
        if at > blank && blank > 0 {
            let (before, after) = (draft.pieces[blank - 1].char, draft.char(at));
            let joins = (is_consonant(before) || is_mark(before)) && after.is_some_and(is_mark)
                || (is_leading_vowel(before) && after.is_some_and(is_consonant));
            if joins {
                edits.push(Edit::delete(blank..at));
            }
        }
        at = at.max(blank + 1);
    }
    draft.apply("marks.detached", edits);
}

/// Marks over one consonant: the vowel first, then the tone, each once; ํ and า are one ำ.
pub fn order(draft: &mut Draft) {
    let mut edits = Vec::new();
    let mut at = 0;
    while at < draft.pieces.len() {
        let start = at;
        while draft.char(at).is_some_and(|char| is_mark(char) || (at > start && matches!(char, 'า' | 'ำ') && joins_am(draft, start, at)))
        {
            at += 1;
        }
        if draft.char(start) == Some('ำ') && draft.char(start + 1).is_some_and(is_tone) {
            at = start + 2;
        }
        if at > start + 1 {
            let seen: Vec<char> = draft.pieces[start..at].iter().map(|piece| piece.char).collect();
            let tidy = tidy(&seen);
            if tidy != seen {
                edits.push(Edit::replace(start..at, tidy.into_iter().collect::<String>()));
            }
        }
        at = at.max(start + 1);
    }
    draft.apply("marks.order", edits);
}

/// Whether the marks from `start` on hold a nikhahit that the า (or doubled ำ) at `at` completes.
fn joins_am(draft: &Draft, start: usize, at: usize) -> bool {
    draft.pieces[start..at].iter().any(|piece| piece.char == 'ํ')
}

fn tidy(marks: &[char]) -> Vec<char> {
    let am = marks.contains(&'ำ') || (marks.contains(&'ํ') && marks.contains(&'า'));
    let mut tidy: Vec<char> = Vec::with_capacity(marks.len());
    for &mark in marks {
        let part_of_am = am && matches!(mark, 'ํ' | 'า' | 'ำ');
        if !part_of_am && !tidy.contains(&mark) {
            tidy.push(mark);
        }
    }
    tidy.sort_by_key(|&mark| rank(mark));
    if am {
        tidy.push('ำ');
    }
    tidy
}

fn rank(mark: char) -> u8 {
    match mark {
        '\u{e48}'..='\u{e4b}' => 1,
        '\u{e4c}'..='\u{e4e}' => 2,
        _ => 0,
    }
}

pub fn is_consonant(char: char) -> bool {
    matches!(char, 'ก'..='ฮ')
}

pub fn is_leading_vowel(char: char) -> bool {
    matches!(char, 'เ'..='ไ')
}

pub fn is_tone(char: char) -> bool {
    matches!(char, '\u{e48}'..='\u{e4b}')
}
