//! Appraisals of Frappe HR.
//!
//! *Reference*: `hrms/hr/doctype/appraisal/appraisal.py` of frappe/hrms. All numbers have three decimals, halves away
//! from zero.

use super::{finite, mean, rounded};
use crate::value::Rounding;

/// A value with its weight in percent; the weights of a list sum to 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighted {
    /// The value.
    pub value: f64,
    /// The weight in percent.
    pub percent: f64,
}

/// The sum of values by their weights; `None` unless the weights sum to 100 (to two decimals).
fn weighted(parts: &[Weighted]) -> Option<f64> {
    let whole: f64 = parts.iter().map(|part| part.percent).sum();
    let is_whole = (rounded(whole, 2, Rounding::HalfAwayFromZero) - 100.0).abs() < 0.005;
    let sum = parts.iter().map(|part| part.value * part.percent / 100.0).sum();
    if is_whole { finite(sum) } else { None }
}

fn shown(number: f64) -> Option<f64> {
    finite(rounded(number, 3, Rounding::HalfAwayFromZero))
}

/// The goal score from goals rated by hand from 0 to 5.
///
/// `None` unless the weights sum to 100.
#[must_use]
pub fn goal_score(goals: &[Weighted]) -> Option<f64> {
    weighted(goals).and_then(shown)
}

/// The goal score from a tree of goals: the completion of each key result area in percent, divided by 20.
///
/// `None` unless the weights sum to 100.
#[must_use]
pub fn goal_tree_score(areas: &[Weighted]) -> Option<f64> {
    weighted(areas).and_then(|percent| shown(percent / 20.0))
}

/// The score of a self-appraisal from ratings between 0 and 1 (shares of five stars).
///
/// `None` unless the weights sum to 100.
#[must_use]
pub fn self_score(ratings: &[Weighted]) -> Option<f64> {
    weighted(ratings).and_then(|share| shown(5.0 * share))
}

/// The feedback score: the mean of the scores of all feedback; `None` without feedback.
#[must_use]
pub fn feedback_score(feedback: &[f64]) -> Option<f64> {
    mean(feedback).and_then(shown)
}

/// The final score: the mean of goals, self-appraisal and feedback, in which **a missing part counts as 0**.
///
/// That is the defect for which this preset exists: 3.6 on goals alone becomes 1.2. A
/// [`Scorer`](crate::Scorer) reports 3.6 with a lower coverage. `None` when a part is not a finite number.
#[must_use]
pub fn final_score(goals: Option<f64>, own: Option<f64>, feedback: Option<f64>) -> Option<f64> {
    mean(&[goals, own, feedback].map(Option::unwrap_or_default)).and_then(shown)
}
