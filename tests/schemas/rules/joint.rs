//! The rules that hold between documents.

use serde_json::{Value, json};
use service_excellence::{Rubric, Skill};

use super::coaching::activities;
use super::profile::{needed_criteria, roles};
use super::value::{column, list, same};

/// One rule between documents.
pub(crate) struct Row {
    pub(crate) documents: &'static [&'static str],
    pub(crate) rule: &'static str,
    /// Whether documents that are valid by themselves keep the rule together.
    pub(super) holds: fn(&[Value]) -> bool,
    /// Makes the first of the seeds break this rule and no other.
    pub(crate) breach: fn(&mut Value),
}

const fn row(
    documents: &'static [&'static str],
    rule: &'static str,
    holds: fn(&[Value]) -> bool,
    breach: fn(&mut Value),
) -> Row {
    Row { documents, rule, holds, breach }
}

const fn admission(rule: &'static str, holds: fn(&[Value]) -> bool, breach: fn(&mut Value)) -> Row {
    row(&["assessment", "rubric"], rule, holds, breach)
}

const fn compact(rule: &'static str, holds: fn(&[Value]) -> bool, breach: fn(&mut Value)) -> Row {
    row(&["compact_assessment", "rubric"], rule, holds, breach)
}

/// The rules without which the others mean nothing, the first one first.
pub(super) fn judged_first(names: &[&str]) -> &'static [&'static str] {
    match names {
        ["assessment", ..] => &["admission_rubric_matches"],
        ["compact_assessment", ..] => &["admission_rubric_matches", "admission_criteria_complete"],
        _ => &[],
    }
}

pub(crate) const ROWS: &[Row] = &[
    admission("admission_rubric_matches", rubric_matches, |one| one["rubric"]["version"] = json!("1.0.1")),
    admission("admission_channel_matches", channel_matches, |one| one["channel"] = Value::Null),
    admission("admission_criteria_known", criteria_known, |one| {
        let mut rating = one["ratings"][0].clone();
        rating["criterion"] = json!("something_else");
        one["ratings"].as_array_mut().unwrap().push(rating);
    }),
    admission("admission_criteria_complete", criteria_complete, |one| {
        one["ratings"].as_array_mut().unwrap().retain(|rating| rating["criterion"] != "greeting");
    }),
    admission("admission_steps_on_scale", steps_on_scale, |one| one["ratings"][0]["answer"]["step"] = json!(4)),
    admission("admission_not_applicable_allowed", not_applicable_allowed, |one| {
        let ratings = one["ratings"].as_array_mut().unwrap();
        let closing = ratings.iter_mut().find(|rating| rating["criterion"] == "closing").unwrap();
        closing["answer"] = json!({ "kind": "not_applicable", "reason": "A transfer." });
    }),
    admission("admission_evidence_given", evidence_given, |one| {
        one["ratings"][0]["answer"]["step"] = json!(1);
        one["evidence"] = json!([]);
    }),
    admission("admission_note_given", note_given, |one| {
        one["ratings"][0]["answer"]["step"] = json!(2);
        one["ratings"][0]["note"] = Value::Null;
    }),
    admission("admission_decisions_on_concerns", decisions_on_concerns, |one| {
        one["concern_decisions"][0]["rule"] = json!("weak_skill");
    }),
    compact("admission_rubric_matches", compact_rubric_matches, |one| one["rubric"] = json!("0a".repeat(32))),
    compact("admission_criteria_complete", compact_criteria_complete, |one| one["steps"] = json!([3, 3])),
    compact("admission_steps_on_scale", compact_steps_on_scale, |one| one["steps"][0] = json!(4)),
    compact("admission_not_applicable_allowed", compact_not_applicable_allowed, |one| one["steps"][2] = json!(0)),
    compact("admission_compact_needs_nothing_more", compact_needs_nothing_more, |one| one["steps"][0] = json!(2)),
    row(&["role_library", "framework"], "role_framework_matches", framework_matches, |one| {
        one["framework"] = json!("another_framework");
    }),
    row(&["role_library", "framework"], "role_names_framework", role_names_framework, |one| {
        one["roles"][0]["typical_channels"][0] = json!("telegraph");
    }),
    row(&["role_library", "rubric"], "role_names_rubric", role_names_rubric, |one| {
        one["roles"][0]["not_applicable_criteria"] = json!(["something_else"]);
    }),
    row(&["role_library", "rubric"], "role_levels_have_bands", role_levels_have_bands, |one| {
        one["roles"][0]["target_levels"]["tech_savviness"] = json!(4);
    }),
    row(&["activity_library", "framework", "role_library"], "activity_framework_matches", framework_matches, |one| {
        one["framework"] = json!("another_framework")
    }),
    row(
        &["activity_library", "framework", "role_library"],
        "activity_names_framework",
        activity_names_framework,
        |one| one["activities"][0]["audience_roles"] = json!(["director"]),
    ),
];

/// Fingerprints have tests of their own; here they are what the crate says.
fn rubric_matches(documents: &[Value]) -> bool {
    let rubric: Rubric = serde_json::from_value(documents[1].clone()).unwrap();
    let named = &documents[0]["rubric"];
    named["id"] == documents[1]["id"]
        && named["version"] == documents[1]["version"]
        && named["structure"] == rubric.pin().structure.as_str()
}

fn channel_matches(documents: &[Value]) -> bool {
    documents[1]["channel"].is_null() || documents[0]["channel"] == documents[1]["channel"]
}

fn criteria_known(documents: &[Value]) -> bool {
    ratings(documents).iter().all(|rating| criterion_of(rating, documents).is_some())
}

fn criteria_complete(documents: &[Value]) -> bool {
    let rated = column(ratings(documents), "criterion");
    column(list(&documents[1], "/criteria"), "key").iter().all(|key| rated.contains(key))
}

fn steps_on_scale(documents: &[Value]) -> bool {
    rated(documents).iter().all(|(_, step, criterion)| *step <= number(&criterion["steps"]))
}

fn not_applicable_allowed(documents: &[Value]) -> bool {
    let not_applicable = ratings(documents).iter().filter(|one| one["answer"]["kind"] == "not_applicable");
    not_applicable
        .filter_map(|rating| criterion_of(rating, documents))
        .all(|criterion| criterion["not_applicable"] != "not_allowed")
}

fn evidence_given(documents: &[Value]) -> bool {
    rated(documents).iter().all(|(rating, step, criterion)| {
        let mut evidence = list(&documents[0], "/evidence").iter();
        !is_below(*step, &criterion["evidence_required_below"])
            || evidence.any(|one| list(one, "/criteria").contains(&rating["criterion"]))
    })
}

fn note_given(documents: &[Value]) -> bool {
    rated(documents).iter().all(|(rating, step, criterion)| {
        !is_below(*step, &criterion["note_required_below"]) || rating["note"].is_string()
    })
}

fn decisions_on_concerns(documents: &[Value]) -> bool {
    let raises = |rule: &Value| column(list(rule, "/effects"), "kind").iter().any(|kind| *kind == "raise_concern");
    list(&documents[0], "/concern_decisions").iter().all(|decision| {
        list(&documents[1], "/rules").iter().any(|rule| rule["key"] == decision["rule"] && raises(rule))
    })
}

fn compact_rubric_matches(documents: &[Value]) -> bool {
    let rubric: Rubric = serde_json::from_value(documents[1].clone()).unwrap();
    documents[0]["rubric"] == rubric.pin().structure.as_str()
}

fn compact_criteria_complete(documents: &[Value]) -> bool {
    list(&documents[0], "/steps").len() == list(&documents[1], "/criteria").len()
}

fn compact_steps_on_scale(documents: &[Value]) -> bool {
    compact_rated(documents).iter().all(|(step, criterion)| *step <= number(&criterion["steps"]))
}

fn compact_not_applicable_allowed(documents: &[Value]) -> bool {
    compact_answers(documents)
        .iter()
        .all(|(answer, criterion)| !same(answer, &json!(0)) || criterion["not_applicable"] != "not_allowed")
}

fn compact_needs_nothing_more(documents: &[Value]) -> bool {
    compact_rated(documents).iter().all(|(step, criterion)| {
        !is_below(*step, &criterion["evidence_required_below"]) && !is_below(*step, &criterion["note_required_below"])
    })
}

/// The answers with their criteria, which stand skill by skill whatever their order in the file.
fn compact_answers(documents: &[Value]) -> Vec<(&Value, &Value)> {
    let criteria = list(&documents[1], "/criteria");
    let by_skill = Skill::ALL.iter().flat_map(|skill| criteria.iter().filter(|one| one["skill"] == skill.as_str()));
    list(&documents[0], "/steps").iter().zip(by_skill).collect()
}

fn compact_rated(documents: &[Value]) -> Vec<(f64, &Value)> {
    let answers = compact_answers(documents).into_iter();
    answers.filter_map(|(answer, one)| Some((answer.as_f64().filter(|step| *step > 0.0)?, one))).collect()
}

fn framework_matches(documents: &[Value]) -> bool {
    documents[0]["framework"] == documents[1]["id"]
}

fn role_names_framework(documents: &[Value]) -> bool {
    let criteria = framework_criteria(&documents[1]);
    let channels = column(list(&documents[1], "/channels"), "key");
    roles(&documents[0]).iter().all(|role| {
        list(role, "/typical_channels").iter().all(|key| channels.contains(&key))
            && named_by(role).iter().all(|key| criteria.contains(key))
    })
}

fn role_names_rubric(documents: &[Value]) -> bool {
    let criteria = column(list(&documents[1], "/criteria"), "key");
    roles(&documents[0]).iter().flat_map(named_by).all(|key| criteria.contains(&key))
}

fn role_levels_have_bands(documents: &[Value]) -> bool {
    let bands = column(list(&documents[1], "/bands"), "level");
    let is_known = |level: &Value| bands.iter().any(|band| same(band, level));
    roles(&documents[0]).iter().all(|role| {
        role["target_levels"].as_object().unwrap().values().all(is_known)
            && column(list(role, "/minimum_levels"), "level").into_iter().all(is_known)
    })
}

fn activity_names_framework(documents: &[Value]) -> bool {
    let criteria = framework_criteria(&documents[1]);
    let references = column(list(&documents[1], "/references"), "key");
    let roles = column(roles(&documents[2]), "key");
    activities(&documents[0]).iter().all(|one| {
        list(one, "/criteria").iter().all(|key| criteria.contains(&key))
            && list(one, "/references").iter().all(|key| references.contains(&key))
            && list(one, "/audience_roles").iter().all(|key| roles.contains(&key))
    })
}

fn ratings(documents: &[Value]) -> &[Value] {
    list(&documents[0], "/ratings")
}

fn criterion_of<'a>(rating: &Value, documents: &'a [Value]) -> Option<&'a Value> {
    list(&documents[1], "/criteria").iter().find(|one| one["key"] == rating["criterion"])
}

/// The ratings with a step on a criterion of the rubric.
fn rated(documents: &[Value]) -> Vec<(&Value, f64, &Value)> {
    let rated = ratings(documents).iter().filter(|one| one["answer"]["kind"] == "rated");
    rated.filter_map(|one| Some((one, number(&one["answer"]["step"]), criterion_of(one, documents)?))).collect()
}

fn is_below(step: f64, bound: &Value) -> bool {
    bound.as_f64().is_some_and(|bound| step < bound)
}

fn named_by(role: &Value) -> Vec<&Value> {
    needed_criteria(role).into_iter().chain(list(role, "/not_applicable_criteria")).collect()
}

fn framework_criteria(framework: &Value) -> Vec<&Value> {
    let skills = framework["skills"].as_object().unwrap().values();
    skills.flat_map(|skill| column(list(skill, "/criteria"), "key")).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}
