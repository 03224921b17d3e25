//! The tables of events, the guards, and a life from draft to end.

use std::collections::BTreeSet;

use service_excellence::coaching::{
    EventKind, EvidenceLevel, GoalMeasure, GoalVerdict, Guard, ItemState, PlanEvent, PlanStatus, PlanVersion,
    RecordSetup, TransitionError,
};
use service_excellence::{PlanRecord, Score};

use crate::plans::{
    active, agreed, applied, baselines, day, draft, evidence, finish, guard, held, hold, judge, judge_by, miss, note,
    plan, reference, refused, rubric, schedule, setup,
};

/// The tables as the guide shows them: a state, and what may happen in it.
fn table(heading: &str) -> Vec<(String, BTreeSet<String>)> {
    let guide = include_str!("../../docs/following-a-plan.md");
    let rows = guide.split(heading).nth(1).unwrap().split("\n\n").find(|part| part.starts_with('|')).unwrap();
    let cells = |row: &str| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    let rows = rows.lines().skip(2).map(cells);
    rows.map(|row| (words(&row[0]).into_iter().next().unwrap(), words(&row[1]))).collect()
}

fn names(allowed: &[EventKind]) -> BTreeSet<String> {
    allowed.iter().map(ToString::to_string).collect()
}

#[test]
fn the_tables_are_those_of_the_guide() {
    let plans = table("## What can happen to a plan");
    let expected: Vec<_> = PlanStatus::ALL.iter().map(|one| (one.to_string(), names(one.allowed()))).collect();
    assert_eq!(plans, expected);
    let items = table("## What can happen to a session");
    let expected: Vec<_> = ItemState::ALL.iter().map(|one| (one.to_string(), names(one.allowed()))).collect();
    assert_eq!(items, expected);
}

#[test]
fn a_plan_can_be_lived_to_its_end() {
    let mut record = active();
    for (item, on) in [(0, "2026-07-07"), (1, "2026-07-14")] {
        record = held(&record, item, on);
    }
    for week in [2, 4, 6, 8] {
        record = applied(&record, hold(week), "coach-1", "2026-08-27");
    }
    record = applied(&record, evidence(EvidenceLevel::Behaviour), "coach-1", "2026-08-28");
    record = applied(&record, judge("active_listening", GoalVerdict::MetReliablyUp), "coach-1", "2026-08-28");
    record = applied(&record, PlanEvent::Complete {}, "coach-1", "2026-08-28");
    assert_eq!(record.status(), PlanStatus::Completed);
    assert_eq!(record.verdict(&"active_listening".parse().unwrap()), Some(GoalVerdict::MetReliablyUp));
    assert_eq!(record.items()[0].state, ItemState::Done);
    assert_eq!(PlanRecord::from_json(&serde_json::to_string(&record).unwrap()).unwrap(), record);
}

#[test]
fn an_illegal_transition_names_state_event_and_what_is_allowed() {
    let error = refused(&draft(), PlanEvent::Agree {}, "coach-1", "2026-07-01");
    assert_eq!(error.to_string(), "`agree` is not possible while the plan is `draft`: allowed is `submit`, `abandon`");
    let TransitionError::Illegal(illegal) = error else { panic!() };
    assert_eq!((illegal.from(), illegal.event()), (PlanStatus::Draft, EventKind::Agree));
    assert_eq!(illegal.allowed(), [EventKind::Submit, EventKind::Abandon]);

    let record = active();
    let error = refused(&record, finish(&record, 0), "agent-7", "2026-07-07");
    let key = &record.items()[0].activity;
    let expected = format!(
        "`finish_item` is not possible while session 1 of `{key}` is `planned`: allowed is `schedule_item`, `cancel_item`"
    );
    assert_eq!(error.to_string(), expected);
}

#[test]
fn every_guard_holds_its_event_back() {
    let proposed = applied(&draft(), PlanEvent::Submit {}, "coach-1", "2026-07-01");
    let sign = PlanEvent::Sign {};
    assert_eq!(guard(&proposed, sign.clone(), "lead-1", "2026-07-01"), Guard::NotAParty);
    let half = applied(&proposed, sign.clone(), "agent-7", "2026-07-02");
    assert_eq!(guard(&half, sign, "agent-7", "2026-07-02"), Guard::SignedAlready);
    let missing = Guard::NotSigned { missing: "the coach" };
    assert_eq!(guard(&half, PlanEvent::Agree {}, "agent-7", "2026-07-02"), missing);
    assert!(matches!(guard(&half, PlanEvent::Agree {}, "agent-7", "2026-07-01"), Guard::EarlierThanLast { .. }));

    let start = PlanEvent::Start {};
    assert!(matches!(guard(&agreed(), start.clone(), "coach-1", "2026-07-05"), Guard::TooEarly { .. }));
    let on_time = applied(&agreed(), start.clone(), "coach-1", "2026-09-28");
    assert_eq!(on_time.status(), PlanStatus::Active, "90 days after the baseline");
    assert!(matches!(guard(&agreed(), start, "coach-1", "2026-09-29"), Guard::BaselineTooOld { .. }));

    let record = active();
    let unknown = PlanEvent::BeginItem { activity: "nothing".parse().unwrap(), session: 1.try_into().unwrap() };
    assert!(matches!(guard(&record, unknown, "agent-7", "2026-07-07"), Guard::UnknownItem { .. }));
    assert!(matches!(
        guard(&record, schedule(&record, 0, 9), "agent-7", "2026-07-07"),
        Guard::OutsidePlan { last: 8, .. }
    ));
    assert!(matches!(guard(&record, hold(3), "coach-1", "2026-07-24"), Guard::UnknownCheckpoint { .. }));
    let reviewed = applied(&record, hold(8), "coach-1", "2026-08-28");
    assert!(matches!(guard(&reviewed, hold(8), "coach-1", "2026-08-28"), Guard::CheckpointHeld { .. }));

    let insufficient = judge("active_listening", GoalVerdict::Insufficient);
    assert_eq!(guard(&record, PlanEvent::Complete {}, "coach-1", "2026-08-28"), Guard::FinalReviewOpen);
    assert!(matches!(guard(&reviewed, PlanEvent::Complete {}, "coach-1", "2026-08-28"), Guard::VerdictMissing { .. }));
    assert!(matches!(
        guard(&record, judge("diagnosis", GoalVerdict::Insufficient), "coach-1", "2026-08-28"),
        Guard::UnknownGoal { .. }
    ));
    let judged = applied(&reviewed, insufficient.clone(), "coach-1", "2026-08-28");
    assert!(matches!(guard(&judged, insufficient, "coach-1", "2026-08-28"), Guard::JudgedAlready { .. }));
    assert_eq!(applied(&judged, PlanEvent::Complete {}, "coach-1", "2026-08-28").status(), PlanStatus::Completed);

    let replan = PlanEvent::Replan { next: PlanVersion::new(2).unwrap() };
    assert_eq!(guard(&record, replan, "coach-1", "2026-07-20"), Guard::NewVersionMissing);
}

#[test]
fn an_empty_plan_cannot_be_proposed() {
    let mut json = serde_json::to_value(draft()).unwrap();
    json["items"] = serde_json::json!([]);
    let nothing_to_do = PlanRecord::from_json(&json.to_string()).unwrap();
    assert_eq!(guard(&nothing_to_do, PlanEvent::Submit {}, "coach-1", "2026-07-01"), Guard::NothingPlanned);
    json["goals"] = serde_json::json!([]);
    let without_goal = PlanRecord::from_json(&json.to_string()).unwrap();
    assert_eq!(guard(&without_goal, PlanEvent::Submit {}, "coach-1", "2026-07-01"), Guard::NoGoal);
}

#[test]
fn changes_asked_for_void_the_signatures() {
    let proposed = applied(&draft(), PlanEvent::Submit {}, "coach-1", "2026-07-01");
    let signed = applied(&proposed, PlanEvent::Sign {}, "coach-1", "2026-07-01");
    let back = applied(&signed, PlanEvent::RequestChanges { reason: note() }, "agent-7", "2026-07-02");
    let again = applied(&back, PlanEvent::Submit {}, "coach-1", "2026-07-03");
    let signed = applied(&again, PlanEvent::Sign {}, "agent-7", "2026-07-03");
    let missing = Guard::NotSigned { missing: "the coach" };
    assert_eq!(guard(&signed, PlanEvent::Agree {}, "coach-1", "2026-07-03"), missing);
}

#[test]
fn a_goal_cannot_close_on_reaction_or_learning_alone() {
    let met = judge("active_listening", GoalVerdict::MetReliablyUp);
    let mut record = active();
    for level in [EvidenceLevel::Reaction, EvidenceLevel::Learning] {
        record = applied(&record, evidence(level), "coach-1", "2026-08-20");
        let refusal = guard(&record, met.clone(), "coach-1", "2026-08-21");
        assert!(matches!(refusal, Guard::EvidenceTooWeak { .. }), "{level}");
    }
    for level in [EvidenceLevel::Behaviour, EvidenceLevel::Results] {
        let shown = applied(&record, evidence(level), "coach-1", "2026-08-20");
        assert!(shown.apply(met.clone(), reference("coach-1"), day("2026-08-21")).is_ok(), "{level}");
    }
}

#[test]
fn a_verdict_says_what_was_measured_over_enough_contacts() {
    let record = applied(&active(), evidence(EvidenceLevel::Behaviour), "coach-1", "2026-08-20");
    let target = record.goal("active_listening").unwrap().target;
    let refused = |verdict, result| {
        guard(&record, judge_by("active_listening", verdict, result), "coach-1", "2026-08-21").to_string()
    };
    let few = "a verdict on `active_listening` needs a measurement over 8 contacts or more: this one has ";
    assert_eq!(refused(GoalVerdict::MetUnclear, None), format!("{few}0"));
    assert_eq!(refused(GoalVerdict::MetUnclear, Some((target, 7))), format!("{few}7"));
    let opposite = refused(GoalVerdict::NotMetUnclear, Some((target, 8)));
    assert!(opposite.ends_with(&format!("whose target is {target}, says the opposite of the verdict")), "{opposite}");
    let below = Score::from_millionths(target.millionths() - 1).unwrap();
    assert!(refused(GoalVerdict::MetReliablyUp, Some((below, 8))).contains("says the opposite"));
    // Who has too few observations says so, whatever they showed.
    let insufficient = judge_by("active_listening", GoalVerdict::Insufficient, Some((target, 7)));
    assert!(record.apply(insufficient, reference("coach-1"), day("2026-08-21")).is_ok());
}

#[test]
fn evidence_is_not_of_a_later_day_than_its_entry() {
    let refusal = guard(&active(), evidence(EvidenceLevel::Results), "coach-1", "2026-07-07");
    let (of, on) = (day("2026-07-08"), day("2026-07-07"));
    assert_eq!(refusal, Guard::EvidenceOfLater { of, on });
}

#[test]
fn a_goal_judged_by_something_else_needs_no_ratings() {
    let mut baselines = baselines();
    baselines[0].measure = GoalMeasure::Agreed { name: "Two complaints fewer a month".parse().unwrap() };
    let draft = PlanRecord::draft(&plan(), &rubric(), RecordSetup { baselines, ..setup() }).unwrap();
    let mut json = serde_json::to_value(&draft).unwrap();
    json["status"] = serde_json::json!("active");
    json["history"] = serde_json::to_value(active().history()).unwrap();
    let record = PlanRecord::from_json(&json.to_string()).unwrap();
    let shown = applied(&record, evidence(EvidenceLevel::Results), "coach-1", "2026-08-20");
    let met = judge_by("active_listening", GoalVerdict::MetUnclear, None);
    assert!(shown.apply(met, reference("coach-1"), day("2026-08-21")).is_ok());
}

#[test]
fn a_missed_session_can_be_scheduled_again_and_a_held_one_cannot() {
    let record = active();
    let scheduled = applied(&record, schedule(&record, 0, 1), "coach-1", "2026-07-06");
    let missed = applied(&scheduled, miss(&record, 0), "agent-7", "2026-07-10");
    assert_eq!(missed.items()[0].state, ItemState::Missed);
    let again = applied(&missed, schedule(&record, 0, 3), "coach-1", "2026-07-13");
    assert_eq!((again.items()[0].state, again.items()[0].week.get()), (ItemState::Scheduled, 3));
    assert_eq!(again.items()[0].planned_week.get(), 1, "what was planned first is kept");
    let done = held(&record, 0, "2026-07-07");
    assert!(matches!(
        refused(&done, schedule(&record, 0, 3), "coach-1", "2026-07-13"),
        TransitionError::IllegalItem(_)
    ));
}
