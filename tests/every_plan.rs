//! Plans for every role and all sorts of people and limits: the most urgent goals come first, the time is used, and every
//! limit is kept.
//!
//! `PLAN_CASES=all cargo test --test every_plan` walks all combinations; by default every so many of them.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "test helpers work on valid values")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use service_excellence::coaching::{GoalStatus, LimitChange, LongerWeeks, PlanEnd};
use service_excellence::{
    ActivityLibrary, CoachingPlan, CostBand, FocusPolicy, GapAnalysis, PlanLimits, Planner, RoleLibrary, Rubric,
};

#[path = "common/person.rs"]
mod person;

use person::{gaps, limits, steps_with};

const MINUTES: [u32; 5] = [15, 30, 60, 120, 240];

/// People by the level on each criterion: weak everywhere, one gap, some gaps, a critical one, nearly there, mixed.
fn people() -> Vec<Vec<u8>> {
    vec![
        vec![1; 24],
        steps_with(&[("sincere_acknowledgement", 2)]),
        steps_with(&[("respectful_inclusion", 1)]),
        steps_with(&[("data_protection", 1), ("expectation_setting", 2), ("patience_with_pace", 1)]),
        vec![4; 24],
        (0..24).map(|place| 1 + (place * 7 % 5) as u8).collect(),
    ]
}

/// A plan, with what it was made from.
struct Case {
    name: String,
    rubric: Rubric,
    gaps: GapAnalysis,
    limits: PlanLimits,
    plan: CoachingPlan,
}

/// A part of all combinations of role, person, minutes and weeks; long plans only when all are asked for.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let is_all = std::env::var("PLAN_CASES").is_ok_and(|cases| cases == "all");
    let weeks: &[u8] = if is_all { &[2, 4, 12, 26, 52] } else { &[2, 4, 12] };
    let every = if is_all { 1 } else { 83 };
    let mut place = 0_usize;
    let mut cases = Vec::new();
    for role in RoleLibrary::builtin().roles() {
        for steps in people() {
            let (rubric, gaps) = gaps(role.key.as_str(), &steps);
            for (minutes, weeks) in MINUTES.iter().flat_map(|minutes| weeks.iter().map(|weeks| (*minutes, *weeks))) {
                place += 1;
                if place.is_multiple_of(every) {
                    let limits = PlanLimits { highest_cost: CostBand::Low, ..limits(weeks, minutes) };
                    let name = format!("{}, {steps:?}, {minutes} x {weeks}", role.key);
                    let plan = plan(&rubric, &gaps, &limits);
                    cases.push(Case { name, rubric: rubric.clone(), gaps: gaps.clone(), limits, plan });
                }
            }
        }
    }
    assert!(cases.len() >= 8, "{} cases", cases.len());
    cases
});

fn plan(rubric: &Rubric, gaps: &GapAnalysis, limits: &PlanLimits) -> CoachingPlan {
    Planner::new(rubric, ActivityLibrary::builtin(), limits.clone()).unwrap().plan(gaps).unwrap()
}

/// Whether an activity of the plan works on the criterion.
fn works_on(plan: &CoachingPlan, criterion: &str) -> bool {
    plan.activities().iter().flat_map(|one| &one.credits).any(|credit| credit.criterion.as_str() == criterion)
}

#[test]
fn each_urgent_goal_gets_an_activity_or_the_change_that_would_allow_one() {
    for Case { name: case, plan, .. } in CASES.iter() {
        let urgent = plan.goals().iter().take(3);
        for goal in urgent.filter(|goal| !works_on(plan, goal.criterion.as_str())) {
            let unlock = plan.unlocks().iter().find(|one| one.criterion == goal.criterion);
            assert!(unlock.is_some(), "{case}: nothing is said of {}", goal.criterion);
            assert_eq!(goal.assumed_gain.get(), 0, "{case}");
        }
        let locked: Vec<_> = plan.unlocks().iter().map(|one| &one.criterion).collect();
        assert!(locked.iter().all(|one| !works_on(plan, one.as_str())), "{case}: {locked:?}");
    }
}

/// Checks every unlock of a plan within these limits by planning with its changes; how many there were.
fn check_unlocks(case: &str, rubric: &Rubric, gaps: &GapAnalysis, limits: &PlanLimits, plan: &CoachingPlan) -> usize {
    let mut seen = 0;
    for unlock in plan.unlocks().iter().filter(|one| !one.changes.is_empty()) {
        let (mut changed, mut focus) = (limits.clone(), FocusPolicy::default());
        for change in &unlock.changes {
            match change {
                LimitChange::LongerWeek { week } => changed.longer_weeks.get_or_insert_default().weeks.push(*week),
                LimitChange::HigherCost { highest_cost } => changed.highest_cost = *highest_cost,
                LimitChange::MoreWeeks { weeks } => changed.weeks = *weeks,
                LimitChange::MoreMinutesAWeek { minutes } => changed.minutes_per_week = *minutes,
                LimitChange::MoreMinutesInTotal { minutes_in_total } => {
                    changed.minutes_in_total = Some(*minutes_in_total)
                }
                LimitChange::MoreStartsAWeek { starts } => focus.starts_per_week = *starts,
                LimitChange::Allow { activity } => changed.without.retain(|one| one != activity),
            }
        }
        let planner = Planner::new(rubric, ActivityLibrary::builtin(), changed).unwrap().with_focus(focus);
        let then = planner.plan(gaps).unwrap();
        let mut works = then
            .activities()
            .iter()
            .filter(|one| one.credits.iter().any(|credit| credit.criterion == unlock.criterion));
        assert!(works.any(|one| Some(&one.activity) == unlock.activity.as_ref()), "{case}: {unlock}");
        let mut phases = then.phases().iter().flat_map(|phase| &phase.goals);
        let gained = phases.find(|goal| goal.criterion == unlock.criterion && goal.assumed_gain.get() > 0);
        assert_eq!(gained.map(|goal| goal.assumed_gain), Some(unlock.assumed_gain), "{case}: {unlock}");
        assert_eq!(Some(then.reached_of_targets()), unlock.reached_of_targets, "{case}: {unlock}");
        seen += 1;
    }
    seen
}

#[test]
fn an_unlock_holds_what_it_says() {
    let mut seen = 0;
    for Case { name, rubric, gaps, limits, plan } in CASES.iter() {
        seen += check_unlocks(name, rubric, gaps, limits, plan);
    }
    assert!(seen > 0, "no unlock was seen");
}

#[test]
fn sessions_keep_the_minutes_of_each_week_and_phases_their_order() {
    for Case { name: case, limits, plan, .. } in CASES.iter() {
        let mut minutes: BTreeMap<u8, u32> = BTreeMap::new();
        for session in plan.activities().iter().flat_map(|one| &one.sessions) {
            *minutes.entry(session.week.get()).or_default() += session.minutes.get();
        }
        for (week, minutes) in minutes {
            let most =
                if week % 4 == 0 { limits.minutes_per_week.get().max(120) } else { limits.minutes_per_week.get() };
            assert!(minutes <= most && week <= limits.weeks.get(), "{case}: {minutes} minutes in week {week}");
        }
        let keys: BTreeSet<_> = plan.activities().iter().map(|one| &one.activity).collect();
        assert_eq!(keys.len(), plan.activities().len(), "{case}: an activity stands in one phase");
        // Reading a plan checks the rules of its phases.
        let read = CoachingPlan::from_json(&serde_json::to_string(plan).unwrap()).unwrap();
        assert_eq!(&read, plan, "{case}");
    }
}

#[test]
fn a_plan_ends_only_for_a_reason_that_holds() {
    for Case { name: case, limits, plan, .. } in CASES.iter() {
        let last = plan.phases().last().map_or(0, |phase| phase.last_week.get());
        let is_there = |goal: &service_excellence::coaching::Goal| {
            goal.status == GoalStatus::ReachesNextLevel && goal.next_level == goal.target
        };
        match plan.ends() {
            PlanEnd::NothingToClose => assert!(plan.goals().is_empty(), "{case}"),
            PlanEnd::TargetsReached => assert!(plan.goals().iter().all(is_there), "{case}"),
            PlanEnd::WeeksUsed => assert_eq!(last, limits.weeks.get(), "{case}"),
            PlanEnd::NothingElseFits => {
                assert!(last < limits.weeks.get() && !plan.goals().iter().all(is_there), "{case}");
            }
        }
    }
}

#[test]
fn where_the_hours_in_total_are_short_the_unlock_names_the_least_quarters_of_an_hour() {
    let (rubric, gaps) = gaps("frontline_agent", &steps_with(&[("data_protection", 1), ("respectful_inclusion", 1)]));
    let with_total = |total: u32| PlanLimits { minutes_in_total: Some(total.try_into().unwrap()), ..limits(6, 60) };
    let short = plan(&rubric, &gaps, &with_total(45));
    let named = short.unlocks().iter().find_map(|unlock| match unlock.changes.as_slice() {
        [LimitChange::MoreMinutesInTotal { minutes_in_total }] => Some((&unlock.criterion, minutes_in_total.get())),
        _ => None,
    });
    let (criterion, total) = named.unwrap();
    assert!(works_on(&plan(&rubric, &gaps, &with_total(total)), criterion.as_str()), "{total} minutes");
    assert!(!works_on(&plan(&rubric, &gaps, &with_total(total - 15)), criterion.as_str()), "{total} minutes");
}

#[test]
fn without_longer_weeks_no_week_holds_more_than_the_others() {
    let (rubric, gaps) = gaps("frontline_agent", &[1; 24]);
    let even = PlanLimits { longer_weeks: Some(LongerWeeks::none()), ..limits(8, 45) };
    let plan = plan(&rubric, &gaps, &even);
    for week in 1..=8_u8 {
        let sessions = plan.week(week.try_into().unwrap());
        assert!(sessions.iter().map(|(_, session)| session.minutes.get()).sum::<u32>() <= 45);
    }
    assert!(!plan.activities().is_empty());
}
