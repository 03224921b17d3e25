use serde_json::{Value, json};

use super::Row;
use super::value::{all_different, at_most_six_decimals, column, list, objects_with};

const fn row(document: &'static str, rule: &'static str, holds: fn(&Value) -> bool, breach: fn(&mut Value)) -> Row {
    Row { document, rule, holds, breach }
}

pub(super) const ROWS: &[Row] = &[
    row("role_library", "at_most_six_decimals", at_most_six_decimals, |one| {
        one["roles"][0]["evidence_shares"][0]["max_share"] = json!(0.250_000_1);
    }),
    row("role_library", "role_keys_unique", role_keys_unique, |one| {
        one["roles"][0]["next_roles"] = json!([]);
        one["roles"][1]["key"] = json!("agent");
    }),
    row("role_library", "role_lists_unique", role_lists_unique, |one| {
        one["roles"][0]["evidence_shares"][1]["basis"] = json!("simulation");
    }),
    row("role_library", "role_does_not_need_what_it_lacks", does_not_need_what_it_lacks, |one| {
        one["roles"][0]["not_applicable_criteria"] = json!(["active_listening"]);
    }),
    row("role_library", "role_next_roles_known", next_roles_known, |one| {
        one["roles"][0]["next_roles"][0] = json!("agent");
    }),
    row("profile", "at_most_six_decimals", at_most_six_decimals, |one| {
        one["overall"]["score"] = json!(0.600_000_1);
    }),
    row("profile", "interval_ends_in_order", interval_ends_in_order, |one| {
        one["criteria"][0]["standing"]["shrunken"]["interval"]["lower"] = json!(0.9);
    }),
    row("profile", "profile_criteria_unique", profile_criteria_unique, |one| {
        one["criteria"][2]["criterion"] = json!("empathy_shown");
    }),
    row("gap_analysis", "at_most_six_decimals", at_most_six_decimals, |one| {
        one["criteria"][0]["priority"] = json!(0.600_000_1);
    }),
    row("gap_analysis", "gap_criteria_unique", gap_criteria_unique, |one| one["unknown"][1] = json!("empathy_shown")),
];

fn role_keys_unique(document: &Value) -> bool {
    all_different(&column(roles(document), "key"))
}

fn role_lists_unique(document: &Value) -> bool {
    roles(document).iter().all(|role| {
        all_different(&column(list(role, "/minimum_levels"), "criterion"))
            && all_different(&column(list(role, "/criterion_weights"), "criterion"))
            && all_different(&column(list(role, "/evidence_shares"), "basis"))
            && all_different(&list(role, "/focus_criteria").iter().collect::<Vec<_>>())
            && all_different(&list(role, "/not_applicable_criteria").iter().collect::<Vec<_>>())
    })
}

fn does_not_need_what_it_lacks(document: &Value) -> bool {
    roles(document).iter().all(|role| {
        let lacking = list(role, "/not_applicable_criteria");
        needed_criteria(role).iter().all(|criterion| !lacking.contains(criterion))
    })
}

fn next_roles_known(document: &Value) -> bool {
    let keys = column(roles(document), "key");
    roles(document).iter().all(|role| {
        let next: Vec<&Value> = role["next_roles"].as_array().into_iter().flatten().collect();
        all_different(&next) && next.iter().all(|one| **one != role["key"] && keys.contains(one))
    })
}

pub(super) fn interval_ends_in_order(document: &Value) -> bool {
    let intervals = objects_with(document, "lower").into_iter();
    intervals.into_iter().all(|one| one["lower"].as_f64() <= one["upper"].as_f64())
}

fn profile_criteria_unique(document: &Value) -> bool {
    all_different(&column(list(document, "/criteria"), "criterion"))
}

fn gap_criteria_unique(document: &Value) -> bool {
    let mut criteria = column(list(document, "/criteria"), "criterion");
    criteria.extend(list(document, "/unknown"));
    all_different(&criteria)
}

pub(super) fn roles(document: &Value) -> &[Value] {
    list(document, "/roles")
}

/// The criteria that a role names as its own.
pub(super) fn needed_criteria(role: &Value) -> Vec<&Value> {
    let mut criteria = column(list(role, "/minimum_levels"), "criterion");
    criteria.extend(column(list(role, "/criterion_weights"), "criterion"));
    criteria.extend(list(role, "/focus_criteria"));
    criteria
}
