use std::fmt;

use super::constraint::PlanConstraint;
use crate::planning::LimitHit;
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
        /// Constraints that cannot hold together; what activities require, their windows and lengths are taken as given.
        /// Of these constraints alone, any may be dropped to make room, unless [`Proof::limits_hit`] names what kept that
        /// open: then some of them may not be needed for the conflict.
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

/// What is proven, in a sentence; values are those of [`Evaluation`](crate::planning::Evaluation).
///
/// Better is what the objective says, and the plans asked for are those of the call: of an alternative, those that do
/// not hold a better one.
impl fmt::Display for Certificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |items: Vec<String>| items.join("; ");
        match self {
            Self::Optimal { .. } => formatter.write_str("proven: of the plans asked for none is better"),
            Self::Bounded { upper, gap, proof } => {
                match gap {
                    Some(gap) => write!(
                        formatter,
                        "not proven to be the best: a better plan could be worth at most {gap} more, {upper} in all"
                    )?,
                    None => write!(
                        formatter,
                        "no plan was found and none is ruled out: one could be worth at most {upper}"
                    )?,
                }
                match &proof.limits_hit[..] {
                    [] => Ok(()),
                    hits => write!(formatter, " ({})", listed(hits.iter().map(ToString::to_string).collect())),
                }
            }
            Self::Infeasible { conflict, .. } => match &conflict[..] {
                [] => formatter.write_str("there is no plan"),
                conflict => write!(
                    formatter,
                    "there is no plan: these cannot hold together: {}",
                    listed(conflict.iter().map(ToString::to_string).collect())
                ),
            },
        }
    }
}

/// How a certificate came about, so that it can be repeated.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Proof {
    pub(crate) method: ProofMethod,
    pub(crate) nodes: u64,
    pub(crate) cuts: u64,
    pub(crate) limits_hit: Vec<LimitHit>,
    pub(crate) fingerprint: Fingerprint,
}

impl Proof {
    /// What gave the bound.
    #[must_use]
    pub fn method(&self) -> ProofMethod {
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

    /// What kept the solver from a proof, or from the smallest conflict, each once.
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
pub enum ProofMethod {
    /// Milestones with weekly patterns, schedules and cuts.
    MilestonePatterns,
    /// Prices on time and money, in whole numbers throughout.
    Prices,
    /// Prices on what many people share, with milestones and weekly patterns for each of them.
    SharedPrices,
    /// The problem's structure alone: nothing had to be searched.
    Structure,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proof(limits_hit: Vec<LimitHit>) -> Proof {
        let fingerprint = Fingerprint::of(&serde_json::Value::Null);
        Proof { method: ProofMethod::Prices, nodes: 0, cuts: 0, limits_hit, fingerprint }
    }

    #[test]
    fn a_certificate_claims_in_words_no_more_than_it_proves() {
        let optimal = Certificate::Optimal { proof: proof(Vec::new()) };
        assert_eq!(optimal.to_string(), "proven: of the plans asked for none is better");
        let bounded = Certificate::Bounded {
            upper: 120,
            gap: Some(20),
            proof: proof(vec![LimitHit::MasterNodes, LimitHit::Numerics]),
        };
        assert_eq!(
            bounded.to_string(),
            "not proven to be the best: a better plan could be worth at most 20 more, 120 in all (the search has tried as \
             many cases as it may; a number was not confirmed in whole numbers)"
        );
        let unknown = Certificate::Bounded { upper: 120, gap: None, proof: proof(Vec::new()) };
        assert_eq!(unknown.to_string(), "no plan was found and none is ruled out: one could be worth at most 120");
        let conflict = vec![PlanConstraint::SharedCost];
        let infeasible = Certificate::Infeasible { conflict, proof: proof(Vec::new()) };
        assert_eq!(
            infeasible.to_string(),
            "there is no plan: these cannot hold together: the budget of all people together"
        );
    }
}
