//! What people must have: mandatory activities, floors and weekly minima, with the least of what is shared.

use crate::value::SortedSet;

use crate::planning::linear::{Aim, Targets};
use crate::planning::linear::{is_too_large, master};
use crate::planning::model::SolveLimits;
use crate::planning::model::Steps;
use crate::planning::model::{Model, Overrides};
use crate::planning::problem::{Evaluation, PlanProblem, PlanViolation, SessionPlacement};
use crate::planning::quick::improve;
use crate::planning::search::{Ending, Search};
use crate::planning::seeds;
use crate::value::Reference;

/// A plan with all that people must have, and the nodes that it took; of the plans found the one that takes least of
/// what is shared.
pub(crate) fn least_claim(
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
pub(crate) fn without(evaluation: &Evaluation) -> SortedSet<&Reference> {
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
