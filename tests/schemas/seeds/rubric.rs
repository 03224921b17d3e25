use serde_json::{Value, json};

pub(crate) fn rubric() -> Vec<Value> {
    let full = json!({
        "$schema": "../rubric.schema.json", "schema_version": 1, "id": "short_form", "version": "1.0.0", "language": "en", "title": "Short form",
        "framework": { "id": "our_framework", "version": "0.1.0" }, "channel": "phone",
        "weighting": { "kind": "by_skill", "weights": {
            "empathy": 1, "communication_mastery": 2, "problem_solving_agility": 1, "tech_savviness": 1,
            "resilience_and_patience": 1,
        } },
        "criteria": [
            {
                "key": "empathy_shown", "skill": "empathy", "name": "Shows empathy", "description": "Names a feeling.",
                "weight": { "kind": "weighted", "weight": 10 }, "steps": 3, "points": [0, 0.25, 1],
                "anchors": [{ "step": 1, "text": "Ignores it." }, { "step": 3, "text": "Names it." }],
                "critical": "customer", "fails_at_or_below": 1, "not_applicable": "exclude",
                "not_applicable_when": ["Nobody was there."], "evidence_required_below": 2, "note_required_below": 3,
            },
            {
                "key": "greeting", "skill": "communication_mastery", "name": "Greets",
                "weight": { "kind": "advisory" }, "steps": 5, "anchors": [], "fails_at_or_below": 2,
                "not_applicable": "count_as_zero", "not_applicable_when": [],
            },
        ],
        "rules": [
            {
                "key": "no_empathy", "class": "customer", "reason": "It hurts.",
                "when": { "kind": "rated_at_or_below", "criterion": "empathy_shown", "step": 1 },
                "effects": [
                    { "kind": "raise_concern", "target": "empathy" },
                    { "kind": "require_second_assessor", "target": "overall" },
                    { "kind": "cap_level", "target": "empathy", "level": 2 },
                ],
            },
            {
                "key": "weak_contact", "class": "business",
                "when": {
                    "kind": "several_rated_at_or_below", "count": 1, "criteria": ["empathy_shown", "greeting"], "step": 2,
                },
                "effects": [
                    { "kind": "deduct", "target": "overall", "score": 0.1 },
                    { "kind": "cap_score", "target": "overall", "score": 0.5 },
                ],
            },
            {
                "key": "weak_skill", "class": "compliance",
                "when": { "kind": "skill_score_below", "skill": "empathy", "score": 0.25 },
                "effects": [{ "kind": "zero", "target": "overall" }],
            },
        ],
        "floors": [{ "target": "empathy", "score": 0.1 }, { "target": "communication_mastery", "score": 0 }],
        "bands": [{ "level": 1, "from": 0 }, { "level": 3, "from": 0.5 }], "threshold": 0.8, "report_overall": true,
        "minimum_coverage": 0.6, "minimum_applicable_share": 0.5, "minimum_overall_coverage": 0.5,
        "extensions": { "our_system": 7 },
    });
    let mut flat = full.clone();
    flat["weighting"] = json!({ "kind": "flat" });
    flat["report_overall"] = json!(false);
    flat["rules"] = json!([]);
    for absent in ["framework", "channel", "threshold", "extensions"] {
        flat[absent] = Value::Null;
    }
    vec![full, flat]
}
