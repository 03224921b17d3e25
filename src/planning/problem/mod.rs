//! A planning problem as plain whole numbers, and the exact evaluation of any plan for it.
//!
//! [`PlanProblem`] is the one door: it reads the format `coaching-plan-instance/1` and reports every defect at once.
//!
//! Two words of the format mean something else than in the rest of the crate. A *session* of a problem is what a
//! coaching plan shows as a whole run of an activity: its load falls into consecutive weeks, and it
//! counts once it is finished. A *skill* of a problem is whatever goals and gains have in common: for a
//! planner of one person's gaps a criterion.

mod calendar;
mod check;
mod document;
mod evaluate;
mod evaluation;
mod fairness;
mod number;
mod placement;
#[expect(clippy::module_inception, reason = "the file is named after its noun")]
mod problem;
mod violation;

pub use self::calendar::CalendarEntry;
pub(crate) use self::check::PROBLEM_RULES;
pub use self::document::{
    CoachDemand, CoachPool, PlanObjective, PlanProblemDocument, ProblemActivity, ProblemFormat, ProblemGain,
    ProblemGoal, ProblemPerson, ProblemSynergy,
};
pub use self::evaluation::{Evaluation, PersonEvaluation};
pub use self::fairness::{FairnessPolicy, FairnessReport, PersonShare};
pub(crate) use self::number::{MOST_BUDGET, MOST_COACH_MINUTES, MOST_LEARNER_MINUTES, MOST_TOTAL_MINUTES};
pub use self::placement::SessionPlacement;
pub use self::problem::PlanProblem;
pub use self::violation::PlanViolation;
