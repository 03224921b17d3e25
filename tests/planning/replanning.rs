//! Planning again in the middle of a plan, against enumeration and on random problems.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use service_excellence::planning::{
    Evaluation, PlanProblem, PlanViolation, RevisedPlan, SessionChange, SessionPlacement, SolveLimits,
};
use service_excellence::{Key, Reference};

use crate::enumeration::{feasible_plans, objective, tiny};
use crate::generator::{CLASSES, Class, Random, instance};
use crate::{problem, solved};

const SMALL: Class = Class { activities: 14, skills: 4, weeks: 5, goals: 3 };

fn replan(problem: &PlanProblem, previous: &[SessionPlacement], from_week: u32, tolerance: u16) -> RevisedPlan {
    let limits = SolveLimits { tie_nodes: 0, ..SolveLimits::default() };
    problem.replan(previous, from_week, tolerance, &limits).unwrap()
}

type Weeks = BTreeMap<(Reference, Key, u32), u32>;

fn weeks(plan: &[SessionPlacement]) -> Weeks {
    plan.iter().map(|one| ((one.person.clone(), one.activity.clone(), one.session), one.week)).collect()
}

fn past(plan: &[SessionPlacement], from_week: u32) -> Weeks {
    weeks(plan).into_iter().filter(|(_, week)| *week < from_week).collect()
}

/// How many sessions are moved, added or dropped between two plans with the same past.
fn differences(one: &Weeks, other: &Weeks) -> usize {
    let changed = one.iter().filter(|(session, week)| other.get(session) != Some(week)).count();
    changed + other.keys().filter(|session| !one.contains_key(session)).count()
}

/// Plans again and compares with every plan that has the same past; gives how many sessions have to change.
fn fewest_changes_of(
    document: &Value,
    all: &[(Vec<SessionPlacement>, Evaluation)],
    previous: &[SessionPlacement],
    from_week: u32,
    tolerance: u16,
) -> usize {
    let told = || format!("{document} {previous:?} from {from_week} within {tolerance}");
    let revised = replan(&problem(document), previous, from_week, tolerance);
    let found = revised.outcome().plan().unwrap();
    assert_eq!(past(found, from_week), past(previous, from_week), "{}", told());

    let same_past: Vec<&(Vec<SessionPlacement>, Evaluation)> =
        all.iter().filter(|(plan, _)| past(plan, from_week) == past(previous, from_week)).collect();
    let best = same_past.iter().map(|(_, one)| objective(document, one)).max().unwrap();
    let is_good = |evaluation: &Evaluation| {
        let (share, sum) = objective(document, evaluation);
        let reaches = |one: i64, best: i64| 1_000 * one >= best * (1_000 - i64::from(tolerance));
        reaches(share, best.0) && reaches(sum, best.1)
    };
    let good = same_past.iter().filter(|(_, evaluation)| is_good(evaluation));
    let fewest = good.map(|(plan, _)| differences(&weeks(previous), &weeks(plan))).min().unwrap();
    assert!(is_good(revised.outcome().evaluation().unwrap()), "{}", told());
    assert_eq!(differences(&weeks(previous), &weeks(found)), fewest, "{}", told());
    assert!(revised.change_count() == fewest && revised.is_fewest(), "{}", told());
    fewest
}

#[test]
fn replanning_agrees_with_enumeration_on_tiny_problems() {
    let (mut changed, mut unchanged) = (0, 0);
    for seed in 0..900 {
        let document = tiny(seed);
        let all = feasible_plans(&document, &problem(&document));
        let mut random = Random(seed);
        if all.is_empty() {
            continue;
        }
        let previous = &all[random.below(all.len())].0;
        let from_week = u32::try_from(random.between(1, 3)).unwrap();
        let tolerance = random.pick(&[0, 50, 300]);
        let fewest = fewest_changes_of(&document, &all, previous, from_week, tolerance);
        *(if fewest > 0 { &mut changed } else { &mut unchanged }) += 1;
    }
    assert!(changed > 100 && unchanged > 100, "{changed} changed, {unchanged} unchanged");
}

#[test]
fn replanning_agrees_with_enumeration_where_sessions_were_taken_out_moved_or_numbered_too_high() {
    let (mut gaps, mut kept_after_a_gap) = (0, 0);
    for seed in 0..900 {
        let mut document = tiny(seed);
        with_three_sessions(&mut document["activities"][0]);
        let all = feasible_plans(&document, &problem(&document));
        let mut random = Random(seed + 2_000_000);
        if all.is_empty() {
            continue;
        }
        let last_week = u32::try_from(document["horizon_weeks"].as_i64().unwrap()).unwrap();
        let from_week = u32::try_from(random.between(1, 3)).unwrap();
        let mut previous = all[random.below(all.len())].0.clone();
        previous.retain(|one| one.week < from_week || !random.one_in(3));
        for one in previous.iter_mut().filter(|one| one.week >= from_week) {
            if random.one_in(4) {
                one.week = u32::try_from(random.between(i64::from(from_week), i64::from(last_week))).unwrap();
            }
        }
        if let Some(one) = previous.first().cloned().filter(|_| random.one_in(5)) {
            previous.push(SessionPlacement { session: 4, week: last_week.max(from_week), ..one });
        }
        fewest_changes_of(&document, &all, &previous, from_week, random.pick(&[0, 50, 300]));
        let sessions = weeks(&previous);
        let follows_a_gap = |(person, activity, session): &(Reference, Key, u32)| {
            *session > 1 && !sessions.contains_key(&(person.clone(), activity.clone(), session - 1))
        };
        if sessions.keys().any(follows_a_gap) {
            gaps += 1;
            let revised = replan(&problem(&document), &previous, from_week, 0);
            let is_kept =
                |one: &SessionChange| matches!(one, SessionChange::Kept { placement } if placement.session > 1);
            kept_after_a_gap += usize::from(revised.changes().iter().any(is_kept));
        }
    }
    assert!(gaps > 60 && kept_after_a_gap > 5, "{gaps} gaps, {kept_after_a_gap} times a later session is kept");
}

/// Up to three sessions, the third of which brings a little or nothing.
fn with_three_sessions(activity: &mut Value) {
    activity["max_sessions"] = json!(3);
    for gain in activity["gains"].as_array_mut().unwrap() {
        let by_session = gain["gain"].as_array_mut().unwrap();
        by_session.resize(3, json!(0));
    }
}

#[test]
fn a_session_keeps_its_week_when_only_the_one_before_it_is_added() {
    // Session 1 was missed and taken out; session 2 alone would bring nothing.
    let document = practice(4, [100, 0]);
    let problem = problem(&document);
    let revised = replan(&problem, &[practised(2, 3)], 2, 0);
    let changes = revised.changes();
    let [SessionChange::Added { placement }, SessionChange::Kept { placement: kept }] = changes else {
        panic!("{changes:?}")
    };
    assert_eq!((placement.session, placement.week, kept), (1, 2, &practised(2, 3)));
    assert!(revised.is_fewest());
}

/// One person and up to two sessions, with nothing else to do.
fn practice(weeks: usize, gains: [i64; 2]) -> Value {
    json!({"format": "coaching-plan-instance/1", "name": "practice", "horizon_weeks": weeks, "skills": ["s"],
        "people": [{"id": "p", "week_minutes_max": vec![60; weeks], "total_minutes_max": 60 * weeks, "cost_max": 0,
            "goals": [{"skill": "s", "from": 0, "to": 100, "weight": 1}]}],
        "activities": [{"id": "a", "load": [30], "cost": 0, "max_sessions": 2, "repeat_gap_weeks": 1,
            "gains": [{"skill": "s", "gain": gains, "ceiling": 5000}]}],
        "objective": "sum"})
}

fn practised(session: u32, week: u32) -> SessionPlacement {
    SessionPlacement { person: "p".parse().unwrap(), activity: "a".parse().unwrap(), session, week }
}

#[test]
fn a_session_begun_that_is_listed_twice_is_refused_and_never_lost() {
    let problem = problem(&practice(6, [50, 50]));
    let limits = SolveLimits::default();
    for (first, second) in [(1, 4), (4, 1), (1, 2), (1, 1)] {
        let broken = problem.replan(&[practised(1, first), practised(1, second)], 3, 0, &limits).unwrap_err();
        let twice = PlanViolation::ListedTwice { placement: practised(1, second) };
        assert_eq!(broken.violations()[0], twice, "weeks {first} and {second}");
    }
    // What is listed once stays.
    let revised = problem.replan(&[practised(1, 1), practised(2, 4)], 3, 0, &limits).unwrap();
    assert_eq!(revised.outcome().plan().unwrap(), [practised(1, 1), practised(2, 4)]);
}

#[test]
fn of_a_session_to_come_that_is_listed_twice_the_later_entry_counts_as_it_does_in_an_evaluation() {
    let problem = problem(&practice(6, [100, 0]));
    for (first, second) in [(4, 5), (5, 4), (4, 4)] {
        let previous = [practised(1, first), practised(1, second)];
        let revised = replan(&problem, &previous, 3, 0);
        assert_eq!(revised.changes(), [SessionChange::Kept { placement: practised(1, second) }]);
        assert_eq!((revised.change_count(), revised.is_fewest()), (0, true), "weeks {first} and {second}");
    }
}

#[test]
fn an_optimal_plan_stays_as_it_is_when_nothing_changed() {
    for seed in 0..12 {
        let problem = problem(&instance(if seed < 10 { SMALL } else { CLASSES[0] }, seed));
        let outcome = solved(&problem);
        let Some(plan) = outcome.plan() else { continue };
        let revised = replan(&problem, plan, 3, 0);
        assert_eq!(revised.outcome().plan(), Some(plan), "seed {seed}");
        assert_eq!((revised.change_count(), revised.is_fewest()), (0, true), "seed {seed}");
        assert!(revised.changes().iter().all(|one| matches!(one, SessionChange::Kept { .. })));
    }
}

#[test]
fn a_lost_week_never_touches_the_past_and_moves_less_than_a_fresh_plan() {
    let (mut fewer, mut moved) = (0, 0);
    for seed in 0..15 {
        let mut document = instance(SMALL, seed);
        let outcome = solved(&problem(&document));
        let Some(plan) = outcome.plan() else { continue };
        document["people"][0]["week_minutes_max"][3] = json!(0);
        document["people"][0]["mandatory"] = json!([]);
        let changed = problem(&document);
        // Sessions over two weeks that would begin in the past and run into the lost week are lost too.
        let plan: Vec<SessionPlacement> = plan
            .iter()
            .filter(|one| {
                changed
                    .evaluate(&[SessionPlacement { session: 1, ..(*one).clone() }])
                    .violations()
                    .iter()
                    .all(|broken| !matches!(broken, PlanViolation::OverWeek { week: 4, .. }) || one.week == 4)
            })
            .cloned()
            .collect();
        let Ok(revised) = changed.replan(&plan, 3, 0, &SolveLimits::default()) else { continue };
        let found = revised.outcome().plan().unwrap();
        assert_eq!(past(found, 3), past(&plan, 3), "seed {seed}");
        assert!(revised.outcome().evaluation().unwrap().is_feasible() && revised.is_fewest(), "seed {seed}");
        let steady = changed.replan(&plan, 3, 100, &SolveLimits::default()).unwrap();
        assert!(steady.change_count() <= revised.change_count(), "seed {seed}");
        let free = changed.replan(&plan, 1, 0, &SolveLimits::default()).unwrap();
        let fresh = solved(&changed);
        let fresh = differences(&weeks(&plan), &weeks(fresh.plan().unwrap()));
        assert!(free.change_count() <= fresh, "seed {seed}: {} > {fresh}", free.change_count());
        fewer += usize::from(free.change_count() < fresh);
        moved += revised.change_count();
    }
    assert!(fewer >= 3 && moved >= 10, "{fewer} times fewer changes, {moved} changes");
}

#[test]
fn a_past_that_breaks_a_rule_is_refused_with_the_rule() {
    let mut document = instance(SMALL, 1);
    let outcome = solved(&problem(&document));
    let plan = outcome.plan().unwrap();
    let first = plan.iter().map(|one| one.week).min().unwrap();
    document["people"][0]["total_minutes_max"] = json!(1);
    let broken = problem(&document).replan(plan, first + 1, 0, &SolveLimits::default()).unwrap_err();
    assert!(broken.violations().iter().any(|one| matches!(one, PlanViolation::OverTotalMinutes { allowed: 1, .. })));
    assert!(broken.to_string().contains("minutes in total"), "{broken}");
}

#[test]
fn every_session_to_come_is_accounted_for_once() {
    for seed in 1..=3 {
        let problem = problem(&instance(CLASSES[0], seed));
        let outcome = solved(&problem);
        // What was agreed is half of the best plan: there is something to keep and something to add.
        let half: Vec<SessionPlacement> =
            outcome.plan().unwrap().iter().filter(|one| one.session == 1).cloned().collect();
        let Ok(revised) = problem.replan(&half, 4, 20, &SolveLimits::default()) else { continue };
        let found = weeks(revised.outcome().plan().unwrap());
        let changes = revised.changes();
        let count = |is: fn(&SessionChange) -> bool| changes.iter().filter(|one| is(one)).count();
        let to_come = |plan: &Weeks| plan.values().filter(|week| **week >= 4).count();
        let dropped = count(|one| matches!(one, SessionChange::Dropped { .. }));
        let added = count(|one| matches!(one, SessionChange::Added { .. }));
        assert_eq!(changes.len() - dropped, to_come(&found), "seed {seed}");
        assert_eq!(changes.len() - added, to_come(&weeks(&half)), "seed {seed}");
        assert_eq!(revised.change_count(), differences(&weeks(&half), &found), "seed {seed}");
    }
}
