use crate::statistics::Estimate;
use crate::value::Real;

/// One group's mean, drawn towards the mean of all groups as far as its own values leave it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PooledGroup {
    pub(super) estimate: Estimate,
    pub(super) raw: Option<Real>,
    pub(super) effect: Real,
    pub(super) weight: Real,
    pub(super) conditional: Real,
}

impl PooledGroup {
    /// The mean with its posterior standard deviation (as standard error, with the error of the common mean in it) and
    /// interval.
    #[must_use]
    pub fn estimate(&self) -> &Estimate {
        &self.estimate
    }

    /// The mean of the group's own values; none without values.
    #[must_use]
    pub fn raw_mean(&self) -> Option<f64> {
        self.raw.map(Real::get)
    }

    /// The group's distance from the common mean: its best linear unbiased prediction.
    #[doc(alias = "BLUP")]
    #[must_use]
    pub fn effect(&self) -> f64 {
        self.effect.get()
    }

    /// How much the group's own values count against the common mean, from 0 to 1.
    #[must_use]
    pub fn own_weight(&self) -> f64 {
        self.weight.get()
    }

    /// The posterior standard deviation as if the common mean were known.
    #[must_use]
    pub fn conditional_standard_deviation(&self) -> f64 {
        self.conditional.get()
    }
}
