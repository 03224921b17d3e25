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
        (proven(&outcome).unwrap(), outcome.evaluation().unwrap().fairness().minimum_permille().unwrap())
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
    let report = problem.evaluate(&[]).fairness();
    let people = &problem.document().people;
    assert_eq!(report.without_anything().collect::<Vec<_>>(), [&people[0].id, &people[2].id]);
    assert_eq!(report.shares().iter().map(|one| one.permille()).collect::<Vec<_>>(), [Some(0), None, Some(0)]);
    assert!(report.shares().iter().zip(people).all(|(share, person)| *share.person() == person.id));
    assert_eq!((report.minimum_permille(), report.gini_permille()), (Some(0), None));
}
