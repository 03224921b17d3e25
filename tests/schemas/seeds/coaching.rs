use serde_json::{Value, json};

pub(crate) fn activity_library() -> Vec<Value> {
    let full = json!({
        "$schema": "../activity_library.schema.json", "schema_version": 1, "id": "our_activities", "version": "0.1.0",
        "language": "en", "title": "Our activities", "framework": "our_framework",
        "activities": [
            {
                "key": "drills", "name": "Drills", "kind": "practice_drill", "modality": "on_the_job",
                "description": "Repeat it.", "minutes": 60, "sessions": 4, "gap_days": 7, "refresh_after_days": 0,
                "criteria": ["emotion_recognition", "active_listening"], "max_criteria_per_run": 2, "level_from": 1,
                "level_to": 3, "prerequisites": ["workshop"],
                "gain": {
                    "kind": "assumed", "milli_levels": 400, "evidence_grade": "moderate", "rationale": "It helps.",
                },
                "cost_band": "none", "audience_roles": ["agent"], "focus": "employee", "token_risk": "low",
                "completion_evidence": "A list.", "safeguards": "Keep it short.", "references": ["bsi_9001", "other"],
            },
            {
                "key": "workshop", "name": "Workshop", "kind": "workshop", "modality": "in_person",
                "description": "Learn it.", "minutes": 180, "sessions": 1, "gap_days": 0, "refresh_after_days": 180,
                "criteria": ["emotion_recognition"], "max_criteria_per_run": 1, "level_from": 1, "level_to": 2,
                "prerequisites": [],
                "gain": {
                    "kind": "assumed", "milli_levels": 0, "evidence_grade": "limited", "rationale": "It may help.",
                },
                "cost_band": "medium", "audience_roles": [], "focus": "both", "token_risk": "medium",
                "completion_evidence": "A list.", "references": [],
            },
            {
                "key": "thanks", "name": "Thanks", "kind": "recognition", "modality": "on_the_job",
                "description": "Say it.", "minutes": 5, "sessions": 1, "gap_days": 0, "refresh_after_days": 30,
                "criteria": ["emotion_recognition"], "max_criteria_per_run": 1, "level_from": 1, "level_to": 5,
                "prerequisites": ["drills"],
                "gain": { "kind": "none", "evidence_grade": "strong", "rationale": "It closes no gap." },
                "cost_band": "low", "audience_roles": [], "focus": "employee", "token_risk": "high",
                "completion_evidence": "A note.", "references": [],
            },
        ],
        "extensions": { "our_system": 7 },
    });
    let mut empty = full.clone();
    empty["activities"] = json!([]);
    empty["extensions"] = Value::Null;
    vec![full, empty]
}

pub(crate) fn plan_limits() -> Vec<Value> {
    let full = json!({
        "$schema": "../plan_limits.schema.json", "schema_version": 1,
        "start": "2026-07-06", "weeks": 6, "minutes_per_week": 60,
        "longer_weeks": {
            "rhythm": { "every": 4, "minutes": 90 }, "weeks": [{ "week": 3, "minutes": 75 }],
        },
        "minutes_in_total": 240, "highest_cost": "medium",
        "completed": ["workshop"], "under_way": [{ "activity": "drills", "held_on": ["2026-06-26"] }],
        "required": ["drills"], "without": ["thanks"],
    });
    let mut sparse = full.clone();
    sparse["minutes_in_total"] = Value::Null;
    for wishes in ["$schema", "schema_version", "longer_weeks", "under_way", "required", "without"] {
        sparse.as_object_mut().unwrap().remove(wishes);
    }
    vec![full, sparse]
}

pub(crate) fn coaching_plan() -> Vec<Value> {
    let mut full = json!({
        "$schema": "../coaching_plan.schema.json", "schema_version": 1, "scoring_policy": 1,
        "rubric": {
            "id": "short_form", "version": "1.0.0", "structure": "0a".repeat(32), "content": "1b".repeat(32),
        },
        "role": { "key": "agent", "structure": "2c".repeat(32) }, "person": "person-1", "as_of": "2026-06-30",
        "library": { "id": "our_activities", "version": "0.1.0" }, "limits": plan_limits().remove(0),
        "focus": { "goals": 3, "starts_per_week": 1, "weeks_per_phase": 8 }, "gains_are": "planning_assumption",
        "reached": 0.8, "reached_of_targets": 0.3,
        "guarantee": { "kind": "optimal" },
        "unlocks": [
            {
                "criterion": "active_listening",
                "changes": [
                    { "kind": "higher_cost", "highest_cost": "high" },
                    { "kind": "longer_week", "week": { "week": 2, "minutes": 90 } },
                ],
                "activity": "clinic", "name": "Clinic", "assumed_gain": 300, "reached_of_targets": 0.4,
            },
            {
                "criterion": "ownership",
                "changes": [
                    { "kind": "more_weeks", "weeks": 8 }, { "kind": "more_minutes_a_week", "minutes": 90 },
                    { "kind": "more_starts_a_week", "starts": 2 }, { "kind": "more_minutes_in_total", "minutes_in_total": 300 },
                    { "kind": "allow", "activity": "thanks" },
                ],
                "assumed_gain": 0,
            },
        ],
        "phases": [
            {
                "number": 1, "first_week": 1, "last_week": 2, "check_in": "2026-07-19",
                "goals": [{
                    "criterion": "emotion_recognition", "level": 2, "next_level": 3, "needed": 500, "assumed_gain": 400,
                }],
                "reached": 0.8, "guarantee": { "kind": "optimal" },
            },
            {
                "number": 2, "first_week": 3, "last_week": 6, "check_in": "2026-08-16", "goals": [],
                "reached": 1, "guarantee": { "kind": "bounded", "at_most": 1 },
            },
        ],
        "ends": "weeks_used",
        "what_if": [
            { "change": "one_more_week", "reached": { "kind": "exactly", "share": 0.85 } },
            { "change": "next_cost_band", "reached": { "kind": "between", "at_least": 0.8, "at_most": 0.9 } },
        ],
        "notices": [{ "code": "open_concern", "text": "A concern is open." }],
        "goals": [{
            "criterion": "emotion_recognition", "skill": "empathy", "urgency": "below_target", "level": 2,
            "next_level": 3, "target": 4, "needed": 500, "assumed_gain": 400, "status": "reaches_part",
            "reasons": [{ "code": "below_target", "text": "The value is too low." }],
        }],
        "activities": [
            {
                "activity": "drills", "name": "Drills", "phase": 1,
                "credits": [{ "criterion": "emotion_recognition", "assumed_gain": 400 }], "evidence_grade": "moderate",
                "sessions": [
                    { "week": 1, "not_before": "2026-07-06", "minutes": 40 },
                    { "week": 2, "not_before": "2026-07-13", "minutes": 60 },
                ],
                "reached_without": { "kind": "exactly", "share": 0.7 },
                "reasons": [{ "code": "most_gain_per_minute", "text": "It adds most." }],
            },
            {
                "activity": "listening", "name": "Listening", "phase": 2, "credits": [], "evidence_grade": "limited",
                "sessions": [
                    { "week": 3, "not_before": "2026-07-20", "minutes": 20 },
                    { "week": 6, "not_before": "2026-08-10", "minutes": 60 },
                ],
                "reached_without": { "kind": "not_found", "at_most": 0.8 },
                "reasons": [],
            },
        ],
        "omissions": [
            {
                "activity": "workshop", "name": "Workshop", "reached_with": { "kind": "no_plan" },
                "reason": { "code": "completed", "text": "It was done." },
            },
            {
                "activity": "thanks", "name": "Thanks", "reached_with": { "kind": "no_plan" },
                "reason": { "code": "left_out_on_request", "text": "It was asked to be left out." },
            },
            {
                "activity": "clinic", "name": "Clinic", "reached_with": { "kind": "no_plan" },
                "reason": { "code": "no_room", "text": "There is no plan with it." },
            },
        ],
    });
    for own in ["$schema", "schema_version"] {
        full["limits"].as_object_mut().unwrap().remove(own);
    }
    let mut empty = full.clone();
    empty["$schema"] = Value::Null;
    empty["limits"] = plan_limits().remove(1);
    empty["guarantee"] = json!({ "kind": "bounded", "at_most": 0.9 });
    for list in ["unlocks", "phases", "what_if", "notices", "goals", "activities", "omissions"] {
        empty[list] = json!([]);
    }
    let mut alternative = empty.clone();
    alternative["guarantee"] = json!({ "kind": "alternative", "at_most": 0.9 });
    vec![full, empty, alternative]
}
