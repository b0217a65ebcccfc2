//! Several readings of one line become one: the reading closest to all others, each letter as sure as those are that have it too.

use crate::thai::confusion;

/// Readings that differ in this many letters still count as they are.
const ANY: usize = 10_000;

/// A letter as read, and how sure the reader was of it, 0–1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Voice {
    pub letter: char,
    pub confidence: f32,
}

/// The index of the reading that differs least from all others, the earliest of equals, and how sure each of its letters is now: the mean
/// of what the readings say of it, nothing where one has another letter there, or something more beside it.
pub fn elect(readings: &[Vec<Voice>]) -> Option<(usize, Vec<f32>)> {
    let texts: Vec<String> = readings.iter().map(|reading| reading.iter().map(|voice| voice.letter).collect()).collect();
    let far = |index: &usize| texts.iter().map(|other| confusion::distance(&texts[*index], other, ANY)).sum::<usize>();
    let elected = (0..readings.len()).min_by_key(far)?;
    let mut sure = vec![0.0; readings[elected].len()];
    for other in readings {
        support(&readings[elected], other, &mut sure);
    }
    sure.iter_mut().for_each(|sum| *sum /= readings.len() as f32);
    Some((elected, sure))
}

/// Least changes between the first letters of `a` and of `b`, for every pair of counts.
fn costs(a: &[Voice], b: &[Voice]) -> Vec<Vec<usize>> {
    let mut costs = vec![vec![0; b.len() + 1]; a.len() + 1];
    costs[0].iter_mut().enumerate().for_each(|(count, cost)| *cost = count);
    for i in 1..=a.len() {
        costs[i][0] = i;
        for j in 1..=b.len() {
            let changed = costs[i - 1][j - 1] + usize::from(a[i - 1].letter != b[j - 1].letter);
            costs[i][j] = changed.min(costs[i - 1][j] + 1).min(costs[i][j - 1] + 1);
        }
    }
    costs
}

/// Adds to `sure` what `other` says of each letter of `elected`.
fn support(elected: &[Voice], other: &[Voice], sure: &mut [f32]) {
    let beside = pairs(elected, other);
    for (at, sum) in sure.iter_mut().enumerate() {
        let Some(there) = beside[at] else { continue };
        let nothing_before = at.checked_sub(1).map_or(there == 0, |before| beside[before].is_none_or(|before| before + 1 == there));
        let nothing_behind = beside.get(at + 1).map_or(there + 1 == other.len(), |next| next.is_none_or(|next| next == there + 1));
        if elected[at].letter == other[there].letter && nothing_before && nothing_behind {
            *sum += other[there].confidence;
        }
    }
}

/// For each letter of `elected` the index of the letter of `other` that stands where it does, the same or not.
fn pairs(elected: &[Voice], other: &[Voice]) -> Vec<Option<usize>> {
    let costs = costs(elected, other);
    let mut pairs = vec![None; elected.len()];
    let (mut i, mut j) = (elected.len(), other.len());
    while i > 0 && j > 0 {
        let changed = costs[i - 1][j - 1] + usize::from(elected[i - 1].letter != other[j - 1].letter);
        if costs[i][j] == changed {
            (i, j) = (i - 1, j - 1);
            pairs[i] = Some(j);
        } else if costs[i][j] == costs[i - 1][j] + 1 {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Vec<Voice> {
        text.chars().map(|letter| Voice { letter, confidence: 0.8 }).collect()
    }

    fn elected(texts: &[&str]) -> (usize, Vec<f32>) {
        let (index, sure) = elect(&texts.iter().map(|text| reading(text)).collect::<Vec<_>>()).unwrap();
        (index, sure.iter().map(|sure| (sure * 100.0).round() / 100.0).collect())
    }

    #[test]
    fn what_all_read_stays_as_sure_as_it_was() {
        assert_eq!(elected(&["กวก", "กวก", "กวก"]), (0, vec![0.8; 3]));
    }

    #[test]
    fn the_reading_nearest_to_the_others_wins_and_the_earliest_of_equals() {
        assert_eq!(elected(&["กก", "กวก", "กวก"]).0, 1);
        assert_eq!(elected(&["กก", "กวก"]).0, 0);
        assert_eq!(elect(&[]), None);
        assert_eq!(elected(&["", ""]), (0, vec![]));
    }

    #[test]
    fn a_letter_is_as_sure_as_those_who_see_it() {
        assert_eq!(elected(&["๑๗๕", "๑๗๕", "๑๗๕", "๑๗๘"]), (0, vec![0.8, 0.8, 0.6]));
    }

    #[test]
    fn a_letter_that_some_see_makes_those_beside_it_doubtful() {
        assert_eq!(elected(&["กก", "กก", "กก", "กวก"]), (0, vec![0.6, 0.6]));
        assert_eq!(elected(&["กข", "กข", "กข", "กขค"]), (0, vec![0.8, 0.6]));
        assert_eq!(elected(&["กข", "กข", "กข", "คกข"]), (0, vec![0.6, 0.8]));
    }

    #[test]
    fn a_reading_of_nothing_supports_nothing() {
        assert_eq!(elected(&["ก", "ก", ""]), (0, vec![0.53]));
    }
}
