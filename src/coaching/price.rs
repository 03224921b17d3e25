//! What the best plan with or without an activity is worth, by solving a person's problem again.

use super::person_problem::{PersonProblem, Variant};
use super::{Activity, Certificate, PlanProblem, PlanProblemDocument, SolveLimits};
use crate::value::Key;

/// What is known of the best value of some plans; nothing at all when there is no such plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Values {
    /// The value of the best plan found.
    pub(super) found: Option<i64>,
    /// No plan is worth more.
    pub(super) upper: Option<i64>,
}

/// The best plan of a problem.
pub(super) fn best(problem: &PlanProblem) -> Values {
    let outcome = problem.solve(&SolveLimits { breaks_ties: false, ..SolveLimits::default() });
    let found = outcome.evaluation().map(super::Evaluation::value);
    match outcome.certificate() {
        Certificate::Bounded { upper, .. } => Values { found, upper: Some(*upper) },
        Certificate::Optimal { .. } | Certificate::Infeasible { .. } => Values { found, upper: found },
    }
}

/// The best plan with the activity, in whichever of its variants.
pub(super) fn with(person: &PersonProblem<'_>, activity: &Activity) -> Values {
    let variants = person.variants.iter().filter(|one| one.activity.key == activity.key);
    let values = variants.map(|variant| {
        let mut document = person.problem.document().clone();
        document.people.iter_mut().for_each(|person| person.mandatory = vec![variant.id.clone()]);
        PlanProblem::new(document).map_or_else(|_| Values::default(), |problem| best(&problem))
    });
    let better =
        |one: Values, other: Values| Values { found: one.found.max(other.found), upper: one.upper.max(other.upper) };
    values.fold(Values::default(), better)
}

/// The best plan without the activity in any of its variants.
pub(super) fn without(person: &PersonProblem<'_>, activity: &Activity) -> Values {
    let gone = with_dependants(&person.variants, |_, one| one.activity.key == activity.key);
    let document = person.problem.document();
    let kept: Vec<_> = document.activities.iter().filter(|one| !gone.contains(&&one.id)).cloned().collect();
    let groups = document
        .exclusive
        .iter()
        .map(|group| group.iter().filter(|id| !gone.contains(id)).cloned().collect::<Vec<_>>());
    let exclusive = groups.filter(|group| group.len() > 1).collect();
    let document = PlanProblemDocument { activities: kept, exclusive, ..document.clone() };
    PlanProblem::new(document).map_or_else(|_| Values::default(), |problem| best(&problem))
}

/// The ids of some variants and of all that need them, directly or through others.
pub(super) fn with_dependants<'a>(
    variants: &'a [Variant<'_>],
    is_meant: impl Fn(usize, &Variant<'_>) -> bool,
) -> Vec<&'a Key> {
    let mut gone: Vec<usize> = Vec::new();
    for (place, variant) in variants.iter().enumerate() {
        if is_meant(place, variant) || variant.requires.iter().any(|one| gone.contains(one)) {
            gone.push(place);
        }
    }
    gone.iter().filter_map(|place| variants.get(*place)).map(|one| &one.id).collect()
}
