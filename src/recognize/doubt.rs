//! Letters in doubt, read again with what usually stands beside such letters ([`Wording`]).
//!
//! A stretch of doubtful letters between two sure ones is searched anew: every text that the frames support is weighed by how well it
//! goes with the letters around it. Digits weigh all alike, so which digit is read is the frames' word alone. What stays in doubt keeps
//! little confidence: a letter is as sure as the share of all readings that have it there.

use std::ops::Range;
use std::sync::Arc;

use super::beam::{self, BLANK, Breadth, Prefix, USUAL};
use super::decode::{Decoded, Frames};
use super::wording::{EDGE, Wording};

/// Far enough to find the letters of a name under a signature.
const FAR: Breadth = Breadth { least: 5e-5, ..USUAL };
/// A name's letter less likely than this after those before it (natural logarithm) is doubted. Of 403 given names that others made up, 11 have such a
/// letter; of six misread under signatures, five had (measured once).
const UNLIKELY: f32 = -6.0;
/// Letters of a word of any text are likelier than this in the mean; so are those of uncommon names, but not of most that were misread.
const WORDY: f32 = -2.8;
/// By how much (natural logarithm) a letter is less likely as a part of other words than of names, where a name stands. Nothing took 103 of 141 scans
/// of others right, 1 and 2 took 104, 3 and more 106; of 700 drawn letters, whose names are plain words, nothing took 484 right and 3 took 472
/// (measured once, with these rules).
const RARELY: f32 = 2.5;
/// How sure such a letter is at most.
const DOUBTED: f32 = 0.5;

/// How much wording counts beside the frames.
pub struct Weighed {
    own: Arc<Wording>,
    /// What else may stand there ([`RARELY`]); it knows the same letters.
    beside: Option<Arc<Wording>>,
    /// Exponent of a letter's chance after those before it; 1 would trust wording as much as the frames.
    weight: f64,
    /// Natural logarithm of what every letter is worth by itself, or short readings would always win.
    bonus: f64,
    /// A letter at least as sure as this is not read again.
    sure: f32,
    breadth: Breadth,
    /// Stretches are long, and hold letters that were hardly in doubt: what the search finds again is no surer than it was.
    long: bool,
}

impl Weighed {
    /// For any text: only letters in doubt are read again.
    pub fn of_text(wording: Arc<Wording>, weight: f64, bonus: f64) -> Weighed {
        Weighed { own: wording, beside: None, weight, bonus, sure: 0.98, breadth: USUAL, long: false }
    }

    /// For persons' names, in which words of any text may stand: hardly a letter is too sure to be read again, as a pen may have made a wrong one.
    pub fn of_names(names: Arc<Wording>, text: Option<Arc<Wording>>, weight: f64, bonus: f64) -> Weighed {
        Weighed { own: names, beside: text, weight, bonus, sure: 0.999, breadth: FAR, long: true }
    }

    /// `read`: the best path of `frames`. Letters before index `from` stay and have no say in what follows. Letters that are sure stay as
    /// they are, and so do those told twice: the search would tell them twice.
    pub fn settle(&self, frames: &Frames, read: &[Decoded], from: usize) -> Vec<Decoded> {
        let mut settled = read[..from].to_vec();
        let mut at = from;
        while at < read.len() {
            let doubtful = read[at..].iter().take_while(|letter| letter.confidence < self.sure && !letter.joined).count();
            if doubtful == 0 {
                settled.push(read[at]);
                at += 1;
                continue;
            }
            let letters = self.again(frames, (&settled, from), &read[at..at + doubtful], &read[at + doubtful..]);
            settled.extend(letters);
            at += doubtful;
        }
        settled
    }

    /// How well a reading stands, as a natural logarithm: its letters' confidences and what wording says of them.
    pub fn value(&self, read: &[Decoded]) -> f64 {
        const LEAST: f32 = 1e-3;
        let mut context = vec![EDGE];
        let mut sum = 0.0;
        for letter in read {
            let counted = self.counted_class(letter.class);
            sum += f64::from(letter.confidence.max(LEAST)).ln() + self.worth(&context, counted);
            context.push(counted);
        }
        sum
    }

    /// A word that stands where a given name does and is neither like one nor like words of any text: the letters that no name has there are doubted.
    pub fn doubt_unlikely(&self, read: &mut [Decoded], word: Range<usize>) {
        let letters: Vec<u8> =
            std::iter::once(EDGE).chain(read[word.clone()].iter().map(|letter| self.counted_class(letter.class))).collect();
        let chances = |wording: &Wording| -> Vec<f32> {
            (1..letters.len()).map(|at| wording.after(&letters[..at], letters[at]).unwrap_or(0.0)).collect()
        };
        let Some(text) = &self.beside else { return };
        if chances(text).iter().sum::<f32>() >= WORDY * (letters.len() - 1) as f32 {
            return;
        }
        for (letter, chance) in read[word].iter_mut().zip(chances(&self.own)) {
            if chance < UNLIKELY {
                letter.confidence = letter.confidence.min(DOUBTED);
            }
        }
    }

    /// `before`: the letters so far, and the index of the first that has a say.
    fn again(&self, frames: &Frames, (before, from): (&[Decoded], usize), doubtful: &[Decoded], after: &[Decoded]) -> Vec<Decoded> {
        let start = before.last().map_or(0, |letter| letter.end);
        let end = after.first().map_or(frames.count(), |letter| letter.start);
        let readings = self.readings(frames, start..end, (before, from), after);
        let Some(best) = readings.first() else { return doubtful.to_vec() };
        let Some(mut letters) = align(frames, start, end, &best.classes) else { return doubtful.to_vec() };
        let seen: f64 = readings.iter().map(|reading| reading.paths).sum();
        let agreed = agreement(&readings);
        for (letter, agreed) in letters.iter_mut().zip(agreed) {
            let before = doubtful.iter().find(|read| self.long && read.tells_the_same(letter));
            let confidence = before.map_or(agreed * seen, |read| agreed.min(f64::from(read.confidence)));
            letter.confidence = confidence.clamp(0.0, 1.0) as f32;
        }
        letters
    }

    /// Texts that the frames of `place` support, the likeliest first.
    fn readings(&self, frames: &Frames, place: Range<usize>, (before, from): (&[Decoded], usize), after: &[Decoded]) -> Vec<Reading> {
        let reach = self.reach();
        let heard = &before[from..];
        let around: Vec<u8> = self.counted(&heard[heard.len().saturating_sub(reach)..], heard.len() < reach);
        let mut next: Vec<u8> = after.iter().take(reach).map(|letter| self.counted_class(letter.class)).collect();
        if after.len() < reach {
            next.push(EDGE);
        }
        let context = |text: &[usize]| {
            let mut context = around.clone();
            context.extend(text.iter().map(|class| self.counted_class(*class)));
            context
        };
        let worth = |text: &[usize], class: usize| self.worth(&context(text), self.counted_class(class));
        let closing = |text: &[usize]| {
            let mut context = context(text);
            let mut sum = 0.0;
            for letter in &next {
                sum += self.worth(&context, *letter);
                context.push(*letter);
            }
            sum
        };
        let last = before.last().map_or(BLANK, |letter| letter.class);
        let found = beam::search(frames.within(place), last, self.breadth, worth);
        Reading::weighed(found, last, after.first().map(|letter| letter.class), closing)
    }

    /// What `letter` is worth after `context`; nothing where wording has no say.
    fn worth(&self, context: &[u8], letter: u8) -> f64 {
        self.chance(context, letter).map_or(0.0, |chance| self.weight * chance + self.bonus)
    }

    fn chance(&self, context: &[u8], letter: u8) -> Option<f64> {
        let own = self.own.after(context, letter)?;
        let beside = self.beside.as_ref().and_then(|wording| wording.after(context, letter));
        Some(f64::from(beside.map_or(own, |chance| own.max(chance - RARELY))))
    }

    /// Letters before another that have a say in it.
    fn reach(&self) -> usize {
        self.own.reach().max(self.beside.as_ref().map_or(0, |wording| wording.reach()))
    }

    fn counted_class(&self, class: usize) -> u8 {
        self.own.counted(class)
    }

    fn counted(&self, letters: &[Decoded], from_edge: bool) -> Vec<u8> {
        let edge = from_edge.then_some(EDGE);
        edge.into_iter().chain(letters.iter().map(|letter| self.counted_class(letter.class))).collect()
    }
}

/// A text of a doubtful stretch.
struct Reading {
    classes: Vec<usize>,
    /// Probability of its paths, without what wording says.
    paths: f64,
    /// Its share, 0–1, of all readings, wording weighed in.
    share: f64,
}

impl Reading {
    /// `last` and `next`: the letters that stand around; a reading that ends with `next` needs a blank before it.
    fn weighed(found: Vec<Prefix>, last: usize, next: Option<usize>, closing: impl Fn(&[usize]) -> f64) -> Vec<Reading> {
        let mut readings: Vec<(Reading, f64)> = found
            .into_iter()
            .map(|prefix| {
                let touching = prefix.classes.last().copied().unwrap_or(last);
                let paths = if Some(touching) == next { prefix.ends.blank } else { prefix.ends.sum() };
                let value = paths.ln() + prefix.worth + closing(&prefix.classes);
                (Reading { classes: prefix.classes, paths, share: 0.0 }, value)
            })
            .filter(|(_, value)| value.is_finite())
            .collect();
        readings.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let highest = readings.first().map_or(0.0, |(_, value)| *value);
        let all: f64 = readings.iter().map(|(_, value)| (value - highest).exp()).sum();
        readings.into_iter().map(|(reading, value)| Reading { share: (value - highest).exp() / all, ..reading }).collect()
    }
}

/// For each letter of the first reading, the share of all readings that have it there, with nothing more beside it.
fn agreement(readings: &[Reading]) -> Vec<f64> {
    let best = &readings[0].classes;
    let mut agreed = vec![0.0; best.len()];
    for reading in readings {
        for (index, kept) in kept(best, &reading.classes).into_iter().enumerate() {
            if kept {
                agreed[index] += reading.share;
            }
        }
    }
    agreed
}

/// Which letters of `text` also stand in `other` when the two are laid side by side with the fewest changes. A letter more in `other`
/// casts doubt on both its neighbors.
fn kept(text: &[usize], other: &[usize]) -> Vec<bool> {
    let mut cost = vec![vec![0_usize; other.len() + 1]; text.len() + 1];
    for i in (0..=text.len()).rev() {
        for j in (0..=other.len()).rev() {
            cost[i][j] = match (text.get(i), other.get(j)) {
                (None, _) => other.len() - j,
                (_, None) => text.len() - i,
                (Some(one), Some(two)) => {
                    let both = cost[i + 1][j + 1] + usize::from(one != two);
                    both.min(cost[i + 1][j] + 1).min(cost[i][j + 1] + 1)
                }
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut kept = vec![false; text.len()];
    let mut pressed = vec![false; text.len() + 1];
    while i < text.len() || j < other.len() {
        let both = i < text.len() && j < other.len();
        let same = both && text[i] == other[j];
        if both && cost[i][j] == cost[i + 1][j + 1] + usize::from(!same) {
            kept[i] = same;
            (i, j) = (i + 1, j + 1);
        } else if i < text.len() && cost[i][j] == cost[i + 1][j] + 1 {
            i += 1;
        } else {
            pressed[i] = true;
            j += 1;
        }
    }
    (0..text.len()).map(|index| kept[index] && !pressed[index] && !pressed[index + 1]).collect()
}

/// The frames that tell each letter of `classes` on their most probable path through `start..end`. None if there are too few frames.
fn align(frames: &Frames, start: usize, end: usize, classes: &[usize]) -> Option<Vec<Decoded>> {
    if classes.is_empty() {
        return Some(Vec::new());
    }
    let states: Vec<usize> = std::iter::once(BLANK).chain(classes.iter().flat_map(|class| [*class, BLANK])).collect();
    let mut best = vec![f64::NEG_INFINITY; states.len()];
    let mut came: Vec<Vec<usize>> = Vec::new();
    for (frame, shares) in frames.within(start..end).enumerate() {
        let reach = |state: usize| -> (f64, usize) {
            let skips = state > 1 && states[state] != BLANK && states[state] != states[state - 2];
            let from = state.saturating_sub(if skips { 2 } else { 1 })..=state;
            from.map(|before| (best[before], before)).fold((f64::NEG_INFINITY, state), |a, b| if b.0 > a.0 { b } else { a })
        };
        let arrived: Vec<(f64, usize)> = if frame == 0 {
            (0..states.len()).map(|state| (if state < 2 { 0.0 } else { f64::NEG_INFINITY }, state)).collect()
        } else {
            (0..states.len()).map(reach).collect()
        };
        best =
            arrived.iter().zip(&states).map(|((value, _), class)| value + f64::from(shares[*class].max(f32::MIN_POSITIVE)).ln()).collect();
        came.push(arrived.into_iter().map(|(_, before)| before).collect());
    }
    let last = states.len() - 1;
    let mut state = if best[last - 1] > best[last] { last - 1 } else { last };
    if !best[state].is_finite() {
        return None;
    }
    let mut told = vec![(usize::MAX, 0); classes.len()];
    for frame in (0..came.len()).rev() {
        if state % 2 == 1 {
            let letter = &mut told[state / 2];
            *letter = (letter.0.min(start + frame), letter.1.max(start + frame + 1));
        }
        state = came[frame][state];
    }
    Some(classes.iter().zip(told).map(|(class, (start, end))| frames.told(*class, start..end)).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::wording::tests::small;
    use super::*;

    fn frames(shares: &[[f32; 5]]) -> Frames {
        Frames::from_scores(&shares.concat().iter().map(|share| share.max(1e-9).ln()).collect::<Vec<f32>>(), 5, 1.0)
    }

    fn weighed(weight: f64) -> Weighed {
        Weighed::of_text(Arc::new(small()), weight, 0.0)
    }

    const BLANK_FRAME: [f32; 5] = [1.0, 0.0, 0.0, 0.0, 0.0];
    const A: [f32; 5] = [0.0, 1.0, 0.0, 0.0, 0.0];
    /// Perhaps a second `a`, perhaps a `b`.
    const A_OR_B: [f32; 5] = [0.0, 0.55, 0.45, 0.0, 0.0];
    const DIGITS: [f32; 5] = [0.0, 0.0, 0.0, 0.6, 0.4];

    fn classes(letters: &[Decoded]) -> Vec<usize> {
        letters.iter().map(|letter| letter.class).collect()
    }

    #[test]
    fn a_letter_in_doubt_is_what_usually_follows() {
        let line = frames(&[A, BLANK_FRAME, BLANK_FRAME, A_OR_B, BLANK_FRAME]);
        let read = line.greedy();
        assert_eq!(classes(&read), [1, 1]);
        let settled = weighed(1.0).settle(&line, &read, 0);
        assert_eq!(classes(&settled), [1, 2]);
        assert!(settled[1].confidence > 0.55 && (settled[1].center - 3.5).abs() < 1e-3, "{settled:?}");
    }

    #[test]
    fn without_weight_the_frames_decide() {
        let line = frames(&[A, BLANK_FRAME, BLANK_FRAME, A_OR_B, BLANK_FRAME]);
        let settled = weighed(0.0).settle(&line, &line.greedy(), 0);
        assert_eq!(classes(&settled), [1, 1]);
        assert!((settled[1].confidence - 0.55).abs() < 1e-3, "{settled:?}");
    }

    #[test]
    fn a_given_name_unlike_names_and_words_is_doubted() {
        let bundle = crate::recognize::Bundle::open(None).unwrap();
        let read = |file: &Option<std::borrow::Cow<[u8]>>| Arc::new(Wording::read(file.as_ref().unwrap(), &bundle.alphabet).unwrap());
        let names = Weighed::of_names(read(&bundle.names), Some(read(&bundle.wording)), 0.8, 1.8);
        let doubted = |name: &str| {
            let class = |letter: char| bundle.alphabet.iter().position(|known| *known == letter).unwrap() + 1;
            let letter = |class| Decoded { class, center: 0.0, confidence: 0.9, start: 0, end: 1, joined: false };
            let mut read: Vec<Decoded> = name.chars().map(class).map(letter).collect();
            let word = 0..read.len();
            names.doubt_unlikely(&mut read, word);
            read.iter().any(|letter| letter.confidence < 0.9)
        };
        assert!(doubted("สรพล") && doubted("รราภรณ์"), "a lost vowel, a letter misread");
        assert!(!doubted("สุรพล") && !doubted("วราภรณ์"));
        assert!(!doubted("ตัวอย่าง"), "no name, but a word");
    }

    #[test]
    fn what_the_search_finds_again_in_a_name_is_no_surer_than_before() {
        let line = frames(&[A, BLANK_FRAME, A_OR_B, BLANK_FRAME]);
        let read = line.greedy();
        let settled = Weighed::of_names(Arc::new(small()), None, 0.0, 0.0).settle(&line, &read, 1);
        assert_eq!(classes(&settled), classes(&read));
        assert!(settled.iter().zip(&read).all(|(now, before)| now.confidence <= before.confidence));
    }

    #[test]
    fn which_digit_it_is_the_frames_alone_say() {
        let line = frames(&[A, BLANK_FRAME, DIGITS, BLANK_FRAME]);
        let settled = weighed(1.0).settle(&line, &line.greedy(), 0);
        assert_eq!(classes(&settled), [1, 3]);
        assert!((settled[1].confidence - 0.6).abs() < 1e-3, "{settled:?}");
    }

    #[test]
    fn a_letter_that_may_stand_between_costs_both_neighbors() {
        assert_eq!(kept(&[1, 2], &[1, 3, 2]), [false, false]);
        assert_eq!(kept(&[1, 2, 3], &[1, 3]), [true, false, true]);
        assert_eq!(kept(&[1, 2, 3], &[1, 4, 3]), [true, false, true]);
        assert_eq!(kept(&[1], &[]), [false]);
    }

    fn any_line() -> impl Strategy<Value = Frames> {
        prop::collection::vec(prop::array::uniform5(-4.0_f32..4.0), 1..10).prop_map(|scores| Frames::from_scores(&scores.concat(), 5, 1.0))
    }

    proptest! {
        #[test]
        fn letters_stay_in_order_and_in_the_line(line in any_line()) {
            let settled = weighed(0.5).settle(&line, &line.greedy(), 0);
            prop_assert!(settled.iter().all(|letter| letter.start < letter.end && letter.end <= line.count()), "{settled:?}");
            prop_assert!(settled.windows(2).all(|pair| pair[0].end <= pair[1].start), "{settled:?}");
            prop_assert!(settled.iter().all(|letter| (0.0..=1.0).contains(&letter.confidence)));
        }

        #[test]
        fn every_text_is_supported_by_the_frames(line in any_line()) {
            let settled = weighed(0.5).settle(&line, &line.greedy(), 0);
            prop_assert!(settled.iter().all(|letter| line.within(letter.start..letter.end).all(|shares| shares[letter.class] > 1e-4)));
        }
    }
}
