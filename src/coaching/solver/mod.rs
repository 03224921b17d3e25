//! The optimal plan of a [`PlanProblem`](super::problem::PlanProblem), with a certificate.

mod alternatives;
mod another;
mod blame;
mod branching;
mod bundle;
mod by_week;
mod certificate;
mod check;
mod compile;
mod conflict;
mod constraint;
mod crowd;
mod dominance;
mod draft;
mod explain;
mod formulation;
mod greedy;
mod guided;
mod limits;
mod master;
mod model;
#[cfg(not(feature = "exact"))]
mod no_master;
mod outcome;
mod patterns;
mod places;
mod price;
mod prices;
mod reason;
mod relaxation;
mod replan;
mod revised_plan;
mod salvage;
mod schedule;
mod search;
mod shared_prices;
#[cfg(feature = "exact")]
mod simplex;
mod solve;
mod standing;
mod steps;
mod tariff;
mod toll;
mod tree;
mod weekly;

pub use self::certificate::{Certificate, Proof, ProofMethod};
pub use self::constraint::PlanConstraint;
pub use self::limits::{LimitHit, SolveLimits};
pub use self::outcome::PlanOutcome;
pub use self::price::ActivityPrice;
pub use self::reason::{ActivityReasons, PlanReason};
pub use self::relaxation::Relaxation;
pub use self::revised_plan::{BrokenPast, RevisedPlan, SessionChange};
