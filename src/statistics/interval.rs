use std::fmt;

use super::ConfidenceLevel;
use crate::value::strict::{choice, object};
use crate::value::{ENDS_IN_ORDER, Fault, Faults, Real};

object! {
    /// A range of values that fit the data, how often such ranges hold the true value, and how it was made.
    #[derive(Copy)]
    pub struct Interval {
        /// The lower end.
        lower: Real,
        /// The upper end, at least the lower one.
        upper: Real,
        /// How often intervals made so hold the true value.
        confidence: ConfidenceLevel,
        /// How it was made.
        method: IntervalMethod,
    }
    checked by Interval::check
}

choice! {
    /// How an interval was made.
    pub enum IntervalMethod: "How an interval was made" {
        /// Wilson's score interval of a proportion (Wilson 1927).
        Wilson = "wilson",
        /// Wilson's intervals of two proportions, joined for their difference (Newcombe 1998, method 10).
        Newcombe = "newcombe",
        /// The exact binomial interval of Clopper and Pearson (1934).
        ClopperPearson = "clopper_pearson",
        /// The equal-tailed interval of Jeffreys' prior, closed at 0 and at n (Brown, Cai and DasGupta 2001).
        Jeffreys = "jeffreys",
        /// Wilson's score interval carried over to another number with two ends, by effective observations: to the mean of
        /// ratings, to a coefficient of agreement.
        BoundedScore = "bounded_score",
        /// Of a difference: from the intervals of its two parts (Newcombe 1998; Zou and Donner 2008).
        SquareAndAdd = "square_and_add",
        /// Estimate ± normal quantile × standard error.
        Normal = "normal",
        /// A normal interval after three answers were added: ¾ high, ¾ low, 1½ between (Rocks 2016).
        AdjustedWald = "adjusted_wald",
        /// Estimate ± quantile of Student's t × standard error.
        StudentT = "student_t",
        /// From quantiles of the F distribution.
        FisherF = "fisher_f",
        /// From quantiles of the chi-squared distribution.
        ChiSquared = "chi_squared",
        /// A normal interval of the logarithm, carried back.
        LogNormal = "log_normal",
        /// A normal interval of a measure, its ends carried over to another scale, such as from logits to steps.
        Transformed = "transformed",
        /// The middle share of bootstrap replicates.
        BootstrapPercentile = "bootstrap_percentile",
        /// The bootstrap corrected for bias and acceleration (Efron 1987).
        BootstrapBca = "bootstrap_bca",
        /// From order statistics, placed by the variance of a rank statistic.
        RankStatistic = "rank_statistic",
        /// The middle of a posterior distribution.
        Posterior = "posterior",
    }
}

impl Interval {
    /// An interval from `lower` to `upper`; nothing unless the ends are finite and in order. Ends that meet would claim
    /// certainty, which no data give: no interval then.
    pub(crate) fn new(lower: f64, upper: f64, confidence: ConfidenceLevel, method: IntervalMethod) -> Option<Self> {
        let (lower, upper) = (Real::new(lower).ok()?, Real::new(upper).ok()?);
        (lower < upper).then_some(Self { lower, upper, confidence, method })
    }

    /// The interval from `centre` − `half` to `centre` + `half`.
    pub(crate) fn around(centre: f64, half: f64, confidence: ConfidenceLevel, method: IntervalMethod) -> Option<Self> {
        Self::new(centre - half, centre + half, confidence, method)
    }

    /// The lower end.
    #[must_use]
    pub fn lower(&self) -> f64 {
        self.lower.get()
    }

    /// The upper end.
    #[must_use]
    pub fn upper(&self) -> f64 {
        self.upper.get()
    }

    /// Upper end − lower end; the largest number there is when that is larger.
    #[must_use]
    pub fn width(&self) -> f64 {
        (self.upper() - self.lower()).min(f64::MAX)
    }

    /// How often intervals made so hold the true value.
    #[must_use]
    pub fn confidence(&self) -> ConfidenceLevel {
        self.confidence
    }

    /// How it was made.
    #[must_use]
    pub fn method(&self) -> IntervalMethod {
        self.method
    }

    /// Whether the number lies in the interval, its ends included.
    #[must_use]
    pub fn contains(&self, number: f64) -> bool {
        (self.lower()..=self.upper()).contains(&number)
    }

    /// With ends to six decimals.
    #[must_use]
    pub fn to_six_decimals(self) -> Self {
        Self { lower: self.lower.to_six_decimals(), upper: self.upper.to_six_decimals(), ..self }
    }

    /// With ends in another unit, `factor` (above 0) of which make one of this.
    pub(super) fn times(self, factor: f64) -> Self {
        let scaled = |end: Real| Real::new(end.get() * factor).unwrap_or(end);
        Self { lower: scaled(self.lower), upper: scaled(self.upper), ..self }
    }

    /// Moved by `distance`, with the same width.
    pub(super) fn plus(self, distance: f64) -> Self {
        let moved = |end: Real| Real::new(end.get() + distance).unwrap_or(end);
        Self { lower: moved(self.lower), upper: moved(self.upper), ..self }
    }

    fn check(&self) -> Result<(), Faults> {
        let is_reversed = self.lower > self.upper;
        let fault = || {
            let message = format!("the lower end `{}` lies above the upper end `{}`", self.lower, self.upper);
            Fault::new(ENDS_IN_ORDER, "/lower", message)
        };
        Faults::none_of(is_reversed.then(fault).into_iter().collect())
    }
}

/// In words, such as `0.38 to 0.86 (90 %)`: two decimals unless the format asks for another precision.
impl fmt::Display for Interval {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = formatter.precision().unwrap_or(2);
        write!(formatter, "{:.places$} to {:.places$} ({})", self.lower, self.upper, self.confidence)
    }
}
