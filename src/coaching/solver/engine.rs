//! The master that is built in, and what it is given.

use super::limits::SolveLimits;
use super::master::Master;
use super::model::Model;

/// The most people that one exact master takes.
pub(super) const MOST_TOGETHER: usize = 8;

/// The seed of the quick plan's rebuilding: the same input gives the same plan.
pub(super) const SEED: u64 = 20_261_122;

#[cfg(feature = "exact")]
pub(super) fn master() -> Box<dyn Master> {
    Box::new(super::simplex::Simplex)
}

#[cfg(not(feature = "exact"))]
pub(super) fn master() -> Box<dyn Master> {
    Box::new(super::no_master::NoMaster)
}

/// Whether a model is more than a master is given.
pub(super) fn is_too_large(model: &Model, limits: &SolveLimits<'_>) -> bool {
    cfg!(feature = "exact") && model.size() > limits.master_size
}
