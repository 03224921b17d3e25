use super::checks::{estimate, finite, real};
use super::place::nth;
use super::{ConfidenceLevel, DataError, Estimate, Undefined};

/// Independent numbers of one kind, reduced to how many there are, their mean and their spread.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, Sample};
///
/// let (before, after) = (Sample::of(&[3.0, 4.0, 3.0, 2.0])?, Sample::of(&[4.0, 5.0, 4.0, 4.0])?);
/// let change = after.difference(before, ConfidenceLevel::NINETY_FIVE)?;
/// assert_eq!(change.value(), 1.25);
///
/// // Where only sums were kept: of 2, 4, 4 and 6.
/// let mean = Sample::from_sums(4, 16, 72, 1.0)?.mean(ConfidenceLevel::NINETY_FIVE)?;
/// assert_eq!(format!("{} ± {:.3}", mean.value(), mean.standard_error().expect("four numbers")), "4 ± 0.816");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    size: u64,
    mean: f64,
    /// Σ(x − mean)².
    squares: f64,
}

// Finite numbers are equal to themselves.
impl Eq for Sample {}

impl Sample {
    /// Takes the numbers; none are data too.
    ///
    /// # Errors
    ///
    /// A number is not finite, or together they are too large.
    pub fn of(values: &[f64]) -> Result<Self, DataError> {
        for (index, value) in values.iter().enumerate() {
            finite("the number", &nth("at position", index), *value)?;
        }
        let origin = values.first().copied().unwrap_or(0.0);
        let size = values.len();
        let shift = if size == 0 { 0.0 } else { values.iter().map(|value| value - origin).sum::<f64>() / size as f64 };
        let squares: f64 = values.iter().map(|value| (value - origin - shift).powi(2)).sum();
        let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
        let noise = size as f64 * (4.0 * f64::EPSILON * largest).powi(2);
        finite("the sum of squares", "of a sample", squares)?;
        Ok(Self { size: size as u64, mean: origin + shift, squares: if squares <= noise { 0.0 } else { squares } })
    }

    /// `count` whole numbers with this sum and this sum of squares, each in `unit`s.
    ///
    /// Such sums are exact, so parts can be added up in any order; a unit of 0.000001 makes whole numbers of decimals.
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] if the sums are those of no numbers at all or too large to be multiplied in 128 bits, or
    /// the unit is not finite and above 0.
    pub fn from_sums(count: u64, sum: u128, squares: u128, unit: f64) -> Result<Self, Undefined> {
        // In whole numbers, so that nothing cancels.
        let spread = || u128::from(count).checked_mul(squares)?.checked_sub(sum.checked_mul(sum)?);
        let spread = spread().filter(|_| unit > 0.0).ok_or(Undefined::OutOfRange {})? as f64;
        let size = count.max(1) as f64;
        let (mean, squares) = (real(sum as f64 / size * unit)?, real(spread / size * unit * unit)?);
        Ok(Self { size: count, mean: mean.get(), squares: squares.get() })
    }

    /// How many numbers there are.
    #[must_use]
    pub fn size(self) -> u64 {
        self.size
    }

    /// The mean with Student's interval.
    ///
    /// *Answers*: where does the mean of all such numbers lie? *Assumes* independent numbers and a mean that is roughly
    /// normal. *Formula*: Σx/n, standard error s/√n, ± the quantile of t with n − 1 degrees of freedom. A single number has
    /// neither; numbers that are all alike have a standard error of 0 and no interval, since they do not show how far the
    /// next may lie. *Undefined when* there are no numbers. *Reference*: Student 1908, Biometrika 6:1. *Checked against*:
    /// the density of t, integrated numerically.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without numbers.
    pub fn mean(self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let mean = estimate(self.plain_mean()?)?;
        let Ok(variance) = self.variance() else { return Ok(mean) };
        let n = self.size as f64;
        Ok(mean.with_t_interval((variance / n).sqrt(), n - 1.0, confidence))
    }

    /// The variance s²: the sum of squares around the mean, divided by one less than the size.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without numbers, [`Undefined::TooFewSubjects`] with one.
    pub fn variance(self) -> Result<f64, Undefined> {
        match self.size {
            0 => Err(Undefined::NoData {}),
            1 => Err(Undefined::too_few_subjects(1, 2)),
            size => Ok(self.squares / (size as f64 - 1.0)),
        }
    }

    /// This mean − that mean, of samples that have nothing to do with each other and may vary differently.
    ///
    /// *Answers*: do two groups differ in their means? For pairs, take the [`mean`](Self::mean) of the differences.
    /// *Assumes* as [`mean`](Self::mean), of both. *Formula*: standard error √(s₁²/n₁ + s₂²/n₂), t interval with Welch's
    /// degrees of freedom; neither with a sample of one number, no interval if neither sample varies. *Undefined when* a
    /// sample has no numbers. *Reference*: Welch 1947, Biometrika 34:28. *Checked against*: scipy 1.17 `ttest_ind`.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without numbers in either; [`Undefined::OutOfRange`] if the difference is not finite.
    pub fn difference(self, other: Self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let difference = estimate(self.plain_mean()? - other.plain_mean()?)?;
        let (Ok(one), Ok(two)) = (self.variance(), other.variance()) else { return Ok(difference) };
        let (n, m) = (self.size as f64, other.size as f64);
        let (one, two) = (one / n, two / m);
        let sum = real(one + two)?.get();
        if sum <= 0.0 {
            return Ok(difference.with_standard_error(0.0));
        }
        let degrees = 1.0 / ((one / sum).powi(2) / (n - 1.0) + (two / sum).powi(2) / (m - 1.0));
        Ok(difference.with_t_interval(sum.sqrt(), degrees, confidence))
    }

    /// The mean alone.
    pub(crate) fn plain_mean(self) -> Result<f64, Undefined> {
        if self.size == 0 { Err(Undefined::NoData {}) } else { Ok(self.mean) }
    }

    /// The sum of squares around the mean.
    pub(super) fn sum_of_squares(self) -> f64 {
        self.squares
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

    /// The numbers through either door.
    fn of(numbers: &[u32]) -> [Sample; 2] {
        let sum = numbers.iter().map(|number| u128::from(*number)).sum();
        let squares = numbers.iter().map(|number| u128::from(*number).pow(2)).sum();
        let decimals: Vec<f64> = numbers.iter().map(|number| f64::from(*number)).collect();
        [Sample::from_sums(numbers.len() as u64, sum, squares, 1.0).unwrap(), Sample::of(&decimals).unwrap()]
    }

    fn assert_numbers(found: Estimate, expected: [f64; 4], tolerance: f64) {
        let interval = found.interval().unwrap();
        let found = [found.value(), found.standard_error().unwrap(), interval.lower(), interval.upper()];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < tolerance, "{found} is not {expected}");
        }
    }

    /// Expected values from the density of t, integrated by Simpson's rule over 400,000 steps.
    #[test]
    fn a_mean_has_the_interval_of_student() {
        let expected = [3.625, 0.532_430_411_281_270_4, 2.366_002_137_198_794_5, 4.883_997_862_801_205];
        for sample in of(&[2, 4, 4, 5, 5, 5, 1, 3]) {
            assert_numbers(sample.mean(LEVEL).unwrap(), expected, 1e-9);
        }
    }

    /// From the same integration, with Welch's 10.9996 degrees of freedom.
    #[test]
    fn two_means_differ_by_the_interval_of_welch() {
        let expected = [0.775, 0.665_944_549_386_165_3, -0.690_740_370_657_140_7, 2.240_740_370_657_141];
        for (one, other) in of(&[5, 5, 4, 3, 5]).into_iter().zip(of(&[2, 4, 4, 5, 5, 5, 1, 3])) {
            assert_numbers(one.difference(other, LEVEL).unwrap(), expected, 1e-9);
        }
    }

    /// scipy 1.17.1: `ttest_ind(…, equal_var=False).confidence_interval(0.95)`.
    #[test]
    fn welch_agrees_with_scipy() {
        let (one, two) = (Sample::of(&[3.1, 4.0, 2.2, 5.7, 4.4]).unwrap(), Sample::of(&[1.0, 2.5, 0.3, 9.1]).unwrap());
        let found = one.difference(two, LEVEL).unwrap();
        let interval = found.interval().unwrap();
        let (lower, upper) = (-5.490718745421322, 6.800718745421323);
        assert!((interval.lower() - lower).abs() < 1e-11 && (interval.upper() - upper).abs() < 1e-11, "{interval:?}");
    }

    #[test]
    fn one_number_and_equal_numbers_have_no_interval() {
        for one in of(&[4]) {
            let mean = one.mean(LEVEL).unwrap();
            assert_eq!((mean.value(), mean.standard_error(), mean.interval()), (4.0, None, None));
            assert_eq!(one.difference(one, LEVEL).unwrap().standard_error(), None);
        }
        for alike in of(&[4, 4, 4]) {
            let mean = alike.mean(LEVEL).unwrap();
            assert_eq!((mean.standard_error(), mean.interval()), (Some(0.0), None));
        }
        for none in of(&[]) {
            assert_eq!(none.mean(LEVEL), Err(Undefined::NoData {}));
            assert_eq!(none.variance(), Err(Undefined::NoData {}));
        }
    }

    #[test]
    fn sums_of_no_numbers_are_refused() {
        for (sum, squares, unit) in [(10, 3, 1.0), (u128::MAX, 3, 1.0), (4, 8, 0.0), (4, 8, f64::INFINITY)] {
            assert_eq!(Sample::from_sums(2, sum, squares, unit), Err(Undefined::OutOfRange {}));
        }
        assert!(Sample::of(&[1.0, f64::NAN]).is_err());
    }
}
