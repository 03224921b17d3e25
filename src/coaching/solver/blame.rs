//! Which constraints a problem without a plan is to blame on, by a deletion filter (Chinneck and Dravnieks 1991).

use super::constraint::PlanConstraint;
use super::formulation::{Aim, Targets};
use super::greedy::improve;
use super::limits::SolveLimits;
use super::master::{is_too_large, master};
use super::model::{Model, Overrides};
use super::part::only;
use super::search::{Ending, Search};
use super::seeds;
use super::steps::Steps;
use crate::coaching::problem::{PlanProblem, PlanProblemDocument};

/// Constraints that cannot hold together, and whether each of them was tried.
pub(super) struct Blame {
    pub(super) conflict: Vec<PlanConstraint>,
    /// Whether without any of them there might be a plan: nothing in the conflict can be left out.
    pub(super) is_minimal: bool,
}

/// A smallest set of constraints that cannot hold together: each is dropped in turn if the rest is still impossible.
///
/// Whole runs of constraints are dropped at once where that leaves the rest impossible: the outcome is the same, as
/// dropping less leaves it impossible too.
///
/// A `person` who cannot be planned even alone is looked at alone.
pub(super) fn blame(
    problem: &PlanProblem,
    overrides: &Overrides,
    person: Option<usize>,
    limits: &SolveLimits<'_>,
) -> Blame {
    let (problem, overrides) = match person {
        Some(place) => (&only(problem.document(), problem, &[place]), &overrides.of_people(&[place])),
        None => (problem, overrides),
    };
    let all = PlanConstraint::all(problem);
    let mut inquiry = Inquiry { document: problem.document().clone(), overrides, limits, left: limits.conflict_tests };
    let mut conflict = Vec::new();
    inquiry.sift(&all, &mut conflict);
    Blame { conflict, is_minimal: inquiry.left > 0 && !limits.is_stopped() }
}

struct Inquiry<'a> {
    /// The problem without the constraints dropped so far.
    document: PlanProblemDocument,
    overrides: &'a Overrides,
    limits: &'a SolveLimits<'a>,
    left: u32,
}

impl Inquiry<'_> {
    /// Drops what is not needed, in order; the rest goes to the conflict.
    fn sift(&mut self, some: &[PlanConstraint], conflict: &mut Vec<PlanConstraint>) {
        if some.is_empty() || self.can_do_without(some) {
            return;
        }
        if let [one] = some {
            conflict.push(one.clone());
            return;
        }
        let (first, second) = some.split_at(some.len() / 2);
        self.sift(first, conflict);
        self.sift(second, conflict);
    }

    fn can_do_without(&mut self, some: &[PlanConstraint]) -> bool {
        if self.left == 0 || self.limits.is_stopped() {
            return false;
        }
        self.left -= 1;
        let mut without = self.document.clone();
        some.iter().for_each(|constraint| constraint.dropped_from(&mut without));
        let is_impossible = is_impossible(&PlanProblem::of_checked(without.clone()), self.overrides, self.limits);
        if is_impossible {
            self.document = without;
        }
        is_impossible
    }
}

fn is_impossible(problem: &PlanProblem, overrides: &Overrides, limits: &SolveLimits<'_>) -> bool {
    let model = Model::new(problem, overrides);
    if !model.impossible.is_empty() {
        return true;
    }
    let steps = Steps::new(limits.quick_steps, limits);
    let (merit, _) = improve(&model, None, 0, seeds::QUICK_PLAN, &steps);
    if merit.0 || is_too_large(&model, limits) {
        return false;
    }
    let master = master();
    let mut search = Search::new(&model, master.as_ref(), limits);
    search.optimise(Aim::Minutes, &Targets::default()) == Ending::Infeasible
}
