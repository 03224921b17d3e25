//! Laws that hold for every problem, on seeded random problems.

use serde_json::{Value, json};
use service_excellence::planning::{Certificate, PlanProblem, Relaxation, SessionPlacement, SolveLimits};

use crate::generator::{CLASSES, Class, Random, instance};
use crate::{best, problem, proven, solved};

const SMALL: Class = Class { activities: 14, skills: 4, weeks: 5, goals: 3 };

fn small(seed: u64) -> Value {
    instance(SMALL, seed)
}

#[test]
fn more_of_a_resource_never_hurts() {
    let limits = SolveLimits { tie_nodes: 0, ..SolveLimits::default() };
    for seed in 0..25 {
        let problem = problem(&small(seed));
        let before = best(&problem);
        for relaxation in Relaxation::USUAL {
            let after = proven(&problem.what_if(relaxation, &limits).unwrap());
            assert!(after >= before, "seed {seed}: {relaxation:?} {after:?} < {before:?}");
        }
    }
}

#[test]
fn the_order_of_activities_does_not_matter() {
    for seed in 0..25 {
        let mut document = small(seed);
        let before = best(&problem(&document));
        document["activities"].as_array_mut().unwrap().reverse();
        document["people"][0]["goals"].as_array_mut().unwrap().reverse();
        assert_eq!(best(&problem(&document)), before, "seed {seed}");
    }
}

#[test]
fn weights_scale_the_value() {
    for seed in 0..25 {
        let mut document = small(seed);
        let before = best(&problem(&document));
        for goal in document["people"][0]["goals"].as_array_mut().unwrap() {
            goal["weight"] = json!(3 * goal["weight"].as_i64().unwrap());
        }
        assert_eq!(best(&problem(&document)), before.map(|value| 3 * value), "seed {seed}");
    }
}

#[test]
fn an_activity_that_helps_no_goal_changes_nothing() {
    for seed in 0..25 {
        let mut document = small(seed);
        let before = solved(&problem(&document));
        document["skills"].as_array_mut().unwrap().push(json!("elsewhere"));
        let idle = json!({"id": "idle", "load": [15], "cost": 0, "max_sessions": 2, "repeat_gap_weeks": 1,
            "gains": [{"skill": "elsewhere", "gain": [300, 300], "ceiling": 5000}]});
        document["activities"].as_array_mut().unwrap().push(idle);
        let after = solved(&problem(&document));
        assert_eq!(proven(&after), proven(&before), "seed {seed}");
        assert_eq!(after.plan(), before.plan(), "seed {seed}");
    }
}

#[test]
fn the_same_problem_gives_the_same_outcome() {
    for seed in 0..10 {
        let problem = problem(&instance(CLASSES[0], seed));
        assert_eq!(solved(&problem), solved(&problem), "seed {seed}");
    }
}

#[test]
fn a_better_plan_than_the_best_is_never_met_at_random() {
    for seed in 0..20 {
        let problem = problem(&small(seed));
        let outcome = solved(&problem);
        let Some(value) = proven(&outcome) else { continue };
        let mut random = Random(seed);
        let plan = outcome.plan().unwrap();
        for _ in 0..200 {
            let changed: Vec<SessionPlacement> = plan
                .iter()
                .map(|one| SessionPlacement {
                    week: if random.one_in(4) { random.between(1, 5) as u32 } else { one.week },
                    ..one.clone()
                })
                .collect();
            let evaluation = problem.evaluate(&changed);
            assert!(!evaluation.is_feasible() || evaluation.value() <= value, "seed {seed}");
        }
    }
}

#[test]
fn forty_distinct_durations_are_solved() {
    let mut document = small(3);
    document["people"][0]["week_minutes_max"] = json!([240, 240, 240, 240, 240]);
    document["people"][0]["total_minutes_max"] = json!(900);
    let skill = document["people"][0]["goals"][0]["skill"].clone();
    let activities: Vec<Value> = (0..40)
        .map(|index| {
            json!({"id": format!("d{index}"), "load": [21 + index], "cost": index % 7, "max_sessions": 1,
            "repeat_gap_weeks": 1, "gains": [{"skill": skill, "gain": [10 + index * 3], "ceiling": 5000}]})
        })
        .collect();
    document["activities"].as_array_mut().unwrap().extend(activities);
    assert!(best(&problem(&document)).is_some());
}

#[test]
fn a_limit_gives_a_bound_that_holds() {
    for seed in 1..=6 {
        let problem = problem(&instance(CLASSES[0], seed));
        let value = best(&problem);
        let limits = SolveLimits { master_nodes: 3, quick_rounds: 0, tie_nodes: 0, ..SolveLimits::default() };
        let outcome = problem.solve(&limits);
        if let Certificate::Bounded { upper, gap, .. } = outcome.certificate() {
            let found = outcome.evaluation().map(|one| one.value());
            assert!(Some(*upper) >= value, "seed {seed}: {upper} < {value:?}");
            assert!(found <= value && *gap == found.map(|found| upper - found), "seed {seed}");
        }
    }
}

#[test]
fn a_callback_stops_the_search() {
    let problem: PlanProblem = problem(&instance(CLASSES[1], 1));
    let outcome = problem.solve(&SolveLimits { stop: Some(&|| true), ..SolveLimits::default() });
    assert!(matches!(outcome.certificate(), Certificate::Bounded { .. }));
    assert!(outcome.evaluation().is_some_and(|one| one.is_feasible()));
}
