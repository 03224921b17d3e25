//! The optimal plan of a [`PlanProblem`](super::problem::PlanProblem), with a certificate.
//!
//! What calls what, from the problem to the certificate:
//!
//! ```text
//! solve ─► together ─► modelling, compile, dominance: the model, and what of it can matter
//!   │         ├─► greedy, draft: a quick plan
//!   │         ├─► search, optimise ─► formulation, weekly, patterns, pins: the master's rows, for one aim
//!   │         │        └─► tree, branching ◄─► judge ─► placing ─► schedule, conflict, toll: weeks, or why there are none
//!   │         │                 └─► guided, salvage: better plans on the way
//!   │         ├─► price_bound: a bound where the tree was cut short
//!   │         └─► optimise again for ties, then finish: the evaluator confirms, or nothing is claimed
//!   └─► crowd (more than eight people) ─► together for each ─► needs, shared_prices ─► tariff, bundle
//! ```
//!
//! Beside it `blame` names a conflict, `explain` gives reasons, and `alternatives`, `replan`, `activity_price` and
//! `relaxation` solve again under other demands.
//!
//! | our word | the field's word | reference |
//! |---|---|---|
//! | master, placing | logic-based Benders decomposition, as branch and check in one tree | Hooker and Ottosson 2003; Thorsteinsson 2001 |
//! | judge | lazy-constraint callback | |
//! | conflict | combinatorial Benders cut from a minimal infeasible set | Codato and Fischetti 2006 |
//! | patterns, fillings | cutting patterns | Gilmore and Gomory 1961 |
//! | toll, booth | Benders feasibility cut, found by a linear program | Benders 1962 |
//! | prices | Lagrangian relaxation with subgradient steps | Held, Wolfe and Crowder 1974 |
//! | crowd, tariff | Lagrangian relaxation of what is shared, which leaves each person alone | Geoffrion 1974 |
//! | bundle | cutting planes for the prices, smoothed towards the best | Kelley 1960; Wentges 1997 |
//! | draft, `fill` | lazy greedy | Minoux 1978 |
//! | guided, thinned | large neighbourhood search, led by the relaxation | Shaw 1998 |
//! | salvage | repair heuristic | |
//! | milestone | a due week: the only weeks by which it matters what is finished | |

mod activity_price;
mod alternatives;
mod another;
mod blame;
mod branching;
mod built_in;
mod bundle;
mod by_week;
mod certificate;
mod charging;
mod compile;
mod conflict;
mod constraint;
mod crossing;
mod crowd;
mod dominance;
mod draft;
mod explain;
mod formulation;
mod greedy;
mod guided;
mod judge;
mod limits;
mod master;
mod merit;
mod model;
mod modelling;
mod needs;
#[cfg(not(feature = "exact"))]
mod no_master;
mod optimise;
mod outcome;
mod part;
mod patterns;
mod pins;
mod places;
mod placing;
mod plan_loss;
mod price_bound;
mod reason;
mod relaxation;
mod replan;
mod revised_plan;
mod salvage;
mod schedule;
mod search;
mod seeds;
mod shared_prices;
#[cfg(feature = "exact")]
mod simplex;
mod solve;
mod standing;
mod steps;
mod tariff;
mod together;
mod toll;
mod tree;
mod weekly;

pub use self::activity_price::ActivityPrice;
pub use self::certificate::{Certificate, Proof, ProofMethod};
pub use self::constraint::PlanConstraint;
pub use self::limits::{LimitHit, SolveLimits};
pub use self::outcome::PlanOutcome;
pub use self::plan_loss::PlanLoss;
pub use self::reason::{ActivityReasons, PlanReason};
pub use self::relaxation::Relaxation;
pub use self::revised_plan::{BrokenPast, RevisedPlan, SessionChange};
