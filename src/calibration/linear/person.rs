use crate::statistics::Estimate;
use crate::value::{Real, Reference};

/// One person of a [`LinearAdjustment`](super::LinearAdjustment): raw and adjusted side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinearPerson {
    pub(super) person: Reference,
    pub(super) scores: usize,
    pub(super) raw_mean: Real,
    pub(super) adjusted: Estimate,
}

impl LinearPerson {
    /// Who.
    #[must_use]
    pub fn person(&self) -> &Reference {
        &self.person
    }

    /// How many scores there are.
    #[must_use]
    pub fn scores(&self) -> usize {
        self.scores
    }

    /// The mean of the scores as they were given.
    #[must_use]
    pub fn raw_mean(&self) -> f64 {
        self.raw_mean.get()
    }

    /// The score expected from an average rater: drawn towards the mean of all, the more the fewer the scores.
    #[must_use]
    pub fn adjusted(&self) -> &Estimate {
        &self.adjusted
    }
}
