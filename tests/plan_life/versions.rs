//! New versions, and records that are read back.

use service_excellence::PlanRecord;
use service_excellence::coaching::{EvidenceLevel, GoalVerdict, PlanPin, PlanStatus, RecordError, TransitionError};

use crate::plans::{
    active, applied, baselines, day, draft, evidence, held, judge, pause, plan, plan_of, reference, rubric,
};

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
