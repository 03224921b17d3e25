use super::{ChangeClass, CutOff};
use crate::statistics::checks::{estimate, not_negative, real, share};
use crate::statistics::{ConfidenceLevel, DataError, Estimate, Undefined};
use crate::value::Real;

/// Whether a difference between two measurements of one subject is more than the error of measuring.
///
/// *Answers*: did the subject change, or was it measured differently? *Assumes* normal errors of measurement, independent
/// of each other, and a reliability that holds for these subjects; it knows nothing of regression to the mean. *Formula*:
/// standard error of measurement s·√(1 − r); of the difference √2 times as much; index = (after − before) / that.
/// *Undefined when* a measurement is not finite. *Reference*: Jacobson and Truax 1991, J. Consulting and Clinical Psychology 59:12. *Checked against*: its worked example.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, ReliableChange};
///
/// let scale = ReliableChange::new(7.5, 0.8)?;
/// assert_eq!(format!("{:.2}", scale.index(32.5, 47.5)?), "3.16");
/// assert!(scale.is_reliable(32.5, 47.5, ConfidenceLevel::NINETY_FIVE)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "RCI")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReliableChange {
    before: Real,
    after: Real,
}

impl ReliableChange {
    /// From the standard deviation among comparable subjects and the reliability of the measurement.
    ///
    /// # Errors
    ///
    /// The standard deviation is negative or not finite, or the reliability is not from 0 to 1.
    pub fn new(standard_deviation: f64, reliability: f64) -> Result<Self, DataError> {
        let deviation = not_negative("the standard deviation", "of a reliable change", standard_deviation)?;
        let reliability = share("the reliability", "of a reliable change", reliability)?;
        let error = deviation * (1.0 - reliability).sqrt();
        Self::from_standard_errors(error, error)
    }

    /// From the standard error of either measurement, where they differ: a mean of ten observations errs less than one of
    /// three.
    ///
    /// # Errors
    ///
    /// A standard error is negative or not finite.
    pub fn from_standard_errors(before: f64, after: f64) -> Result<Self, DataError> {
        let door = |number, place| {
            let number = not_negative("the standard error", place, number)?;
            Real::new(number).map_err(|_| DataError::new("the standard error", place, number, "a finite number"))
        };
        Ok(Self { before: door(before, "of the first measurement")?, after: door(after, "of the second measurement")? })
    }

    /// The standard error of the difference of two measurements.
    #[must_use]
    pub fn standard_error_of_difference(self) -> f64 {
        self.before.get().hypot(self.after.get()).min(f64::MAX)
    }

    /// The difference in its own standard errors.
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] if a measurement is not finite, or the standard error is 0 and the measurements differ;
    /// without error and difference the index is 0.
    pub fn index(self, before: f64, after: f64) -> Result<f64, Undefined> {
        let difference = real(after - before)?.get();
        if difference.abs() <= 0.0 {
            return Ok(0.0);
        }
        Ok(real(difference / self.standard_error_of_difference())?.get())
    }

    /// The difference with its standard error and normal interval.
    ///
    /// # Errors
    ///
    /// [`Undefined::OutOfRange`] if a measurement is not finite.
    pub fn difference(self, before: f64, after: f64, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        Ok(estimate(after - before)?.with_normal_interval(self.standard_error_of_difference(), confidence))
    }

    /// Whether the index lies beyond the normal quantile of this confidence, 1.96 for 95 %, on either side.
    ///
    /// # Errors
    ///
    /// As [`index`](Self::index).
    pub fn is_reliable(self, before: f64, after: f64, confidence: ConfidenceLevel) -> Result<bool, Undefined> {
        Ok(self.index(before, after)?.abs() > confidence.normal_multiplier())
    }

    /// What became of the subject: whether it changed reliably, and whether it crossed the [`CutOff`] between the group that
    /// it comes from and the group that it should join. The cut-off says which way is better.
    ///
    /// # Errors
    ///
    /// As [`index`](Self::index).
    pub fn classify(
        self,
        before: f64,
        after: f64,
        cut_off: CutOff,
        confidence: ConfidenceLevel,
    ) -> Result<ChangeClass, Undefined> {
        if !self.is_reliable(before, after, confidence)? {
            return Ok(ChangeClass::Unchanged);
        }
        if (after > before) != cut_off.is_higher_better() {
            return Ok(ChangeClass::Deteriorated);
        }
        let is_crossed = cut_off.is_passed_by(after) && !cut_off.is_passed_by(before);
        Ok(if is_crossed { ChangeClass::Recovered } else { ChangeClass::Improved })
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers compared are exact in binary")]
mod tests {
    use super::*;
    use crate::statistics::Norm;

    const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

    #[test]
    fn without_error_of_measurement_only_no_change_has_an_index() {
        let exact = ReliableChange::new(7.5, 1.0).unwrap();
        assert_eq!(exact.index(3.0, 3.0), Ok(0.0));
        assert_eq!(exact.index(3.0, 4.0), Err(Undefined::OutOfRange {}));
        assert_eq!(exact.difference(3.0, 4.0, LEVEL).unwrap().standard_error(), Some(0.0));
    }

    #[test]
    fn measurements_of_different_precision_count_each_with_its_own_error() {
        let change = ReliableChange::from_standard_errors(3.0, 4.0).unwrap();
        assert_eq!(change.standard_error_of_difference(), 5.0);
        let estimate = change.difference(10.0, 20.0, LEVEL).unwrap();
        assert!((estimate.interval().unwrap().lower() - (10.0 - 5.0 * 1.959_963_984_540_054)).abs() < 1e-12);
    }

    #[test]
    fn a_reliable_change_is_classed_by_direction_and_cut_off() {
        let change = ReliableChange::new(7.5, 0.8).unwrap();
        let (start, target) = (Norm::new(40.0, 7.5).unwrap(), Norm::new(60.0, 7.5).unwrap());
        let (up, down) = (CutOff::c(start, target).unwrap(), CutOff::c(target, start).unwrap());
        let class = |before, after, cut_off| change.classify(before, after, cut_off, LEVEL).unwrap();
        assert_eq!(class(45.0, 55.0, up), ChangeClass::Recovered);
        assert_eq!(class(32.5, 47.5, up), ChangeClass::Improved);
        assert_eq!(class(52.0, 64.0, up), ChangeClass::Improved);
        assert_eq!(class(48.0, 52.0, up), ChangeClass::Unchanged);
        assert_eq!(class(55.0, 45.0, up), ChangeClass::Deteriorated);
        assert_eq!(class(55.0, 45.0, down), ChangeClass::Recovered);
        assert_eq!(class(45.0, 55.0, down), ChangeClass::Deteriorated);
    }

    #[test]
    fn numbers_that_are_no_measurements_are_refused() {
        assert!(ReliableChange::new(-1.0, 0.8).is_err());
        assert!(ReliableChange::new(f64::NAN, 0.8).is_err());
        assert!(ReliableChange::new(1.0, 1.01).is_err());
        assert!(ReliableChange::new(1.0, 0.8).unwrap().index(f64::NAN, 1.0).is_err());
    }
}
