use crate::statistics::checks::{estimate, positive, real};
use crate::statistics::{ConfidenceLevel, DataError, Estimate, Sample, Undefined};
use crate::value::Real;

/// Between which limits most differences between two ways of measuring lie.
///
/// *Answers*: may one way replace the other? *Assumes* one pair for each subject, and differences that are about normal and
/// do not grow with the size measured. *Formula*: mean difference ± multiplier × standard deviation of the differences;
/// standard error of a limit √(1/n + z²/2(n − 1)) times that deviation, t intervals with n − 1 degrees of freedom, none if
/// the differences are all alike. *Undefined when* there are fewer than two pairs. *Reference*: Bland and Altman 1986, Lancet i:307 (with multiplier 2), and 1999, Statistical Methods in Medical Research
/// 8:135 (1.96). *Checked against*: the peak-flow table of 1986.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, LimitsOfAgreement};
///
/// let pairs = [(494.0, 512.0), (395.0, 430.0), (516.0, 520.0), (434.0, 428.0), (476.0, 500.0)];
/// let limits = LimitsOfAgreement::of(&pairs, LimitsOfAgreement::MULTIPLIER, ConfidenceLevel::NINETY_FIVE)??;
/// assert_eq!(limits.bias().value(), -15.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "Bland-Altman")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitsOfAgreement {
    bias: Estimate,
    standard_deviation: Real,
    lower: Estimate,
    upper: Estimate,
}

impl LimitsOfAgreement {
    /// The multiplier for limits that hold 95 % of normal differences.
    pub const MULTIPLIER: f64 = 1.96;

    /// The limits of first − second measurement, `multiplier` standard deviations from the mean.
    ///
    /// # Errors
    ///
    /// Outer: a measurement or difference is not finite, or the multiplier is not above 0. Inner:
    /// [`Undefined::NoData`] without pairs, [`Undefined::TooFewSubjects`] with one.
    pub fn of(
        pairs: &[(f64, f64)],
        multiplier: f64,
        confidence: ConfidenceLevel,
    ) -> Result<Result<Self, Undefined>, DataError> {
        let multiplier = positive("the multiplier", "of limits of agreement", multiplier)?;
        let differences: Vec<f64> = pairs.iter().map(|(first, second)| first - second).collect();
        Ok(Self::of_differences(Sample::of(&differences)?, multiplier, confidence))
    }

    fn of_differences(sample: Sample, multiplier: f64, confidence: ConfidenceLevel) -> Result<Self, Undefined> {
        let deviation = sample.variance()?.sqrt();
        let bias = sample.mean(confidence)?;
        let (n, mean) = (sample.size() as f64, bias.value());
        let error = deviation * (1.0 / n + multiplier * multiplier / (2.0 * (n - 1.0))).sqrt();
        let limit = |value: f64| Ok::<_, Undefined>(estimate(value)?.with_t_interval(error, n - 1.0, confidence));
        let (lower, upper) = (limit(mean - multiplier * deviation)?, limit(mean + multiplier * deviation)?);
        Ok(Self { bias, standard_deviation: real(deviation)?, lower, upper })
    }

    /// The mean difference.
    #[must_use]
    pub fn bias(&self) -> &Estimate {
        &self.bias
    }

    /// The standard deviation of the differences.
    #[must_use]
    pub fn standard_deviation(&self) -> f64 {
        self.standard_deviation.get()
    }

    /// The lower limit.
    #[must_use]
    pub fn lower(&self) -> &Estimate {
        &self.lower
    }

    /// The upper limit.
    #[must_use]
    pub fn upper(&self) -> &Estimate {
        &self.upper
    }
}

/// The standard deviation of the difference of two measurements of one subject by the same way.
///
/// *Answers*: how far apart may two measurements of the same be? *Assumes* that nothing shifts between them. *Formula*:
/// √(Σ d²/n); the standard deviation within subjects is this over √2. *Undefined when* there are no pairs. *Reference*, *checked
/// against*: Bland and Altman 1986, Lancet i:307.
///
/// # Errors
///
/// [`Undefined::NoData`] without pairs; [`Undefined::OutOfRange`] if a measurement is not finite or the squares are too large.
pub fn repeatability(pairs: &[(f64, f64)]) -> Result<f64, Undefined> {
    if pairs.is_empty() {
        return Err(Undefined::NoData {});
    }
    let squares: f64 = pairs.iter().map(|(first, second)| (first - second).powi(2)).sum();
    Ok(real(squares / pairs.len() as f64)?.get().sqrt())
}
