//! Ten published instances with proven optima, witness plans, what-if and forced values.

use serde_json::Value;
use service_excellence::Fault;
use service_excellence::planning::{
    Certificate, PlanConstraint, PlanProblem, PlanReason, Relaxation, SessionPlacement, SolveLimits,
};

use crate::{best, problem, proven, published, solved};

fn instance(name: &str) -> Value {
    published("instances", name)
}

fn expected(name: &str) -> Value {
    published("expected", name)
}

const SOLVABLE: [&str; 8] = [
    "e01-empty-library",
    "e03-zero-cost-budget",
    "e09-greedy-trap",
    "e10-ceilings",
    "e12-spacing-and-minimum",
    "m14-medium-packing",
    "s13-small-random",
    "t19-team-shared",
];

#[test]
fn the_evaluator_agrees_with_every_stored_plan() {
    for name in SOLVABLE {
        let expected = expected(name);
        let plan: Vec<SessionPlacement> = serde_json::from_value(expected["plan"].clone()).unwrap();
        let evaluation = problem(&instance(name)).evaluate(&plan);
        assert_eq!(evaluation.violations(), [], "{name}");
        assert_eq!(evaluation.value(), expected["value"], "{name}");
        for person in evaluation.people() {
            assert_eq!(person.value(), expected["value_per_person"][person.person().as_str()], "{name}");
            assert_eq!(person.ideal(), expected["ideal_per_person"][person.person().as_str()], "{name}");
        }
        if let Some(ties) = expected.get("tie_break") {
            assert_eq!(evaluation.cost(), ties["cost"], "{name}");
            assert_eq!(evaluation.minutes(), ties["minutes"], "{name}");
            assert_eq!(evaluation.start_week_sum(), ties["start_week_sum"], "{name}");
        }
    }
}

#[test]
fn every_solvable_instance_is_proven_optimal_at_the_published_value() {
    for name in SOLVABLE {
        let outcome = solved(&problem(&instance(name)));
        assert_eq!(proven(&outcome), expected(name)["value"].as_i64(), "{name}");
    }
}

#[test]
fn ties_are_broken_by_cost_minutes_and_early_weeks() {
    for name in [
        "e01-empty-library",
        "e03-zero-cost-budget",
        "e09-greedy-trap",
        "e10-ceilings",
        "e12-spacing-and-minimum",
        "s13-small-random",
    ] {
        let outcome = problem(&instance(name)).solve(&SolveLimits::default());
        let (evaluation, ties) = (outcome.evaluation().unwrap(), &expected(name)["tie_break"]);
        let found = [evaluation.cost(), evaluation.minutes(), evaluation.start_week_sum()];
        assert!(outcome.is_canonical(), "{name}");
        assert_eq!(
            found.map(Value::from),
            [&ties["cost"], &ties["minutes"], &ties["start_week_sum"]].map(Clone::clone),
            "{name}"
        );
    }
}

#[test]
fn what_if_values_are_exact() {
    let questions = [
        ("total_minutes_plus_60", Relaxation::TotalMinutes(60)),
        ("every_week_minutes_plus_15", Relaxation::WeekMinutes(15)),
        ("cost_plus_50", Relaxation::Cost(50)),
    ];
    for name in SOLVABLE {
        for (question, relaxation) in questions {
            let limits = SolveLimits { tie_nodes: 0, ..SolveLimits::default() };
            let outcome = problem(&instance(name)).what_if(relaxation, &limits).unwrap();
            assert_eq!(proven(&outcome), expected(name)["what_if"][question].as_i64(), "{name} {question}");
        }
    }
}

#[test]
fn forced_values_are_exact() {
    for name in SOLVABLE {
        let expected = expected(name);
        for (activity, values) in expected.get("forced").and_then(Value::as_object).into_iter().flatten() {
            let limits = SolveLimits { tie_nodes: 0, ..SolveLimits::default() };
            let price = problem(&instance(name)).price_of("p001", activity, &limits).unwrap();
            assert_eq!(proven(price.with()), values["in"].as_i64(), "{name} {activity} in");
            assert_eq!(proven(price.without()), values["out"].as_i64(), "{name} {activity} out");
        }
    }
}

#[test]
fn a_conflict_names_what_cannot_hold_together() {
    let problem = problem(&instance("e05-infeasible-mandatory-load"));
    let outcome = solved(&problem);
    let Certificate::Infeasible { conflict, .. } = outcome.certificate() else { panic!("{outcome:?}") };
    let person = || "p001".parse().unwrap();
    let mandatory =
        |activity: &str| PlanConstraint::Mandatory { person: person(), activity: activity.parse().unwrap() };
    assert_eq!(*conflict, [PlanConstraint::WeekMaxima { person: person() }, mandatory("a01"), mandatory("a02")]);
    assert_eq!(outcome.plan(), None);
}

#[test]
fn a_cycle_is_refused_with_its_members() {
    let faults = PlanProblem::from_json(&instance("e07-cyclic-prerequisites").to_string()).unwrap_err();
    assert!(faults.breaks("plan_problem_acyclic"));
    assert!(faults.to_string().contains("`a02`, `a03`, `a04`"), "{faults}");
}

#[test]
fn without_the_cycle_the_rest_is_worth_the_published_value() {
    let mut document = instance("e07-cyclic-prerequisites");
    let activities = document["activities"].as_array_mut().unwrap();
    activities.retain(|one| !["a02", "a03", "a04", "a05"].contains(&one["id"].as_str().unwrap()));
    assert_eq!(
        best(&problem(&document)),
        expected("e07-cyclic-prerequisites")["value_if_cycle_members_are_never_schedulable"].as_i64()
    );
}

#[test]
fn every_number_out_of_bounds_is_reported_with_its_place() {
    let mut document = instance("e10-ceilings");
    document["people"][0]["cost_max"] = serde_json::json!(-1);
    document["people"][0]["goals"][0]["weight"] = serde_json::json!(10_001.0);
    document["activities"][0]["earliest_week"] = serde_json::json!(i64::MAX);
    document["activities"][0]["latest_end_week"] = serde_json::json!(i64::MIN);
    let faults = PlanProblem::from_json(&document.to_string()).unwrap_err();
    let places: Vec<&str> =
        faults.iter().filter(|fault| fault.rule() == Fault::SHAPE).map(|fault| fault.path()).collect();
    let wanted = [
        "/people/0/cost_max",
        "/people/0/goals/0/weight",
        "/activities/0/earliest_week",
        "/activities/0/latest_end_week",
    ];
    assert_eq!(places, wanted);
}

#[test]
fn every_defect_is_reported_at_once() {
    let mut document = instance("e10-ceilings");
    document["people"][0]["mandatory"] = serde_json::json!(["nobody_knows"]);
    document["people"][0]["cost_max"] = serde_json::json!(-1);
    document["people"][0]["week_minutes_max"].as_array_mut().unwrap().pop();
    document["activities"][0]["gains"][0]["gain"] = serde_json::json!([]);
    document["activities"][1]["id"] = document["activities"][0]["id"].clone();
    document["activities"][2]["earliest_week"] = serde_json::json!(5);
    document["activities"][2]["latest_end_week"] = serde_json::json!(3);
    let faults = PlanProblem::from_json(&document.to_string()).unwrap_err();
    for rule in
        ["plan_problem_ids_known", "shape", "plan_problem_lengths", "plan_problem_ids_unique", "plan_problem_windows"]
    {
        assert!(faults.breaks(rule), "{rule} in {faults}");
    }
}

#[test]
fn the_fairest_plan_comes_before_the_largest_sum() {
    let mut document = instance("t19-team-shared");
    document["objective"] = serde_json::json!("maximin_then_sum");
    document["people"][2]["min_value"] = serde_json::json!(0);
    let fair = solved(&problem(&document));
    assert!(fair.certificate().is_optimal(), "{:?}", fair.certificate());
    document["objective"] = serde_json::json!("sum");
    let large = solved(&problem(&document));
    let (fair, large) = (fair.evaluation().unwrap(), large.evaluation().unwrap());
    assert!(fair.maximin_permille() > large.maximin_permille());
    assert!(fair.value() < large.value());
}

#[test]
fn every_activity_has_its_reason() {
    let problem = problem(&instance("e03-zero-cost-budget"));
    let outcome = solved(&problem);
    let reasons = problem.explain(outcome.plan().unwrap());
    let of = |activity: &str| &reasons.iter().find(|one| one.activity.as_str() == activity).unwrap().reasons[..];
    // Free items only: two that cost something, one free behind a paid one, and two that pay for themselves.
    assert_eq!(of("a01"), [PlanReason::TooDear {}]);
    assert!(matches!(of("a02"), [PlanReason::Contributes { value: 360 }]), "{:?}", of("a02"));
    assert_eq!(of("a03"), [PlanReason::PrerequisiteUnreachable { requires: "a01".parse().unwrap() }]);
    assert!(matches!(of("a04"), [PlanReason::Contributes { .. }]));
    assert_eq!(of("a05"), [PlanReason::NoWeek {}]);
    assert!(reasons.iter().all(|one| !one.reasons.is_empty()));
}
