//! Planning problems made to break the reader or the solver: each is refused with a message that helps, or planned in a
//! time that ends.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use service_excellence::coaching::{PlanProblem, SolveLimits};

fn within<T>(limit: Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(start.elapsed() < limit, "it took {:?}", start.elapsed());
    result
}

/// One person, and activities of one week that require those of `requires`.
fn problem(weeks: usize, activities: usize, requires: impl Fn(usize) -> std::ops::Range<usize>) -> Value {
    let activity = |place: usize| {
        let requires: Vec<String> = requires(place).map(|one| format!("a{one}")).collect();
        json!({
            "id": format!("a{place}"), "load": [10], "cost": 0, "max_sessions": 1, "repeat_gap_weeks": 1,
            "gains": [{ "skill": "empathy", "gain": [10], "ceiling": 5000 }], "requires": requires,
        })
    };
    json!({
        "format": "coaching-plan-instance/1", "name": "hostile", "horizon_weeks": weeks, "skills": ["empathy"],
        "people": [{
            "id": "agent-7", "week_minutes_max": vec![15; weeks], "total_minutes_max": 10_000, "cost_max": 0,
            "goals": [{ "skill": "empathy", "from": 0, "to": 5000, "weight": 1 }],
        }],
        "activities": (0..activities).map(activity).collect::<Vec<_>>(),
        "objective": "sum",
    })
}

fn read(problem: &Value) -> Result<PlanProblem, String> {
    PlanProblem::from_json(&problem.to_string()).map_err(|faults| faults.to_string())
}

#[test]
fn windows_at_the_ends_of_the_numbers_are_faults_and_no_overflow() {
    for week in [i64::MAX, i64::MIN, 0, 105] {
        let mut document = problem(4, 1, |_| 0..0);
        document["activities"][0]["earliest_week"] = json!(week);
        document["activities"][0]["latest_end_week"] = json!(3);
        let told = read(&document).unwrap_err();
        assert!(told.contains(&format!("`{week}`: allowed is 1 to 104 (at `/activities/0/earliest_week`")), "{told}");
    }
}

#[test]
fn a_million_prerequisites_are_read_in_little_time() {
    let document = problem(1, 1_500, |place| 0..place);
    assert!(within(Duration::from_secs(20), || read(&document)).is_ok());
}

#[test]
fn a_long_cycle_is_named_among_many_prerequisites() {
    let mut document = problem(1, 600, |place| 0..place);
    document["activities"][3]["requires"] = json!(["a599"]);
    let told = within(Duration::from_secs(10), || read(&document)).unwrap_err();
    assert!(told.starts_with("`a3`, `a4`, `a5`"), "{told}");
    assert!(!told.contains("`a2`"), "{told}");
}

#[test]
fn prerequisites_that_many_ways_lead_to_are_planned_once() {
    // Each requires all before it: 2²⁵ ways lead from the last to the first.
    let limits = SolveLimits { quick_rounds: 2, ..SolveLimits::default() };
    let document = problem(26, 26, |place| 0..place);
    let outcome = within(Duration::from_secs(20), || read(&document).unwrap().solve(&limits));
    assert_eq!(outcome.evaluation().map(|one| (one.value(), one.is_feasible())), Some((260, true)));
    // Two of each week require the two of the week before; the weeks hold only one.
    let document = problem(26, 60, |place| (place / 2 * 2).saturating_sub(2)..(place / 2 * 2));
    let outcome = within(Duration::from_secs(40), || read(&document).unwrap().solve(&limits));
    assert!(outcome.evaluation().unwrap().is_feasible());
    assert_eq!(outcome.evaluation().unwrap().value(), 260);
}
