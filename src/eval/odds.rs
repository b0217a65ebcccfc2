//! Weights of evidence: logistic regression over a few measures and one offset per rule. Offsets of rules with few values are drawn towards 0.

use std::array::from_fn;

use crate::check::calibration::MEASURES;

/// One value: what was measured of it, which rule took it, and whether it is right.
pub struct Row {
    pub measures: [f32; MEASURES],
    /// Index of the rule.
    pub rule: usize,
    pub right: bool,
}

/// Log-odds of being right: `base`, what each unit of a measure adds, and each rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Odds {
    pub base: f64,
    pub measures: [f64; MEASURES],
    pub rules: Vec<f64>,
}

/// Base and measures come before the rules.
const SHARED: usize = 1 + MEASURES;
/// Strength that draws offsets and slopes towards 0, in values.
const RIDGE: f64 = 1.0;
const ROUNDS: usize = 40;
/// No weight moves farther in one round.
const FARTHEST: f64 = 4.0;

/// The weights that make the rows most likely (Newton's method), `rules` offsets among them.
pub fn fit(rows: &[Row], rules: usize) -> Odds {
    let mut weights = vec![0.0; SHARED + rules];
    for _ in 0..ROUNDS {
        let step = step(rows, &weights);
        let widest = step.iter().fold(0.0, |most: f64, one| most.max(one.abs()));
        let damped = (FARTHEST / widest.max(FARTHEST)).min(1.0);
        weights.iter_mut().zip(&step).for_each(|(weight, step)| *weight += damped * step);
        if widest < 1e-7 {
            break;
        }
    }
    Odds { base: weights[0], measures: from_fn(|at| weights[at + 1]), rules: weights.split_off(SHARED) }
}

/// Where a row is not 0, and what it is there.
fn filled(row: &Row) -> [(usize, f64); SHARED + 1] {
    from_fn(|at| match at {
        0 => (0, 1.0),
        SHARED => (SHARED + row.rule, 1.0),
        _ => (at, f64::from(row.measures[at - 1])),
    })
}

fn step(rows: &[Row], weights: &[f64]) -> Vec<f64> {
    let size = weights.len();
    let mut slope: Vec<f64> = weights.iter().map(|weight| -RIDGE * weight).collect();
    let mut bend = vec![0.0; size * size];
    (0..size).for_each(|at| bend[at * size + at] = RIDGE);
    // The base is drawn to nothing.
    (slope[0], bend[0]) = (0.0, 1e-6);
    for row in rows {
        let filled = filled(row);
        let told: f64 = filled.iter().map(|(at, value)| weights[*at] * value).sum();
        let chance = 1.0 / (1.0 + (-told).exp());
        for (at, value) in filled {
            slope[at] += value * (f64::from(u8::from(row.right)) - chance);
            for (other, beside) in filled {
                bend[at * size + other] += chance * (1.0 - chance) * value * beside;
            }
        }
    }
    solved(bend, slope)
}

/// `x` of `matrix · x = right` for a positive definite matrix (Gaussian elimination).
fn solved(mut matrix: Vec<f64>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for column in 0..size {
        for row in column + 1..size {
            let share = matrix[row * size + column] / matrix[column * size + column];
            if share != 0.0 {
                (column..size).for_each(|at| matrix[row * size + at] -= share * matrix[column * size + at]);
                right[row] -= share * right[column];
            }
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|at| matrix[row * size + at] * right[at]).sum();
        right[row] = (right[row] - known) / matrix[row * size + row];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_with_right_values_gets_weight_and_what_does_not_gets_none() {
        let row = |n: usize| {
            let (sure, noise) = ((n * 37 % 101) as f32 / 50.0 - 1.0, (n * 53 % 97) as f32 / 48.0 - 1.0);
            let rule = usize::from(n.is_multiple_of(4));
            // Right more often the surer it is; by the second rule less often.
            let luck = (n * 71 % 103) as f32 / 51.5 - 1.0;
            Row { measures: [sure, noise, 0.0, 0.0], rule, right: 2.0 * sure + 0.5 - rule as f32 > luck }
        };
        let odds = fit(&(0..4000).map(row).collect::<Vec<_>>(), 2);
        assert!(odds.measures[0] > 1.0 && odds.measures[1].abs() < 0.3 && odds.measures[2] == 0.0, "{odds:?}");
        assert!(odds.rules[0] > odds.rules[1] + 0.5, "{odds:?}");
    }

    #[test]
    fn nothing_known_is_no_weight() {
        assert_eq!(fit(&[], 1), Odds { base: 0.0, measures: [0.0; MEASURES], rules: vec![0.0] });
    }
}
