use super::checks::estimate;
use super::distributions::t_quantile;
use super::{ConfidenceLevel, Estimate, Interval, IntervalMethod, Undefined};

/// Count, sum and sum of squares of whole numbers: all that a mean and its interval need.
///
/// The sums are exact, so parts can be added up in any order. The numbers may be units of something smaller: a unit of
/// 0.000001 makes whole numbers of decimals.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, SampleMean};
///
/// // 2, 4, 4 and 6.
/// let mean = SampleMean::from_sums(4, 16, 72, 1.0).mean(ConfidenceLevel::NINETY_FIVE)?;
/// assert_eq!(mean.value(), 4.0);
/// assert_eq!(format!("{:.3}", mean.standard_error().expect("four numbers")), "0.816");
/// # Ok::<(), service_excellence::statistics::Undefined>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleMean {
    count: u64,
    sum: u128,
    squares: u128,
    unit: f64,
}

impl SampleMean {
    /// `count` numbers with this sum and this sum of squares, each number in `unit`s.
    #[must_use]
    pub fn from_sums(count: u64, sum: u128, squares: u128, unit: f64) -> Self {
        Self { count, sum, squares, unit }
    }

    /// The mean with Student's interval.
    ///
    /// *Assumes* independent numbers and a mean that is roughly normal. *Formula*: Σx/n; standard error s/√n with
    /// s² = (n·Σx² − (Σx)²) / (n(n−1)), its numerator in whole numbers, so that nothing cancels; the interval is ± the
    /// quantile of t with n−1 degrees of freedom. A single number has neither; numbers that are all alike have a
    /// standard error of 0 and no interval, since they do not show how far the next may lie. *Reference*: Student 1908,
    /// Biometrika 6:1.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without numbers; [`Undefined::OutOfRange`] if the sums are too large, or of no numbers at all.
    pub fn mean(self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let mean = estimate(self.value()?)?;
        if self.count < 2 {
            return Ok(mean);
        }
        let error = self.variance_of_mean()?.sqrt();
        let interval = interval(mean.value(), error, self.count as f64 - 1.0, confidence);
        Ok(mean.with_standard_error(error).with_interval(interval))
    }

    /// This mean minus the other.
    ///
    /// *Assumes* that the two sets are independent; their spreads may differ. *Formula*: standard error
    /// √(s₁²/n₁ + s₂²/n₂), with Welch's degrees of freedom. With fewer than two numbers in a set there is neither.
    /// *Reference*: Welch 1947, Biometrika 34:28.
    ///
    /// # Errors
    ///
    /// As [`mean`](Self::mean), of either.
    pub fn difference(self, other: Self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let difference = estimate(self.value()? - other.value()?)?;
        if self.count < 2 || other.count < 2 {
            return Ok(difference);
        }
        let (first, second) = (self.variance_of_mean()?, other.variance_of_mean()?);
        let error = (first + second).sqrt();
        let spread = first * first / (self.count as f64 - 1.0) + second * second / (other.count as f64 - 1.0);
        let degrees = (first + second) * (first + second) / spread;
        Ok(difference.with_standard_error(error).with_interval(interval(
            difference.value(),
            error,
            degrees,
            confidence,
        )))
    }

    fn value(self) -> Result<f64, Undefined> {
        if self.count == 0 {
            return Err(Undefined::NoData {});
        }
        Ok(self.sum as f64 / self.count as f64 * self.unit)
    }

    /// s²/n; there are two numbers or more.
    fn variance_of_mean(self) -> Result<f64, Undefined> {
        let count = u128::from(self.count);
        let spread = || count.checked_mul(self.squares)?.checked_sub(self.sum.checked_mul(self.sum)?);
        let spread = spread().ok_or(Undefined::OutOfRange {})? as f64;
        let count = self.count as f64;
        Ok(spread / (count * count * (count - 1.0)) * self.unit * self.unit)
    }
}

/// Nothing without spread.
fn interval(value: f64, error: f64, degrees: f64, confidence: ConfidenceLevel) -> Option<Interval> {
    if error <= 0.0 {
        return None;
    }
    let reach = t_quantile(1.0 - confidence.lower_tail(), degrees)? * error;
    Interval::new(value - reach, value + reach, confidence, IntervalMethod::StudentT)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

    fn of(numbers: &[u32]) -> SampleMean {
        let sum = numbers.iter().map(|number| u128::from(*number)).sum();
        let squares = numbers.iter().map(|number| u128::from(*number).pow(2)).sum();
        SampleMean::from_sums(numbers.len() as u64, sum, squares, 1.0)
    }

    /// Expected values from the density of t, integrated by Simpson's rule over 400,000 steps.
    #[test]
    fn a_mean_has_the_interval_of_student() {
        let mean = of(&[2, 4, 4, 5, 5, 5, 1, 3]).mean(LEVEL).unwrap();
        let interval = mean.interval().unwrap();
        let found = [mean.value(), mean.standard_error().unwrap(), interval.lower(), interval.upper()];
        let expected = [3.625, 0.532_430_411_281_270_4, 2.366_002_137_198_794_5, 4.883_997_862_801_205];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
        }
    }

    /// From the same integration, with Welch's 10.9996 degrees of freedom.
    #[test]
    fn two_means_differ_by_the_interval_of_welch() {
        let change = of(&[5, 5, 4, 3, 5]).difference(of(&[2, 4, 4, 5, 5, 5, 1, 3]), LEVEL).unwrap();
        let interval = change.interval().unwrap();
        let found = [change.value(), change.standard_error().unwrap(), interval.lower(), interval.upper()];
        let expected = [0.775, 0.665_944_549_386_165_3, -0.690_740_370_657_140_7, 2.240_740_370_657_141];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
        }
    }

    #[test]
    fn one_number_and_equal_numbers_have_no_interval() {
        let one = of(&[4]).mean(LEVEL).unwrap();
        assert_eq!((one.value(), one.standard_error(), one.interval()), (4.0, None, None));
        let alike = of(&[4, 4, 4]).mean(LEVEL).unwrap();
        assert_eq!((alike.standard_error(), alike.interval()), (Some(0.0), None));
        assert_eq!(of(&[]).mean(LEVEL), Err(Undefined::NoData {}));
    }

    #[test]
    fn sums_of_no_numbers_are_refused() {
        assert_eq!(SampleMean::from_sums(2, 10, 3, 1.0).mean(LEVEL), Err(Undefined::OutOfRange {}));
        assert_eq!(SampleMean::from_sums(2, u128::MAX, 3, 1.0).mean(LEVEL), Err(Undefined::OutOfRange {}));
    }
}
