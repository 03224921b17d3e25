//! Random lives.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use service_excellence::PlanRecord;
use service_excellence::coaching::{
    AbandonReason, EventKind, EvidenceLevel, GoalVerdict, PlanEvent, PlanStatus, PlanVersion, TransitionError,
};

use crate::plans::{
    active, agreed, applied, baselines, begin, cancel, day, draft, evidence, finish, hold, judge, miss, note, pause,
    plan, reference, rubric, schedule,
};

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
