use super::distributions::{beta_quantile, normal_quantile};
use super::{ConfidenceLevel, DataError, Estimate, Interval, IntervalMethod, Undefined};

/// How many of how many: successes in trials.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, Proportion};
///
/// // Two of three reviews passed. That proves little.
/// let share = Proportion::new(2, 3)?.wilson(ConfidenceLevel::NINETY_FIVE)?;
/// let interval = share.interval().expect("a proportion has an interval");
/// assert_eq!(format!("{:.3} to {:.3}", interval.lower(), interval.upper()), "0.208 to 0.939");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Proportion {
    successes: u64,
    trials: u64,
}

impl Proportion {
    /// Successes in trials; no trials are data too, of which no share is defined.
    ///
    /// # Errors
    ///
    /// There are more successes than trials.
    pub fn new(successes: u64, trials: u64) -> Result<Self, DataError> {
        if successes > trials {
            let allowed = format!("a whole number from 0 to {trials}, the number of trials");
            return Err(DataError::new("the number of successes", "of a proportion", successes, allowed));
        }
        Ok(Self { successes, trials })
    }

    /// The successes.
    #[must_use]
    pub fn successes(self) -> u64 {
        self.successes
    }

    /// The trials.
    #[must_use]
    pub fn trials(self) -> u64 {
        self.trials
    }

    /// The share with Wilson's score interval, the one to use by default: it holds its level for few trials and stays
    /// within 0 and 1.
    ///
    /// *Assumes* independent trials with one probability. *Formula*: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n);
    /// standard error √(p(1−p)/n). *Reference*: Wilson 1927, J. American Statistical Association 22:209. *Checked
    /// against*: Newcombe 1998, table I.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without trials.
    pub fn wilson(self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let (share, n) = self.share()?;
        let z = normal_quantile(1.0 - confidence.lower_tail());
        let (centre, scale) = (share + z * z / (2.0 * n), 1.0 + z * z / n);
        let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
        let ends = ((centre - half) / scale, (centre + half) / scale);
        self.estimate(ends, confidence, IntervalMethod::Wilson)
    }

    /// The share with the exact interval: it holds at least its level for every probability, and is wide.
    ///
    /// *Formula*: quantiles of Beta(x, n−x+1) and Beta(x+1, n−x). *Reference*: Clopper and Pearson 1934, Biometrika
    /// 26:404.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without trials.
    pub fn clopper_pearson(self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        self.share()?;
        let (x, rest, tail) = (self.successes as f64, (self.trials - self.successes) as f64, confidence.lower_tail());
        let ends = (beta_quantile(tail, x, rest + 1.0), beta_quantile(1.0 - tail, x + 1.0, rest));
        self.estimate((ends.0.unwrap_or(0.0), ends.1.unwrap_or(1.0)), confidence, IntervalMethod::ClopperPearson)
    }

    /// The share with the interval of Jeffreys' prior, between the two others in width.
    ///
    /// *Formula*: quantiles of Beta(x+½, n−x+½); the lower end is 0 at x = 0 and the upper 1 at x = n. *Reference*: Brown,
    /// Cai and DasGupta 2001, Statistical Science 16:101.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without trials.
    pub fn jeffreys(self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        self.share()?;
        let (x, rest, tail) = (self.successes as f64, (self.trials - self.successes) as f64, confidence.lower_tail());
        let quantile = |probability| beta_quantile(probability, x + 0.5, rest + 0.5).ok_or(Undefined::OutOfRange {});
        self.estimate((quantile(tail)?, quantile(1.0 - tail)?), confidence, IntervalMethod::Jeffreys)
    }

    /// This share − that share, of trials that have nothing to do with each other, with Newcombe's hybrid score interval.
    ///
    /// *Formula*: with Wilson's limits l and u of either share, d − √((p₁ − l₁)² + (u₂ − p₂)²) to
    /// d + √((u₁ − p₁)² + (p₂ − l₂)²); standard error √(p₁(1 − p₁)/n₁ + p₂(1 − p₂)/n₂). *Reference*: Newcombe 1998, Statistics in
    /// Medicine 17:873, method 10. *Checked against*: statsmodels 0.15 `confint_proportions_2indep`.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] if either has no trials.
    pub fn difference_from(self, other: Self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let ((p, n), (q, m)) = (self.share()?, other.share()?);
        let ((p_lower, p_upper), (q_lower, q_upper)) =
            (self.wilson_limits(confidence)?, other.wilson_limits(confidence)?);
        let difference = p - q;
        let lower = difference - (p - p_lower).hypot(q_upper - q);
        let upper = difference + (p_upper - p).hypot(q - q_lower);
        let interval = Interval::new(lower.max(-1.0), upper.min(1.0), confidence, IntervalMethod::Newcombe);
        let error = (p * (1.0 - p) / n + q * (1.0 - q) / m).sqrt();
        let estimate = Estimate::of(difference).ok_or(Undefined::OutOfRange {})?;
        Ok(estimate.with_standard_error(error).with_interval(interval))
    }

    fn wilson_limits(self, confidence: ConfidenceLevel) -> Result<(f64, f64), Undefined> {
        let estimate = self.wilson(confidence)?;
        let interval = estimate.interval().ok_or(Undefined::OutOfRange {})?;
        Ok((interval.lower(), interval.upper()))
    }

    fn share(self) -> Result<(f64, f64), Undefined> {
        if self.trials == 0 {
            return Err(Undefined::NoData {});
        }
        Ok((self.successes as f64 / self.trials as f64, self.trials as f64))
    }

    /// At 0 and at n one end is known without computing.
    fn estimate(
        self,
        (lower, upper): (f64, f64),
        confidence: ConfidenceLevel,
        method: IntervalMethod,
    ) -> Result<Estimate, Undefined> {
        let (share, n) = self.share()?;
        let lower = if self.successes == 0 { 0.0 } else { lower.max(0.0) };
        let upper = if self.successes == self.trials { 1.0 } else { upper.min(1.0) };
        let interval = Interval::new(lower, upper, confidence, method).ok_or(Undefined::OutOfRange {})?;
        let estimate = Estimate::of(share).ok_or(Undefined::OutOfRange {})?;
        Ok(estimate.with_standard_error((share * (1.0 - share) / n).sqrt()).with_interval(Some(interval)))
    }
}
