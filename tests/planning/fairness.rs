//! Fairness policies on the published team, and what is reported of a plan.

use serde_json::{Value, json};
use service_excellence::planning::{
    FairnessPolicy, PlanLoss, PlanObjective, PlanProblem, PlanProblemDocument, Relaxation, SolveLimits,
};

use crate::enumeration::{feasible_plans, objective, tiny};
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

fn quick() -> SolveLimits<'static> {
    SolveLimits { tie_nodes: 0, ..SolveLimits::default() }
}

/// A tiny problem for two people who share little money and are to be served fairly.
fn tiny_and_fair(seed: u64) -> Option<Value> {
    let mut document = tiny(seed);
    document["objective"] = json!("maximin_then_sum");
    document["shared_cost_max"] = json!(30);
    let [first, _] = &mut document["people"].as_array_mut().unwrap()[..] else { return None };
    for goal in first["goals"].as_array_mut().unwrap() {
        goal["weight"] = json!(5 * goal["weight"].as_i64().unwrap());
    }
    Some(document)
}

#[test]
fn what_overruling_a_fair_plan_costs_is_the_least_share_first_as_enumeration_finds_it() {
    let (mut shares, mut sums, mut traded) = (0, 0, 0);
    for (seed, document) in (0..900).filter_map(|seed| Some((seed, tiny_and_fair(seed)?))) {
        let problem = problem(&document);
        let all = feasible_plans(&document, &problem);
        for person in document["people"].as_array().unwrap() {
            for activity in document["activities"].as_array().unwrap() {
                if person["completed"].as_array().unwrap().contains(&activity["id"]) {
                    continue;
                }
                let (who, what) = (person["id"].as_str().unwrap(), activity["id"].as_str().unwrap());
                let best = |is_in: bool| {
                    let plans = all.iter().filter(|(plan, _)| {
                        is_in == plan.iter().any(|one| one.person.as_str() == who && one.activity.as_str() == what)
                    });
                    plans.map(|(_, evaluation)| objective(&document, evaluation)).max()
                };
                let price = problem.price_of(who, what, &quick()).unwrap();
                let (found, expected) = ((price.of_insisting(), price.of_going_without()), best(true).zip(best(false)));
                let numbers = |lost: PlanLoss| (lost.least_share_permille(), lost.value());
                let lost = |one: (i64, i64), other: (i64, i64)| {
                    if one < other { (other.0 - one.0, other.1 - one.1) } else { (0, 0) }
                };
                let expected = expected.map(|(with, without)| (lost(with, without), lost(without, with)));
                let found = found.0.map(numbers).zip(found.1.map(numbers));
                assert_eq!(found, expected, "seed {seed}: {who} {what} {document}");
                let Some((insisting, without)) = found else { continue };
                assert!(insisting == (0, 0) || without == (0, 0), "one of the two is best");
                let (share, sum) = insisting.max(without);
                shares += usize::from(share > 0);
                sums += usize::from(share == 0 && sum > 0);
                traded += usize::from(share > 0 && sum < 0);
            }
        }
    }
    assert!(shares > 50 && sums > 50 && traded > 5, "{shares} shares, {sums} sums, {traded} sums that grow");
}

#[test]
fn what_binds_a_fair_plan_lifts_the_least_share_even_where_the_sum_gets_smaller() {
    // Coaching serves the first person best; the workshop is all that serves the second, and takes the coach and more money.
    let person = |id: &str, skill: &str, weight: i64| {
        json!({"id": id, "week_minutes_max": [60], "total_minutes_max": 60, "cost_max": 100,
            "goals": [{"skill": skill, "from": 2000, "to": 3000, "weight": weight}]})
    };
    let activity = |id: &str, skill: &str, cost: i64, gain: i64| {
        json!({"id": id, "load": [60], "cost": cost, "max_sessions": 1, "repeat_gap_weeks": 1,
            "gains": [{"skill": skill, "gain": [gain], "ceiling": 5000}]})
    };
    let mut activities = [
        activity("coaching", "empathy", 50, 1_000),
        activity("reading", "empathy", 0, 500),
        activity("workshop", "clarity", 100, 300),
    ];
    for with_coach in [0, 2] {
        activities[with_coach]["coach"] = json!({"pool": "mira", "load": [60]});
    }
    let document = json!({"format": "coaching-plan-instance/1", "name": "fair", "horizon_weeks": 1,
        "skills": ["empathy", "clarity"], "people": [person("agent-7", "empathy", 6), person("agent-8", "clarity", 1)],
        "activities": activities, "coach_pools": [{"id": "mira", "week_minutes": [60]}], "shared_cost_max": 50,
        "objective": "maximin_then_sum"});
    let problem = problem(&document);
    let outcome = solved(&problem);
    let evaluation = outcome.evaluation().unwrap();
    assert_eq!((evaluation.maximin_permille(), evaluation.value()), (Some(0), 6_000));
    let more = problem.what_if(Relaxation::Cost(50), &quick()).unwrap();
    let more = more.evaluation().unwrap();
    assert_eq!((more.maximin_permille(), more.value()), (Some(300), 3_300));
    assert_eq!(problem.binding(evaluation, &quick()), [Relaxation::Cost(50)]);
    // Of the sum alone, nothing of this brings more.
    let sum = problem.with_fairness(FairnessPolicy::None).unwrap();
    assert_eq!(sum.binding(evaluation, &quick()), []);
}

#[test]
fn an_objective_compares_the_least_share_first_and_then_the_sum() {
    let problem = problem(&json!(team()));
    let solve = |policy| solved(&problem.with_fairness(policy).unwrap());
    let (free, fair) = (solve(FairnessPolicy::None), solve(FairnessPolicy::MaxMinFirst));
    let (free, fair) = (free.evaluation().unwrap(), fair.evaluation().unwrap());
    assert!(PlanObjective::Sum.compare(free, fair).is_gt());
    assert!(PlanObjective::MaximinThenSum.compare(free, fair).is_lt());
    assert!(PlanObjective::MaximinThenSum.compare(fair, fair).is_eq());
    let nothing = problem.evaluate(&[]);
    assert!(PlanObjective::MaximinThenSum.compare(&nothing, free).is_lt(), "the sum decides where shares are equal");
}
