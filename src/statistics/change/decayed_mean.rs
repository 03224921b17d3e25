use crate::statistics::checks::real;
use crate::statistics::{Estimate, Undefined};
use crate::value::Real;

/// A mean in which old values count less, and how many values it is worth: see
/// [`TimeSeries::decayed_mean`](super::TimeSeries::decayed_mean).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecayedMean {
    estimate: Estimate,
    effective_size: Real,
}

impl DecayedMean {
    pub(super) fn new(estimate: Estimate, effective_size: f64) -> Result<Self, Undefined> {
        Ok(Self { estimate, effective_size: real(effective_size)? })
    }

    /// The mean.
    #[must_use]
    pub fn estimate(&self) -> &Estimate {
        &self.estimate
    }

    /// How many values of equal weight would tell as much: from 1 to their number.
    #[must_use]
    pub fn effective_size(&self) -> f64 {
        self.effective_size.get()
    }
}
