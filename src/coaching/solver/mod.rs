//! The optimal plan of a [`PlanProblem`](super::problem::PlanProblem), with a certificate.

mod by_week;
mod certificate;
mod compile;
mod conflict;
mod constraint;
mod crowd;
mod dominance;
mod explain;
mod formulation;
mod greedy;
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
mod salvage;
mod schedule;
mod search;
#[cfg(feature = "exact")]
mod simplex;
mod solve;
mod toll;
mod weekly;

pub use self::certificate::{Certificate, Method, Proof};
pub use self::constraint::PlanConstraint;
pub use self::limits::{LimitHit, SolveLimits};
pub use self::outcome::PlanOutcome;
pub use self::price::Price;
pub use self::reason::{ActivityReasons, PlanReason};
pub use self::relaxation::Relaxation;
