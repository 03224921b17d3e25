//! Planning again in the middle of a plan, against enumeration and on random problems.

use std::collections::BTreeMap;

use serde_json::json;
use service_excellence::coaching::{
    Evaluation, PlanProblem, PlanViolation, RevisedPlan, SessionChange, SessionPlacement, SolveLimits,
};
use service_excellence::{Key, Reference};

use crate::enumeration::{feasible_plans, objective, tiny};
use crate::generator::{CLASSES, Class, Random, instance};
use crate::{problem, solved};

const SMALL: Class = Class { activities: 14, skills: 4, weeks: 5, goals: 3 };

fn replan(problem: &PlanProblem, previous: &[SessionPlacement], from_week: u32, tolerance: u16) -> RevisedPlan {
    let limits = SolveLimits { breaks_ties: false, ..SolveLimits::default() };
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

#[test]
fn replanning_agrees_with_enumeration_on_tiny_problems() {
    let (mut changed, mut unchanged) = (0, 0);
    for seed in 0..900 {
        let document = tiny(seed);
        let problem = problem(&document);
        let all = feasible_plans(&document, &problem);
        let mut random = Random(seed);
        if all.is_empty() {
            continue;
        }
        let previous = &all[random.below(all.len())].0;
        let from_week = u32::try_from(random.between(1, 3)).unwrap();
        let tolerance = random.pick(&[0, 50, 300]);
        let revised = replan(&problem, previous, from_week, tolerance);
        let found = revised.outcome().plan().unwrap();
        assert_eq!(past(found, from_week), past(previous, from_week), "seed {seed}");

        let same_past: Vec<&(Vec<SessionPlacement>, Evaluation)> =
            all.iter().filter(|(plan, _)| past(plan, from_week) == past(previous, from_week)).collect();
        let best = same_past.iter().map(|(_, one)| objective(&document, one)).max().unwrap();
        let is_good = |evaluation: &Evaluation| {
            let (share, sum) = objective(&document, evaluation);
            let reaches = |one: i64, best: i64| 1_000 * one >= best * (1_000 - i64::from(tolerance));
            reaches(share, best.0) && reaches(sum, best.1)
        };
        let good = same_past.iter().filter(|(_, evaluation)| is_good(evaluation));
        let fewest = good.map(|(plan, _)| differences(&weeks(previous), &weeks(plan))).min().unwrap();
        assert!(is_good(revised.outcome().evaluation().unwrap()), "seed {seed}: {document}");
        assert_eq!(differences(&weeks(previous), &weeks(found)), fewest, "seed {seed}: {document}");
        assert!(revised.change_count() == fewest && revised.is_fewest(), "seed {seed}: {document}");
        *(if fewest > 0 { &mut changed } else { &mut unchanged }) += 1;
    }
    assert!(changed > 100 && unchanged > 100, "{changed} changed, {unchanged} unchanged");
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
