use serde_json::{Value, json};

use super::Row;
use super::value::{all_different, column, list};

const fn row(rule: &'static str, holds: fn(&Value) -> bool, breach: fn(&mut Value)) -> Row {
    Row { document: "assessment", rule, holds, breach }
}

pub(super) const ROWS: &[Row] = &[
    row("assessment_criteria_unique", criteria_unique, |one| one["ratings"][1]["criterion"] = json!("empathy_shown")),
    row("assessment_entered_not_before_observed", entered_not_before_observed, |one| {
        one["observed"] = json!("2026-03-03");
    }),
    row("assessment_self_rater_is_person", self_rater_is_person, |one| one["rater"]["id"] = one["person"].clone()),
    row("assessment_named_criteria_rated", named_criteria_rated, |one| {
        one["barriers"][0]["criteria"] = json!(["something_else"]);
    }),
    row("assessment_review_order", review_order, |one| one["reviews"][1]["state"] = json!("submitted")),
    row("assessment_confirmation_of_machine", confirmation_of_machine, |one| one["rater"]["kind"] = json!("peer")),
    row("assessment_second_assessor", second_assessor, |one| one["confirmation"]["by"] = one["person"].clone()),
    row("assessment_dispute_decided_by_another", dispute_decided_by_another, |one| {
        let step = |state, by: &Value| json!({ "state": state, "on": "2026-03-06", "by": by });
        let person = one["person"].clone();
        one["reviews"] = json!([step("submitted", &person), step("contested", &person), step("upheld", &person)]);
    }),
    row("assessment_decisions_unique", decisions_unique, |one| {
        one["concern_decisions"][1]["rule"] = one["concern_decisions"][0]["rule"].clone();
    }),
    row("assessment_decided_after_entered", decided_after_entered, |one| {
        one["confirmation"]["on"] = json!("2026-03-01");
    }),
    row("assessment_supersedes_another", supersedes_another, |one| one["supersedes"] = one["id"].clone()),
];

fn criteria_unique(document: &Value) -> bool {
    all_different(&column(list(document, "/ratings"), "criterion"))
}

/// Days are written so that their texts sort like the days.
fn entered_not_before_observed(document: &Value) -> bool {
    document["entered"].as_str() >= document["observed"].as_str()
}

fn self_rater_is_person(document: &Value) -> bool {
    (document["rater"]["id"] == document["person"]) == (document["rater"]["kind"] == "self")
}

fn named_criteria_rated(document: &Value) -> bool {
    let rated = column(list(document, "/ratings"), "criterion");
    let naming = list(document, "/evidence").iter().chain(list(document, "/barriers"));
    naming.flat_map(|one| list(one, "/criteria")).all(|criterion| rated.contains(&criterion))
}

fn review_order(document: &Value) -> bool {
    let steps = list(document, "/reviews");
    let states = std::iter::once("draft").chain(steps.iter().map(|step| step["state"].as_str().unwrap()));
    let may_follow = |(earlier, later): (&str, &str)| match earlier {
        "draft" => later == "submitted",
        "submitted" => ["contested", "final"].contains(&later),
        "contested" => ["upheld", "revised"].contains(&later),
        "upheld" => later == "final",
        _ => false,
    };
    let later_states = steps.iter().map(|step| step["state"].as_str().unwrap());
    states.zip(later_states).all(may_follow) && steps.is_sorted_by_key(|step| step["on"].as_str())
}

fn confirmation_of_machine(document: &Value) -> bool {
    document["confirmation"].is_null() || document["rater"]["kind"] == "machine"
}

fn second_assessor(document: &Value) -> bool {
    let deciders = decisions(document).into_iter().map(|decision| &decision["by"]);
    deciders.into_iter().all(|by| *by != document["rater"]["id"] && *by != document["person"])
}

fn dispute_decided_by_another(document: &Value) -> bool {
    let is_decision = |step: &&Value| step["state"] == "upheld" || step["state"] == "revised";
    list(document, "/reviews").iter().filter(is_decision).all(|step| step["by"] != document["person"])
}

fn decisions_unique(document: &Value) -> bool {
    all_different(&column(list(document, "/concern_decisions"), "rule"))
}

fn decided_after_entered(document: &Value) -> bool {
    let reviews = list(document, "/reviews").iter();
    reviews.chain(decisions(document)).all(|one| one["on"].as_str() >= document["entered"].as_str())
}

fn supersedes_another(document: &Value) -> bool {
    document["supersedes"] != document["id"]
}

/// The confirmation, if there is one, and the concern decisions.
fn decisions(document: &Value) -> Vec<&Value> {
    let confirmation = Some(&document["confirmation"]).filter(|one| one.is_object());
    confirmation.into_iter().chain(list(document, "/concern_decisions")).collect()
}
