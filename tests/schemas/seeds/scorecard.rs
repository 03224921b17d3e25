use serde_json::{Value, json};

pub(crate) fn scorecard() -> Vec<Value> {
    let full = json!({
        "$schema": "../scorecard.schema.json", "schema_version": 1, "scoring_policy": 1,
        "rubric": {
            "id": "short_form", "version": "1.0.0", "structure": "0a".repeat(32), "content": "1b".repeat(32),
        },
        "assessment": "a-2", "person": "person-1", "observed": "2026-03-01", "basis": "live_observation",
        "skills": {
            "empathy": { "kind": "scored", "score": 0.5, "level": 3, "before_rules": 0.8, "coverage": 1 },
            "communication_mastery": { "kind": "insufficient_evidence", "coverage": 0.25 },
            "problem_solving_agility": { "kind": "not_applicable" },
            "tech_savviness": { "kind": "not_applicable" },
            "resilience_and_patience": { "kind": "not_applicable" },
        },
        "overall": {
            "kind": "scored", "score": 0.5, "level": 3, "before_rules": 0.8, "after_skill_rules": 0.5, "coverage": 0.7,
        },
        "outcome": "passed", "second_assessor_required": true,
        "accuracy": { "customer": true, "business": false, "compliance": true, "opportunities": 2, "errors": 1 },
        "contributions": [
            {
                "criterion": "empathy_shown", "skill": "empathy", "answer": "rated", "step": 4, "points": 0.75,
                "weight": 10, "nominal_share": 0.5, "effective_share": 0.8, "to_skill": 0.7, "to_overall": 0.7,
            },
            {
                "criterion": "feeling_named", "skill": "empathy", "answer": "rated", "step": 2, "points": 0.25,
                "weight": 5, "nominal_share": 0.25, "effective_share": 0.2, "to_skill": 0.1, "to_overall": 0.1,
            },
            {
                "criterion": "greeting", "skill": "communication_mastery", "answer": "not_applicable",
                "nominal_share": 0, "effective_share": 0, "to_skill": 0, "to_overall": 0,
            },
        ],
        "rules": [{
            "rule": "no_empathy", "class": "customer", "status": "fired", "matched": ["empathy_shown"],
            "effects": [{ "kind": "cap_score", "target": "empathy", "score": 0.5 }],
        }],
        "adjustments": [{ "target": "empathy", "rule": "no_empathy", "effect": "cap", "from": 0.8, "to": 0.5 }],
    });
    let mut empty = full.clone();
    empty["skills"]["empathy"] = json!({ "kind": "insufficient_evidence", "coverage": 0 });
    empty["overall"] = json!({ "kind": "insufficient_evidence", "coverage": 0.1 });
    empty["contributions"] = json!([]);
    empty["rules"][0]["effects"] = json!([
        { "kind": "raise_concern", "target": "empathy" },
        { "kind": "require_second_assessor", "target": "overall" },
        { "kind": "cap_level", "target": "empathy", "level": 2 },
        { "kind": "deduct", "target": "overall", "score": 0.1 },
        { "kind": "zero", "target": "overall" },
    ]);
    let mut switched_off = full.clone();
    switched_off["overall"] = json!({ "kind": "switched_off", "coverage": 1 });
    for contribution in switched_off["contributions"].as_array_mut().unwrap() {
        contribution["to_overall"] = json!(0);
    }
    vec![full, empty, switched_off]
}
