//! Rules where they are too faint or too worn to be ink: followed on the grey page from the pieces that are.

use image::GrayImage;

use super::ink::{Blob, Run};
use super::rules::{self, Rule, joined};

/// A rule is followed pixel by pixel, and ends where it was seen most: what is not seen costs this much of what is, until this many letter
/// heights more were lost than won. Stems of letters below a table's rule stand on its line too, but not often enough.
const COST: f32 = 0.7;
const PATIENCE: f32 = 3.0;
/// What is left of a rule is darker than the paper on both sides by this much (of 255), and by this share of what its ink is.
const FAINTEST: f32 = 8.0;
const FAINTEST_SHARE: f32 = 0.12;
/// Pixels before and after that are looked at with each, against noise.
const NEAR: i32 = 2;
/// A rule that ends this near to a crossing one was drawn up to it, in letter heights. Less than what meets in a frame: a rule followed into the
/// next cell is worse than one that ends short.
const STOPS: f32 = 0.5;
/// Steeper ones are strokes of a pen. More than a table's rules have: edges of tilted stamps are followed as well.
const STEEPEST: f32 = 0.1;
/// Followed rules that pass each other no further apart than this are one, in letter heights.
const SAME: f32 = 0.25;

/// Makes rules as long as they were drawn; those that turn out to be one become one. `letter` is the height of body letters in pixels.
pub fn follow(rules: Vec<Rule>, page: &GrayImage, letter: f32) -> Vec<Rule> {
    let followed = |rule| Trail { page, letter, rule, others: &rules }.followed();
    let rules: Vec<Rule> = rules.iter().map(followed).collect();
    let groups = rules::groups(&rules, 0.0, |a, b| a.is_in_line(b, 0.0, SAME * letter));
    let mut slots: Vec<Option<Rule>> = rules.into_iter().map(Some).collect();
    groups.into_iter().map(|group| joined(group.iter().filter_map(|i| slots[*i].take()).collect())).collect()
}

/// A rule on its page. Along is x of a level rule and y of an upright one; across is the other.
struct Trail<'a> {
    page: &'a GrayImage,
    letter: f32,
    rule: &'a Rule,
    others: &'a [Rule],
}

impl Trail<'_> {
    fn followed(&self) -> Rule {
        if self.rule.slope().abs() > STEEPEST {
            return self.rule.clone();
        }
        let faintest = FAINTEST.max(FAINTEST_SHARE * self.contrast());
        let walk = |end: f32, start: i32, step: i32| if self.ends_on_another(end) { Vec::new() } else { self.walk(start, step, faintest) };
        let beyond = walk(self.rule.high(), self.rule.high() as i32, 1);
        let before = walk(self.rule.low(), self.rule.low() as i32 - 1, -1);
        let mut runs: Vec<Run> = self.rule.blob.runs.clone();
        runs.extend(beyond.into_iter().chain(before).map(|(x, y)| Run { y, left: x, right: x + 1 }));
        runs.sort_by_key(|run| (run.y, run.left));
        Rule::new(Blob { tint: self.rule.blob.tint, ..Blob::new(runs) }, self.rule.upright)
    }

    /// Whether a crossing rule stands at this end: then it was drawn up to there, and the next cell's letters are none of it.
    fn ends_on_another(&self, end: f32) -> bool {
        let reach = STOPS * self.letter;
        let across = self.rule.across(end);
        let passes = |other: &&Rule| (other.low() - reach..=other.high() + reach).contains(&across);
        let crossing = self.others.iter().filter(|other| other.upright != self.rule.upright);
        crossing.filter(passes).any(|other| (other.across(across) - end).abs() <= reach)
    }

    /// How much darker than its paper the rule is where it is ink.
    fn contrast(&self) -> f32 {
        let places = self.rule.low() as i32..self.rule.high() as i32;
        let count = places.len().max(1) as f32;
        places.filter_map(|along| self.seen(along, 0.0)).map(|(contrast, _)| contrast).sum::<f32>() / count
    }

    /// Pixels of the rule from one of its ends on.
    fn walk(&self, start: i32, step: i32, faintest: f32) -> Vec<(i32, i32)> {
        let (mut at, mut drift) = (start, 0.0);
        let (mut score, mut best, mut sure) = (0.0f32, 0.0f32, 0);
        let mut pixels = Vec::new();
        while let Some((contrast, off)) = self.seen(at, drift) {
            if contrast >= faintest {
                pixels.push(self.place(at, drift, off));
                drift += 0.1 * off as f32;
                score += 1.0;
            } else {
                score -= COST;
            }
            if score > best {
                (best, sure) = (score, pixels.len());
            } else if best - score > PATIENCE * self.letter {
                break;
            }
            at += step;
        }
        pixels.truncate(sure);
        pixels
    }

    /// How much darker than the paper on both sides the rule is here, and how many pixels it lies off. None beyond the page.
    fn seen(&self, along: i32, drift: f32) -> Option<(f32, i32)> {
        let mean = |off: i32| {
            let sum = (along - NEAR..=along + NEAR).map(|near| self.grey(near, drift, off).map(f32::from)).sum::<Option<f32>>()?;
            Some(sum / (2 * NEAR + 1) as f32)
        };
        let aside = 3 + (0.2 * self.letter) as i32;
        let paper = mean(-aside)?.min(mean(aside)?);
        let (middle, before, after) = (mean(0)?, mean(-1)?, mean(1)?);
        let (grey, off) = if middle <= before.min(after) {
            (middle, 0)
        } else if before < after {
            (before, -1)
        } else {
            (after, 1)
        };
        Some((paper - grey, off))
    }

    fn grey(&self, along: i32, drift: f32, off: i32) -> Option<u8> {
        let (x, y) = self.place(along, drift, off);
        self.page.get_pixel_checked(u32::try_from(x).ok()?, u32::try_from(y).ok()?).map(|pixel| pixel[0])
    }

    fn place(&self, along: i32, drift: f32, off: i32) -> (i32, i32) {
        let across = (self.rule.across(along as f32) + drift).floor() as i32 + off;
        if self.rule.upright { (across, along) } else { (along, across) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    /// A level rule of which the first 100 pixels are ink.
    fn rule() -> Rule {
        Rule::new(Blob::new(vec![Run { y: 50, left: 20, right: 120 }]), false)
    }

    fn page(rest: impl Fn(u32) -> u8) -> GrayImage {
        GrayImage::from_fn(400, 100, |x, y| match (x, y) {
            (20..120, 50) => Luma([0]),
            (120..380, 50) => Luma([rest(x)]),
            _ => Luma([250]),
        })
    }

    #[test]
    fn a_faint_rule_is_followed_to_its_end() {
        let found = follow(vec![rule()], &page(|x| if x < 300 { 215 } else { 250 }), 20.0);
        assert_eq!(found.len(), 1);
        assert!((295.0..=305.0).contains(&found[0].high()), "{:?}", found[0].end);
        assert!(found[0].low() <= 20.0);
    }

    #[test]
    fn a_rule_ends_where_it_ends() {
        let found = follow(vec![rule()], &page(|_| 250), 20.0);
        let reach = NEAR as f32;
        assert!(found[0].low() >= 20.0 - reach && found[0].high() <= 120.0 + reach, "{:?} {:?}", found[0].start, found[0].end);
    }

    #[test]
    fn two_pieces_with_a_faint_rule_between_them_are_one() {
        let beyond = Rule::new(Blob::new(vec![Run { y: 50, left: 250, right: 380 }]), false);
        let found = follow(vec![rule(), beyond], &page(|x| if x < 250 { 220 } else { 0 }), 20.0);
        assert_eq!(found.len(), 1);
    }
}
