//! The seeds of everything that is drawn: the same input gives the same plan.

/// Of the rebuilding of the quick plan, and in a stream of its own of the groups of many people that are planned anew.
pub(crate) const QUICK_PLAN: u64 = 20_261_122;
/// Of the rebuilding once the search has ended without a proof.
pub(crate) const BETTER_PLAN: u64 = QUICK_PLAN + 1;
/// Of the rebuilding near a relaxation, in each round of the search.
pub(crate) const GUIDED_PLAN: u64 = QUICK_PLAN + 1;
