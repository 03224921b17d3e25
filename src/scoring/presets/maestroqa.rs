//! Grader alignment of MaestroQA: how near a rater is to a reference.
//!
//! *Reference*: help.maestroqa.com, article 4364995.

use super::ratio;

/// The points that a rater and the reference gave on one criterion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Criterion {
    /// The rater's points.
    pub rater: f64,
    /// The reference's points.
    pub reference: f64,
    /// The most points.
    pub possible: f64,
}

impl Criterion {
    /// `1 − |rater − reference| / possible`; `None` when no points are possible. Not rounded.
    #[must_use]
    pub fn alignment(&self) -> Option<f64> {
        ratio(self.possible - (self.rater - self.reference).abs(), self.possible)
    }
}

/// The alignment on a rubric: the mean over its criteria, weighted by their possible points. Not rounded.
///
/// Two raters with the same total may be far apart here, since it looks at each criterion. `None` when no points are
/// possible on some criterion, or there is none.
#[must_use]
pub fn rubric_alignment(criteria: &[Criterion]) -> Option<f64> {
    let whole: f64 = criteria.iter().map(|one| one.possible).sum();
    let parts: Option<f64> = criteria.iter().map(|one| Some(one.alignment()? * one.possible)).sum();
    ratio(parts?, whole)
}
