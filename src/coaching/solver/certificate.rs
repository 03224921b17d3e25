use super::{LimitHit, PlanConstraint};
use crate::value::Fingerprint;

/// What is proven about a plan.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Certificate {
    /// No plan reaches more.
    Optimal {
        /// How it was proven.
        proof: Proof,
    },
    /// A limit was reached: no plan reaches more than `upper`.
    Bounded {
        /// The bound on the sum of the values.
        upper: i64,
        /// How far the plan may be below the best; `None` when no plan was found.
        gap: Option<i64>,
        /// How the bound was found.
        proof: Proof,
    },
    /// No plan satisfies all constraints.
    Infeasible {
        /// Constraints that cannot hold together, while any of them may be dropped to make room; what activities
        /// require, their windows and lengths are taken as given.
        conflict: Vec<PlanConstraint>,
        /// How it was proven.
        proof: Proof,
    },
}

impl Certificate {
    /// How it was found.
    #[must_use]
    pub fn proof(&self) -> &Proof {
        match self {
            Self::Optimal { proof } | Self::Bounded { proof, .. } | Self::Infeasible { proof, .. } => proof,
        }
    }

    /// Whether no plan reaches more.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        matches!(self, Self::Optimal { .. })
    }
}

/// How a certificate came about, so that it can be repeated.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Proof {
    pub(super) method: Method,
    pub(super) nodes: u64,
    pub(super) cuts: u64,
    pub(super) limits_hit: Vec<LimitHit>,
    pub(super) fingerprint: Fingerprint,
}

impl Proof {
    /// What gave the bound.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// Nodes of branch and bound.
    #[must_use]
    pub fn nodes(&self) -> u64 {
        self.nodes
    }

    /// Sets of sessions proven not to fit into the weeks together.
    #[must_use]
    pub fn cuts(&self) -> u64 {
        self.cuts
    }

    /// What kept the solver from a proof, each once.
    #[must_use]
    pub fn limits_hit(&self) -> &[LimitHit] {
        &self.limits_hit
    }

    /// The fingerprint of the problem.
    #[must_use]
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }
}

/// What a bound comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Method {
    /// Milestones with weekly patterns, schedules and cuts.
    MilestonePatterns,
    /// Prices on time and money, in whole numbers throughout.
    Prices,
    /// Prices on what many people share, with milestones and weekly patterns for each of them.
    SharedPrices,
    /// The problem's structure alone: nothing had to be searched.
    Structure,
}
