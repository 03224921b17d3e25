//! Plans to choose from, against enumeration and on random problems.

use std::collections::BTreeSet;

use service_excellence::planning::{PlanOutcome, PlanProblem, SessionPlacement, SolveLimits};
use service_excellence::{Key, Reference};

use crate::enumeration::{feasible_plans, objective, tiny};
use crate::generator::{CLASSES, instance};
use crate::{problem, published, solved};

type Activities = BTreeSet<(Reference, Key)>;

fn activities(plan: &[SessionPlacement]) -> Activities {
    plan.iter().map(|one| (one.person.clone(), one.activity.clone())).collect()
}

fn alternatives(problem: &PlanProblem, count: usize, tolerance: u16) -> Vec<PlanOutcome> {
    problem.alternatives(count, tolerance, &SolveLimits { tie_nodes: 0, ..SolveLimits::default() })
}

#[test]
fn alternatives_agree_with_enumeration_on_tiny_problems() {
    let (mut several, mut ended) = (0, 0);
    for seed in 0..1_200 {
        let document = tiny(seed);
        let problem = problem(&document);
        let tolerance = [20, 100, 400][usize::try_from(seed % 3).unwrap()];
        let all: Vec<(Activities, (i64, i64))> = feasible_plans(&document, &problem)
            .iter()
            .map(|(plan, evaluation)| (activities(plan), objective(&document, evaluation)))
            .collect();
        let best_left = |known: &[Activities]| {
            let left = all.iter().filter(|(chosen, _)| !known.iter().any(|one| one.is_subset(chosen)));
            left.map(|(_, reached)| *reached).max()
        };
        let plans = alternatives(&problem, 4, tolerance);
        let mut known: Vec<Activities> = Vec::new();
        for outcome in &plans {
            let evaluation = outcome.evaluation().unwrap();
            assert!(evaluation.is_feasible() && outcome.certificate().is_optimal(), "seed {seed}: {document}");
            assert_eq!(Some(objective(&document, evaluation)), best_left(&known), "seed {seed}: {document}");
            known.push(activities(outcome.plan().unwrap()));
        }
        if plans.len() < 4 {
            let first = plans.first().map(|one| objective(&document, one.evaluation().unwrap()));
            let is_good = |(share, sum): (i64, i64)| {
                let reaches = |one: i64, best: i64| 1_000 * one >= best * (1_000 - i64::from(tolerance));
                first.is_none_or(|(best_share, best_sum)| reaches(share, best_share) && reaches(sum, best_sum))
            };
            assert!(!best_left(&known).is_some_and(is_good), "seed {seed}: one more than {} {document}", plans.len());
            ended += 1;
        }
        several += usize::from(plans.len() > 1);
    }
    assert!(several > 100 && ended > 400, "{several} with several plans, {ended} with all there are");
}

#[test]
fn alternatives_are_feasible_distinct_and_near_the_best() {
    for seed in 1..=4 {
        let problem = problem(&instance(CLASSES[0], seed));
        let plans = alternatives(&problem, 3, 50);
        assert_eq!(plans.len(), 3, "seed {seed}");
        let values: Vec<i64> = plans.iter().map(|one| one.evaluation().unwrap().value()).collect();
        assert_eq!(values[0], solved(&problem).evaluation().unwrap().value(), "seed {seed}");
        assert!(values.is_sorted_by(|one, next| one >= next), "seed {seed}: {values:?}");
        assert!(values.iter().all(|value| 1_000 * value >= 950 * values[0]), "seed {seed}: {values:?}");
        let sets: Vec<Activities> = plans.iter().map(|one| activities(one.plan().unwrap())).collect();
        for (place, set) in sets.iter().enumerate() {
            assert!(plans[place].evaluation().unwrap().is_feasible());
            assert!(sets[..place].iter().all(|earlier| !earlier.is_subset(set)), "seed {seed}");
        }
    }
}

#[test]
fn a_choice_does_without_an_activity_that_adds_nothing() {
    let problem = problem(&published("instances", "e10-ceilings"));
    for outcome in alternatives(&problem, 3, 300) {
        let plan = outcome.plan().unwrap();
        for (person, activity) in activities(plan) {
            let without: Vec<SessionPlacement> =
                plan.iter().filter(|one| (&one.person, &one.activity) != (&person, &activity)).cloned().collect();
            let left = problem.evaluate(&without);
            assert!(!left.is_feasible() || left.value() < outcome.evaluation().unwrap().value(), "{activity}");
        }
    }
}

#[test]
fn no_alternatives_are_asked_for_and_none_are_given() {
    let problem = problem(&published("instances", "s13-small-random"));
    assert!(alternatives(&problem, 0, 100).is_empty());
    assert_eq!(alternatives(&problem, 1, 0).len(), 1);
}
