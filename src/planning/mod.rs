//! The best schedule of sessions for goals under limits, in whole numbers, with a proof.
//!
//! [`PlanProblem`] is the one door: it reads the format `coaching-plan-instance/1` and reports every defect at once.
//! [`PlanProblem::solve`] finds the best plan and says what is proven; [`PlanProblem::evaluate`] checks any plan exactly.
//!
//! ```text
//! problem ─► model ─► search ─► weeks: is there a week for each?          answers: certificate, prices, reasons
//!               │        │ ▲
//!               │        ▼ └── linear: the master's rows                   quick: good plans at once
//!               └────► crowd (more than eight people): prices, then search for each
//! ```
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

mod answers;
mod crowd;
mod graph;
mod linear;
mod model;
mod problem;
mod quick;
mod search;
mod seeds;
mod weeks;

pub use self::answers::{
    ActivityPrice, ActivityReasons, BrokenPast, Certificate, PlanConstraint, PlanLoss, PlanOutcome, PlanReason, Proof,
    ProofMethod, Relaxation, RevisedPlan, SessionChange,
};
pub(crate) use self::graph::{circle, in_order};
pub use self::model::{LimitHit, SolveLimits};
pub use self::problem::{
    CalendarEntry, CoachDemand, CoachPool, Evaluation, FairnessPolicy, FairnessReport, PersonEvaluation, PersonShare,
    PlanObjective, PlanProblem, PlanProblemDocument, PlanViolation, ProblemActivity, ProblemFormat, ProblemGain,
    ProblemGoal, ProblemPerson, ProblemSynergy, SessionPlacement,
};
pub(crate) use self::problem::{MOST_BUDGET, PROBLEM_RULES};
