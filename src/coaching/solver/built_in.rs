//! The master that is built in, and which problems it is given.

use super::limits::SolveLimits;
use super::master::Master;
use super::model::Model;
#[cfg(not(feature = "exact"))]
use super::no_master::NoMaster;
#[cfg(feature = "exact")]
use super::simplex::Simplex;

/// The most people that one exact master takes.
pub(super) const MOST_TOGETHER: usize = 8;

/// The master that is built in.
#[cfg(feature = "exact")]
pub(super) fn master() -> Box<dyn Master> {
    Box::new(Simplex)
}

#[cfg(not(feature = "exact"))]
pub(super) fn master() -> Box<dyn Master> {
    Box::new(NoMaster)
}

/// Whether a model is more than a master is given.
pub(super) fn is_too_large(model: &Model, limits: &SolveLimits<'_>) -> bool {
    cfg!(feature = "exact") && model.size() > limits.master_size
}
