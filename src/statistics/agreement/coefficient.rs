use std::fmt;

use super::RatingCounts;
use crate::statistics::checks::{estimate, real};
use crate::statistics::{ConfidenceLevel, Estimate, Interval, IntervalMethod, Undefined};
use crate::value::Real;

/// A coefficient of agreement: the value, what it is made of, how sure it is, and what it rests on.
///
/// For each coefficient but Light's, value = (observed − expected) / (1 − expected).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coefficient {
    estimate: Estimate,
    observed: Real,
    expected: Real,
    counts: RatingCounts,
}

/// The distribution that an interval takes its quantile from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Quantile {
    Normal,
    /// Student's t with one degree of freedom less than there are subjects.
    StudentT,
}

impl Coefficient {
    /// A value alone.
    pub(super) fn new(value: f64, observed: f64, expected: f64, counts: RatingCounts) -> Result<Self, Undefined> {
        Ok(Self { estimate: estimate(value)?, observed: real(observed)?, expected: real(expected)?, counts })
    }

    /// With a standard error, from it an interval that ends at 1. One subject has neither.
    pub(super) fn with_error(self, error: f64, confidence: ConfidenceLevel, quantile: Quantile) -> Self {
        if self.counts.subjects < 2 || !error.is_finite() {
            return self;
        }
        let degrees = (self.counts.subjects - 1) as f64;
        let (factor, method) = match quantile {
            Quantile::Normal => (Some(confidence.normal_multiplier()), IntervalMethod::Normal),
            Quantile::StudentT => (confidence.t_multiplier(degrees), IntervalMethod::StudentT),
        };
        let interval = factor.and_then(|factor| {
            let upper = (self.value() + factor * error).min(1.0);
            Interval::new((self.value() - factor * error).min(upper), upper, confidence, method)
        });
        self.with_estimate(self.estimate.with_standard_error(error).with_interval(interval))
    }

    pub(super) fn with_estimate(self, estimate: Estimate) -> Self {
        Self { estimate, ..self }
    }

    /// The value: 1 is complete agreement, 0 what chance alone would give, below 0 is less than chance.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.estimate.value()
    }

    /// The observed agreement: the share of pairs of ratings that agree, partly agreeing ones by their weight.
    #[must_use]
    pub fn observed(&self) -> f64 {
        self.observed.get()
    }

    /// The agreement that chance alone would give, each coefficient in its own sense; 0 for percent agreement.
    #[must_use]
    pub fn expected(&self) -> f64 {
        self.expected.get()
    }

    /// The standard error; absent for a single subject and where no formula is published.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.estimate.standard_error()
    }

    /// The interval; absent where there is no standard error.
    #[must_use]
    pub fn interval(&self) -> Option<&Interval> {
        self.estimate.interval()
    }

    /// Value, standard error and interval.
    #[must_use]
    pub fn estimate(&self) -> &Estimate {
        &self.estimate
    }

    /// What it rests on.
    #[must_use]
    pub fn counts(&self) -> &RatingCounts {
        &self.counts
    }
}

/// As its [`Estimate`], such as `0.62 (95 %: 0.38 to 0.86)`.
impl fmt::Display for Coefficient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.estimate, formatter)
    }
}
