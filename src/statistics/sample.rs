use super::checks::{estimate, finite, real};
use super::distributions::t_quantile;
use super::{ConfidenceLevel, DataError, Estimate, Interval, IntervalMethod, Undefined};

/// Independent numbers of one kind, reduced to size, mean and variance.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, Sample};
///
/// let (before, after) = (Sample::of(&[3.0, 4.0, 3.0, 2.0])?, Sample::of(&[4.0, 5.0, 4.0, 4.0])?);
/// let change = after.difference_from(before, ConfidenceLevel::NINETY_FIVE)?;
/// assert_eq!(change.value(), 1.25);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    size: usize,
    mean: f64,
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
            finite("the number", &format!("at position {}", index + 1), *value)?;
        }
        let origin = values.first().copied().unwrap_or(0.0);
        let size = values.len();
        let shift = if size == 0 { 0.0 } else { values.iter().map(|value| value - origin).sum::<f64>() / size as f64 };
        let squares: f64 = values.iter().map(|value| (value - origin - shift).powi(2)).sum();
        let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
        let noise = size as f64 * (4.0 * f64::EPSILON * largest).powi(2);
        finite("the sum of squares", "of a sample", squares)?;
        Ok(Self { size, mean: origin + shift, squares: if squares <= noise { 0.0 } else { squares } })
    }

    /// How many numbers there are.
    #[must_use]
    pub fn size(self) -> usize {
        self.size
    }

    /// The mean with its standard error and t interval; one number has neither.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without numbers.
    pub fn mean(self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        if self.size == 0 {
            return Err(Undefined::NoData {});
        }
        let value = estimate(self.mean)?;
        let Ok(variance) = self.variance() else { return Ok(value) };
        let error = (variance / self.size as f64).sqrt();
        Ok(with_t_interval(value, error, self.size as f64 - 1.0, confidence))
    }

    /// The variance, divided by one less than the size.
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

    /// The mean, 0 without numbers.
    pub(super) fn plain_mean(self) -> f64 {
        self.mean
    }

    /// The sum of squares around the mean.
    pub(super) fn sum_of_squares(self) -> f64 {
        self.squares
    }

    /// This mean − that mean, of samples that have nothing to do with each other and may vary differently.
    ///
    /// For pairs, take the [`mean`](Self::mean) of the differences. *Formula*: standard error √(s₁²/n₁ + s₂²/n₂), t interval with
    /// Welch's degrees of freedom; no interval if neither sample varies. *Reference*: Welch 1947, Biometrika 34:28. *Checked
    /// against*: scipy 1.17 `ttest_ind`.
    ///
    /// # Errors
    ///
    /// As [`variance`](Self::variance), for either sample.
    pub fn difference_from(self, other: Self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let parts = [self, other]
            .map(|sample| Ok::<_, Undefined>((sample.variance()? / sample.size as f64, sample.size as f64 - 1.0)));
        let [one, two] = parts;
        let ((one, one_degrees), (two, two_degrees)) = (one?, two?);
        let value = estimate(self.mean - other.mean)?;
        let sum = one + two;
        if sum <= 0.0 {
            return Ok(value.with_standard_error(0.0));
        }
        let degrees = 1.0 / ((one / sum).powi(2) / one_degrees + (two / sum).powi(2) / two_degrees);
        Ok(with_t_interval(value, real(sum)?.get().sqrt(), degrees, confidence))
    }
}

/// Estimate ± quantile of Student's t × standard error.
pub(super) fn with_t_interval(value: Estimate, error: f64, degrees: f64, confidence: ConfidenceLevel) -> Estimate {
    let half = t_quantile(1.0 - confidence.lower_tail(), degrees).map(|quantile| quantile * error);
    let interval = half.and_then(|half| {
        Interval::new(value.value() - half, value.value() + half, confidence, IntervalMethod::StudentT)
    });
    value.with_standard_error(error).with_interval(interval)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn welch_agrees_with_scipy() {
        let (one, two) = (Sample::of(&[3.1, 4.0, 2.2, 5.7, 4.4]).unwrap(), Sample::of(&[1.0, 2.5, 0.3, 9.1]).unwrap());
        let found = one.difference_from(two, ConfidenceLevel::NINETY_FIVE).unwrap();
        let interval = found.interval().unwrap();
        // scipy 1.17.1: ttest_ind(…, equal_var=False).confidence_interval(0.95).
        assert!(
            (interval.lower() - WELCH.0).abs() < 1e-11 && (interval.upper() - WELCH.1).abs() < 1e-11,
            "{interval:?}"
        );
    }

    const WELCH: (f64, f64) = (-5.490718745421322, 6.800718745421323);

    #[test]
    fn what_cannot_vary_has_no_error() {
        let one = Sample::of(&[4.0]).unwrap();
        let mean = one.mean(ConfidenceLevel::NINETY).unwrap();
        assert_eq!((mean.value(), mean.standard_error()), (4.0, None));
        assert_eq!(one.difference_from(one, ConfidenceLevel::NINETY), Err(Undefined::too_few_subjects(1, 2)));
        assert_eq!(Sample::of(&[]).unwrap().mean(ConfidenceLevel::NINETY), Err(Undefined::NoData {}));
        assert!(Sample::of(&[1.0, f64::NAN]).is_err());
    }
}
