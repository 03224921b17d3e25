//! Conflicts: constraints that cannot hold together, none of them needless unless a limit is named.

use serde_json::{Value, json};
use service_excellence::planning::{Certificate, LimitHit, PlanConstraint, PlanOutcome, SolveLimits};

use crate::enumeration::tiny;
use crate::generator::Random;
use crate::{best, problem, solved};

/// The conflict of a problem that is proven to have no plan, and the limits named with it.
fn conflict(outcome: &PlanOutcome) -> Option<(&[PlanConstraint], &[LimitHit])> {
    match outcome.certificate() {
        Certificate::Infeasible { conflict, proof } => Some((conflict, proof.limits_hit())),
        _ => None,
    }
}

/// A tiny problem with more that is mandatory, higher floors, and groups that are listed twice or hold nobody back.
fn crammed(seed: u64) -> Value {
    let (mut document, mut random) = (tiny(seed), Random(seed + 3_000_000));
    for person in document["people"].as_array_mut().unwrap() {
        if random.one_in(2) {
            person["mandatory"] = json!(["a0", "a1"]);
        }
        if random.one_in(3) {
            person["min_value"] = json!(random.between(1, 2_000));
        }
    }
    let groups = document["exclusive"].as_array_mut().unwrap();
    groups.extend([json!([]), json!(["a1"])]);
    if random.one_in(2) {
        groups.extend([json!(["a0", "a1"]), json!(["a1", "a0"])]);
    }
    document
}

/// The document with these constraints and no other.
fn with_only(document: &Value, kept: &[PlanConstraint]) -> Value {
    let mut document = document.clone();
    let kept: Vec<Value> = kept.iter().map(|one| json!(one)).collect();
    let holds = |wanted: Value| {
        let agrees = |one: &Value| wanted.as_object().unwrap().iter().all(|(member, value)| one[member] == *value);
        kept.iter().any(agrees)
    };
    let fill =
        |weeks: &mut Value, most: i64| weeks.as_array_mut().unwrap().iter_mut().for_each(|one| *one = json!(most));
    for person in document["people"].as_array_mut().unwrap() {
        let id = person["id"].clone();
        let of = |kind: &str| json!({"kind": kind, "person": id});
        let is_kept = |what: &Value| holds(json!({"kind": "mandatory", "person": id, "activity": what}));
        person["mandatory"].as_array_mut().unwrap().retain(is_kept);
        if !holds(of("floor")) {
            person["min_value"] = json!(0);
        }
        if !holds(of("week_maxima")) {
            fill(&mut person["week_minutes_max"], 10_080);
        }
        if !holds(of("week_minima")) {
            person.as_object_mut().unwrap().remove("week_minutes_min");
        }
        if !holds(of("total_minutes")) {
            person["total_minutes_max"] = json!(2_000_000);
        }
        if !holds(of("cost")) {
            person["cost_max"] = json!(1_000_000_000);
        }
    }
    let sorted = |group: &Value| {
        let mut ids: Vec<String> = serde_json::from_value(group.clone()).unwrap();
        ids.sort();
        ids
    };
    let is_kept = |group: &Value| {
        kept.iter().any(|one| one["kind"] == "exclusive" && sorted(&one["activities"]) == sorted(group))
    };
    document["exclusive"].as_array_mut().unwrap().retain(is_kept);
    if !holds(json!({"kind": "shared_cost"})) {
        document["shared_cost_max"] = Value::Null;
    }
    for pool in document["coach_pools"].as_array_mut().unwrap() {
        if !holds(json!({"kind": "coach_pool", "pool": pool["id"]})) {
            fill(&mut pool["week_minutes"], 10_080_000);
        }
    }
    document
}

#[test]
fn a_conflict_holds_nothing_it_can_do_without_unless_a_limit_is_named() {
    let usual = SolveLimits { tie_nodes: 0, ..SolveLimits::default() };
    let all_limits = [
        usual,
        SolveLimits { master_nodes: 0, ..usual },
        SolveLimits { master_nodes: 1, ..usual },
        SolveLimits { master_nodes: 2, ..usual },
        SolveLimits { master_size: 0, ..usual },
        SolveLimits { rounds: 1, ..usual },
        SolveLimits { quick_steps: 1, master_nodes: 1, ..usual },
        SolveLimits { conflict_tests: 3, ..usual },
    ];
    let (mut smallest, mut open) = (0, 0);
    for seed in 0..200 {
        let document = crammed(seed);
        for (place, limits) in all_limits.iter().enumerate() {
            let outcome = problem(&document).solve(limits);
            let Some((conflict, limits_hit)) = conflict(&outcome) else { continue };
            let told = || format!("seed {seed} limits {place}: {conflict:?} {limits_hit:?}");
            assert_eq!(best(&problem(&with_only(&document, conflict))), None, "{}", told());
            assert!(place > 0 || limits_hit.is_empty(), "{}", told());
            if !limits_hit.is_empty() {
                open += 1;
                continue;
            }
            for needed in conflict {
                let others: Vec<PlanConstraint> = conflict.iter().filter(|one| *one != needed).cloned().collect();
                assert!(best(&problem(&with_only(&document, &others))).is_some(), "{needed} of {}", told());
            }
            smallest += 1;
        }
    }
    assert!(smallest > 300 && open > 100, "{smallest} smallest conflicts, {open} that name a limit");
}

#[test]
fn a_group_that_is_listed_twice_stands_in_a_conflict_once() {
    for groups in [json!([["a", "b"], ["a", "b"]]), json!([["a", "b"], ["b", "a"]]), json!([[], ["a", "b"], ["a"]])] {
        let activity = |id: &str| json!({"id": id, "load": [10], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1, "gains": []});
        let document = json!({"format": "coaching-plan-instance/1", "name": "twice", "horizon_weeks": 2, "skills": ["s"],
            "people": [{"id": "p", "goals": [], "week_minutes_max": [60, 60], "total_minutes_max": 120, "cost_max": 0,
                "mandatory": ["a", "b"]}],
            "activities": [activity("a"), activity("b")], "exclusive": groups, "objective": "sum"});
        let outcome = solved(&problem(&document));
        let (conflict, limits_hit) = conflict(&outcome).unwrap();
        let of = |activity: &str| PlanConstraint::Mandatory {
            person: "p".parse().unwrap(),
            activity: activity.parse().unwrap(),
        };
        let group = PlanConstraint::Exclusive { activities: vec!["a".parse().unwrap(), "b".parse().unwrap()] };
        assert_eq!(conflict, [group, of("a"), of("b")], "{groups}");
        assert_eq!(limits_hit, [], "{groups}");
    }
}

#[test]
fn a_floor_in_a_conflict_says_how_much_is_guaranteed() {
    let mut document = tiny(0);
    document["people"][0]["min_value"] = json!(1_000_000);
    let outcome = solved(&problem(&document));
    let (conflict, _) = conflict(&outcome).unwrap();
    let floor = PlanConstraint::Floor { person: "p0".parse().unwrap(), value: 1_000_000 };
    assert_eq!(conflict, [floor]);
    assert_eq!(json!(conflict), json!([{"kind": "floor", "person": "p0", "value": 1_000_000}]));
}
