use crate::statistics::Estimate;

/// The normal population of persons, of marginal estimation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Population {
    pub(super) mean: Estimate,
    pub(super) standard_deviation: Estimate,
    pub(super) is_at_boundary: bool,
}

impl Population {
    /// The mean ability, in logits.
    #[must_use]
    pub fn mean(&self) -> &Estimate {
        &self.mean
    }

    /// The standard deviation of ability, in logits.
    #[must_use]
    pub fn standard_deviation(&self) -> &Estimate {
        &self.standard_deviation
    }

    /// Whether the data show no difference between persons: the standard deviation stopped at 0.01.
    #[must_use]
    pub fn is_at_boundary(&self) -> bool {
        self.is_at_boundary
    }
}
