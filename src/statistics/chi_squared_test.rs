use super::Undefined;
use super::checks::real;
use super::distributions::chi_squared_upper;
use crate::value::Real;

/// A chi-squared statistic with its degrees of freedom, and how probable a larger one is by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChiSquaredTest {
    statistic: Real,
    degrees: u32,
    p_value: Real,
}

impl ChiSquaredTest {
    pub(super) fn new(statistic: f64, degrees: u32) -> Result<Self, Undefined> {
        let statistic = real(statistic)?;
        let p_value = chi_squared_upper(statistic.get(), f64::from(degrees)).ok_or(Undefined::OutOfRange {})?;
        Ok(Self { statistic, degrees, p_value: real(p_value)? })
    }

    /// The statistic, at least 0.
    #[must_use]
    pub fn statistic(self) -> f64 {
        self.statistic.get()
    }

    /// The degrees of freedom, at least 1.
    #[must_use]
    pub fn degrees_of_freedom(self) -> u32 {
        self.degrees
    }

    /// The probability of a statistic at least as large, if nothing but chance is at work.
    #[must_use]
    pub fn p_value(self) -> f64 {
        self.p_value.get()
    }
}
