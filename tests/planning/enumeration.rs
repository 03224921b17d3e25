//! A separate, simple enumeration of every plan of tiny problems.

use std::ops::Range;

use serde_json::{Value, json};
use service_excellence::planning::{Certificate, Evaluation, PlanProblem, SessionPlacement};

use crate::generator::Random;
use crate::{problem, solved};

/// A tiny problem with every feature: two people at most, three activities, three weeks.
pub(crate) fn tiny(seed: u64) -> Value {
    let mut random = Random(seed);
    let weeks = random.between(2, 3);
    let count = random.between(2, 3);
    let people = random.pick(&[1, 1, 2]);
    let id = |index: i64| format!("a{index}");
    let activities: Vec<Value> = (0..count)
        .map(|index| {
            let sessions = random.pick(&[1, 1, 2]);
            let load: Vec<i64> = (0..random.pick(&[1, 1, 1, 2])).map(|_| random.pick(&[20, 30, 45, 60])).collect();
            let gains: Vec<Value> = ["s", "t"]
                .iter()
                .filter(|_| random.below(3) > 0)
                .collect::<Vec<_>>()
                .into_iter()
                .map(|skill| json!({"skill": skill, "gain": (0..sessions).map(|_| random.between(1, 40) * 10).collect::<Vec<_>>(), "ceiling": random.between(22, 50) * 100}))
                .collect();
            let mut one = json!({"id": id(index), "load": load, "cost": random.between(0, 3) * 10, "max_sessions": sessions,
                "repeat_gap_weeks": random.between(0, 2), "gains": gains,
                "requires": if index > 0 && random.one_in(4) { vec![id(random.between(0, index - 1))] } else { vec![] }});
            if random.one_in(3) {
                one["coach"] = json!({"pool": "c", "load": one["load"].as_array().unwrap().iter().map(|_| random.pick(&[20, 30])).collect::<Vec<_>>()});
            }
            if random.one_in(6) {
                one["earliest_week"] = json!(2);
            }
            one
        })
        .collect();
    let people: Vec<Value> = (0..people)
        .map(|index| {
            let goals: Vec<Value> = ["s", "t"].iter().map(|skill| {
                let mut goal = json!({"skill": skill, "from": random.between(18, 26) * 100, "to": random.between(20, 34) * 100, "weight": random.between(0, 3)});
                if random.one_in(2) {
                    goal["due_week"] = json!(random.between(1, weeks));
                }
                goal
            }).collect();
            let mut one = json!({"id": format!("p{index}"), "goals": goals,
                "week_minutes_max": (0..weeks).map(|_| random.pick(&[30, 60, 90])).collect::<Vec<_>>(),
                "total_minutes_max": random.between(4, 14) * 15, "cost_max": random.between(1, 8) * 10,
                "mandatory": if random.one_in(5) { vec![id(random.between(0, count - 1))] } else { vec![] },
                "completed": if random.one_in(8) { vec![id(random.between(0, count - 1))] } else { vec![] },
                "min_value": if random.one_in(6) { 200 } else { 0 }});
            if random.one_in(6) {
                one["week_minutes_min"] = json!((0..weeks).map(|week| if week == 0 { 20 } else { 0 }).collect::<Vec<_>>());
            }
            one
        })
        .collect();
    json!({"format": "coaching-plan-instance/1", "name": "tiny", "horizon_weeks": weeks, "skills": ["s", "t"], "people": people,
        "activities": activities, "exclusive": if random.one_in(4) { vec![vec![id(0), id(1)]] } else { vec![] },
        "synergies": if random.one_in(4) { vec![json!({"activities": [id(0), id(1)], "skill": "s", "bonus": 150, "ceiling": 3000})] } else { vec![] },
        "coach_pools": [{"id": "c", "week_minutes": (0..weeks).map(|_| random.pick(&[0, 30, 60])).collect::<Vec<_>>()}],
        "shared_cost_max": if random.one_in(3) { Some(50) } else { None },
        "objective": random.pick(&["sum", "sum", "maximin_then_sum"])})
}

/// All ways to place the sessions of one activity: sessions 1 to n in increasing weeks.
fn placements(person: &str, activity: &Value, weeks: i64) -> Vec<Vec<SessionPlacement>> {
    let mut all = vec![vec![]];
    let mut longest = all.clone();
    for session in 1..=activity["max_sessions"].as_i64().unwrap() {
        let mut longer = Vec::new();
        for start in &longest {
            for week in 1..=weeks {
                let mut one: Vec<SessionPlacement> = start.clone();
                one.push(
                    serde_json::from_value(
                        json!({"person": person, "activity": activity["id"], "session": session, "week": week}),
                    )
                    .unwrap(),
                );
                longer.push(one);
            }
        }
        all.extend(longer.clone());
        longest = longer;
    }
    all
}

/// What a plan is worth: share first where it counts, then the sum.
pub(crate) fn objective(document: &Value, evaluation: &Evaluation) -> (i64, i64) {
    let is_fair = document["objective"] == "maximin_then_sum";
    (if is_fair { evaluation.maximin_permille().unwrap_or(1_000) } else { 0 }, evaluation.value())
}

/// Every feasible plan.
pub(crate) fn feasible_plans(document: &Value, problem: &PlanProblem) -> Vec<(Vec<SessionPlacement>, Evaluation)> {
    let mut plans: Vec<Vec<SessionPlacement>> = vec![vec![]];
    for person in document["people"].as_array().unwrap() {
        for activity in document["activities"].as_array().unwrap() {
            let ways =
                placements(person["id"].as_str().unwrap(), activity, document["horizon_weeks"].as_i64().unwrap());
            plans = plans
                .iter()
                .flat_map(|plan| ways.iter().map(move |way| [plan.clone(), way.clone()].concat()))
                .filter(|plan| is_within_limits(problem, plan))
                .collect();
        }
    }
    let evaluated = plans.into_iter().map(|plan| {
        let evaluation = problem.evaluate(&plan);
        (plan, evaluation)
    });
    evaluated.filter(|(_, evaluation)| evaluation.is_feasible()).collect()
}

/// The best objective over all plans, `None` when no plan is feasible.
pub(crate) fn enumerate(document: &Value, problem: &PlanProblem) -> Option<(i64, i64)> {
    feasible_plans(document, problem).iter().map(|(_, one)| objective(document, one)).max()
}

/// Whether a partial plan can still become feasible: upper limits, windows and spacing only get tighter.
fn is_within_limits(problem: &PlanProblem, plan: &[SessionPlacement]) -> bool {
    use service_excellence::planning::PlanViolation as Broken;
    let hopeless = |one: &Broken| {
        matches!(
            one,
            Broken::OutsideWindow { .. }
                | Broken::TooSoon { .. }
                | Broken::OverWeek { .. }
                | Broken::OverTotalMinutes { .. }
                | Broken::OverCost { .. }
                | Broken::OverCoach { .. }
                | Broken::OverSeats { .. }
                | Broken::OverSharedCost { .. }
                | Broken::AlreadyCompleted { .. }
        )
    };
    !problem.evaluate(plan).violations().iter().any(hopeless)
}

/// Checks the solver's answers about the problems of some seeds; how many are proven optimal, and how many infeasible.
pub(crate) fn compare_with_enumeration(seeds: Range<u64>, document_of: fn(u64) -> Value) -> (u32, u32) {
    let (mut optimal, mut infeasible) = (0, 0);
    for seed in seeds {
        let document = document_of(seed);
        let problem = problem(&document);
        let expected = enumerate(&document, &problem);
        let outcome = solved(&problem);
        let certificate = outcome.certificate();
        if certificate.is_optimal() {
            let evaluation = outcome.evaluation().unwrap();
            assert_eq!(Some(objective(&document, evaluation)), expected, "seed {seed}: {document}");
            optimal += 1;
        } else {
            assert!(matches!(certificate, Certificate::Infeasible { .. }), "seed {seed}: {certificate:?} {document}");
            assert_eq!(expected, None, "seed {seed}: {certificate:?} {document}");
            infeasible += 1;
        }
    }
    (optimal, infeasible)
}

#[test]
fn the_solver_agrees_with_enumeration_on_thousands_of_tiny_problems() {
    let (optimal, infeasible) = compare_with_enumeration(0..3_000, tiny);
    assert!(optimal > 1_500 && infeasible > 100, "{optimal} optimal, {infeasible} infeasible");
}
