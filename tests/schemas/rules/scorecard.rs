use serde_json::{Value, json};

use super::Row;
use super::value::{at_most_six_decimals, list};

const fn row(rule: &'static str, holds: fn(&Value) -> bool, breach: fn(&mut Value)) -> Row {
    Row { document: "scorecard", rule, holds, breach }
}

pub(super) const ROWS: &[Row] = &[
    row("at_most_six_decimals", at_most_six_decimals, |one| one["overall"]["score"] = json!(0.600_000_1)),
    row("scorecard_errors_among_opportunities", errors_among_opportunities, |one| one["accuracy"]["errors"] = json!(3)),
    row("scorecard_contributions_to_skills", contributions_to_skills, |one| {
        one["contributions"][0]["to_skill"] = json!(0.700_001);
    }),
    row("scorecard_contributions_to_overall", contributions_to_overall, |one| {
        one["overall"]["before_rules"] = json!(0.4);
    }),
];

fn errors_among_opportunities(document: &Value) -> bool {
    let accuracy = &document["accuracy"];
    accuracy["errors"].as_f64() <= accuracy["opportunities"].as_f64()
}

fn contributions_to_skills(document: &Value) -> bool {
    document["skills"].as_object().unwrap().iter().all(|(skill, score)| {
        let parts = list(document, "/contributions").iter().filter(|one| one["skill"] == *skill);
        parts.map(|one| millionths(&one["to_skill"])).sum::<u64>() == millionths(&score["before_rules"])
    })
}

fn contributions_to_overall(document: &Value) -> bool {
    let parts = list(document, "/contributions").iter().map(|one| millionths(&one["to_overall"]));
    parts.sum::<u64>() == millionths(&document["overall"]["before_rules"])
}

/// 0 where there is no score.
fn millionths(score: &Value) -> u64 {
    (score.as_f64().unwrap_or_default() * 1e6).round() as u64
}
