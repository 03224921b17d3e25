use std::cmp::Ordering;

use crate::planning::problem::{Evaluation, PlanObjective};

/// What one plan has less than a better one, compared as the objective does: the larger is the worse loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct PlanLoss {
    least_share_permille: i64,
    value: i64,
}

impl PlanLoss {
    /// By how much the smallest share of the ideal that anybody reaches is lower, in whole thousandths, 0 to 1,000; always 0
    /// where the objective is the sum alone.
    #[must_use]
    pub fn least_share_permille(&self) -> i64 {
        self.least_share_permille
    }

    /// By how much the sum of the values is lower, in weighted thousandths of a level. Below 0, so higher, only where a
    /// smaller least share lets it be.
    #[must_use]
    pub fn value(&self) -> i64 {
        self.value
    }

    /// Whether nothing is lost.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// What `one` has less than `other`; nothing where it is as good or better.
    pub(crate) fn of(one: &Evaluation, other: &Evaluation, objective: PlanObjective) -> Self {
        if objective.compare(one, other) != Ordering::Less {
            return Self::default();
        }
        let (one_share, other_share) = (objective.least_share(one), objective.least_share(other));
        Self { least_share_permille: other_share - one_share, value: other.value() - one.value() }
    }
}
