//! Planning problems made to break the reader or the solver: each is refused with a message that helps, or planned in a
//! time that ends.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the documents are made here")]

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use allocation_counter::measure;
use serde_json::{Value, json};
use service_excellence::planning::{Certificate, LimitHit, PlanOutcome, PlanProblem, PlanReason, SolveLimits};

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
    assert!(within(Duration::from_secs(120), || read(&document)).is_ok());
}

#[test]
fn a_long_cycle_is_named_among_many_prerequisites() {
    let mut document = problem(1, 600, |place| 0..place);
    document["activities"][3]["requires"] = json!(["a599"]);
    let told = within(Duration::from_secs(60), || read(&document)).unwrap_err();
    assert!(told.starts_with("`a3`, `a4`, `a5`"), "{told}");
    assert!(!told.contains("`a2`"), "{told}");
}

#[test]
fn prerequisites_that_many_ways_lead_to_are_planned_once() {
    // Each requires all before it: 2²⁵ ways lead from the last to the first.
    let limits = SolveLimits { quick_rounds: 2, ..SolveLimits::default() };
    let document = problem(26, 26, |place| 0..place);
    let outcome = within(Duration::from_secs(120), || read(&document).unwrap().solve(&limits));
    assert_eq!(outcome.evaluation().map(|one| (one.value(), one.is_feasible())), Some((260, true)));
    // Two of each week require the two of the week before; the weeks hold only one.
    let two_a_layer = read(&problem(26, 60, |place| (place / 2 * 2).saturating_sub(2)..(place / 2 * 2))).unwrap();
    let outcome = within(Duration::from_secs(120), || two_a_layer.solve(&limits));
    assert!(outcome.evaluation().unwrap().is_feasible());
    assert_eq!(outcome.evaluation().unwrap().value(), 260);
    // 2²⁹ ways lead from the last to the first, and each is explained by what comes directly before it.
    let plan = outcome.plan().unwrap();
    let reasons = within(Duration::from_secs(20), || two_a_layer.explain(plan));
    assert_eq!(reasons.iter().filter(|one| one.is_in).count(), plan.len());
    assert!(reasons.iter().filter(|one| !one.is_in).all(|one| one.reasons == [PlanReason::CrowdedOut {}]));
}

#[test]
fn extreme_problems_are_explained_in_little_time() {
    for (name, document) in extremes() {
        let problem = read(&document).unwrap();
        let outcome = problem.solve(&SolveLimits { rounds: 0, quick_rounds: 1, ..few_steps() });
        let reasons = within(Duration::from_secs(20), || problem.explain(outcome.plan().unwrap_or_default()));
        let (people, activities) = (problem.document().people.len(), problem.document().activities.len());
        assert_eq!(reasons.len(), people * activities, "{name}");
        assert!(reasons.iter().all(|one| !one.reasons.is_empty()), "{name}");
    }
}

/// Few steps of everything.
fn few_steps() -> SolveLimits<'static> {
    SolveLimits {
        master_nodes: 200,
        schedule_steps: 2_000,
        toll_rounds: 2,
        rounds: 5,
        quick_rounds: 5,
        quick_steps: 200_000,
        price_steps: 400_000,
        conflict_tests: 40,
        tie_nodes: 0,
        ..SolveLimits::default()
    }
}

/// Small activities that bring 50 each, by place.
fn many(activities: usize, requires: impl Fn(usize) -> std::ops::Range<usize>) -> Value {
    let mut document = problem(8, activities, requires);
    for activity in document["activities"].as_array_mut().unwrap() {
        activity["gains"][0]["gain"] = json!([50]);
    }
    document
}

/// Sets of so many activities, spread over all of them.
fn sets(count: usize, size: usize, activities: usize) -> Vec<Vec<String>> {
    let set = |first: usize| {
        let mut places: Vec<usize> =
            (0..size).map(|place| (7 * first + place * (1 + first % 5)) % activities).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|place| format!("a{place}")).collect()
    };
    (0..count).map(set).collect()
}

/// Valid problems that are extreme in one way each.
fn extremes() -> Vec<(&'static str, Value)> {
    let mut groups = many(300, |_| 0..0);
    groups["exclusive"] = json!(sets(300, 100, 300));
    let mut synergies = many(300, |_| 0..0);
    let synergy = |activities| json!({ "activities": activities, "skill": "empathy", "bonus": 90, "ceiling": 5000 });
    synergies["synergies"] = sets(300, 100, 300).into_iter().map(synergy).collect();
    let mut ceilings = many(120, |_| 0..0);
    for (place, activity) in ceilings["activities"].as_array_mut().unwrap().iter_mut().enumerate() {
        let gain = |step| json!({ "skill": "empathy", "gain": [1 + place % 3], "ceiling": 100 + 40 * place + step });
        activity["gains"] = (0..40).map(gain).collect();
    }
    let mut dues = many(300, |_| 0..0);
    dues["skills"] = (0..8).map(|place| format!("s{place}")).collect();
    let goal = |place: usize| json!({ "skill": format!("s{place}"), "from": 0, "to": 5000, "weight": 1, "due_week": place + 1 });
    dues["people"][0]["goals"] = (0..8).map(goal).collect();
    for (place, activity) in dues["activities"].as_array_mut().unwrap().iter_mut().enumerate() {
        activity["load"] = json!([5 + place % 11]);
        let gain =
            |step| json!({ "skill": format!("s{}", (place + step) % 8), "gain": [40 + place % 60], "ceiling": 5000 });
        activity["gains"] = (0..4).map(gain).collect();
    }
    let mut sessions = problem(104, 300, |_| 0..0);
    for activity in sessions["activities"].as_array_mut().unwrap() {
        activity["max_sessions"] = json!(52);
        activity["gains"][0]["gain"] = json!(vec![9; 52]);
    }
    let mut minima = many(200, |_| 0..0);
    minima["people"][0]["week_minutes_min"] = json!(vec![10; 8]);
    let mut impossible = many(120, |_| 0..0);
    impossible["people"][0]["mandatory"] = (0..60).map(|place| format!("a{place}")).collect();
    impossible["exclusive"] =
        (0..120).map(|place| json!([format!("a{place}"), format!("a{}", (place + 1) % 120)])).collect();
    let mut crowd = for_people(many(20, |_| 0..0), 40);
    crowd["shared_cost_max"] = json!(100);
    for activity in crowd["activities"].as_array_mut().unwrap() {
        activity["cost"] = json!(1);
    }
    for person in crowd["people"].as_array_mut().unwrap() {
        person["cost_max"] = json!(9);
    }
    vec![
        ("identical activities", many(600, |_| 0..0)),
        ("exclusive groups", groups),
        ("dense prerequisites", problem(104, 104, |place| 0..place)),
        ("prerequisites in layers", problem(104, 600, |place| 0..(place / 6 * 6))),
        ("synergies", synergies),
        ("ceilings", ceilings),
        ("due weeks", dues),
        ("sessions", sessions),
        ("minima", minima),
        ("impossible", impossible),
        ("a crowd", crowd),
    ]
}

fn assert_honest(name: &str, problem: &PlanProblem, outcome: &PlanOutcome) {
    let value = outcome.plan().map(|plan| {
        let evaluation = problem.evaluate(plan);
        assert!(evaluation.is_feasible(), "{name}");
        evaluation.value()
    });
    match outcome.certificate() {
        Certificate::Optimal { .. } => assert!(value.is_some(), "{name}"),
        Certificate::Bounded { upper, gap, proof } => {
            assert_eq!(*gap, value.map(|value| upper - value), "{name}");
            assert!(gap.is_none_or(|gap| gap >= 0) && !proof.limits_hit().is_empty(), "{name}: {proof:?}");
        }
        Certificate::Infeasible { conflict, .. } => assert!(value.is_none() && !conflict.is_empty(), "{name}"),
    }
}

#[test]
fn extreme_problems_end_after_few_steps_with_a_checked_plan() {
    for (name, document) in extremes() {
        let problem = read(&document).unwrap();
        let asked = AtomicU64::new(0);
        let count = || {
            asked.fetch_add(1, Ordering::Relaxed);
            false
        };
        let outcome = problem.solve(&SolveLimits { stop: Some(&count), ..few_steps() });
        assert_honest(name, &problem, &outcome);
        assert_eq!(outcome.plan().is_none(), name == "impossible", "{name}: {:?}", outcome.certificate());
        // Whatever runs for long asks, and whoever asks counts his steps: there are not many.
        assert!((1..20_000).contains(&asked.load(Ordering::Relaxed)), "{name}: {asked:?}");
        assert_eq!(problem.solve(&few_steps()), outcome, "{name}");
    }
}

#[test]
fn whoever_says_stop_is_not_asked_again_and_gets_what_there_is() {
    for (name, document) in extremes() {
        let problem = read(&document).unwrap();
        for last in [0, 1, 2, 5, 20, 100] {
            let asked = AtomicU64::new(0);
            let stop = || asked.fetch_add(1, Ordering::Relaxed) >= last;
            let outcome = problem.solve(&SolveLimits { stop: Some(&stop), ..few_steps() });
            assert_honest(name, &problem, &outcome);
            let asked = asked.load(Ordering::Relaxed);
            let is_stopped = outcome.certificate().proof().limits_hit().contains(&LimitHit::Stopped);
            assert!(asked <= last + 1, "{name}: {asked} questions, told to stop at the {last}th");
            assert_eq!(is_stopped, asked == last + 1, "{name}: {asked} of {last} {:?}", outcome.certificate());
        }
    }
}

/// 60 people with four due weeks who share a coach and a budget, with activities of two weeks in three sessions.
fn busy_crowd() -> Value {
    let mut document = for_people(problem(26, 60, |_| 0..0), 60);
    let skills = ["s0", "s1", "s2", "s3"];
    document["skills"] = json!(skills);
    document["coach_pools"] = json!([{ "id": "c", "week_minutes": vec![300; 26] }]);
    document["shared_cost_max"] = json!(100);
    for (place, activity) in document["activities"].as_array_mut().unwrap().iter_mut().enumerate() {
        activity["load"] = json!([20 + 5 * (place % 7), 10 + 10 * (place % 3)]);
        activity["coach"] = json!({ "pool": "c", "load": [10 + 10 * (place % 4), 5] });
        (activity["cost"], activity["max_sessions"]) = (json!(1), json!(3));
        activity["gains"] = json!([{ "skill": skills[place % 4], "gain": [90, 60, 30], "ceiling": 5000 }]);
    }
    let goal = |(place, skill): (usize, &&str)| json!({ "skill": skill, "from": 0, "to": 5000, "weight": 1 + place, "due_week": 6 * (place + 1) });
    let goals: Vec<Value> = skills.iter().enumerate().map(goal).collect();
    for person in document["people"].as_array_mut().unwrap() {
        (person["week_minutes_max"], person["cost_max"]) = (json!(vec![120; 26]), json!(500));
        person["goals"] = json!(goals);
    }
    document
}

#[test]
fn nothing_large_is_built_for_a_crowd_once_the_caller_has_said_stop() {
    let problem = read(&busy_crowd()).unwrap();
    let stop = || true;
    let limits = SolveLimits { stop: Some(&stop), ..SolveLimits::default() };
    let mut outcome = None;
    let allocations = measure(|| outcome = Some(problem.solve(&limits))).count_total;
    let outcome = outcome.unwrap();
    assert_honest("a crowd", &problem, &outcome);
    assert!(outcome.certificate().proof().limits_hit().contains(&LimitHit::Stopped));
    // 2.3 million where everybody's problem and rows were built all the same.
    assert!(allocations < 300_000, "{allocations}");
}

/// The problem for so many people.
fn for_people(mut document: Value, people: usize) -> Value {
    let person = document["people"][0].clone();
    let named = |place: usize| {
        let mut person = person.clone();
        person["id"] = json!(format!("agent-{place}"));
        person
    };
    document["people"] = (0..people).map(named).collect();
    document
}

#[test]
fn a_problem_that_fits_in_each_number_may_be_too_large_as_a_whole() {
    assert!(read(&for_people(problem(26, 200, |_| 0..0), 192)).is_ok());
    let told = read(&for_people(problem(26, 200, |_| 0..0), 193)).unwrap_err();
    assert!(told.contains("`1003600` possible starts: allowed is at most 1000000"), "{told}");

    // 997 numbers in gain tables and 997 members of each group, for 100 people.
    let mut document = for_people(problem(8, 997, |_| 0..0), 100);
    document["exclusive"] = json!(sets(19, 997, 997));
    assert!(read(&document).is_ok());
    document["exclusive"] = json!(sets(20, 997, 997));
    let told = read(&document).unwrap_err();
    assert!(told.contains("are `2093700` entries: allowed is at most 2000000"), "{told}");
}
