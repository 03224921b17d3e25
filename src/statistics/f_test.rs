use super::Undefined;
use super::checks::real;
use super::distributions::f_upper;
use crate::value::Real;

/// An F statistic with its degrees of freedom, and how probable a larger one is by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FTest {
    f: Real,
    numerator: Real,
    denominator: Real,
    p_value: Real,
}

impl FTest {
    pub(super) fn new(f: f64, numerator: f64, denominator: f64) -> Result<Self, Undefined> {
        let p_value = f_upper(f, numerator, denominator).ok_or(Undefined::OutOfRange {})?;
        Ok(Self { f: real(f)?, numerator: real(numerator)?, denominator: real(denominator)?, p_value: real(p_value)? })
    }

    /// The statistic, at least 0.
    #[must_use]
    pub fn f(self) -> f64 {
        self.f.get()
    }

    /// Degrees of freedom above and below the line.
    #[must_use]
    pub fn degrees_of_freedom(self) -> (f64, f64) {
        (self.numerator.get(), self.denominator.get())
    }

    /// The probability of an F at least as large, if nothing but chance is at work.
    #[must_use]
    pub fn p_value(self) -> f64 {
        self.p_value.get()
    }
}
