use std::fmt;

use super::RatingCounts;
use crate::statistics::checks::{estimate, real};
use crate::statistics::proportion::score_limits;
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
    /// Over how many subjects, each judged right or wrong, the observed agreement would be as sure.
    effective: Option<Real>,
}

/// The squared deviations from which a standard error follows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    /// Over subjects, of their parts in the coefficient.
    pub(super) squares: f64,
    /// Over subjects, of their observed agreement, divided by 1 − expected.
    pub(super) observed_squares: f64,
    /// What a mean of squares is divided by for the squared standard error: the subjects, or one less.
    pub(super) divisor: f64,
}

/// The distribution that an interval takes its quantile from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Quantile {
    Normal,
    /// Student's t with one degree of freedom less than there are subjects.
    StudentT,
}

impl Coefficient {
    /// So many imaginary subjects, which agree fully or not at all, are counted with those seen: few subjects that are
    /// alike do not show how far the next may be.
    const IMAGINARY: f64 = 4.0;

    /// A value alone.
    pub(super) fn new(value: f64, observed: f64, expected: f64, counts: RatingCounts) -> Result<Self, Undefined> {
        let (observed, expected) = (real(observed)?, real(expected)?);
        Ok(Self { estimate: estimate(value)?, observed, expected, counts, effective: None })
    }

    /// With a standard error, from it an interval that ends at 1. One subject has neither; an error of 0 gives no
    /// interval.
    pub(super) fn with_error(self, spread: Spread, confidence: ConfidenceLevel, quantile: Quantile) -> Self {
        let subjects = self.counts.subjects as f64;
        let error = (spread.squares / (subjects * spread.divisor)).sqrt();
        if self.counts.subjects < 2 || !error.is_finite() {
            return self;
        }
        let (factor, method) = match quantile {
            Quantile::Normal => (Some(confidence.normal_multiplier()), IntervalMethod::Normal),
            Quantile::StudentT => (confidence.t_multiplier(subjects - 1.0), IntervalMethod::StudentT),
        };
        let interval = factor.filter(|_| error > 0.0).and_then(|factor| {
            let upper = (self.value() + factor * error).min(1.0);
            Interval::new((self.value() - factor * error).min(upper), upper, confidence, method)
        });
        let with_estimate = self.with_estimate(self.estimate.with_standard_error(error).with_interval(interval));
        Self { effective: self.effective(spread), ..with_estimate }
    }

    /// The variance of one subject counts at least as much as that of the observed agreement alone: where one category
    /// prevails, chance and agreement seem to move together, by luck.
    fn effective(&self, spread: Spread) -> Option<Real> {
        let subjects = self.counts.subjects as f64;
        let most = self.observed() * (1.0 - self.observed());
        let squares = spread.squares.max(spread.observed_squares) * (1.0 - self.expected()).powi(2);
        let variance = (squares + Self::IMAGINARY * most) / (subjects + Self::IMAGINARY);
        let effective = if most > 0.0 && variance > 0.0 { subjects * most / variance } else { subjects };
        Real::new(effective).ok()
    }

    /// Wilson's interval of the observed agreement, ± this many standard errors, chance taken off.
    fn score_limits(&self, multiplier: f64) -> Option<(f64, f64)> {
        let (lower, upper) = score_limits(self.observed(), self.effective?.get(), multiplier);
        let corrected = |agreement: f64| (agreement - self.expected()) / (1.0 - self.expected());
        Some((corrected(lower.max(0.0)).min(self.value()), corrected(upper.min(1.0)).max(self.value())))
    }

    /// With Wilson's interval in place of the other: the coefficient is a share.
    pub(super) fn with_wilson(self, confidence: ConfidenceLevel) -> Self {
        let limits = self.score_limits(confidence.normal_multiplier());
        let interval =
            limits.and_then(|(lower, upper)| Interval::new(lower, upper, confidence, IntervalMethod::Wilson));
        self.with_estimate(self.estimate.with_interval(interval))
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

    /// The published interval; absent where there is no standard error, and where it is estimated to be 0. It takes the
    /// error for known and claims too much near 1 and for few subjects: see [`score_interval`](Self::score_interval).
    #[must_use]
    pub fn interval(&self) -> Option<&Interval> {
        self.estimate.interval()
    }

    /// Why there is no [`interval`](Self::interval); nothing if there is one.
    ///
    /// ```
    /// use service_excellence::statistics::{
    ///     Categories, ConfidenceLevel, PairedRatings, Undefined, Weights, cohen_kappa,
    /// };
    ///
    /// // Two contacts on which two raters agree: that proves nothing.
    /// let pairs = PairedRatings::from_counts(Categories::numbered(0, 1)?, &[[1, 0], [0, 1]])?;
    /// let kappa = cohen_kappa(&pairs, &Weights::identity(), ConfidenceLevel::NINETY_FIVE)?;
    /// assert_eq!(kappa.no_interval(), Some(Undefined::NoSpread {}));
    /// let interval = kappa.score_interval(ConfidenceLevel::NINETY_FIVE).expect("two subjects");
    /// assert!(interval.lower() < 0.0 && interval.upper() >= 1.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn no_interval(&self) -> Option<Undefined> {
        if self.interval().is_some() {
            return None;
        }
        let few = || Undefined::too_few_subjects(usize::try_from(self.counts.subjects).unwrap_or(usize::MAX), 2);
        if self.counts.subjects < 2 {
            return Some(few());
        }
        Some(self.estimate.no_interval().unwrap_or(Undefined::NoFormula {}))
    }

    /// An interval that keeps its level for few subjects and at the ends of the scale; it is wider than the published one.
    ///
    /// *Answers*: between which values does the coefficient lie, of five subjects too, or when all agree? *Assumes*
    /// independent subjects; chance is taken as estimated. *Formula*: with p and e the observed and the expected agreement,
    /// Wilson's limits of p with the quantile of Student's t, less chance: (limit − e)/(1 − e). The effective counts are
    /// n·p(1 − p)/v, v the larger of the variances of one subject in the coefficient (× (1 − e)²) and in p, of n subjects and
    /// four imaginary ones of variance p(1 − p). At p = 0 and 1 they are n. *Undefined when* there is no standard error
    /// (alpha and Light's kappa: by [`Jackknife`](crate::statistics::Jackknife)). *Reference*: Wilson 1927, J. American
    /// Statistical Association 22:209; effective counts: Korn and Graubard 1998, Survey Methodology 24:193; the floor and
    /// the imaginary subjects are this crate's. *Checked against* simulation, in the guide on
    /// [choosing a statistic](crate::guide::choosing_a_statistic).
    #[must_use]
    pub fn score_interval(&self, confidence: ConfidenceLevel) -> Option<Interval> {
        let degrees = self.counts.subjects.saturating_sub(1) as f64;
        let (lower, upper) = self.score_limits(confidence.t_multiplier(degrees)?)?;
        Interval::new(lower, upper, confidence, IntervalMethod::BoundedScore)
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
