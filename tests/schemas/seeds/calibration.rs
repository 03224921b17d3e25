use serde_json::{Value, json};

pub(crate) fn rater_report() -> Vec<Value> {
    let full = json!({
        "$schema": "../rater_report.schema.json", "schema_version": 1, "as_of": "2026-06-30", "reference": "reviewer-2",
        "thresholds": {
            "false_alarm_rate": 0.05, "minimum_ratings": 30, "minimum_shared_ratings": 20,
            "minimum_criterion_ratings": 8, "minimum_shared_contacts": 6, "bias": 0.5, "criterion_bias": 0.2,
            "alignment": 0.05, "leniency": 0.5, "range": 0.5, "halo": 0.5, "drift": 0.25, "lowest_fit": 0.5,
            "highest_fit": 1.5, "anchor_distance": 1.15,
        },
        "assessments": 40, "shared_contacts": 10,
        "criteria": [
            {
                "criterion": "empathy_shown", "contacts": 10, "pairs": 10, "exact": 0.4, "within_one_step": 0.9,
                "alpha": { "kind": "computed", "figure": { "value": 0.52 }, "ratings": 10, "signal": "none" },
                "distance": {
                    "kind": "computed",
                    "figure": {
                        "value": 1.9, "standard_error": 0.15,
                        "interval": { "lower": 1.56, "upper": 2.24, "confidence": 0.95, "method": "student_t" },
                    },
                    "highest": 1.15, "ratings": 10, "p_value": 0.012, "signal": "anchor",
                },
                "split": { "lower": 2, "pairs": 9, "parted": 5, "share": 0.555556 },
            },
            {
                "criterion": "greeting", "contacts": 0, "pairs": 0,
                "alpha": { "kind": "withheld", "ratings": 0, "needed": 8 },
                "distance": { "kind": "withheld", "ratings": 0, "needed": 8 },
            },
        ],
        "raters": [
            {
                "rater": "reviewer-1", "assessments": 20, "ratings": 40, "raw_average": 2.2,
                "severity": {
                    "value": 1.1, "standard_error": 0.2,
                    "interval": { "lower": 0.7, "upper": 1.5, "confidence": 0.95, "method": "normal" },
                },
                "fair_average": {
                    "value": 2.3, "standard_error": 0.1,
                    "interval": { "lower": 2.1, "upper": 2.5, "confidence": 0.95, "method": "transformed" },
                },
                "checks": [
                    {
                        "kind": "bias_against_others",
                        "outcome": {
                            "kind": "computed", "lowest": -0.5, "highest": 0.5, "ratings": 20, "p_value": 0.003,
                            "signal": "rater",
                            "figure": {
                                "value": -1.0, "standard_error": 0.1,
                                "interval": { "lower": -1.2, "upper": -0.8, "confidence": 0.95, "method": "student_t" },
                            },
                        },
                    },
                    {
                        "kind": "bias_on_criterion", "criterion": "empathy_shown",
                        "outcome": { "kind": "undefined", "reason": { "kind": "no_data" } },
                    },
                    {
                        "kind": "infit",
                        "outcome": {
                            "kind": "computed", "figure": { "value": 0.95 }, "lowest": 0.5, "highest": 1.5,
                            "ratings": 40, "p_value": 1, "signal": "none",
                        },
                    },
                ],
            },
            { "rater": "reviewer-2", "assessments": 20, "ratings": 40, "raw_average": 3.2, "checks": [] },
        ],
        "model": {
            "kind": "fitted", "ratings": 80, "iterations": 6, "assumes_random_assignment": true,
            "person_reliability": 0.8, "rater_reliability": 0.9,
        },
        "persons": [{
            "person": "person-1", "ratings": 12, "raw_average": 2.5,
            "fair_average": {
                "value": 2.9, "standard_error": 0.2,
                "interval": { "lower": 2.5, "upper": 3.3, "confidence": 0.95, "method": "transformed" },
            },
        }],
    });
    let mut empty = full.clone();
    for list in ["criteria", "raters", "persons"] {
        empty[list] = json!([]);
    }
    empty["$schema"] = Value::Null;
    empty["reference"] = Value::Null;
    empty["model"] = json!({ "kind": "not_fitted", "reason": { "kind": "too_few_raters", "found": 1, "needed": 2 } });
    let undefined = [
        json!({ "kind": "no_data" }),
        json!({ "kind": "no_pairs" }),
        json!({ "kind": "no_variation" }),
        json!({ "kind": "no_spread" }),
        json!({ "kind": "no_formula" }),
        json!({ "kind": "too_few_subjects", "found": 1, "needed": 2 }),
        json!({ "kind": "too_few_raters", "found": 1, "needed": 2 }),
        json!({ "kind": "too_few_groups", "found": 1, "needed": 2 }),
        json!({ "kind": "empty_cell" }),
        json!({ "kind": "disconnected" }),
        json!({ "kind": "not_identified" }),
        json!({ "kind": "extreme" }),
        json!({ "kind": "not_converged" }),
        json!({ "kind": "other_categories", "found": 3, "needed": 5 }),
        json!({ "kind": "below_zero" }),
        json!({ "kind": "out_of_range" }),
    ];
    let mut reasons = full.clone();
    reasons["raters"][0]["checks"] = undefined
        .into_iter()
        .map(|reason| json!({ "kind": "drift", "outcome": { "kind": "undefined", "reason": reason } }))
        .collect();
    vec![full, empty, reasons]
}
