//! Outcome mastery in Canvas: how several results of one person become one.
//!
//! Scores are in points, old to new; every result is rounded once, to two decimals, halves away from zero.
//!
//! *Reference*: `app/models/rollup_score.rb` and `app/helpers/rollup_score_aggregator_helper.rb` of
//! instructure/canvas-lms.

use super::{finite, mean, rounded};
use crate::value::Rounding;

/// One result: its score, if it was scored, and its times in any unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attempt {
    /// The score.
    pub score: Option<f64>,
    /// When the work was handed in, if it was.
    pub submitted: Option<i64>,
    /// When it was judged.
    pub assessed: i64,
}

/// The scores, old to new: by the time of handing in, or else of judging; what has no score is left out.
#[must_use]
pub fn in_order(attempts: &[Attempt]) -> Vec<f64> {
    let mut scored: Vec<_> = attempts.iter().filter_map(|one| Some((one, one.score?))).collect();
    scored.sort_by_key(|(one, _)| one.submitted.unwrap_or(one.assessed));
    scored.into_iter().map(|(_, score)| score).collect()
}

/// The highest score. `None` without scores.
#[must_use]
pub fn highest(scores: &[f64]) -> Option<f64> {
    two_decimals(scores.iter().copied().reduce(f64::max)?)
}

/// The newest score. `None` without scores.
#[must_use]
pub fn latest(scores: &[f64]) -> Option<f64> {
    two_decimals(*scores.last()?)
}

/// The mean. `None` without scores.
#[must_use]
pub fn average(scores: &[f64]) -> Option<f64> {
    two_decimals(mean(scores)?)
}

/// The mean of the scores at or above `mastery`, when there are at least `needed` of them.
///
/// Another place in Canvas counts only what is strictly above. `None` when there are fewer, or `needed` is not 1 to 10.
#[must_use]
pub fn n_mastery(scores: &[f64], needed: usize, mastery: f64) -> Option<f64> {
    let reached: Vec<f64> = scores.iter().copied().filter(|score| *score >= mastery).collect();
    if !(1..=10).contains(&needed) || reached.len() < needed {
        return None;
    }
    two_decimals(mean(&reached)?)
}

/// The newest score counts `percent`, the mean of all earlier ones the rest; older data call it "decaying average".
///
/// `None` without scores, or when `percent` is not 1 to 99.
#[must_use]
pub fn weighted_average(scores: &[f64], percent: u8) -> Option<f64> {
    let share = share(percent, 1)?;
    let (newest, earlier) = scores.split_last()?;
    match mean(earlier) {
        Some(earlier) => two_decimals(share * newest + (1.0 - share) * earlier),
        None => two_decimals(*newest),
    }
}

/// A running value: each newer score counts `percent` against the value so far. Its order decides: 5, 1 gives 2.4 and
/// 1, 5 gives 3.6 at 65 percent.
///
/// `None` without scores, or when `percent` is not 50 to 99.
#[must_use]
pub fn standard_decaying_average(scores: &[f64], percent: u8) -> Option<f64> {
    let share = share(percent, 50)?;
    two_decimals(scores.iter().copied().reduce(|so_far, newer| (1.0 - share) * so_far + share * newer)?)
}

fn share(percent: u8, least: u8) -> Option<f64> {
    (least..=99).contains(&percent).then(|| f64::from(percent) / 100.0)
}

fn two_decimals(number: f64) -> Option<f64> {
    finite(rounded(number, 2, Rounding::HalfAwayFromZero))
}
