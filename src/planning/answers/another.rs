//! Another choice for one of many people, while the others keep theirs.

use crate::value::SortedSet;

use super::certificate::{Certificate, Proof};
use super::outcome::PlanOutcome;
use crate::planning::crowd::share_of;
use crate::planning::model::Overrides;
use crate::planning::model::{LimitHit, SolveLimits};
use crate::planning::model::{only, take};
use crate::planning::problem::{Evaluation, PlanProblem, SessionPlacement};
use crate::planning::search::solve_together;

/// The best plan that differs from `best` in what one person does, and in which that person does not do all of what they
/// do in any of the `earlier` plans: so it holds all activities of none of them.
///
/// People who do nothing in one of the earlier plans cannot do without all of it.
pub(crate) fn another_for_one(
    problem: &PlanProblem,
    best: &PlanOutcome,
    earlier: &[SortedSet<(usize, usize)>],
    limits: &SolveLimits<'_>,
) -> Option<PlanOutcome> {
    let (plan, _) = best.found.as_ref()?;
    let mut left = problem.document().clone();
    left.people.clear();
    take(&mut left, plan, 1);
    let limits = share_of(limits, problem.document().people.len());
    let mut found: Option<(Vec<SessionPlacement>, Evaluation)> = None;
    for (place, person) in problem.document().people.iter().enumerate() {
        let of_person = |set: &SortedSet<(usize, usize)>| -> SortedSet<(usize, usize)> {
            set.range((place, 0)..(place + 1, 0)).map(|(_, what)| (0, *what)).collect()
        };
        let excluded: Vec<SortedSet<(usize, usize)>> = earlier.iter().map(of_person).collect();
        if excluded.iter().any(SortedSet::is_empty) || limits.is_stopped() {
            continue;
        }
        let (own, mut others): (Vec<SessionPlacement>, Vec<SessionPlacement>) =
            plan.iter().cloned().partition(|one| one.person == person.id);
        take(&mut left, &own, -1);
        let overrides = Overrides { excluded, ..Overrides::default() };
        let outcome = solve_together(
            &only(&left, problem, &[place]),
            &overrides,
            &limits,
            best.certificate.proof().fingerprint(),
        );
        take(&mut left, &own, 1);
        let Some(other) = outcome.plan() else { continue };
        others.extend_from_slice(other);
        others.sort();
        let evaluation = problem.evaluate(&others);
        let is_better =
            found.as_ref().is_none_or(|(_, known)| problem.document().objective.compare(&evaluation, known).is_gt());
        if evaluation.is_feasible() && is_better {
            found = Some((others, evaluation));
        }
    }
    let (plan, evaluation) = found?;
    let certificate = bounded_like(best, evaluation.value())?;
    Some(PlanOutcome { found: Some((plan, evaluation)), certificate, is_canonical: false })
}

/// What bounds the best of all plans bounds the best of some.
fn bounded_like(best: &PlanOutcome, value: i64) -> Option<Certificate> {
    let upper = best.upper()?;
    let mut proof: Proof = best.certificate.proof().clone();
    proof.limits_hit.push(LimitHit::ManyPeople);
    proof.limits_hit.sort_unstable();
    proof.limits_hit.dedup();
    Some(Certificate::Bounded { upper, gap: Some(upper - value), proof })
}
