use serde_json::{Value, json};

use super::Row;
use super::value::{all_different, at_most_six_decimals, column, list, objects_with};

const fn row(rule: &'static str, holds: fn(&Value) -> bool, breach: fn(&mut Value)) -> Row {
    Row { document: "rater_report", rule, holds, breach }
}

pub(super) const ROWS: &[Row] = &[
    // All other numbers of a report are real or whole.
    row("at_most_six_decimals", shares_have_six_decimals, |one| {
        one["raters"][0]["severity"]["interval"]["confidence"] = json!(0.950_000_1);
    }),
    row("interval_ends_in_order", interval_ends_in_order, |one| {
        one["raters"][0]["severity"]["interval"]["lower"] = json!(3);
    }),
    row(
        "rater_report_raters_unique",
        |one| all_different(&column(list(one, "/raters"), "rater")),
        |one| one["raters"][1]["rater"] = json!("reviewer-1"),
    ),
    row("rater_check_signal_follows_p_value", signal_follows_p_value, |one| {
        one["raters"][0]["checks"][0]["outcome"]["signal"] = json!("none");
    }),
    row("rater_check_signal_lies_outside", signal_lies_outside, |one| {
        one["raters"][0]["checks"][0]["outcome"]["lowest"] = json!(-1.5);
    }),
];

fn shares_have_six_decimals(document: &Value) -> bool {
    let of = |member: &'static str| objects_with(document, member).into_iter().map(move |one| one[member].clone());
    let shares = of("confidence").chain(of("p_value")).chain(of("false_alarm_rate"));
    shares.filter(|own| !own.is_null()).all(|own| at_most_six_decimals(&own))
}

fn interval_ends_in_order(document: &Value) -> bool {
    objects_with(document, "lower").iter().all(|one| {
        let (Some(lower), Some(upper)) = (one["lower"].as_f64(), one["upper"].as_f64()) else { return true };
        lower <= upper
    })
}

fn signal_follows_p_value(document: &Value) -> bool {
    let rate = document["thresholds"]["false_alarm_rate"].as_f64().unwrap();
    objects_with(document, "signal").iter().all(|one| {
        let is_rare = one["p_value"].as_f64().is_some_and(|own| own <= rate);
        is_rare == (one["signal"] != json!("none"))
    })
}

fn signal_lies_outside(document: &Value) -> bool {
    objects_with(document, "signal").iter().all(|one| {
        let figure = one["figure"]["value"].as_f64().unwrap();
        let is_low = one["lowest"].as_f64().is_some_and(|bound| figure < bound);
        let is_high = one["highest"].as_f64().is_some_and(|bound| figure > bound);
        one["signal"] == json!("none") || is_low || is_high
    })
}
