//! Which letters follow which in Thai official text, for letters in doubt: made by `training/wording.py`, shipped with the network.
//!
//! The file is a tree of runs of letters: a magic line, the number of levels (one byte), then level by level (runs of 1, 2, … letters, each level
//! in the order of its runs): how many runs (four bytes, little-endian), the last letter of each (its class; 0 is a line's edge), its
//! chance after the letters before it, and for all but the last level what it leaves to letters that it was not met with, and how many
//! runs of the next level go on from it. Chances are steps of a tenth of a natural logarithm, downwards from 1.

use crate::thai::digits;

const MAGIC: &[u8] = b"saraban wording 1\n";
const STEP: f32 = 0.1;
/// Latin letters, digits and signs are never less likely than this (natural logarithm): abbreviations and foreign names are no errors.
const LEAST_UNKNOWN: f32 = -3.0;
/// Before a line's first letter, and after its last.
pub const EDGE: u8 = 0;

pub struct Wording {
    levels: Vec<Level>,
    /// What each class counts as: all digits are one.
    counted: Vec<u8>,
    /// Of each counted class: a Thai letter or mark, a space or a full stop; of others too little is known to call one unlikely.
    known: Vec<bool>,
    /// Of each counted class: wording has no say in what stands right behind it.
    silencing: Vec<bool>,
}

#[derive(Default)]
struct Level {
    letters: Vec<u8>,
    chances: Vec<u8>,
    rests: Vec<u8>,
    /// Where the runs that go on from each begin in the next level; one more at the end.
    next: Vec<u32>,
}

impl Wording {
    /// `alphabet`: the letter of class `n + 1`. Errors say what is wrong with the file.
    pub fn read(file: &[u8], alphabet: &[char]) -> Result<Wording, String> {
        let mut rest = file.strip_prefix(MAGIC).ok_or("it does not begin as a wording does")?;
        let depth = take(&mut rest, 1)?[0];
        let mut levels: Vec<Level> = Vec::new();
        for depth_here in 1..=depth {
            levels.push(Level::read(&mut rest, depth_here == depth)?);
        }
        for pair in levels.windows(2) {
            if pair[0].next.last().copied() != Some(pair[1].letters.len() as u32) {
                return Err("its levels do not fit together".into());
            }
        }
        if !rest.is_empty() || levels.is_empty() {
            return Err("it does not end where it should".into());
        }
        let class = |letter: char| alphabet.iter().position(|known| *known == letter).map(|index| (index + 1) as u8);
        let digit = class('๐').ok_or("the alphabet has no Thai digits")?;
        let counted = |letter: &char| if digits::is_digit(*letter) { Some(digit) } else { class(*letter) };
        let counted: Option<Vec<u8>> = std::iter::once(Some(EDGE)).chain(alphabet.iter().map(counted)).collect();
        let known: Vec<bool> = std::iter::once(true).chain(alphabet.iter().map(|letter| is_known(*letter))).collect();
        let latin = |class: usize| class.checked_sub(1).is_some_and(|index| alphabet[index].is_ascii_alphabetic());
        let silencing = known.iter().enumerate().map(|(class, known)| !known && !latin(class)).collect();
        Ok(Wording { levels, counted: counted.ok_or("the alphabet is too large")?, known, silencing })
    }

    /// What a class counts as.
    pub fn counted(&self, class: usize) -> u8 {
        self.counted[class]
    }

    /// Letters before another that have a say in it.
    pub fn reach(&self) -> usize {
        self.levels.len() - 1
    }

    /// Natural logarithm of the chance that `letter` follows `context`; both counted classes. None right behind digits and signs: any letter
    /// is as good as another there, and a likely one would be made up.
    pub fn after(&self, context: &[u8], letter: u8) -> Option<f32> {
        if context.last().is_some_and(|last| self.silencing[usize::from(*last)]) {
            return None;
        }
        let chance = self.chance(context, letter);
        Some(if self.known[usize::from(letter)] { chance } else { chance.max(LEAST_UNKNOWN) })
    }

    fn chance(&self, context: &[u8], letter: u8) -> f32 {
        let mut context = &context[context.len().saturating_sub(self.reach())..];
        let mut steps = 0_u32;
        loop {
            let found = self.find(context);
            let children = found.map(|run| self.children(context.len(), run));
            if let Some(chance) = children.and_then(|(level, from, to)| level.seek(from, to, letter).map(|run| level.chances[run])) {
                return -STEP * (steps + u32::from(chance)) as f32;
            }
            if context.is_empty() {
                return -STEP * (steps + u32::from(u8::MAX)) as f32;
            }
            if let Some(run) = found {
                steps += u32::from(self.levels[context.len() - 1].rests[run]);
            }
            context = &context[1..];
        }
    }

    /// The run `context` in its level. The empty run is the tree's root.
    fn find(&self, context: &[u8]) -> Option<usize> {
        let mut run = 0;
        for (depth, letter) in context.iter().enumerate() {
            let (level, from, to) = self.children(depth, run);
            run = level.seek(from, to, *letter)?;
        }
        Some(run)
    }

    /// The level after `depth` letters, and the part of it that goes on from `run`.
    fn children(&self, depth: usize, run: usize) -> (&Level, usize, usize) {
        let level = &self.levels[depth];
        match depth.checked_sub(1).map(|before| &self.levels[before].next) {
            Some(next) => (level, next[run] as usize, next[run + 1] as usize),
            None => (level, 0, level.letters.len()),
        }
    }
}

impl Level {
    fn read(rest: &mut &[u8], last: bool) -> Result<Level, String> {
        let count = take(rest, 4)?.iter().rev().fold(0_usize, |count, byte| count << 8 | usize::from(*byte));
        let mut level = Level { letters: take(rest, count)?.to_vec(), chances: take(rest, count)?.to_vec(), ..Level::default() };
        if last {
            return Ok(level);
        }
        level.rests = take(rest, count)?.to_vec();
        let mut end = 0_u32;
        let ends = take(rest, count)?.iter().map(|children| {
            end += u32::from(*children);
            end
        });
        level.next = std::iter::once(0).chain(ends).collect();
        Ok(level)
    }

    fn seek(&self, from: usize, to: usize, letter: u8) -> Option<usize> {
        self.letters[from..to].binary_search(&letter).ok().map(|index| from + index)
    }
}

fn is_known(letter: char) -> bool {
    ('ก'..='ฺ').contains(&letter) || ('เ'..='๎').contains(&letter) || letter == ' ' || letter == '.'
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8], String> {
    let (taken, after) = rest.split_at_checked(count).ok_or("it is cut off")?;
    *rest = after;
    Ok(taken)
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A made-up language of two letters and a digit: `กข` is common, `กก` was never met.
    pub fn small() -> Wording {
        let first = [3, 0, 0, 0, 1, 2, 3, 10, 10, 20, 5, 0, 0, 1, 0, 0];
        let second = [1, 0, 0, 0, 2, 1];
        Wording::read(&[MAGIC, &[2], &first, &second].concat(), &['ก', 'ข', '๐', '5']).unwrap()
    }

    #[test]
    fn runs_that_were_met_have_their_chance_and_others_that_of_shorter_ones() {
        let wording = small();
        let near = |found: Option<f32>, steps: f32| assert!((found.unwrap() + steps * 0.1).abs() < 1e-5, "{found:?}");
        near(wording.after(&[1], 2), 1.0);
        near(wording.after(&[1], 1), 5.0 + 10.0);
        near(wording.after(&[2], 1), 10.0);
        near(wording.after(&[2, 1], 2), 1.0);
    }

    #[test]
    fn nothing_is_said_of_what_stands_behind_a_digit() {
        let wording = small();
        assert_eq!(wording.after(&[1, 3], 2), None);
        assert_eq!(wording.after(&[1], 3), Some(-2.5));
        assert_eq!(wording.after(&[1, 2], 3), Some(-2.0));
        assert_eq!(wording.counted(4), wording.counted(3));
        assert_eq!(wording.counted(1), 1);
    }

    /// A file of another layout, or one that Python wrote otherwise than is read here, would hardly give chances that add up.
    #[test]
    fn the_shipped_chances_after_a_context_add_up_to_one() {
        let bundle = crate::recognize::Bundle::open(None).unwrap();
        let wording = Wording::read(bundle.wording.as_deref().unwrap(), &bundle.alphabet).unwrap();
        let class = |letter: char| wording.counted(bundle.alphabet.iter().position(|known| *known == letter).unwrap() + 1);
        for (context, next, never) in [("จังหวั", 'ด', 'ฐ'), ("กระทร", 'ว', 'ฏ'), ("ประ", 'ก', 'ฬ')]
        {
            let context: Vec<u8> = context.chars().map(class).collect();
            let letters: std::collections::BTreeSet<u8> = (0..=bundle.alphabet.len()).map(|class| wording.counted(class)).collect();
            let all: f32 = letters.iter().map(|letter| wording.chance(&context, *letter).exp()).sum();
            assert!((0.85..1.15).contains(&all), "{context:?}: {all}");
            assert!(wording.after(&context, class(next)) > wording.after(&context, class(never)));
        }
    }

    #[test]
    fn a_damaged_file_is_told() {
        let told = |file: &[u8]| Wording::read(file, &['a', '๐']).err().unwrap();
        assert_eq!(told(b"nothing of the kind"), "it does not begin as a wording does");
        assert_eq!(told(&[MAGIC, &[1, 9, 0, 0, 0, 1]].concat()), "it is cut off");
        assert_eq!(told(&[MAGIC, &[1, 1, 0, 0, 0, 1, 1, 7]].concat()), "it does not end where it should");
        assert_eq!(told(&[MAGIC, &[2, 1, 0, 0, 0, 1, 1, 1, 4, 1, 0, 0, 0, 1, 1]].concat()), "its levels do not fit together");
    }
}
