use crate::statistics::checks::{estimate, share};
use crate::statistics::{ConfidenceLevel, DataError, Estimate, Norm, Undefined};
use crate::value::Real;

/// How far one score can be trusted, given how reliable the measurement is among comparable subjects.
///
/// *Answers*: where does the true score lie? *Assumes* one error variance for all subjects, and that the subject comes from
/// the group of the norm. *Formula*: standard error of measurement s·√(1 − r); true score m + r(x − m) with standard error
/// s·√(r(1 − r)). *Undefined when* numbers are too large. *Reference*: Kelley 1947, Fundamentals of Statistics; Lord and
/// Novick 1968. *Checked against*: the definition, by hand.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, MeasurementError, Norm};
///
/// let scale = MeasurementError::new(Norm::new(100.0, 15.0)?, 0.91)?;
/// assert_eq!(format!("{:.2}", scale.standard_error()), "4.50");
/// let truth = scale.true_score(130.0, ConfidenceLevel::NINETY_FIVE)?;
/// assert_eq!(format!("{:.1}", truth.value()), "127.3");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "SEM")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MeasurementError {
    norm: Norm,
    reliability: Real,
}

impl MeasurementError {
    /// Mean and standard deviation among comparable subjects, and the reliability of the score.
    ///
    /// # Errors
    ///
    /// The reliability is not from 0 to 1.
    pub fn new(norm: Norm, reliability: f64) -> Result<Self, DataError> {
        let error = |_| DataError::new("the reliability", "of a score", reliability, "a number from 0 to 1");
        let reliability = Real::new(share("the reliability", "of a score", reliability)?).map_err(error)?;
        Ok(Self { norm, reliability })
    }

    /// The standard deviation of one subject's scores over many measurements, in units of the score.
    #[must_use]
    pub fn standard_error(self) -> f64 {
        self.norm.standard_deviation() * (1.0 - self.reliability.get()).sqrt()
    }

    /// Kelley's estimate of the true score: drawn towards the mean, with its standard error and normal interval.
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] if the observed score or the result is not finite.
    pub fn true_score(self, observed: f64, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        let (mean, reliability) = (self.norm.mean(), self.reliability.get());
        let value = estimate(mean + reliability * (observed - mean))?;
        let error = self.norm.standard_deviation() * (reliability * (1.0 - reliability)).sqrt();
        Ok(value.with_normal_interval(error, confidence))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_without_reliability_tells_only_the_mean() {
        let scale = MeasurementError::new(Norm::new(3.0, 0.5).unwrap(), 0.0).unwrap();
        let truth = scale.true_score(5.0, ConfidenceLevel::NINETY).unwrap();
        assert_eq!((truth.value(), truth.standard_error()), (3.0, Some(0.0)));
        assert!(MeasurementError::new(Norm::new(3.0, 0.5).unwrap(), 1.1).is_err());
        assert!(scale.true_score(f64::INFINITY, ConfidenceLevel::NINETY).is_err());
    }
}
