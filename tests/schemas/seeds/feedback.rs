use serde_json::{Value, json};

use super::{cut, shorten};

pub(crate) fn feedback_library() -> Vec<Value> {
    let mut full: Value = serde_json::from_str(include_str!("../../../content/feedback.json")).unwrap();
    cut(&mut full, "/instruments", 2);
    cut(&mut full, "/instruments/1/skill_links", 2);
    cut(&mut full, "/instruments/1/cautions", 1);
    shorten(&mut full);
    full["$schema"] = json!("../feedback_library.schema.json");
    full["extensions"] = json!({ "our_system": 7 });
    let mut other = full.clone();
    other["instruments"] = json!([
        {
            "key": "ces_version_one", "name": "Effort", "unit_of_analysis": "one request",
            "question_template": "How much effort did it take you?",
            "scale": {
                "min": 1, "max": 5, "min_label": "Very little", "max_label": "Very much",
                "direction": "lower_is_better",
            },
            "groups": [], "formula": "mean(valid)", "unit": "scale_mean", "uncertainty_formula": "Student's interval",
            "min_responses_to_report": 10, "skill_links": [], "cautions": [], "references": [],
        },
    ]);
    other["rules"]["link_to_person"] = json!("never");
    other["extensions"] = Value::Null;
    vec![full, other]
}

pub(crate) fn survey_result() -> Vec<Value> {
    let estimate = |value: f64, lower: f64, upper: f64, error: f64, method: &str| {
        json!({
            "kind": "estimated",
            "estimate": {
                "value": value, "standard_error": error,
                "interval": { "lower": lower, "upper": upper, "confidence": 0.95, "method": method },
            },
        })
    };
    let full = json!({
        "$schema": "../survey_result.schema.json", "schema_version": 1, "instrument": "csat", "answers": 5,
        "groups": [{ "group": "satisfied", "answers": 3 }, { "group": "not_satisfied", "answers": 2 }],
        "left_out": [
            { "reason": "test_response", "answers": 1 }, { "reason": "withdrawn_consent", "answers": 2 },
        ],
        "score": estimate(60.0, 23.072_42, 88.237_839, 21.908_902, "wilson"),
        "mean": estimate(3.6, 2.184_285, 5.0, 0.509_902, "student_t"),
        "minimum": 10, "reportable": false,
    });
    let nothing = json!({
        "schema_version": 1, "instrument": "nps", "answers": 0,
        "groups": [
            { "group": "promoters", "answers": 0 }, { "group": "passives", "answers": 0 },
            { "group": "detractors", "answers": 0 },
        ],
        "left_out": [], "score": { "kind": "no_data" }, "minimum": 30, "reportable": false,
    });
    let mut effort = full.clone();
    effort["instrument"] = json!("ces_version_one");
    effort["groups"] = json!([]);
    effort["score"] = effort["mean"].take();
    effort["minimum"] = json!(5);
    effort["reportable"] = json!(true);
    vec![full, nothing, effort]
}
