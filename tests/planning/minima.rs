//! Weeks that have to be spent: what is found and proven is the best, in little time.

use serde_json::{Value, json};

use crate::enumeration::{compare_with_enumeration, tiny};
use crate::generator::Random;
use crate::{problem, solved};

/// A tiny problem in which everybody has to spend some weeks.
fn tiny_with_minima(seed: u64) -> Value {
    let mut document = tiny(seed);
    let mut random = Random(seed ^ 0x5EED);
    let weeks = document["horizon_weeks"].as_u64().unwrap();
    for person in document["people"].as_array_mut().unwrap() {
        person["week_minutes_min"] = (0..weeks).map(|_| random.pick(&[0, 0, 20, 30, 50])).collect();
        person["min_value"] = json!(0);
    }
    for activity in document["activities"].as_array_mut().unwrap() {
        if random.one_in(3) {
            activity["week_seats"] = (0..weeks).map(|_| random.pick(&[0, 1, 1, 2])).collect();
        }
    }
    document
}

#[test]
fn minima_in_any_weeks_agree_with_enumeration() {
    let (optimal, infeasible) = compare_with_enumeration(20_000..20_800, tiny_with_minima);
    assert!(optimal > 150 && infeasible > 150, "{optimal} optimal, {infeasible} infeasible");
}

/// Six people or more, who all have to spend 20 minutes of the first week, and share coaches, seats and a budget.
pub(crate) fn a_week_to_spend(people: usize) -> Value {
    let one = |id: &str, minutes: i64, cost: i64, gain: i64| {
        json!({"id": id, "load": [minutes], "cost": cost, "max_sessions": 1, "repeat_gap_weeks": 1,
            "gains": [{"skill": "s", "gain": [gain], "ceiling": 10_000}]})
    };
    let with = |mut activity: Value, member: &str, value: Value| {
        activity[member] = value;
        activity
    };
    let coached = |activity: Value, pool: &str| {
        let coach = json!({"pool": pool, "load": activity["load"]});
        with(activity, "coach", coach)
    };
    let seated = |activity: Value| with(activity, "week_seats", json!([1, 1, 1, 1, 1, 1]));
    let weights = [3, 5, 4, 1, 3, 4, 1, 3, 1];
    let person = |place: usize| {
        json!({"id": format!("p{place}"), "week_minutes_max": [60, 60, 60, 60, 60, 60],
            "week_minutes_min": [20, 0, 0, 0, 0, 0], "total_minutes_max": 2_000_000, "cost_max": 50,
            "goals": [{"skill": "s", "from": 0, "to": 10_000, "weight": weights[place % 9]}]})
    };
    json!({"format": "coaching-plan-instance/1", "name": "a week to spend", "horizon_weeks": 6, "skills": ["s"],
        "people": (0..people).map(person).collect::<Vec<_>>(),
        "activities": [
            coached(one("a0", 50, 13, 270), "c0"),
            seated(one("a1", 30, 11, 330)),
            one("a2", 30, 12, 120),
            coached(one("a3", 60, 8, 110), "c1"),
            with(one("a4", 40, 13, 400), "requires", json!(["a3"])),
            seated(one("a5", 30, 4, 280)),
            coached(one("a6", 50, 9, 330), "c0"),
            with(one("a7", 30, 20, 380), "requires", json!(["a6"])),
            one("a8", 50, 10, 210),
            seated(coached(one("a9", 50, 6, 240), "c1")),
            seated(one("w", 60, 0, 300)),
        ],
        "exclusive": [["a0", "a3"], ["a1", "w"]],
        "coach_pools": [{"id": "c0", "week_minutes": [120, 120, 120, 120, 120, 120]},
            {"id": "c1", "week_minutes": [60, 60, 60, 60, 60, 60]}],
        "shared_cost_max": 20 * people, "objective": "sum"})
}

#[test]
fn a_week_that_everybody_has_to_spend_is_proven_in_few_nodes() {
    let outcome = solved(&problem(&a_week_to_spend(6)));
    let proof = outcome.certificate().proof();
    assert!(outcome.certificate().is_optimal(), "{:?}", outcome.certificate());
    // Proven with a variable for each session and week, too, in 13,910 nodes; 246 when this was written.
    assert_eq!(outcome.evaluation().unwrap().value(), 24_820);
    assert!(proof.nodes() < 1_500, "{}", proof.nodes());
}
