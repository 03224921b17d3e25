use super::DataError;
use super::checks::{finite, not_negative};
use crate::value::Real;

/// Mean and standard deviation of a group that others are compared with.
///
/// ```
/// use service_excellence::statistics::Norm;
///
/// assert!(Norm::new(40.0, 7.5).is_ok());
/// assert!(Norm::new(40.0, -7.5).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Norm {
    mean: Real,
    standard_deviation: Real,
}

impl Norm {
    /// Checks the numbers.
    ///
    /// # Errors
    ///
    /// The mean is not finite, or the standard deviation is negative or not finite.
    pub fn new(mean: f64, standard_deviation: f64) -> Result<Self, DataError> {
        let mean = finite("the mean", "of a norm", mean)?;
        let deviation = not_negative("the standard deviation", "of a norm", standard_deviation)?;
        let real =
            |number| Real::new(number).map_err(|_| DataError::new("a number", "of a norm", number, "a finite number"));
        Ok(Self { mean: real(mean)?, standard_deviation: real(deviation)? })
    }

    /// The mean.
    #[must_use]
    pub fn mean(self) -> f64 {
        self.mean.get()
    }

    /// The standard deviation, at least 0.
    #[must_use]
    pub fn standard_deviation(self) -> f64 {
        self.standard_deviation.get()
    }
}
