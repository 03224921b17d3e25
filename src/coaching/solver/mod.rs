//! The optimal plan of a [`PlanProblem`](super::problem::PlanProblem), with a certificate.

mod alternatives;
mod branching;
mod by_week;
mod certificate;
mod check;
mod compile;
mod conflict;
mod constraint;
mod crowd;
mod dominance;
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
mod toll;
mod tree;
mod weekly;

pub use self::certificate::{Certificate, Method, Proof};
pub use self::constraint::PlanConstraint;
pub use self::limits::{LimitHit, SolveLimits};
pub use self::outcome::PlanOutcome;
pub use self::price::Price;
pub use self::reason::{ActivityReasons, PlanReason};
pub use self::relaxation::Relaxation;
pub use self::revised_plan::{BrokenPast, RevisedPlan, SessionChange};
