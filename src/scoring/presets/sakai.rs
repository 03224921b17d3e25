//! Weighted rubrics of Sakai.
//!
//! *Reference*: `sakai-rubrics/src/SakaiRubricGrading.js` of sakaiproject/sakai.

use super::{finite, rounded};
use crate::value::Rounding;

/// The points picked on a criterion and its weight in percent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Criterion {
    /// The points.
    pub points: f64,
    /// The weight in percent.
    pub percent: f64,
}

/// The total: each part is rounded to two decimals, halves away from zero, **before** the parts are summed.
///
/// Weights of 12.5, 12.5 and 75 percent of one point each give 1.01 of 1.00. A [`Scorer`](crate::Scorer) rounds once,
/// at the end. `None` without criteria.
#[must_use]
pub fn total(criteria: &[Criterion]) -> Option<f64> {
    let part = |one: &Criterion| rounded(one.points * one.percent / 100.0, 2, Rounding::HalfAwayFromZero);
    if criteria.is_empty() {
        return None;
    }
    finite(rounded(criteria.iter().map(part).sum(), 2, Rounding::HalfAwayFromZero))
}
