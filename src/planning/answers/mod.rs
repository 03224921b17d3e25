//! What is told of a plan: certificate, prices, reasons, and questions asked again.
//!
//! In: a problem, and sometimes a plan. Out: a [`PlanOutcome`] with its [`Certificate`], what an activity is worth,
//! why it is in or out, other good plans, what more room would bring, and a plan made again in the middle.

mod activity_price;
mod alternatives;
mod another;
mod blame;
mod certificate;
mod constraint;
mod explain;
mod outcome;
mod plan_loss;
mod reason;
mod relaxation;
mod replan;
mod revised_plan;

pub use self::activity_price::ActivityPrice;
pub(crate) use self::blame::blame;
pub use self::certificate::{Certificate, Proof, ProofMethod};
pub use self::constraint::PlanConstraint;
pub use self::outcome::PlanOutcome;
pub use self::plan_loss::PlanLoss;
pub use self::reason::{ActivityReasons, PlanReason};
pub use self::relaxation::Relaxation;
pub use self::revised_plan::{BrokenPast, RevisedPlan, SessionChange};
