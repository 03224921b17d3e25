use crate::statistics::Estimate;
use crate::value::{Real, Reference};

/// One rater of a [`LinearAdjustment`](super::LinearAdjustment).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinearRater {
    pub(super) rater: Reference,
    pub(super) scores: usize,
    pub(super) raw_mean: Real,
    pub(super) effect: Estimate,
}

impl LinearRater {
    /// Who.
    #[must_use]
    pub fn rater(&self) -> &Reference {
        &self.rater
    }

    /// How many scores there are.
    #[must_use]
    pub fn scores(&self) -> usize {
        self.scores
    }

    /// The mean of the scores given.
    #[must_use]
    pub fn raw_mean(&self) -> f64 {
        self.raw_mean.get()
    }

    /// How far the rater's scores lie above (below, when negative) those of an average rater.
    #[must_use]
    pub fn effect(&self) -> &Estimate {
        &self.effect
    }
}
