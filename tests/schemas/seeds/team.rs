use serde_json::{Value, json};

fn pin() -> Value {
    json!({ "id": "short_form", "version": "1.0.0", "structure": "0a".repeat(32), "content": "1b".repeat(32) })
}

pub(crate) fn team_tally() -> Vec<Value> {
    let full = json!({
        "$schema": "../team_tally.schema.json", "schema_version": 1, "rubric": pin(), "as_of": "2026-06-30",
        "criteria": ["empathy_shown", "greeting"],
        "state": [
            3, 2, 1, 0, 1, 1, 0, 0, 6, 1, 0, 2, 40, 5, 1, 0, 0, 0, 0, 0, 0, 2,
            2, 1_250_000, 812_500, 0, 0, 0, 1, 1, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0,
        ],
    });
    let empty = json!({
        "schema_version": 1, "rubric": pin(), "as_of": "2026-06-30", "criteria": [], "state": vec![0; 22],
    });
    vec![full, empty]
}

pub(crate) fn team_report() -> Vec<Value> {
    let full = json!({
        "$schema": "../team_report.schema.json", "schema_version": 1, "rubric": pin(), "as_of": "2026-06-30",
        "threshold": 5,
        "groups": [
            { "name": "East", "content": { "kind": "suppressed", "reason": "too_few_or_protecting" } },
            { "name": "North", "content": { "kind": "shown", "summary": north() } },
            { "name": "West", "content": { "kind": "suppressed", "reason": "too_few_or_protecting" } },
        ],
        "total": { "kind": "shown", "summary": total() },
    });
    let mut hidden = full.clone();
    hidden["groups"] = json!([]);
    hidden["total"] = json!({ "kind": "suppressed", "reason": "total_would_tell" });
    vec![full, hidden]
}

fn north() -> Value {
    let cells = json!([
        {
            "criterion": "empathy_shown",
            "cell": {
                "kind": "shown", "people": 5, "mean": estimate(0.5, 0.3, 0.7, "student_t"), "levels": levels([0, 1, 3, 1, 0]),
            },
        },
        { "criterion": "greeting", "cell": { "kind": "suppressed", "reason": "too_few_or_protecting" } },
    ]);
    json!({
        "people": 8, "reviewed": 7, "reviews": reviews([1, 1, 2, 2, 1, 1]), "accuracy": accuracy(30),
        "barriers": barriers([2, 0, 0, 1, 0, 0, 0, 0]), "criteria": cells,
    })
}

fn total() -> Value {
    let cells = json!([
        {
            "criterion": "empathy_shown",
            "cell": {
                "kind": "shown", "people": 12, "mean": estimate(0.6, 0.5, 0.7, "student_t"), "levels": levels([0, 2, 6, 3, 1]),
            },
        },
        { "criterion": "greeting", "cell": { "kind": "suppressed", "reason": "total_would_tell" } },
    ]);
    json!({
        "people": 18, "reviewed": 15, "reviews": reviews([3, 3, 4, 4, 2, 2]), "accuracy": accuracy(62),
        "barriers": barriers([3, 0, 0, 1, 0, 1, 0, 0]), "criteria": cells,
    })
}

fn estimate(value: f64, lower: f64, upper: f64, method: &str) -> Value {
    json!({
        "value": value, "standard_error": 0.05,
        "interval": { "lower": lower, "upper": upper, "confidence": 0.95, "method": method },
    })
}

fn accuracy(contacts: u32) -> Value {
    let share = || estimate(0.9, 0.75, 0.95, "wilson");
    json!({
        "contacts": contacts, "customer": share(), "business": share(), "compliance": share(), "non_critical": share(),
    })
}

fn reviews(people: [u32; 6]) -> Value {
    let bands = ["none", "one", "two", "three_to_four", "five_to_nine", "ten_or_more"];
    bands.iter().zip(people).map(|(band, people)| json!({ "reviews": band, "people": people })).collect()
}

fn barriers(times: [u32; 8]) -> Value {
    let kinds = ["tool", "policy", "process", "information", "authority", "workload", "training", "other"];
    kinds.iter().zip(times).map(|(kind, times)| json!({ "barrier": kind, "times": times })).collect()
}

fn levels(people: [u32; 5]) -> Value {
    (1..).zip(people).map(|(level, people)| json!({ "level": level, "people": people })).collect()
}
