//! Activities with a number of seats in each week, shared by all people.

use serde_json::{Value, json};
use service_excellence::planning::{Certificate, PlanConstraint, PlanViolation, Relaxation, SolveLimits};

use crate::enumeration::{enumerate, objective, tiny};
use crate::generator::Random;
use crate::{best, problem, solved};

/// A workshop with so many seats in each of two weeks, and people who all gain by it.
fn workshop(people: usize, seats: [i64; 2], mandatory: bool) -> Value {
    let person = |number: usize| {
        json!({"id": format!("agent-{number}"), "week_minutes_max": [60, 60], "total_minutes_max": 120, "cost_max": 0,
            "goals": [{"skill": "empathy", "from": 2000, "to": 3000, "weight": 1}],
            "mandatory": if mandatory { vec!["workshop"] } else { vec![] }})
    };
    json!({"format": "coaching-plan-instance/1", "name": "workshop", "horizon_weeks": 2, "skills": ["empathy"],
        "people": (0..people).map(person).collect::<Vec<_>>(),
        "activities": [{"id": "workshop", "load": [60], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1,
            "gains": [{"skill": "empathy", "gain": [300], "ceiling": 4000}], "week_seats": seats}],
        "objective": "sum"})
}

#[test]
fn the_solver_agrees_with_enumeration_on_tiny_teams_with_seats() {
    let mut bound_by_seats = 0;
    for seed in 0..600 {
        let without = tiny(seed);
        let mut document = without.clone();
        let mut random = Random(seed + 1_000_000);
        for activity in document["activities"].as_array_mut().unwrap() {
            if !random.one_in(3) {
                let weeks = without["horizon_weeks"].as_i64().unwrap();
                activity["week_seats"] = (0..weeks).map(|_| random.between(0, 2)).collect();
            }
        }
        let problem = problem(&document);
        let found = solved(&problem);
        let expected = enumerate(&document, &problem);
        let found = match found.certificate() {
            Certificate::Optimal { .. } => found.evaluation().map(|one| objective(&document, one)),
            Certificate::Infeasible { .. } => None,
            Certificate::Bounded { .. } => panic!("seed {seed}: {:?} {document}", found.certificate()),
        };
        assert_eq!(found, expected, "seed {seed}: {document}");
        bound_by_seats += usize::from(best(&crate::problem(&without)) != best(&problem));
    }
    assert!(bound_by_seats > 40, "seats mattered in {bound_by_seats} problems only");
}

#[test]
fn no_more_people_start_in_a_week_than_there_are_seats() {
    assert_eq!(best(&problem(&workshop(5, [2, 1], false))), Some(900));
    assert_eq!(best(&problem(&workshop(3, [2, 1], false))), Some(900));
}

#[test]
fn seats_hold_for_more_people_than_one_master_takes() {
    let problem = problem(&workshop(20, [7, 4], false));
    let outcome = solved(&problem);
    assert_eq!(outcome.evaluation().unwrap().value(), 11 * 300);
    assert!(outcome.evaluation().unwrap().is_feasible());
    assert!(outcome.certificate().is_optimal(), "a price on seats proves it: {:?}", outcome.certificate());
}

#[test]
fn a_plan_over_the_seats_breaks_a_constraint_that_names_the_week() {
    let problem = problem(&workshop(2, [1, 0], false));
    let place = |person: &str, week: u32| {
        serde_json::from_value(json!({"person": person, "activity": "workshop", "session": 1, "week": week})).unwrap()
    };
    assert!(problem.evaluate(&[place("agent-0", 1)]).is_feasible());
    let evaluation = problem.evaluate(&[place("agent-0", 1), place("agent-1", 1)]);
    let expected = PlanViolation::OverSeats { activity: "workshop".parse().unwrap(), week: 1, people: 2, allowed: 1 };
    let [found] = evaluation.violations() else { panic!("{:?}", evaluation.violations()) };
    assert_eq!(*found, expected);
    assert_eq!(found.to_string(), "2 people start `workshop` in week 1: allowed is at most 1");
    assert!(!problem.evaluate(&[place("agent-0", 2)]).is_feasible());
}

#[test]
fn too_few_seats_for_what_is_mandatory_are_named_in_the_conflict() {
    let outcome = solved(&problem(&workshop(3, [1, 1], true)));
    let Certificate::Infeasible { conflict, .. } = outcome.certificate() else { panic!("{:?}", outcome.certificate()) };
    assert!(conflict.contains(&PlanConstraint::Seats { activity: "workshop".parse().unwrap() }), "{conflict:?}");
    assert_eq!(conflict.len(), 4, "the seats and the three who have to take part: {conflict:?}");
}

#[test]
fn one_seat_more_is_worth_what_it_brings() {
    let problem = problem(&workshop(4, [1, 1], false));
    let more = problem.what_if(Relaxation::Seats(1), &SolveLimits::default()).unwrap();
    assert_eq!(more.evaluation().unwrap().value(), 4 * 300);
    let best = solved(&problem);
    let binding = problem.binding(best.evaluation().unwrap(), &SolveLimits::default());
    assert_eq!(binding, [Relaxation::Weeks(1), Relaxation::Seats(1)]);
}

#[test]
fn seats_for_another_number_of_weeks_are_a_defect() {
    let mut document = workshop(1, [1, 1], false);
    document["activities"][0]["week_seats"] = json!([1, 1, 1]);
    let faults = service_excellence::planning::PlanProblem::from_json(&document.to_string()).unwrap_err();
    assert_eq!(faults.iter().next().unwrap().path(), "/activities/0/week_seats");
}
