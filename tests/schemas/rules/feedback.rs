use serde_json::{Value, json};

use super::Row;
use super::profile::interval_ends_in_order;
use super::value::{all_different, at_most_six_decimals, column, list, same};

const fn row(document: &'static str, rule: &'static str, holds: fn(&Value) -> bool, breach: fn(&mut Value)) -> Row {
    Row { document, rule, holds, breach }
}

pub(super) const ROWS: &[Row] = &[
    row("feedback_library", "feedback_instruments_unique", instruments_unique, |one| {
        one["instruments"][1] = one["instruments"][0].clone();
    }),
    row("feedback_library", "feedback_instrument_as_defined", instruments_as_defined, |one| {
        one["instruments"][1]["groups"][2]["values"] = json!([0, 1, 2, 3, 4, 5]);
    }),
    row("feedback_library", "feedback_skill_links_unique", skill_links_unique, |one| {
        one["instruments"][0]["skill_links"][1]["skill"] = json!("empathy");
    }),
    row("feedback_library", "feedback_reasons_unique", reasons_unique, |one| {
        one["rules"]["exclusion_reasons_allowed"][1] = json!("duplicate_response");
    }),
    row("survey_result", "at_most_six_decimals", at_most_six_decimals, |one| {
        one["score"]["estimate"]["interval"]["confidence"] = json!(0.950_000_1);
    }),
    row("survey_result", "interval_ends_in_order", interval_ends_in_order, |one| {
        one["score"]["estimate"]["interval"]["lower"] = json!(99);
    }),
    row("survey_result", "survey_groups_of_instrument", groups_of_instrument, |one| {
        one["groups"][0]["answers"] = json!(4);
    }),
    row("survey_result", "survey_score_of_answers", score_of_answers, |one| {
        one["score"]["estimate"]["value"] = json!(61);
    }),
    row("survey_result", "survey_mean_of_answers", mean_of_answers, |one| one["mean"]["estimate"]["value"] = json!(6)),
    row("survey_result", "survey_left_out_once", left_out_once, |one| {
        one["left_out"][1]["reason"] = json!("test_response");
    }),
    row("survey_result", "survey_reportable_from_minimum", reportable_from_minimum, |one| {
        one["reportable"] = json!(true);
    }),
];

fn instruments_unique(document: &Value) -> bool {
    all_different(&column(list(document, "/instruments"), "key"))
}

/// Lowest and highest answer, direction, unit and groups of each kind.
fn definition(kind: &str) -> (u64, u64, &'static str, &'static str, Value) {
    let higher = "higher_is_better";
    match kind {
        "csat" => (1, 5, higher, "percent", json!([["satisfied", [4, 5]], ["not_satisfied", [1, 2, 3]]])),
        "nps" => {
            let low = json!(["detractors", [0, 1, 2, 3, 4, 5, 6]]);
            (0, 10, higher, "net_percent", json!([["promoters", [9, 10]], ["passives", [7, 8]], low]))
        }
        "ces" => (1, 7, higher, "percent", json!([["easy", [5, 6, 7]], ["neutral", [4]], ["hard", [1, 2, 3]]])),
        _ => (1, 5, "lower_is_better", "scale_mean", json!([])),
    }
}

fn instruments_as_defined(document: &Value) -> bool {
    list(document, "/instruments").iter().all(|one| {
        let (min, max, direction, unit, groups) = definition(one["key"].as_str().unwrap());
        let (scale, groups) = (&one["scale"], groups.as_array().unwrap().clone());
        let found = list(one, "/groups");
        same(&scale["min"], &json!(min))
            && same(&scale["max"], &json!(max))
            && scale["direction"] == direction
            && one["unit"] == unit
            && found.len() == groups.len()
            && found.iter().zip(&groups).all(|(found, group)| {
                let (values, expected) = (list(found, "/values"), group[1].as_array().unwrap());
                found["id"] == group[0]
                    && values.len() == expected.len()
                    && values.iter().zip(expected).all(|(found, expected)| same(found, expected))
            })
    })
}

fn skill_links_unique(document: &Value) -> bool {
    list(document, "/instruments").iter().all(|one| all_different(&column(list(one, "/skill_links"), "skill")))
}

fn reasons_unique(document: &Value) -> bool {
    all_different(&list(document, "/rules/exclusion_reasons_allowed").iter().collect::<Vec<_>>())
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn groups_of_instrument(document: &Value) -> bool {
    let (_, _, _, _, groups) = definition(document["instrument"].as_str().unwrap());
    let names: Vec<&Value> = groups.as_array().unwrap().iter().map(|group| &group[0]).collect();
    let found = list(document, "/groups");
    let sum: f64 = found.iter().map(|one| number(&one["answers"])).sum();
    column(found, "group") == names && (names.is_empty() || (sum - number(&document["answers"])).abs() < 0.5)
}

/// The value, if there is one.
fn value(score: &Value) -> Option<f64> {
    score.pointer("/estimate/value").map(number)
}

fn score_of_answers(document: &Value) -> bool {
    if !groups_of_instrument(document) {
        return true;
    }
    let answers = number(&document["answers"]);
    let Some(found) = value(&document["score"]) else { return answers < 0.5 };
    if answers < 0.5 {
        return false;
    }
    let percent = |group: &Value| 100.0 * number(&group["answers"]) / answers;
    let groups = list(document, "/groups");
    match document["instrument"].as_str().unwrap() {
        "ces_version_one" => (1.0..=5.0).contains(&found),
        "nps" => (found - percent(&groups[0]) + percent(&groups[2])).abs() <= 0.000_001,
        _ => (found - percent(&groups[0])).abs() <= 0.000_001,
    }
}

fn mean_of_answers(document: &Value) -> bool {
    if !groups_of_instrument(document) {
        return true;
    }
    let (min, max) = match document["instrument"].as_str().unwrap() {
        "csat" => (1.0, 5.0),
        "ces" => (1.0, 7.0),
        _ => return document.get("mean").is_none_or(Value::is_null),
    };
    let has_answers = number(&document["answers"]) > 0.5;
    match document.get("mean").filter(|mean| !mean.is_null()) {
        None => false,
        Some(mean) => value(mean).map_or(!has_answers, |mean| has_answers && (min..=max).contains(&mean)),
    }
}

fn left_out_once(document: &Value) -> bool {
    all_different(&column(list(document, "/left_out"), "reason"))
}

fn reportable_from_minimum(document: &Value) -> bool {
    let answers = number(&document["answers"]);
    document["reportable"] == json!(answers >= number(&document["minimum"]) && answers >= 1.0)
}
