use crate::statistics::DataError;
use crate::statistics::checks::{finite, not_negative};
use crate::value::Real;

/// How groups and the values within them vary: from the data or from experience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NormalPrior {
    mean: Real,
    between: Real,
    within: Real,
}

impl NormalPrior {
    /// The mean of all groups, the variance of their true means, and the variance of values within a group.
    ///
    /// # Errors
    ///
    /// The mean is not finite, or a variance is negative or not finite.
    pub fn new(mean: f64, between: f64, within: f64) -> Result<Self, DataError> {
        let mean = finite("the mean", "of a prior", mean)?;
        let between = not_negative("the variance between groups", "of a prior", between)?;
        let within = not_negative("the variance within groups", "of a prior", within)?;
        let real =
            |number| Real::new(number).map_err(|_| DataError::new("a number", "of a prior", number, "a finite number"));
        Ok(Self { mean: real(mean)?, between: real(between)?, within: real(within)? })
    }

    /// The mean of all groups.
    #[must_use]
    pub fn mean(self) -> f64 {
        self.mean.get()
    }

    /// The variance of the groups' true means, at least 0. Estimates of exactly 0 are common: then the groups differ by no
    /// more than chance.
    #[must_use]
    pub fn between(self) -> f64 {
        self.between.get()
    }

    /// The variance of values within a group, at least 0.
    #[must_use]
    pub fn within(self) -> f64 {
        self.within.get()
    }

    /// The share of the variance of a single value that lies between groups; 0 if nothing varies.
    #[must_use]
    pub fn intraclass_correlation(self) -> f64 {
        let sum = self.between() + self.within();
        if sum > 0.0 { self.between() / sum } else { 0.0 }
    }
}
