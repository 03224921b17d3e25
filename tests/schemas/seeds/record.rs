use serde_json::{Value, json};

pub(crate) fn plan_record() -> Vec<Value> {
    let running = running();
    vec![running.clone(), completed(), replanned(running), abandoned()]
}

/// A second version after a pause, with one session held, one missed and one taken out.
fn running() -> Value {
    json!({
        "$schema": "../plan_record.schema.json", "schema_version": 1, "id": "plan-7", "version": 2,
        "previous": { "id": "plan-7", "version": 1 }, "person": "person-1", "coach": "coach-1", "role": "agent",
        "rubric": {
            "id": "short_form", "version": "1.0.0", "structure": "0a".repeat(32), "content": "1b".repeat(32),
        },
        "start": "2026-07-06", "weeks": 6, "tenure": "developing", "baseline_days": 90,
        "goals": [{
            "criterion": "emotion_recognition",
            "baseline": {
                "measured": { "score": 0.25, "observations": 16, "standard_error": 0.2 },
                "shrunken": 0.275, "as_of": "2026-06-30",
            },
            "to": 3, "target": 0.375, "due": 6, "measure": { "kind": "rubric_mean", "min_observations": 8 },
        }],
        "items": [
            item("drills", 1, 1, (1, "done")),
            item("drills", 2, 2, (5, "scheduled")),
            item("listening", 1, 3, (3, "cancelled")),
            item("listening", 2, 4, (6, "planned")),
        ],
        "checkpoints": [
            { "week": 2, "kind": "check_in", "held": "2026-07-17" },
            { "week": 3, "kind": "mid_review" },
            { "week": 4, "kind": "check_in" },
            { "week": 6, "kind": "final_review" },
        ],
        "carried": {
            "done": [
                { "activity": "workshop", "name": "Workshop", "session": 1, "credits": [], "on": "2026-06-10" },
            ],
            "evidence": [
                { "criterion": "emotion_recognition", "level": "learning", "source": "quiz-1", "on": "2026-06-12" },
            ],
        },
        "status": "active", "moved": 2,
        "history": [
            step("2026-07-01", "coach-1", json!({ "kind": "submit" })),
            step("2026-07-01", "person-1", json!({ "kind": "request_changes", "reason": "Less at once." })),
            step("2026-07-02", "coach-1", json!({ "kind": "submit" })),
            step("2026-07-02", "person-1", json!({ "kind": "sign" })),
            step("2026-07-03", "coach-1", json!({ "kind": "sign" })),
            step("2026-07-03", "coach-1", json!({ "kind": "agree" })),
            step("2026-07-06", "coach-1", json!({ "kind": "start" })),
            step("2026-07-06", "coach-1", about("schedule_item", "drills", 1, json!({ "week": 1 }))),
            step("2026-07-07", "person-1", about("begin_item", "drills", 1, json!({}))),
            step("2026-07-07", "person-1", about("finish_item", "drills", 1, json!({ "minutes": 45 }))),
            step("2026-07-08", "coach-1", about("schedule_item", "drills", 2, json!({ "week": 2 }))),
            step("2026-07-14", "person-1", about("miss_item", "drills", 2, json!({ "note": "The queue was long." }))),
            step("2026-07-15", "coach-1", about("schedule_item", "drills", 2, json!({ "week": 3 }))),
            step("2026-07-15", "coach-1", about("cancel_item", "listening", 1, json!({ "reason": "Done elsewhere." }))),
            step("2026-07-17", "coach-1", json!({ "kind": "hold_checkpoint", "week": 2, "note": "Tried it twice." })),
            step("2026-07-20", "coach-1", json!({ "kind": "pause", "reason": "Holiday." })),
            step("2026-07-28", "coach-1", json!({ "kind": "resume" })),
            step("2026-07-29", "coach-1", json!({
                "kind": "add_evidence",
                "evidence": {
                    "criterion": "emotion_recognition", "level": "behaviour", "source": "as-31", "on": "2026-07-29",
                },
            })),
            step("2026-07-30", "coach-1", json!({
                "kind": "judge_goal", "criterion": "emotion_recognition", "verdict": "not_met_unclear",
                "result": { "score": 0.3, "observations": 8, "standard_error": 0.282843 },
            })),
        ],
    })
}

/// A first version that follows another plan and was finished.
fn completed() -> Value {
    let mut record = running();
    record["version"] = json!(1);
    record["previous"] = json!({ "id": "plan-3", "version": 2 });
    record["goals"][0]["measure"] = json!({ "kind": "agreed", "name": "The mystery shop in September" });
    record["items"] = json!([item("drills", 1, 1, (1, "planned"))]);
    record["carried"] = json!({ "done": [], "evidence": [] });
    record["checkpoints"] = json!([{ "week": 6, "kind": "final_review", "held": "2026-08-14" }]);
    record["moved"] = json!(0);
    record["status"] = json!("completed");
    let verdict = json!({ "kind": "judge_goal", "criterion": "emotion_recognition", "verdict": "insufficient" });
    let begun = record["history"].as_array_mut().unwrap();
    begun.truncate(7);
    begun.extend([
        step("2026-08-14", "coach-1", json!({ "kind": "hold_checkpoint", "week": 6 })),
        step("2026-08-14", "coach-1", verdict),
        step("2026-08-14", "coach-1", json!({ "kind": "complete" })),
    ]);
    record
}

fn replanned(mut record: Value) -> Value {
    let replan = step("2026-08-03", "coach-1", json!({ "kind": "replan", "next": 3 }));
    record["history"].as_array_mut().unwrap().push(replan);
    record["status"] = json!("superseded");
    record
}

/// A draft that was given up.
fn abandoned() -> Value {
    let mut record = completed();
    record["previous"] = Value::Null;
    record["goals"] = json!([]);
    record["checkpoints"][0]["held"] = Value::Null;
    record["status"] = json!("abandoned");
    let because = json!({ "kind": "abandon", "because": "role_change", "note": "Promoted." });
    record["history"] = json!([step("2026-07-02", "lead-1", because)]);
    record
}

fn item(activity: &str, session: u8, planned_week: u8, (week, state): (u8, &str)) -> Value {
    json!({
        "activity": activity, "name": "An activity", "session": session, "minutes": 40,
        "credits": [{ "criterion": "emotion_recognition", "assumed_gain": 100 }],
        "planned_week": planned_week, "week": week, "state": state,
    })
}

fn step(on: &str, by: &str, event: Value) -> Value {
    json!({ "on": on, "by": by, "event": event })
}

fn about(kind: &str, activity: &str, session: u8, more: Value) -> Value {
    let mut event = json!({ "kind": kind, "activity": activity, "session": session });
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    event
}
