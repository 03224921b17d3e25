//! How the goals of a record come along.

use service_excellence::PlanRecord;
use service_excellence::coaching::{GoalHealth, GoalProgress, LevelModel, RatedContact};

use crate::plans::{active, applied, baselines, cancel, day, held, plan, reference, rubric, score};

fn contacts(days: &[&str], number: f64) -> Vec<RatedContact> {
    days.iter().map(|one| RatedContact { on: day(one), score: score(number) }).collect()
}

fn progress(record: &PlanRecord, contacts: &[RatedContact], on: &str) -> GoalProgress {
    record.progress("active_listening", contacts, &LevelModel::default(), day(on)).unwrap()
}

#[test]
fn without_ratings_the_health_is_not_yet_known() {
    let record = held(&active(), 0, "2026-07-07");
    let progress = progress(&record, &contacts(&["2026-07-08", "2026-07-09"], 0.5), "2026-07-10");
    assert_eq!((progress.week, progress.rated_weeks, progress.health), (1, 1, GoalHealth::NotYetKnown));
}

#[test]
fn contacts_of_the_baseline_and_after_the_day_do_not_count() {
    let record = active();
    let known = contacts(&["2026-07-01", "2026-07-15"], 0.25);
    let more = [known.clone(), contacts(&["2026-06-30", "2026-07-18"], 1.0)].concat();
    assert_eq!(progress(&record, &known, "2026-07-17"), progress(&record, &more, "2026-07-17"));
    assert_eq!(progress(&record, &known, "2026-07-17").rated_weeks, 2);
}

/// What was held and seen under the first version counts for the second.
#[test]
fn a_new_version_goes_on_where_the_old_one_was() {
    let record = held(&active(), 0, "2026-07-07");
    let new = record.replan(&plan(), &rubric(), baselines(), reference("coach-1"), day("2026-07-10")).unwrap().new;
    let seen = contacts(&["2026-07-08", "2026-07-09"], 0.3);
    let [before, after] = [&record, &new].map(|one| progress(one, &seen, "2026-07-10"));
    assert_eq!((before.level, before.held_gain), (after.level, after.held_gain));
    assert!(after.held_gain.get() > 0);
}

#[test]
fn good_ratings_put_a_goal_on_track_and_poor_ones_off() {
    let days: Vec<String> =
        (0..6).flat_map(|week| [1, 2, 3].map(|on| day("2026-07-06").plus_days(7 * week + on).to_string())).collect();
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    let record = active();
    let at = |number, on| progress(&record, &contacts(&days, number), on);
    let (good, poor) = (at(0.5, "2026-07-24"), at(0.0, "2026-07-24"));
    assert_eq!((good.health, poor.health), (GoalHealth::OnTrack, GoalHealth::OffTrack));
    assert!(poor.is_falling_behind && !good.is_falling_behind);
    assert!(good.probability > poor.probability && good.level.value() > poor.level.value());
    let realised = |progress: &GoalProgress| progress.realised_gain.unwrap().get();
    assert!(realised(&good) > 0.0 && realised(&poor) < 0.0, "a realised gain may be negative");
    let rising: Vec<_> = (0..=10_u8).map(|step| at(f64::from(step) / 20.0, "2026-07-24").health).collect();
    let rank = |health: &GoalHealth| {
        [GoalHealth::OffTrack, GoalHealth::AtRisk, GoalHealth::OnTrack].iter().position(|one| one == health).unwrap()
    };
    assert!(rising.is_sorted_by_key(rank) && rising.contains(&GoalHealth::AtRisk), "{rising:?}");
}

#[test]
fn sessions_still_to_come_are_counted_and_cancelled_ones_are_not() {
    let record = active();
    let with_plan = progress(&record, &[], "2026-07-06");
    let without = (0..record.items().len()).fold(record, |one, item| {
        let event = cancel(&one, item);
        applied(&one, event, "coach-1", "2026-07-06")
    });
    let without_plan = progress(&without, &[], "2026-07-06");
    assert!(with_plan.probability > without_plan.probability);
    assert!(with_plan.expected_week.is_some() && without_plan.expected_week.is_none());
    assert_eq!(without_plan.planned_gain.get(), 0);
}

#[test]
fn held_sessions_add_their_part_in_their_week() {
    let record = active();
    let part = record.items()[0].credits[0].assumed_gain;
    let after = progress(&held(&record, 0, "2026-07-07"), &[], "2026-07-08");
    assert_eq!(after.held_gain, part);
    assert_eq!(after.realised_gain, None, "without ratings nothing is known to be realised");
    let before = progress(&record, &[], "2026-07-08");
    let gained = after.level.value() - before.level.value();
    assert!((gained - f64::from(part.get()) / 1_000.0).abs() < 1e-9, "{gained}");
}

#[test]
fn only_goals_of_the_plan_have_progress() {
    let error = active().progress("diagnosis", &[], &LevelModel::default(), day("2026-07-08")).unwrap_err();
    assert_eq!(error.to_string(), "`diagnosis` is not a goal of the plan");
}
