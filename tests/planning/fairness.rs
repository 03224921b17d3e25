//! Fairness policies on the published team, and what is reported of a plan.

use serde_json::json;
use service_excellence::coaching::{FairnessPolicy, PlanObjective, PlanProblem, PlanProblemDocument};

use crate::{problem, proven, published, solved};

fn team() -> PlanProblemDocument {
    let mut document = published("instances", "t19-team-shared");
    for person in document["people"].as_array_mut().unwrap() {
        person["min_value"] = json!(0);
    }
    problem(&document).document().clone()
}

#[test]
fn more_fairness_never_adds_to_the_sum_and_never_lowers_the_minimum() {
    let solve = |policy| {
        let outcome = solved(&PlanProblem::new(team().with_fairness(policy)).unwrap());
        (proven(&outcome).unwrap(), outcome.evaluation().unwrap().maximin_permille().unwrap())
    };
    let (free, fair) = (solve(FairnessPolicy::None), solve(FairnessPolicy::MaxMinFirst));
    let least = u16::try_from((free.1 + fair.1) / 2).unwrap();
    let floor = solve(FairnessPolicy::Floor { permille: least });
    assert!(free.0 >= floor.0 && floor.0 >= fair.0, "{free:?} {floor:?} {fair:?}");
    assert!(free.1 < floor.1 && floor.1 <= fair.1, "{free:?} {floor:?} {fair:?}");
    assert!(floor.1 >= i64::from(least));
    // A floor above the best minimum cannot be met.
    let beyond = FairnessPolicy::Floor { permille: u16::try_from(fair.1 + 1).unwrap() };
    let outcome = solved(&PlanProblem::new(team().with_fairness(beyond)).unwrap());
    assert_eq!(proven(&outcome), None);
}

#[test]
fn a_floor_is_the_share_of_the_ideal_rounded_up_and_a_larger_one_stays() {
    let mut document = team();
    document.people[0].min_value = 1_000_000;
    let ideals: Vec<i64> =
        problem(&json!(document)).evaluate(&[]).people().iter().map(|person| person.ideal()).collect();
    let floored = document.with_fairness(FairnessPolicy::Floor { permille: 333 });
    assert_eq!(floored.people[0].min_value, 1_000_000);
    for (person, ideal) in floored.people.iter().zip(&ideals).skip(1) {
        assert!(1_000 * person.min_value >= 333 * ideal && 1_000 * (person.min_value - 1) < 333 * ideal);
    }
    assert_eq!(floored.objective, PlanObjective::Sum);
}

#[test]
fn people_who_get_nothing_are_named_and_people_without_goals_are_not() {
    let mut document = team();
    document.people[1].goals.clear();
    let problem = PlanProblem::new(document).unwrap();
    let evaluation = problem.evaluate(&[]);
    let report = evaluation.fairness();
    let people = &problem.document().people;
    assert_eq!(report.without_anything().collect::<Vec<_>>(), [&people[0].id, &people[2].id]);
    assert_eq!(report.shares().iter().map(|one| one.permille()).collect::<Vec<_>>(), [Some(0), None, Some(0)]);
    assert!(report.shares().iter().zip(people).all(|(share, person)| *share.person() == person.id));
    assert_eq!((evaluation.maximin_permille(), report.gini_permille()), (Some(0), None));
}

#[test]
fn odd_people_and_odd_floors_are_no_trouble() {
    let policies = [FairnessPolicy::None, FairnessPolicy::Floor { permille: u16::MAX }, FairnessPolicy::MaxMinFirst];
    // Nobody has a goal: the ideal is 0, and so is every floor.
    let mut idle = team();
    idle.people.iter_mut().for_each(|person| person.goals.clear());
    for policy in policies {
        let outcome = solved(&PlanProblem::new(idle.clone().with_fairness(policy)).unwrap());
        assert_eq!(proven(&outcome), Some(0), "{policy:?}");
        let evaluation = outcome.evaluation().unwrap();
        let report = evaluation.fairness();
        assert_eq!((evaluation.maximin_permille(), report.gini_permille()), (None, None));
        assert_eq!(report.without_anything().count(), 0);
    }
    // A goal below the present level, or of no weight, has an ideal of 0 too.
    let mut reached = team();
    for person in &mut reached.people {
        person.goals.iter_mut().for_each(|goal| goal.to = goal.from);
    }
    reached.people[0].goals[0].to += 500;
    reached.people[0].goals[0].weight = 0;
    let outcome = solved(&PlanProblem::new(reached.with_fairness(FairnessPolicy::MaxMinFirst)).unwrap());
    assert_eq!(proven(&outcome), Some(0));
    // Nobody can have more than everything.
    let beyond = FairnessPolicy::Floor { permille: 1_001 };
    assert_eq!(proven(&solved(&PlanProblem::new(team().with_fairness(beyond)).unwrap())), None);
    // One person alone is always served evenly.
    let mut one = team();
    one.people.truncate(1);
    let sum = proven(&solved(&PlanProblem::new(one.clone()).unwrap()));
    let outcome = solved(&PlanProblem::new(one.clone().with_fairness(FairnessPolicy::MaxMinFirst)).unwrap());
    assert_eq!(proven(&outcome), sum);
    assert_eq!(outcome.evaluation().unwrap().fairness().gini_permille(), Some(0));
    // Nobody at all.
    one.people.clear();
    let outcome = solved(&PlanProblem::new(one.with_fairness(FairnessPolicy::MaxMinFirst)).unwrap());
    assert_eq!((proven(&outcome), outcome.evaluation().unwrap().maximin_permille()), (Some(0), None));
}

#[test]
fn a_floor_that_is_too_large_for_a_problem_is_a_defect_and_no_overflow() {
    let mut document = team();
    for person in &mut document.people {
        for goal in &mut person.goals {
            (goal.from, goal.to, goal.weight) = (i64::MIN, i64::MAX, i64::MAX);
        }
    }
    let floored = document.with_fairness(FairnessPolicy::Floor { permille: u16::MAX });
    assert!(PlanProblem::new(floored).is_err());
    // The largest valid ideal times the largest floor is beyond what a least value may be.
    let mut document = team();
    let skills: Vec<_> = (0..64).map(|place| format!("s{place}").parse().unwrap()).collect();
    let goal = document.people[0].goals[0].clone();
    document.skills.extend(skills.iter().cloned());
    let largest = skills.into_iter().map(|skill| {
        let mut goal = goal.clone();
        (goal.skill, goal.from, goal.to, goal.weight) = (skill, 0, 10_000, 10_000);
        goal
    });
    document.people[0].goals = largest.collect();
    let told = PlanProblem::new(document.with_fairness(FairnessPolicy::Floor { permille: u16::MAX })).unwrap_err();
    assert!(told.to_string().contains("/people/0/min_value"), "{told}");
}
