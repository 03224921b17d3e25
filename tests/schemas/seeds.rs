//! Small valid documents of every kind, from which the tests make invalid ones.

use serde_json::{Value, json};

/// The built-in framework with a few entries of each list: with all its members, and with the optional ones left out.
pub(crate) fn framework() -> Vec<Value> {
    let mut full: Value = serde_json::from_str(include_str!("../../content/framework.json")).unwrap();
    for list in ["/channels", "/references", "/outside_frameworks", "/rules/references"] {
        cut(&mut full, list, 2);
    }
    let known = full["references"][0]["key"].clone();
    full["rules"]["references"] = json!([known]);
    let outside = full["outside_frameworks"][0]["key"].clone();
    for (name, skill) in full["skills"].as_object_mut().unwrap() {
        skill["alignments"] = json!([{ "framework": outside, "element": "Empathy", "relation": "close" }]);
        cut(skill, "/criteria", if name == "empathy" { 2 } else { 1 });
        for criterion in skill["criteria"].as_array_mut().unwrap() {
            cut(criterion, "/channels", 2);
            cut(criterion, "/example_evidence", 1);
            cut(criterion, "/not_applicable_when", 1);
            criterion["references"] = json!([known]);
        }
    }
    shorten(&mut full);
    let mut sparse = full.clone();
    full["extensions"] = json!({ "our_system": { "id": [1, null, "ä"] } });
    full["skills"]["empathy"]["criteria"][0]["critical"] = json!({
        "activation": "default", "class": "customer", "fails_at_or_below": 1, "reason": "It hurts.",
    });
    full["skills"]["empathy"]["criteria"][0]["channels"][0]["note"] = json!("Listen for it.");
    cut(&mut sparse, "/skills/empathy/criteria", 1);
    sparse["skills"]["empathy"]["criteria"][0]["critical"] = Value::Null;
    sparse["skills"]["empathy"]["criteria"][0]["channels"][0]["note"] = Value::Null;
    sparse["extensions"] = Value::Null;
    vec![full, sparse]
}

pub(crate) fn rubric() -> Vec<Value> {
    let full = json!({
        "schema_version": 1, "id": "short_form", "version": "1.0.0", "language": "en", "title": "Short form",
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

pub(crate) fn assessment() -> Vec<Value> {
    let full = json!({
        "schema_version": 1, "id": "a-2",
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

pub(crate) fn scorecard() -> Vec<Value> {
    let full = json!({
        "schema_version": 1, "scoring_policy": 1,
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

fn cut(document: &mut Value, pointer: &str, length: usize) {
    document.pointer_mut(pointer).unwrap().as_array_mut().unwrap().truncate(length);
}

/// Cuts prose, so that a seed is quick to read; keys and versions have no spaces and stay.
fn shorten(value: &mut Value) {
    match value {
        Value::String(text) if text.contains(' ') => *text = text.chars().take(24).collect(),
        Value::Array(items) => items.iter_mut().for_each(shorten),
        Value::Object(members) => members.values_mut().for_each(shorten),
        _ => {}
    }
}
