//! The network's scores into text (CTC): one score per class and frame in, characters with places and confidences out.
//!
//! The hard thing is doubt about what is *not* written: a digit that nearly appeared between two others must cost its neighbors confidence,
//! or a number that lost a digit would look certain.

use std::ops::Range;

use super::beam::{self, BLANK, Breadth, USUAL};

/// A class whose score lies this far below the best of its frame has no share in it: most classes of most frames, and the exponential is what costs.
const NEGLIGIBLE: f32 = -16.0;

/// How sure a letter is that was told twice in a place that is too narrow for two. Measured on drawn lines: 49 of 55 were one letter.
const JOINED: f32 = 0.85;

/// Probabilities of a line: `classes` for each frame, each frame summing to 1.
#[derive(Debug, Clone)]
pub struct Frames {
    probabilities: Vec<f32>,
    classes: usize,
}

/// One character on the best path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decoded {
    pub class: usize,
    /// Where it is most itself, in frames: 0.5 is the middle of the first frame.
    pub center: f32,
    /// 0–1.
    pub confidence: f32,
    /// The frames that tell it.
    pub start: usize,
    pub end: usize,
    /// Told twice in a place that is too narrow for two.
    pub joined: bool,
}

impl Decoded {
    /// Whether both are the same letter, told by some frame of both.
    pub fn tells_the_same(&self, other: &Decoded) -> bool {
        self.class == other.class && self.start < other.end && other.start < self.end
    }
}

impl Frames {
    /// From raw scores, `classes` for each frame; `temperature` above 1 makes the reader more modest.
    pub fn from_scores(scores: &[f32], classes: usize, temperature: f32) -> Frames {
        let mut probabilities = scores.to_vec();
        for frame in probabilities.chunks_exact_mut(classes) {
            let highest = frame.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let mut sum = 0.0;
            for score in frame.iter_mut() {
                let below = (*score - highest) / temperature;
                *score = if below < NEGLIGIBLE { 0.0 } else { below.exp() };
                sum += *score;
            }
            frame.iter_mut().for_each(|share| *share /= sum);
        }
        Frames { probabilities, classes }
    }

    fn each(&self) -> impl Iterator<Item = &[f32]> {
        self.probabilities.chunks_exact(self.classes)
    }

    fn at(&self, frame: usize, class: usize) -> f32 {
        self.probabilities[frame * self.classes + class]
    }

    /// The best class of every frame, repeats joined, blanks dropped. A letter that is told twice with a single frame between is
    /// told once, with less confidence: no letter is that narrow.
    pub fn greedy(&self) -> Vec<Decoded> {
        let runs = self.runs();
        let gaps: Vec<f32> = (0..=runs.len()).map(|index| self.gap(&runs, index)).collect();
        runs.iter()
            .enumerate()
            .map(|(index, run)| {
                let letter = self.told(run.class, run.start..run.end);
                let joined = if run.joined { JOINED } else { 1.0 };
                Decoded { confidence: letter.confidence * joined * gaps[index] * gaps[index + 1], joined: run.joined, ..letter }
            })
            .collect()
    }

    /// `class` as `frames` tell it, as sure as its best frame.
    pub fn told(&self, class: usize, frames: Range<usize>) -> Decoded {
        let Range { start, end } = frames;
        let weights = || (start..end).map(|frame| self.at(frame, class));
        let center = weights().zip(start..).map(|(weight, frame)| weight * (frame as f32 + 0.5)).sum::<f32>() / weights().sum::<f32>();
        Decoded { class, center, confidence: weights().fold(0.0, f32::max), start, end, joined: false }
    }

    /// The shares of every class in each of `frames`.
    pub fn within(&self, frames: Range<usize>) -> impl Iterator<Item = &[f32]> {
        self.probabilities[frames.start * self.classes..frames.end * self.classes].chunks_exact(self.classes)
    }

    pub fn count(&self) -> usize {
        self.probabilities.len() / self.classes
    }

    fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (frame, shares) in self.each().enumerate() {
            let class = best(shares);
            match runs.last_mut() {
                Some(run) if run.class == class && run.end == frame => run.end += 1,
                _ => runs.push(Run { class, start: frame, end: frame + 1, joined: false }),
            }
        }
        runs.retain(|run| run.class != BLANK);
        runs.dedup_by(|again, first| {
            let same = again.class == first.class
                && again.start == first.start + 2
                && again.end == again.start + 1
                && first.end == first.start + 1;
            if same {
                (first.end, first.joined) = (again.end, true);
            }
            same
        });
        runs
    }

    /// How sure it is, 0–1, that nothing stands before run `index`: the least that blank and the two neighbors share in a frame between them.
    fn gap(&self, runs: &[Run], index: usize) -> f32 {
        let before = index.checked_sub(1).map(|index| &runs[index]);
        let after = runs.get(index);
        let start = before.map_or(0, |run| run.end);
        let end = after.map_or(self.count(), |run| run.start);
        let neighbors = || before.into_iter().chain(after.filter(|after| before.is_none_or(|before| before.class != after.class)));
        (start..end).map(|frame| self.at(frame, BLANK) + neighbors().map(|run| self.at(frame, run.class)).sum::<f32>()).fold(1.0, f32::min)
    }

    /// The `count` most probable texts with their probabilities, best first (prefix beam search). Sums over all paths of a text, so
    /// its best may differ from [`Frames::greedy`]; every text is supported by some path.
    pub fn best(&self, count: usize) -> Vec<(Vec<usize>, f64)> {
        let mut found = self.search(USUAL);
        found.truncate(count);
        found
    }

    fn search(&self, breadth: Breadth) -> Vec<(Vec<usize>, f64)> {
        let found = beam::search(self.each(), BLANK, breadth, |_, _| 0.0);
        found.into_iter().map(|prefix| (prefix.classes, prefix.ends.sum())).collect()
    }
}

/// Neighboring frames with the same best class.
#[derive(Debug)]
struct Run {
    class: usize,
    start: usize,
    end: usize,
    /// Was told twice.
    joined: bool,
}

fn best(shares: &[f32]) -> usize {
    let mut best = 0;
    for (class, share) in shares.iter().enumerate() {
        if *share > shares[best] {
            best = class;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn frames(shares: &[[f32; 3]]) -> Frames {
        Frames { probabilities: shares.concat(), classes: 3 }
    }

    fn classes(decoded: &[Decoded]) -> Vec<usize> {
        decoded.iter().map(|one| one.class).collect()
    }

    #[test]
    fn repeats_join_and_blanks_part_them() {
        let line = frames(&[[0.1, 0.8, 0.1], [0.1, 0.9, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]);
        let read = line.greedy();
        assert_eq!(classes(&read), [1, 1, 2]);
        assert_eq!(read[1].center, 3.5);
        assert!((read[0].confidence - 0.9).abs() < 1e-6);
    }

    #[test]
    fn a_letter_told_twice_in_no_space_is_told_once() {
        let letter = [0.0, 1.0, 0.0];
        let blank = [1.0, 0.0, 0.0];
        let stutter = frames(&[blank, letter, blank, letter, blank]).greedy();
        assert_eq!(classes(&stutter), [1]);
        assert_eq!(stutter[0].center, 2.5);
        assert!(stutter[0].confidence < 0.9);
        assert_eq!(classes(&frames(&[letter, blank, blank, letter]).greedy()), [1, 1]);
        assert_eq!(classes(&frames(&[letter, letter, blank, letter]).greedy()), [1, 1]);
    }

    #[test]
    fn a_character_that_nearly_appeared_costs_its_neighbors() {
        let sure = frames(&[[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]);
        assert!(sure.greedy().iter().all(|one| one.confidence == 1.0));
        let doubtful = frames(&[[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.55, 0.0, 0.45], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]);
        let read = doubtful.greedy();
        assert_eq!(classes(&read), [1, 1]);
        assert!(read.iter().all(|one| (one.confidence - 0.55).abs() < 1e-6), "{read:?}");
    }

    #[test]
    fn a_line_without_ink_reads_as_nothing() {
        let line = frames(&[[1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]);
        assert_eq!(line.greedy(), []);
        assert_eq!(line.best(3), [(Vec::new(), 1.0)]);
    }

    #[test]
    fn the_beam_sums_paths_that_greedy_cannot_see() {
        let line = frames(&[[0.6, 0.4, 0.0], [0.6, 0.4, 0.0]]);
        assert_eq!(classes(&line.greedy()), Vec::<usize>::new());
        let best = line.best(2);
        assert_eq!(best[0].0, [1]);
        assert!((best[0].1 - 0.64).abs() < 1e-6);
        assert_eq!(best[1].0, Vec::<usize>::new());
        assert!((best[1].1 - 0.36).abs() < 1e-6);
    }

    #[test]
    fn a_doubled_character_needs_a_blank_between() {
        let line = frames(&[[0.1, 0.9, 0.0], [0.5, 0.5, 0.0], [0.1, 0.9, 0.0]]);
        let texts: Vec<Vec<usize>> = line.best(2).into_iter().map(|(text, _)| text).collect();
        assert!(texts.contains(&vec![1, 1]) && texts.contains(&vec![1]), "{texts:?}");
    }

    #[test]
    fn scores_become_probabilities() {
        let line = Frames::from_scores(&[1000.0, 0.0, 0.0, 0.0, 3.0_f32.ln(), 0.0], 3, 1.0);
        assert!((line.at(0, 0) - 1.0).abs() < 1e-6);
        assert!((line.at(1, 1) - 0.6).abs() < 1e-6);
        let modest = Frames::from_scores(&[0.0, 3.0_f32.ln(), 0.0], 3, 2.0);
        assert!(modest.at(0, 1) < 0.6);
    }

    /// Probability of a text by the textbook: the sum over its alignments.
    fn probability(line: &Frames, text: &[usize]) -> f64 {
        let states: Vec<usize> = std::iter::once(BLANK).chain(text.iter().flat_map(|&class| [class, BLANK])).collect();
        let mut forward = vec![0.0; states.len()];
        forward[0] = 1.0;
        for shares in line.each() {
            let before = forward.clone();
            for (index, &class) in states.iter().enumerate() {
                let step = if index > 0 { before[index - 1] } else { 0.0 };
                let skip = if index > 1 && class != BLANK && class != states[index - 2] { before[index - 2] } else { 0.0 };
                forward[index] = (before[index] + step + skip) * f64::from(shares[class]);
            }
        }
        forward.iter().rev().take(2).sum()
    }

    fn any_line() -> impl Strategy<Value = Frames> {
        prop::collection::vec(prop::array::uniform3(-3.0_f32..3.0), 1..8).prop_map(|scores| Frames::from_scores(&scores.concat(), 3, 1.0))
    }

    proptest! {
        #[test]
        fn greedy_is_the_best_path(line in any_line()) {
            let path: Vec<usize> = line.each().map(best).collect();
            let mut text = path.clone();
            text.dedup();
            text.retain(|&class| class != BLANK);
            let mut read = classes(&line.greedy());
            if !path.windows(3).any(|three| three[0] == three[2] && three[1] == BLANK) {
                prop_assert_eq!(read, text);
            } else {
                read.dedup();
                text.dedup();
                prop_assert_eq!(read, text);
            }
        }

        #[test]
        fn the_beams_best_is_at_least_as_probable_as_greedy(line in any_line()) {
            let greedy = probability(&line, &classes(&line.greedy()));
            let best = line.search(Breadth { width: usize::MAX, ..USUAL });
            prop_assert!(best[0].1 >= greedy - 1e-5);
        }

        #[test]
        fn the_beam_never_claims_more_than_all_paths_of_a_text(line in any_line()) {
            for (text, share) in line.best(5) {
                let all = probability(&line, &text);
                prop_assert!(share <= all + 1e-5, "{text:?}: {share} of {all}");
                prop_assert!(all > 0.0);
            }
        }

        #[test]
        fn confidences_are_shares(line in any_line()) {
            prop_assert!(line.greedy().iter().all(|one| (0.0..=1.0 + 1e-5).contains(&one.confidence)));
        }
    }
}
