//! The master that is built in, and which problems it is given.

use super::master::Master;
#[cfg(not(feature = "exact"))]
use super::no_master::NoMaster;
#[cfg(feature = "exact")]
use super::simplex::Simplex;
use crate::planning::model::Model;
use crate::planning::model::SolveLimits;

/// The most people that one exact master takes.
pub(crate) const MOST_TOGETHER: usize = 8;

/// The master that is built in.
#[cfg(feature = "exact")]
pub(crate) fn master() -> Box<dyn Master> {
    Box::new(Simplex)
}

#[cfg(not(feature = "exact"))]
pub(crate) fn master() -> Box<dyn Master> {
    Box::new(NoMaster)
}

/// Whether a model is more than a master is given.
pub(crate) fn is_too_large(model: &Model, limits: &SolveLimits<'_>) -> bool {
    cfg!(feature = "exact") && model.size() > limits.master_size
}
