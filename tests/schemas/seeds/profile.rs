use serde_json::{Value, json};

pub(crate) fn role_library() -> Vec<Value> {
    let full = json!({
        "$schema": "../role_library.schema.json", "schema_version": 1, "id": "our_roles", "version": "0.1.0",
        "language": "en", "title": "Our roles", "framework": "our_framework",
        "roles": [
            {
                "key": "agent", "name": "Agent", "summary": "Serves customers.", "customer_contact": "direct",
                "typical_channels": ["phone", "email"],
                "target_levels": {
                    "empathy": 3, "communication_mastery": 3, "problem_solving_agility": 2, "tech_savviness": 1,
                    "resilience_and_patience": 5,
                },
                "skill_weights": {
                    "empathy": 25, "communication_mastery": 25, "problem_solving_agility": 20, "tech_savviness": 15,
                    "resilience_and_patience": 15,
                },
                "minimum_levels": [
                    { "criterion": "emotion_recognition", "level": 3 },
                    { "criterion": "sincere_acknowledgement", "level": 4 },
                ],
                "focus_criteria": ["emotion_recognition", "active_listening"],
                "not_applicable_criteria": ["diagnosis"],
                "criterion_weights": [
                    { "criterion": "emotion_recognition", "weight": 10 },
                    { "criterion": "active_listening", "weight": 20 },
                ],
                "evidence_mix": ["live_observation", "self_assessment"],
                "evidence_shares": [
                    { "basis": "simulation", "max_share": 0.25 }, { "basis": "peer_feedback", "max_share": 0 },
                ],
                "sfia_level_hint": 2, "next_roles": ["planner"], "rationale": "It is common.", "fairness_note": "Allow time.",
            },
            {
                "key": "planner", "name": "Planner", "summary": "Plans shifts.", "customer_contact": "indirect",
                "typical_channels": [],
                "target_levels": {
                    "empathy": 1, "communication_mastery": 1, "problem_solving_agility": 1, "tech_savviness": 1,
                    "resilience_and_patience": 1,
                },
                "skill_weights": {
                    "empathy": 1, "communication_mastery": 1, "problem_solving_agility": 1, "tech_savviness": 1,
                    "resilience_and_patience": 1,
                },
                "minimum_levels": [], "focus_criteria": [], "not_applicable_criteria": [], "criterion_weights": [],
                "evidence_mix": [], "evidence_shares": [], "rationale": "It is common.", "fairness_note": "Allow time.",
            },
        ],
        "extensions": { "our_system": 7 },
    });
    let mut empty = full.clone();
    empty["roles"] = json!([]);
    empty["extensions"] = Value::Null;
    vec![full, empty]
}

/// An estimate with all its members.
fn estimate(value: f64, lower: f64, upper: f64) -> Value {
    json!({
        "value": value, "standard_error": 0.08,
        "interval": { "lower": lower, "upper": upper, "confidence": 0.9, "method": "bounded_score" },
    })
}

fn shrunken() -> Value {
    let mut shrunken = estimate(0.65, 0.52, 0.77);
    shrunken["interval"]["method"] = json!("posterior");
    shrunken
}

pub(crate) fn profile() -> Vec<Value> {
    let full = json!({
        "$schema": "../profile.schema.json", "schema_version": 1, "scoring_policy": 1,
        "rubric": {
            "id": "short_form", "version": "1.0.0", "structure": "0a".repeat(32), "content": "1b".repeat(32),
        },
        "role": { "key": "agent", "structure": "2c".repeat(32) },
        "person": "person-1", "as_of": "2026-06-30", "window_start": "2026-01-02", "assessments": 6,
        "high_confidence_observations": 5, "components": "documented",
        "skills": {
            "empathy": {
                "kind": "rated", "score": 0.7, "estimate": estimate(0.7, 0.55, 0.81),
                "shrunken": shrunken(), "effective_observations": 35.5, "level": 2, "coverage": 1,
                "confidence": "high", "has_open_concern": true,
            },
            "communication_mastery": { "kind": "insufficient_evidence", "coverage": 0.25 },
            "problem_solving_agility": { "kind": "not_applicable" },
            "tech_savviness": { "kind": "not_applicable" },
            "resilience_and_patience": { "kind": "not_applicable" },
        },
        "overall": {
            "kind": "rated", "score": 0.7, "estimate": estimate(0.7, 0.55, 0.81), "shrunken": shrunken(),
        },
        "criteria": [
            {
                "criterion": "empathy_shown", "skill": "empathy", "aggregation": { "kind": "mean" },
                "standing": {
                    "kind": "rated", "score": 0.7, "level": 4, "top_level_unconfirmed": false, "mean": 0.7,
                    "estimate": estimate(0.7, 0.55, 0.81),
                    "shrunken": shrunken(), "effective_observations": 35.5, "observations": 6,
                    "raters": 2, "lowest": 0.25, "highest": 1, "spread": 1.75, "needs_second_look": true,
                    "confidence": "high",
                },
                "own_view": { "mean": 0.875, "observations": 2 },
            },
            {
                "criterion": "greeting", "skill": "communication_mastery",
                "aggregation": { "kind": "half_life", "days": 60 },
                "standing": { "kind": "insufficient_evidence", "observations": 1, "needed": 2 },
            },
            {
                "criterion": "closing", "skill": "communication_mastery",
                "aggregation": { "kind": "mastery", "needed": 3, "threshold": 0.5 },
                "standing": { "kind": "not_mastered", "observations": 4, "needed": 3 },
            },
            {
                "criterion": "farewell", "skill": "communication_mastery",
                "aggregation": {
                    "kind": "by_rater",
                    "weights": { "peer": 1, "coach": 2, "quality_reviewer": 3, "customer": 1, "machine": 1 },
                },
                "standing": { "kind": "not_applicable" },
            },
        ],
        "concerns": [
            {
                "assessment": "a-1", "observed": "2026-02-01", "rule": "no_empathy", "class": "customer",
                "target": "empathy", "criteria": ["empathy_shown"], "level_cap": 2, "closed": "2026-02-03",
            },
            {
                "assessment": "a-2", "observed": "2026-03-01", "rule": "weak_skill", "class": "compliance",
                "target": "overall", "criteria": [],
            },
        ],
        "exclusions": [
            { "assessment": "a-3", "reason": "draft" },
            { "assessment": "a-4", "criterion": "greeting", "reason": "other_scale" },
        ],
    });
    let mut empty = full.clone();
    for list in ["criteria", "concerns", "exclusions"] {
        empty[list] = json!([]);
    }
    for absent in ["$schema", "role"] {
        empty[absent] = Value::Null;
    }
    empty["overall"] = json!({ "kind": "insufficient_evidence" });
    let mut other_ways = full.clone();
    other_ways["overall"] = json!({ "kind": "switched_off" });
    let ways = [
        json!({ "kind": "median" }),
        json!({ "kind": "trimmed_mean", "cut": 0.1 }),
        json!({ "kind": "latest" }),
        json!({ "kind": "highest" }),
        json!({ "kind": "weighted", "share": 0.65 }),
        json!({ "kind": "decaying", "share": 0.65 }),
    ];
    let not_applicable = |(index, aggregation)| {
        json!({
            "criterion": format!("row_{index}"), "skill": "empathy", "aggregation": aggregation,
            "standing": { "kind": "not_applicable" },
        })
    };
    other_ways["criteria"] = ways.into_iter().enumerate().map(not_applicable).collect();
    vec![full, empty, other_ways]
}

pub(crate) fn gap_analysis() -> Vec<Value> {
    let full = json!({
        "$schema": "../gap_analysis.schema.json", "schema_version": 1, "scoring_policy": 1,
        "rubric": {
            "id": "short_form", "version": "1.0.0", "structure": "0a".repeat(32), "content": "1b".repeat(32),
        },
        "role": { "key": "agent", "structure": "2c".repeat(32) },
        "person": "person-1", "as_of": "2026-06-30", "verdict": "below_target",
        "share_of_target": { "kind": "known", "share": 0.9 },
        "skills": {
            "empathy": {
                "kind": "assessed", "target": 3, "level": 2, "score": 0.3, "gap": 0.3, "to_full_level": 0.8,
                "probability_below": 0.75, "progress": { "kind": "towards", "level": 3, "share": 0.7 },
                "blocked_by_concern": true, "meets_target": false,
            },
            "communication_mastery": { "kind": "insufficient_evidence", "target": 3 },
            "problem_solving_agility": { "kind": "not_applicable" },
            "tech_savviness": { "kind": "not_applicable" },
            "resilience_and_patience": { "kind": "not_applicable" },
        },
        "criteria": [
            {
                "criterion": "empathy_shown", "skill": "empathy", "target": 3, "target_source": "skill_target",
                "score": 0.3, "level": 2, "gap": 0.3, "to_full_level": 0.8, "importance": 0.4,
                "probability_below": 0.75, "priority": 0.09,
                "progress": { "kind": "towards", "level": 3, "share": 0.7 }, "own_view_above_others": 1.2,
                "urgency": "open_concern",
                "reasons": [{ "code": "open_concern", "text": "A critical concern is open." }],
            },
            {
                "criterion": "feeling_named", "skill": "empathy", "target": 2, "target_source": "role_minimum",
                "score": 1, "level": 5, "gap": 0, "to_full_level": 0, "importance": 0.1, "probability_below": 0,
                "priority": 0, "progress": { "kind": "highest_level" }, "urgency": "none", "reasons": [],
            },
        ],
        "unknown": ["greeting", "closing"],
        "open_concerns": [
            {
                "assessment": "a-1", "observed": "2026-02-01", "rule": "no_blame", "class": "customer",
                "target": "empathy", "criteria": ["empathy_shown"], "level_cap": 2, "closed": null,
            },
        ],
    });
    let mut empty = full.clone();
    empty["verdict"] = json!("insufficient_evidence");
    empty["share_of_target"] = json!({ "kind": "no_skill_rated" });
    for list in ["criteria", "unknown", "open_concerns"] {
        empty[list] = json!([]);
    }
    empty["$schema"] = Value::Null;
    let mut nothing_asked = empty.clone();
    nothing_asked["share_of_target"] = json!({ "kind": "nothing_asked_for" });
    vec![full, empty, nothing_asked]
}
