//! Reviews and the internal quality score of Zendesk QA (before: Klaus).
//!
//! *Reference*: support.zendesk.com, article 7043701093786; on migrated weights article 8874650830618.

use super::{finite, mean, ratio, rounded};
use crate::value::Rounding;

/// A rated category of a review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Category {
    /// The rating; none when the category was not rated.
    pub pick: Option<f64>,
    /// The lowest rating of the scale.
    pub lowest: f64,
    /// The highest rating of the scale.
    pub highest: f64,
    /// The weight.
    pub weight: f64,
    /// Whether a score below one half makes the review 0.
    pub is_critical: bool,
}

impl Category {
    /// `(pick − lowest) / (highest − lowest)`; `None` when the category was not rated or has no scale.
    #[must_use]
    pub fn score(&self) -> Option<f64> {
        ratio(self.pick? - self.lowest, self.highest - self.lowest)
    }
}

/// What each step of a scale shows in percent, cut off after one decimal: 0, 33.3, 66.6 and 100 on four steps.
///
/// `None` for fewer than two steps.
#[must_use]
pub fn scale(steps: u8) -> Option<Vec<f64>> {
    let highest = f64::from(steps.checked_sub(1)?);
    (0..steps).map(|step| Some(rounded(100.0 * ratio(f64::from(step), highest)?, 1, Rounding::TowardsZero))).collect()
}

/// A review: the weighted mean of its rated categories, or 0 when a critical one is below one half. Not rounded.
///
/// One half itself does not trip the critical rule, so that the middle of three steps passes. `None` when nothing
/// with a weight was rated.
#[must_use]
pub fn review(categories: &[Category]) -> Option<f64> {
    let rated: Vec<_> = categories.iter().filter_map(|one| Some((one, one.score()?))).collect();
    if rated.iter().any(|(one, score)| one.is_critical && *score < 0.5) {
        return Some(0.0);
    }
    let sum = rated.iter().map(|(one, score)| one.weight * score).sum();
    ratio(sum, rated.iter().map(|(one, _)| one.weight).sum())
}

/// The internal quality score: the plain mean of reviews in percent, to two decimals, halves away from zero.
///
/// `None` without reviews.
#[must_use]
pub fn internal_quality_score(reviews: &[f64]) -> Option<f64> {
    mean(reviews).and_then(|mean| finite(rounded(mean, 2, Rounding::HalfAwayFromZero)))
}

/// A weight on the old scale up to `highest` as a whole number of percent, halves away from zero.
///
/// Rounding a weight changes every old score in silence: 1.35 of 2 is 67.5 and became 68. `None` unless the highest
/// weight is positive.
#[must_use]
pub fn migrated_weight(weight: f64, highest: f64) -> Option<f64> {
    ratio(100.0 * weight, highest).and_then(|percent| finite(rounded(percent, 0, Rounding::HalfAwayFromZero)))
}
