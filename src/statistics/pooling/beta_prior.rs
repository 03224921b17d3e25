use crate::statistics::DataError;
use crate::statistics::checks::positive;
use crate::value::Real;

/// How the true shares of groups are distributed: Beta(a, b).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BetaPrior {
    a: Real,
    b: Real,
}

impl BetaPrior {
    /// Checks the parameters: as many earlier successes and failures as the prior is worth.
    ///
    /// # Errors
    ///
    /// A parameter is not finite and above 0.
    pub fn new(a: f64, b: f64) -> Result<Self, DataError> {
        let door = |what, number| {
            let number = positive(what, "of a prior", number)?;
            Real::new(number).map_err(|_| DataError::new(what, "of a prior", number, "a finite number above 0"))
        };
        Ok(Self { a: door("the parameter a", a)?, b: door("the parameter b", b)? })
    }

    /// The first parameter: earlier successes.
    #[must_use]
    pub fn a(self) -> f64 {
        self.a.get()
    }

    /// The second parameter: earlier failures.
    #[must_use]
    pub fn b(self) -> f64 {
        self.b.get()
    }

    /// The mean share, a / (a + b).
    #[must_use]
    pub fn mean(self) -> f64 {
        self.a() / (self.a() + self.b())
    }
}
