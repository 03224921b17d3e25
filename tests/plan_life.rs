//! The life of a plan: its tables, its guards, its history, and how its goals come along.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "test helpers work on valid values")]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use service_excellence::assessment::ReviewState;
use service_excellence::coaching::{
    AbandonReason, Baseline, CheckpointKind, EventKind, EvidenceLevel, GoalHealth, GoalMeasure, GoalSetup, GoalVerdict,
    Guard, ItemState, LevelModel, Measured, PlanEvent, PlanEvidence, PlanPin, PlanStatus, PlanVersion, RatedContact,
    RecordError, RecordSetup, Tenure, TransitionError, WeekCount,
};
use service_excellence::{
    ActivityLibrary, AssessmentBuilder, CoachingPlan, CostBand, Day, EvidencePolicy, Framework, GapAnalysis,
    PlanLimits, PlanRecord, Planner, Profiler, Rater, RaterKind, Reference, RoleLibrary, Rubric, Score,
};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn reference(text: &str) -> Reference {
    text.parse().unwrap()
}

fn note() -> service_excellence::Note {
    "Because.".parse().unwrap()
}

fn score(number: f64) -> Score {
    Score::try_from(number).unwrap()
}

fn rubric() -> Rubric {
    Rubric::for_channel(Framework::builtin(), "chat").unwrap()
}

/// The plan of a person who listens below what the role asks for, eight weeks from 6 July.
fn plan_of(person: &str) -> CoachingPlan {
    let rubric = rubric();
    let role = RoleLibrary::builtin().role("frontline_agent").unwrap();
    let assessments = ["as-1", "as-2"].map(|id| {
        let rater = Rater { id: reference(id), kind: RaterKind::Coach };
        let builder = AssessmentBuilder::new(&rubric, reference(id), reference(person), rater, day("2026-06-01"));
        let rated = rubric.criteria().iter().fold(builder, |one, criterion| one.rate(criterion.key.as_str(), 3));
        rated.rate("active_listening", 2).submitted().admit().unwrap()
    });
    assert_eq!(assessments[0].document().state(), ReviewState::Submitted);
    let profiler = Profiler::new(&rubric, EvidencePolicy::default()).for_role(role).unwrap();
    let profile = profiler.profile(&reference(person), &assessments, day("2026-06-30"));
    let gaps = GapAnalysis::of(&profile, &rubric, role).unwrap();
    let limits = PlanLimits {
        start: day("2026-07-06"),
        weeks: 8.try_into().unwrap(),
        minutes_per_week: 60.try_into().unwrap(),
        minutes_in_total: None,
        highest_cost: CostBand::Low,
        completed: vec![],
    };
    Planner::new(&rubric, ActivityLibrary::builtin(), limits).unwrap().plan(&gaps).unwrap()
}

fn plan() -> CoachingPlan {
    static PLAN: LazyLock<CoachingPlan> = LazyLock::new(|| plan_of("agent-7"));
    PLAN.clone()
}

fn baselines() -> Vec<GoalSetup> {
    let model = LevelModel::default();
    let measured = Measured::new(score(0.25), 16.try_into().unwrap(), &model);
    vec![GoalSetup {
        criterion: "active_listening".parse().unwrap(),
        baseline: Baseline::new(measured, day("2026-06-30"), &model),
        measure: GoalMeasure::RubricMean { min_observations: 8.try_into().unwrap() },
        due: None,
    }]
}

fn setup() -> RecordSetup {
    RecordSetup {
        id: reference("plan-1"),
        coach: reference("coach-1"),
        tenure: Tenure::Developing,
        follows: None,
        baseline_days: 90.try_into().unwrap(),
        baselines: baselines(),
    }
}

fn draft() -> PlanRecord {
    static DRAFT: LazyLock<PlanRecord> = LazyLock::new(|| PlanRecord::draft(&plan(), &rubric(), setup()).unwrap());
    DRAFT.clone()
}

fn applied(record: &PlanRecord, event: PlanEvent, by: &str, on: &str) -> PlanRecord {
    record.apply(event, reference(by), day(on)).unwrap()
}

fn refused(record: &PlanRecord, event: PlanEvent, by: &str, on: &str) -> TransitionError {
    record.apply(event, reference(by), day(on)).unwrap_err()
}

fn guard(record: &PlanRecord, event: PlanEvent, by: &str, on: &str) -> Guard {
    match refused(record, event, by, on) {
        TransitionError::Guard(guard) => guard,
        other => panic!("{other}"),
    }
}

fn agreed() -> PlanRecord {
    let proposed = applied(&draft(), PlanEvent::Submit {}, "coach-1", "2026-07-01");
    let signed = applied(&proposed, PlanEvent::Sign {}, "agent-7", "2026-07-01");
    let signed = applied(&signed, PlanEvent::Sign {}, "coach-1", "2026-07-02");
    applied(&signed, PlanEvent::Agree {}, "coach-1", "2026-07-02")
}

fn active() -> PlanRecord {
    applied(&agreed(), PlanEvent::Start {}, "coach-1", "2026-07-06")
}

fn schedule(record: &PlanRecord, item: usize, week: u8) -> PlanEvent {
    let item = &record.items()[item];
    let week = week.try_into().unwrap();
    PlanEvent::ScheduleItem { activity: item.activity.clone(), session: item.session, week }
}

fn begin(record: &PlanRecord, item: usize) -> PlanEvent {
    let item = &record.items()[item];
    PlanEvent::BeginItem { activity: item.activity.clone(), session: item.session }
}

fn finish(record: &PlanRecord, item: usize) -> PlanEvent {
    let item = &record.items()[item];
    PlanEvent::FinishItem { activity: item.activity.clone(), session: item.session, minutes: None }
}

fn miss(record: &PlanRecord, item: usize) -> PlanEvent {
    let item = &record.items()[item];
    PlanEvent::MissItem { activity: item.activity.clone(), session: item.session, note: None }
}

fn cancel(record: &PlanRecord, item: usize) -> PlanEvent {
    let item = &record.items()[item];
    PlanEvent::CancelItem { activity: item.activity.clone(), session: item.session, reason: note() }
}

/// The record with one session held on this day.
fn held(record: &PlanRecord, item: usize, on: &str) -> PlanRecord {
    let week = record.items()[item].week.get();
    let scheduled = applied(record, schedule(record, item, week), "coach-1", on);
    let begun = applied(&scheduled, begin(record, item), "agent-7", on);
    applied(&begun, finish(record, item), "agent-7", on)
}

fn evidence(level: EvidenceLevel) -> PlanEvent {
    let evidence = PlanEvidence {
        criterion: "active_listening".parse().unwrap(),
        level,
        source: reference("as-31"),
        on: day("2026-08-20"),
    };
    PlanEvent::AddEvidence { evidence }
}

fn judge(criterion: &str, verdict: GoalVerdict) -> PlanEvent {
    PlanEvent::JudgeGoal { criterion: criterion.parse().unwrap(), verdict, result: None }
}

fn hold(week: u8) -> PlanEvent {
    PlanEvent::HoldCheckpoint { week: week.try_into().unwrap(), note: None }
}

fn pause() -> PlanEvent {
    PlanEvent::Pause { reason: note() }
}

#[test]
fn a_draft_holds_the_goals_and_sessions_of_the_plan() {
    let (plan, record) = (plan(), draft());
    assert_eq!(record.status(), PlanStatus::Draft);
    assert_eq!(record.goals().len(), 1);
    let goal = record.goal("active_listening").unwrap();
    assert_eq!((goal.target, goal.due), (score(0.375), WeekCount::new(8).unwrap()));
    assert_eq!(goal.baseline.shrunken, score(0.275), "drawn towards the middle: 3 − 0.9 · 1 level");
    let sessions: usize = plan.activities().iter().map(|one| one.sessions.len()).sum();
    assert_eq!(record.items().len(), sessions);
    for activity in plan.activities() {
        for credit in &activity.credits {
            let items = record.items().iter().filter(|item| item.activity == activity.activity);
            let credits = items.flat_map(|item| &item.credits).filter(|one| one.criterion == credit.criterion);
            let sum: u16 = credits.map(|one| one.assumed_gain.get()).sum();
            assert_eq!(sum, credit.assumed_gain.get(), "the parts add up to the whole");
        }
    }
}

#[test]
fn check_ins_and_reviews_are_there_from_the_start() {
    let shown: Vec<_> = draft().checkpoints().iter().map(|one| (one.week.get(), one.kind)).collect();
    let (check_in, middle, last) = (CheckpointKind::CheckIn, CheckpointKind::MidReview, CheckpointKind::FinalReview);
    assert_eq!(shown, [(2, check_in), (4, middle), (6, check_in), (8, last)]);
    for weeks in 1..=104 {
        for tenure in Tenure::ALL {
            let all = service_excellence::coaching::Checkpoint::schedule(weeks.try_into().unwrap(), *tenure);
            assert_eq!(all.iter().filter(|one| one.kind == last).count(), 1);
            assert_eq!(all.last().map(|one| (one.week.get(), one.kind)), Some((weeks, last)));
            let weeks_apart = tenure.weeks_between_check_ins();
            assert!(all.windows(2).all(|pair| pair[1].week.get() - pair[0].week.get() <= weeks_apart));
        }
    }
}

#[test]
fn a_record_that_cannot_be_made_says_why() {
    let without = RecordSetup { baselines: vec![], ..setup() };
    let error = PlanRecord::draft(&plan(), &rubric(), without).unwrap_err();
    assert!(matches!(error, RecordError::NoBaseline { .. }), "{error}");
    let of_phone = Rubric::for_channel(Framework::builtin(), "phone").unwrap();
    assert!(matches!(PlanRecord::draft(&plan(), &of_phone, setup()).unwrap_err(), RecordError::Coaching(_)));
    let own_coach = RecordSetup { coach: reference("agent-7"), ..setup() };
    let RecordError::Faults(faults) = PlanRecord::draft(&plan(), &rubric(), own_coach).unwrap_err() else { panic!() };
    assert!(faults.breaks("record_coach_is_another"));
    let mut late = baselines();
    late[0].due = Some(9.try_into().unwrap());
    let late = RecordSetup { baselines: late, ..setup() };
    let RecordError::Faults(faults) = PlanRecord::draft(&plan(), &rubric(), late).unwrap_err() else { panic!() };
    assert!(faults.breaks("record_within_weeks"));
    let itself = PlanPin { id: reference("plan-1"), version: PlanVersion::MIN };
    let itself = RecordSetup { follows: Some(itself), ..setup() };
    let RecordError::Faults(faults) = PlanRecord::draft(&plan(), &rubric(), itself).unwrap_err() else { panic!() };
    assert!(faults.breaks("record_versions_linked"));
}

/// The tables as the guide shows them: a state, and what may happen in it.
fn table(heading: &str) -> Vec<(String, BTreeSet<String>)> {
    let guide = include_str!("../docs/following-a-plan.md");
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

#[test]
fn a_pause_moves_what_is_open_by_its_weeks() {
    let record = held(&active(), 0, "2026-07-07");
    let paused = applied(&record, pause(), "coach-1", "2026-07-20");
    let resumed = applied(&paused, PlanEvent::Resume {}, "coach-1", "2026-07-28");
    assert_eq!(resumed.moved().get(), 2, "eight days count as two weeks");
    assert_eq!(resumed.items()[0].week, record.items()[0].week, "what is done stays");
    for (before, after) in record.items().iter().zip(resumed.items()).skip(1) {
        assert_eq!(after.week.get(), before.week.get() + 2);
    }
    let due = record.goals()[0].due;
    assert_eq!(resumed.due_day(due), record.due_day(due).plus_days(14));
    assert_eq!(record.due_day(due), day("2026-08-30"));
    let same_day = applied(&paused, PlanEvent::Resume {}, "coach-1", "2026-07-20");
    assert_eq!(same_day.moved().get(), 0);
}

#[test]
fn a_pause_that_would_never_end_asks_for_a_new_plan() {
    let paused = applied(&active(), pause(), "coach-1", "2026-07-06");
    // 96 weeks later the plan would end in week 104.
    let last = day("2026-07-06").plus_days(96 * 7);
    assert!(paused.apply(PlanEvent::Resume {}, reference("coach-1"), last).is_ok());
    let error = paused.apply(PlanEvent::Resume {}, reference("coach-1"), last.plus_days(1)).unwrap_err();
    assert_eq!(error, TransitionError::Guard(Guard::PauseTooLong));
    assert_eq!(error.to_string(), "the pause moves something beyond week 104: plan anew instead");
    assert!(paused.apply(PlanEvent::Resume {}, reference("coach-1"), Day::MAX).is_err());
}

#[test]
fn checkpoints_that_were_not_held_become_overdue() {
    let record = active();
    let overdue = |record: &PlanRecord, on: &str| {
        record.overdue_checkpoints(day(on)).map(|one| one.week.get()).collect::<Vec<_>>()
    };
    assert_eq!(overdue(&record, "2026-07-19"), [] as [u8; 0]);
    assert_eq!(overdue(&record, "2026-07-20"), [2]);
    assert_eq!(overdue(&applied(&record, hold(2), "coach-1", "2026-07-18"), "2026-08-03"), [4]);
}

#[test]
fn a_new_version_is_linked_and_keeps_what_was_done() {
    let record = held(&active(), 0, "2026-07-07");
    let record = applied(&record, evidence(EvidenceLevel::Behaviour), "coach-1", "2026-07-10");
    let made = record.replan(&plan(), &rubric(), baselines(), reference("coach-1"), day("2026-07-20")).unwrap();
    let (old, new) = (made.old, made.new);
    assert_eq!((old.status(), new.status()), (PlanStatus::Superseded, PlanStatus::Draft));
    assert_eq!((new.id(), new.version().get()), (record.id(), 2));
    assert_eq!(new.previous(), Some(&PlanPin { id: record.id().clone(), version: record.version() }));
    assert_eq!(new.carried().done.len(), 1);
    assert_eq!(new.carried().done[0].on, day("2026-07-07"));
    assert_eq!(new.evidence(&"active_listening".parse().unwrap()).count(), 1);
    for record in [&old, &new] {
        assert_eq!(PlanRecord::from_json(&serde_json::to_string(record).unwrap()).unwrap(), *record);
    }
    let other = record.replan(&plan_of("agent-8"), &rubric(), baselines(), reference("coach-1"), day("2026-07-20"));
    assert_eq!(other.unwrap_err(), RecordError::OtherPerson);
    let early = draft().replan(&plan(), &rubric(), baselines(), reference("coach-1"), day("2026-07-20"));
    assert!(matches!(early.unwrap_err(), RecordError::Transition(TransitionError::Illegal(_))));
}

#[test]
fn evidence_of_an_earlier_version_can_close_a_goal() {
    let record = applied(&active(), evidence(EvidenceLevel::Results), "coach-1", "2026-07-10");
    let new = record.replan(&plan(), &rubric(), baselines(), reference("coach-1"), day("2026-07-20")).unwrap().new;
    let mut json = serde_json::to_value(&new).unwrap();
    json["status"] = serde_json::json!("active");
    json["history"] = serde_json::to_value(active().history()).unwrap();
    let started = PlanRecord::from_json(&json.to_string()).unwrap();
    let met = judge("active_listening", GoalVerdict::NotMetUnclear);
    assert!(started.apply(met, reference("coach-1"), day("2026-08-28")).is_ok());
}

#[test]
fn a_record_whose_state_differs_from_its_history_is_refused() {
    let record = held(&active(), 0, "2026-07-07");
    let json = serde_json::to_value(&record).unwrap();
    let edits = [
        ("/status", serde_json::json!("completed")),
        ("/moved", serde_json::json!(1)),
        ("/items/0/state", serde_json::json!("planned")),
        ("/items/1/week", serde_json::json!(7)),
    ];
    for (pointer, value) in edits {
        let mut edited = json.clone();
        *edited.pointer_mut(pointer).unwrap() = value;
        let faults = PlanRecord::from_json(&edited.to_string()).unwrap_err();
        assert!(faults.breaks("record_state_replays") && faults.len() == 1, "{pointer}: {faults}");
    }
    let mut edited = json;
    edited["history"].as_array_mut().unwrap().remove(1);
    let faults = PlanRecord::from_json(&edited.to_string()).unwrap_err();
    assert!(faults.breaks("record_history_allowed"), "{faults}");
    assert_eq!(faults.iter().next().unwrap().path(), "/history/2/event");
}

#[test]
fn debug_names_nobody() {
    let shown = format!("{:?}", applied(&active(), pause(), "coach-1", "2026-07-20"));
    assert!(shown.contains("Reference(redacted)") && shown.contains("Note(redacted)"));
    for secret in ["agent-7", "coach-1", "plan-1", "Because"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

// How the goals of a record come along.

fn contacts(days: &[&str], number: f64) -> Vec<RatedContact> {
    days.iter().map(|one| RatedContact { on: day(one), score: score(number) }).collect()
}

fn progress(record: &PlanRecord, contacts: &[RatedContact], on: &str) -> service_excellence::coaching::GoalProgress {
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
    assert!(good.realised_gain.get() > 0.0 && poor.realised_gain.get() < 0.0, "a realised gain may be negative");
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
    let before = progress(&record, &[], "2026-07-08");
    let gained = after.level.value() - before.level.value();
    assert!((gained - f64::from(part.get()) / 1_000.0).abs() < 1e-9, "{gained}");
}

#[test]
fn only_goals_of_the_plan_have_progress() {
    let error = active().progress("diagnosis", &[], &LevelModel::default(), day("2026-07-08")).unwrap_err();
    assert_eq!(error.to_string(), "`diagnosis` is not a goal of the plan");
}

// Random lives.

#[derive(Clone, Debug)]
struct Attempt {
    kind: EventKind,
    /// Picks one of the events that the table allows, in place of `kind`.
    leads_on: Option<usize>,
    item: usize,
    week: u8,
    actor: &'static str,
    days: i32,
    level: EvidenceLevel,
}

fn any_attempt() -> impl Strategy<Value = Attempt> {
    let kind = prop::sample::select(EventKind::ALL);
    let actor = prop::sample::select(vec!["agent-7", "coach-1", "lead-1"]);
    let level = prop::sample::select(EvidenceLevel::ALL);
    let leads_on = prop::option::weighted(0.9, 0..60_usize);
    (kind, leads_on, 0..3_usize, 1..=10_u8, actor, 0..=8_i32, level).prop_map(
        |(kind, leads_on, item, week, actor, days, level)| Attempt {
            kind,
            leads_on,
            item,
            week,
            actor,
            days: days - 1,
            level,
        },
    )
}

/// The kind of event that is attempted. Giving up is left to chance, so that lives are long.
fn kind_of(record: &PlanRecord, attempt: &Attempt) -> EventKind {
    let leading: Vec<_> = record.status().allowed().iter().copied().filter(|one| *one != EventKind::Abandon).collect();
    match attempt.leads_on {
        Some(pick) if !leading.is_empty() => leading[pick % leading.len()],
        _ => attempt.kind,
    }
}

fn event_of(record: &PlanRecord, attempt: &Attempt) -> PlanEvent {
    let item = attempt.item.min(record.items().len() - 1);
    match kind_of(record, attempt) {
        EventKind::Submit => PlanEvent::Submit {},
        EventKind::RequestChanges => PlanEvent::RequestChanges { reason: note() },
        EventKind::Sign => PlanEvent::Sign {},
        EventKind::Agree => PlanEvent::Agree {},
        EventKind::Start => PlanEvent::Start {},
        EventKind::Pause => pause(),
        EventKind::Resume => PlanEvent::Resume {},
        EventKind::Complete => PlanEvent::Complete {},
        EventKind::Replan => PlanEvent::Replan { next: PlanVersion::new(2).unwrap() },
        EventKind::Abandon => PlanEvent::Abandon { because: AbandonReason::Other, note: None },
        EventKind::ScheduleItem => schedule(record, item, attempt.week),
        EventKind::BeginItem => begin(record, item),
        EventKind::FinishItem => finish(record, item),
        EventKind::MissItem => miss(record, item),
        EventKind::CancelItem => cancel(record, item),
        EventKind::HoldCheckpoint => hold(attempt.week.min(8) / 2 * 2 + 2 * u8::from(attempt.week < 2)),
        EventKind::AddEvidence => evidence(attempt.level),
        EventKind::JudgeGoal => judge("active_listening", GoalVerdict::MetUnclear),
    }
}

/// The life that these attempts make, refused ones left out, with every record on the way.
fn live(from: PlanRecord, attempts: &[Attempt]) -> Result<Vec<PlanRecord>, TestCaseError> {
    let mut records = vec![from];
    for attempt in attempts {
        let record = records.last().unwrap();
        let last = record.history().last().map_or(day("2026-07-01"), |step| step.on);
        let event = event_of(record, attempt);
        let was_allowed = record.status().allowed().contains(&event.kind());
        match record.apply(event.clone(), reference(attempt.actor), last.plus_days(attempt.days)) {
            Ok(next) => {
                prop_assert!(was_allowed, "{:?} left the table", event.kind());
                prop_assert_eq!(next.history().len(), record.history().len() + 1);
                for (before, after) in record.items().iter().zip(next.items()) {
                    let moves = before.state != after.state;
                    prop_assert!(!moves || before.state.allowed().contains(&event.kind()), "an item left its table");
                }
                records.push(next);
            }
            Err(TransitionError::Illegal(error)) => {
                prop_assert!(!was_allowed);
                prop_assert_eq!(error.allowed(), record.status().allowed());
            }
            Err(_) => prop_assert!(was_allowed, "the table comes before guards"),
        }
    }
    Ok(records)
}

/// Otherwise the laws below would say little.
#[test]
fn random_lives_reach_every_status() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let lives = prop::collection::vec(any_attempt(), 120);
    let mut reached = BTreeSet::new();
    let mut steps = 0;
    for _ in 0..60 {
        let attempts = lives.new_tree(&mut runner).unwrap().current();
        let records = live(draft(), &attempts).unwrap();
        steps += records.len() - 1;
        reached.extend(records.iter().map(PlanRecord::status));
    }
    println!("{steps} events in 60 lives, {reached:?}");
    // `superseded` is reached through `replan` alone.
    let all: BTreeSet<_> = PlanStatus::ALL.iter().copied().filter(|one| *one != PlanStatus::Superseded).collect();
    assert_eq!(reached, all);
    assert!(steps > 600, "{steps}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_lives_stay_in_the_table_and_replay_to_the_same_state(
        stage in 0..3_usize, attempts in prop::collection::vec(any_attempt(), 1..120),
    ) {
        let from = [draft, agreed, active][stage]();
        let records = live(from, &attempts)?;
        let last = records.last().unwrap();
        let replayed = last.history().iter().fold(draft(), |record, step| {
            record.apply(step.event.clone(), step.by.clone(), step.on).unwrap()
        });
        prop_assert_eq!(&replayed, last);
        for record in records.iter().step_by(7).chain([last]) {
            prop_assert_eq!(&PlanRecord::from_json(&serde_json::to_string(record).unwrap()).unwrap(), record);
        }
    }

    #[test]
    fn final_states_stay_final(attempts in prop::collection::vec(any_attempt(), 1..40), which in 0..3_usize) {
        let reviewed = applied(&active(), hold(8), "coach-1", "2026-08-28");
        let judged = applied(&reviewed, judge("active_listening", GoalVerdict::Insufficient), "coach-1", "2026-08-28");
        let abandon = PlanEvent::Abandon { because: AbandonReason::Left, note: None };
        let ended = match which {
            0 => applied(&judged, PlanEvent::Complete {}, "coach-1", "2026-08-28"),
            1 => applied(&judged, abandon, "coach-1", "2026-08-28"),
            _ => active().replan(&plan(), &rubric(), baselines(), reference("coach-1"), day("2026-07-20")).unwrap().old,
        };
        prop_assert!(ended.status().is_final());
        let records = live(ended, &attempts)?;
        prop_assert_eq!(records.len(), 1);
    }
}
