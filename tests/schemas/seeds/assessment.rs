use serde_json::{Value, json};

pub(crate) fn compact_assessment() -> Vec<Value> {
    let bare = json!({ "id": "a-2", "rubric": "0a".repeat(32), "steps": [3, 0, null, 5.0] });
    let mut full = bare.clone();
    full["$schema"] = json!("../compact_assessment.schema.json");
    full["schema_version"] = json!(1);
    vec![full, bare]
}

pub(crate) fn assessment() -> Vec<Value> {
    let full = json!({
        "$schema": "../assessment.schema.json", "schema_version": 1, "id": "a-2",
        "rubric": {
            "id": "short_form", "version": "1.0.0", "structure": "0a".repeat(32), "content": "1b".repeat(32),
        },
        "person": "person-1", "rater": { "id": "rater-1", "kind": "machine" }, "channel": "phone", "contact": "call-1",
        "basis": "recorded_contact_review", "sampling": "random", "observed": "2026-03-01", "entered": "2026-03-02",
        "ratings": [
            { "criterion": "empathy_shown", "answer": { "kind": "rated", "step": 3 }, "note": "Well done." },
            { "criterion": "greeting", "answer": { "kind": "not_applicable", "reason": "A transfer." } },
            { "criterion": "closing", "answer": { "kind": "not_observed", "reason": "The call broke off." } },
        ],
        "evidence": [
            { "kind": "recording", "reference": "rec-1", "criteria": ["empathy_shown"], "note": "From minute 2." },
        ],
        "barriers": [{ "kind": "tool", "criteria": ["empathy_shown"], "note": "The line was bad." }],
        "reviews": [
            { "state": "submitted", "on": "2026-03-02", "by": "rater-1" },
            { "state": "contested", "on": "2026-03-04", "by": "person-1", "note": "I did greet." },
        ],
        "confirmation": { "by": "lead-1", "on": "2026-03-03", "note": "Listened to it." },
        "concern_decisions": [
            { "rule": "no_empathy", "by": "lead-1", "on": "2026-03-05", "verdict": "resolved", "note": "Talked." },
            { "rule": "weak_skill", "by": "lead-2", "on": "2026-03-05", "verdict": "withdrawn" },
        ],
        "supersedes": "a-1", "external_references": [{ "system": "our_system", "id": "77" }],
        "extensions": { "our_system": 7 },
    });
    let mut sparse = full.clone();
    sparse["rater"] = json!({ "id": "person-1", "kind": "self" });
    for list in ["evidence", "barriers", "reviews", "concern_decisions", "external_references"] {
        sparse[list] = json!([]);
    }
    for absent in ["channel", "contact", "confirmation", "supersedes", "extensions"] {
        sparse[absent] = Value::Null;
    }
    vec![full, sparse]
}
