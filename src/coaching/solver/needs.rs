//! What people must have: mandatory activities, floors and weekly minima, with the least of what is shared.

use std::collections::BTreeSet;

use super::built_in::{is_too_large, master};
use super::formulation::{Aim, Targets};
use super::greedy::improve;
use super::limits::SolveLimits;
use super::model::{Model, Overrides};
use super::search::{Ending, Search};
use super::seeds;
use super::steps::Steps;
use crate::coaching::problem::{Evaluation, PlanProblem, PlanViolation, SessionPlacement};
use crate::value::Reference;

/// A plan with all that people must have, and the nodes that it took; of the plans found the one that takes least of
/// what is shared.
pub(super) fn least_claim(
    problem: &PlanProblem,
    overrides: &Overrides,
    limits: &SolveLimits<'_>,
) -> (Option<Vec<SessionPlacement>>, u64) {
    let model = Model::new(problem, overrides);
    if !model.impossible.is_empty() || limits.is_stopped() {
        return (None, 0);
    }
    let master = master();
    let mut search = Search::new(&model, master.as_ref(), limits);
    let is_asked = cfg!(feature = "exact") && !is_too_large(&model, limits);
    let found = match is_asked.then(|| search.optimise(Aim::Claim, &Targets::default())) {
        Some(Ending::Optimal(starts)) => Some(starts),
        Some(Ending::Infeasible) => None,
        Some(Ending::Bounded(_)) | None => {
            let steps = Steps::new(limits.quick_steps, limits);
            let (_, quick) = improve(&model, None, limits.quick_rounds, seeds::QUICK_PLAN, &steps);
            search.offer(&quick);
            search.best.as_ref().map(|(_, starts)| starts.clone())
        }
    };
    let plan = found.map(|starts| model.plan(problem, &starts));
    (plan.filter(|plan| problem.evaluate(plan).is_feasible()), search.nodes)
}

/// The people who are without something that they must have.
pub(super) fn without(evaluation: &Evaluation) -> BTreeSet<&Reference> {
    evaluation.violations().iter().filter_map(needy).collect()
}

fn needy(violation: &PlanViolation) -> Option<&Reference> {
    match violation {
        PlanViolation::UnderWeek { person, .. }
        | PlanViolation::MandatoryMissing { person, .. }
        | PlanViolation::UnderFloor { person, .. } => Some(person),
        _ => None,
    }
}
