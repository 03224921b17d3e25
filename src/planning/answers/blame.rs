//! Which constraints a problem without a plan is to blame on, by a deletion filter (Chinneck and Dravnieks 1991).

use crate::value::SortedSet;

use super::constraint::PlanConstraint;
use crate::planning::linear::{Aim, Targets};
use crate::planning::linear::{is_too_large, master};
use crate::planning::model::Steps;
use crate::planning::model::only;
use crate::planning::model::{LimitHit, SolveLimits};
use crate::planning::model::{Model, Overrides};
use crate::planning::problem::{PlanProblem, PlanProblemDocument};
use crate::planning::quick::improve;
use crate::planning::search::{Ending, Search};
use crate::planning::seeds;

/// Constraints that cannot hold together.
#[derive(Default)]
pub(crate) struct Blame {
    pub(crate) conflict: Vec<PlanConstraint>,
    /// What kept it open whether the conflict can do without some of them; where nothing did, it can do without none.
    pub(crate) limits_hit: Vec<LimitHit>,
}

/// A smallest set of constraints that cannot hold together: each is dropped in turn if the rest is still impossible.
///
/// Whole runs of constraints are dropped at once where that leaves the rest impossible: the outcome is the same, as
/// dropping less leaves it impossible too.
///
/// A `person` who cannot be planned even alone is looked at alone.
pub(crate) fn blame(
    problem: &PlanProblem,
    overrides: &Overrides,
    person: Option<usize>,
    limits: &SolveLimits<'_>,
) -> Blame {
    let (problem, overrides) = match person {
        Some(place) => (&only(problem.document(), problem, &[place]), &overrides.of_people(&[place])),
        None => (problem, overrides),
    };
    let document = with_distinct_groups(problem.document());
    let all = PlanConstraint::all(&document);
    let mut inquiry = Inquiry { document, overrides, limits, left: limits.conflict_tests, found: Blame::default() };
    inquiry.sift(&all);
    inquiry.found
}

/// The same problem with each exclusive group once, whatever the order of its members, and none that holds nobody back.
fn with_distinct_groups(document: &PlanProblemDocument) -> PlanProblemDocument {
    let mut known = SortedSet::new();
    let groups = document.exclusive.iter();
    let groups = groups.filter(|group| group.len() > 1 && known.insert(group.iter().collect::<SortedSet<_>>()));
    PlanProblemDocument { exclusive: groups.cloned().collect(), ..document.clone() }
}

struct Inquiry<'a> {
    /// The problem without the constraints dropped so far.
    document: PlanProblemDocument,
    overrides: &'a Overrides,
    limits: &'a SolveLimits<'a>,
    left: u32,
    found: Blame,
}

/// What is known of the plans for a problem.
enum Trial {
    Impossible,
    Possible,
    /// Neither is known, because of these.
    Open(Vec<LimitHit>),
}

impl Inquiry<'_> {
    /// Drops what is not needed, in order; the rest goes to the conflict.
    fn sift(&mut self, some: &[PlanConstraint]) {
        if some.is_empty() {
            return;
        }
        match (self.without(some), some) {
            (Trial::Impossible, _) => {}
            (trial, [one]) => {
                self.found.conflict.push(one.clone());
                if let Trial::Open(limits_hit) = trial {
                    self.found.limits_hit.extend(limits_hit);
                }
            }
            _ => {
                let (first, second) = some.split_at(some.len() / 2);
                self.sift(first);
                self.sift(second);
            }
        }
    }

    /// What is known without these; they are dropped if it is still impossible.
    fn without(&mut self, some: &[PlanConstraint]) -> Trial {
        if self.limits.is_stopped() {
            return Trial::Open(vec![LimitHit::Stopped]);
        }
        let Some(left) = self.left.checked_sub(1) else { return Trial::Open(vec![LimitHit::ConflictTests]) };
        self.left = left;
        let mut without = self.document.clone();
        some.iter().for_each(|constraint| constraint.dropped_from(&mut without));
        let trial = trial(&PlanProblem::of_checked(without.clone()), self.overrides, self.limits);
        if matches!(trial, Trial::Impossible) {
            self.document = without;
        }
        trial
    }
}

fn trial(problem: &PlanProblem, overrides: &Overrides, limits: &SolveLimits<'_>) -> Trial {
    let model = Model::new(problem, overrides);
    if !model.impossible.is_empty() {
        return Trial::Impossible;
    }
    let steps = Steps::new(limits.quick_steps, limits);
    let (merit, _) = improve(&model, None, 0, seeds::QUICK_PLAN, &steps);
    if merit.0 {
        return Trial::Possible;
    }
    let mut limits_hit: Vec<LimitHit> = steps.are_used_up().then_some(LimitHit::QuickSteps).into_iter().collect();
    if is_too_large(&model, limits) {
        limits_hit.push(LimitHit::MasterSize);
        return Trial::Open(limits_hit);
    }
    let master = master();
    let mut search = Search::new(&model, master.as_ref(), limits);
    match search.optimise(Aim::Minutes, &Targets::default()) {
        Ending::Infeasible => Trial::Impossible,
        Ending::Optimal(_) => Trial::Possible,
        Ending::Bounded(_) if search.best.is_some() => Trial::Possible,
        Ending::Bounded(_) => {
            limits_hit.append(&mut search.hits);
            if limits_hit.is_empty() {
                limits_hit.push(LimitHit::Rounds);
            }
            Trial::Open(limits_hit)
        }
    }
}
