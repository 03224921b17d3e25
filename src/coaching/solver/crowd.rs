//! Many people: each alone for a bound that holds, one after the other for a plan.
//!
//! What a person reaches alone, with all coaches and all the money, no joint plan exceeds; the sum of these is the bound.
//! The plan takes people one after the other, each with what is left, and is then improved by partial rebuilding.

use super::certificate::{Certificate, Proof};
use super::limits::SolveLimits;
use super::model::Overrides;
use super::outcome::PlanOutcome;
use super::solve::solve;
use crate::coaching::problem::{PlanObjective, PlanProblem, PlanProblemDocument, ProblemPerson, SessionPlacement};

/// The most people that one exact master takes.
pub(super) const MOST_TOGETHER: usize = 8;

/// What is known from planning people one by one.
pub(super) struct Crowd {
    /// `None` when somebody cannot be planned even alone.
    pub(super) upper: Option<i64>,
    /// What everybody does when planned one after the other.
    pub(super) plan: Vec<SessionPlacement>,
    pub(super) nodes: u64,
    pub(super) cuts: u64,
}

pub(super) fn one_by_one(problem: &PlanProblem, overrides: &Overrides, limits: &SolveLimits<'_>) -> Crowd {
    let mut crowd = Crowd { upper: Some(0), plan: Vec::new(), nodes: 0, cuts: 0 };
    let mut left = problem.document().clone();
    let quick = SolveLimits { breaks_ties: false, ..*limits };
    for (place, person) in problem.document().people.iter().enumerate() {
        let own = overrides.of_person(place);
        let alone = solve_alone(problem.document(), person, &own, &quick);
        crowd.count(alone.certificate().proof());
        crowd.upper = crowd.upper.zip(most(&alone)).map(|(sum, one)| sum + one);
        let in_turn = solve_alone(&left, person, &own, &quick);
        crowd.count(in_turn.certificate().proof());
        let sessions = in_turn.plan().unwrap_or_default();
        take(&mut left, sessions);
        crowd.plan.extend_from_slice(sessions);
    }
    crowd
}

impl Crowd {
    fn count(&mut self, proof: &Proof) {
        self.nodes += proof.nodes();
        self.cuts += proof.cuts();
    }
}

/// The most that a person reaches alone; `None` when there is no plan at all.
fn most(outcome: &PlanOutcome) -> Option<i64> {
    match outcome.certificate() {
        Certificate::Optimal { .. } => outcome.evaluation().map(|evaluation| evaluation.value()),
        Certificate::Bounded { upper, .. } => Some(*upper),
        Certificate::Infeasible { .. } => None,
    }
}

fn solve_alone(
    document: &PlanProblemDocument,
    person: &ProblemPerson,
    overrides: &Overrides,
    limits: &SolveLimits<'_>,
) -> PlanOutcome {
    let mut alone = document.clone();
    alone.people = vec![person.clone()];
    alone.objective = PlanObjective::Sum;
    solve(&PlanProblem::of_checked(alone), overrides, limits)
}

/// Takes the sessions' coaching and cost out of what is left.
fn take(left: &mut PlanProblemDocument, sessions: &[SessionPlacement]) {
    for placement in sessions {
        let Some(activity) = left.activities.iter().find(|one| one.id == placement.activity) else { continue };
        left.shared_cost_max = left.shared_cost_max.map(|most| most - activity.cost);
        let Some(coach) = &activity.coach else { continue };
        let start = usize::try_from(placement.week.saturating_sub(1)).unwrap_or_default();
        let pools = left.coach_pools.iter_mut().filter(|pool| pool.id == coach.pool);
        for pool in pools {
            for (minutes, taken) in pool.week_minutes.iter_mut().skip(start).zip(&coach.load) {
                *minutes -= taken;
            }
        }
    }
}
