//! What the best plan with or without an activity is worth, by solving a person's problem again.

use std::collections::BTreeMap;

use super::Activity;
use super::coverage::Coverage;
use super::person_problem::{PersonProblem, Variant};
use super::solved::Solved;
use crate::planning::{PlanProblem, PlanProblemDocument, SolveLimits};
use crate::value::Key;

/// What is known of the best value of some plans; nothing at all when there is no such plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Values {
    /// The value of the best plan found.
    pub(super) found: Option<i64>,
    /// No plan is worth more.
    pub(super) upper: Option<i64>,
}

impl Values {
    /// Of the plans of this kind and of that.
    fn or(self, other: Self) -> Self {
        Self { found: self.found.max(other.found), upper: self.upper.max(other.upper) }
    }

    fn of(problem: &PlanProblem) -> Self {
        let outcome = problem.solve(&SolveLimits { tie_nodes: 0, ..SolveLimits::default() });
        Self { found: outcome.evaluation().map(crate::planning::Evaluation::value), upper: outcome.upper() }
    }

    fn of_all(problems: impl Iterator<Item = PlanProblem>) -> Self {
        problems.map(|problem| Self::of(&problem)).fold(Self::default(), Self::or)
    }
}

/// What the activities of some plans of one problem, and those that they leave out, are worth.
pub(super) struct Prices<'a> {
    with: BTreeMap<&'a Key, Values>,
    without: BTreeMap<&'a Key, Values>,
}

impl<'a> Prices<'a> {
    /// Beside the activities of the problem those that are not wanted are left out.
    pub(super) fn of(person: &PersonProblem<'a>, plans: &[Solved], unwanted: BTreeMap<&'a Key, Values>) -> Self {
        let mut prices = Self { with: unwanted, without: BTreeMap::new() };
        let activities: BTreeMap<&Key, &'a Activity> =
            person.variants.iter().map(|one| (&one.activity.key, one.activity)).collect();
        for activity in activities.into_values() {
            let is_in = |plan: &&Solved| {
                let mut placed = plan.outcome.plan().unwrap_or_default().iter();
                placed.any(|one| person.variants_of(activity).any(|variant| variant.id == one.activity))
            };
            let holding = plans.iter().filter(is_in).count();
            if holding > 0 {
                prices.without.insert(&activity.key, without(person, activity));
            }
            if holding < plans.len() {
                prices.with.insert(&activity.key, with(person, activity));
            }
        }
        prices
    }

    /// Of the activities that one plan holds.
    pub(super) fn of_chosen(person: &PersonProblem<'a>, plan: &Solved) -> Self {
        let placed = || plan.outcome.plan().unwrap_or_default().iter();
        let chosen = person.variants.iter().filter(|variant| placed().any(|one| one.activity == variant.id));
        let without = chosen.map(|one| (&one.activity.key, without(person, one.activity))).collect();
        Self { with: BTreeMap::new(), without }
    }

    /// The best plan with an activity that some plan leaves out.
    pub(super) fn with(&self, activity: &Key) -> Values {
        self.with.get(activity).copied().unwrap_or_default()
    }

    /// The best plan without an activity that some plan holds.
    pub(super) fn without(&self, activity: &Key) -> Values {
        self.without.get(activity).copied().unwrap_or_default()
    }
}

/// The best plan of a person's problem in which each goal in focus gets an activity, as far as they can get one together.
pub(super) fn best(person: &PersonProblem<'_>) -> Values {
    match Coverage::new(person).best() {
        Some(best) => Values { found: Some(best.value), upper: Some(best.upper) },
        None => Values::of_all(person.ways()),
    }
}

/// The best plan with the activity, in whichever of its variants, and with all that is required.
fn with(person: &PersonProblem<'_>, activity: &Activity) -> Values {
    let document = person.problem.document();
    let ways = person.ways_without(&[]);
    let wanted = person.variants_of(activity).flat_map(|variant| {
        let with = |way: &Vec<Key>| way.iter().cloned().chain([variant.id.clone()]).collect::<Vec<_>>();
        ways.iter().map(with).collect::<Vec<_>>()
    });
    Values::of_all(wanted.filter_map(|wanted| PersonProblem::requiring(document.clone(), wanted)))
}

/// The best plan without the activity in any of its variants, and with all that is required and does not need it.
fn without(person: &PersonProblem<'_>, activity: &Activity) -> Values {
    let gone = with_dependants(&person.variants, |_, one| one.activity.key == activity.key);
    let document = person.problem.document();
    let kept: Vec<_> = document.activities.iter().filter(|one| !gone.contains(&&one.id)).cloned().collect();
    let groups = document
        .exclusive
        .iter()
        .map(|group| group.iter().filter(|id| !gone.contains(id)).cloned().collect::<Vec<_>>());
    let exclusive = groups.filter(|group| group.len() > 1).collect();
    let document = PlanProblemDocument { activities: kept, exclusive, ..document.clone() };
    let wanted = person.ways_without(&gone).into_iter();
    Values::of_all(wanted.filter_map(|wanted| PersonProblem::requiring(document.clone(), wanted)))
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
