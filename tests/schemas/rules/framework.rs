use serde_json::{Value, json};

use super::Row;
use super::value::{all_different, at_most_six_decimals, column, counts_to, list, same, same_members};

const fn row(rule: &'static str, holds: fn(&Value) -> bool, breach: fn(&mut Value)) -> Row {
    Row { document: "framework", rule, holds, breach }
}

pub(super) const ROWS: &[Row] = &[
    row("at_most_six_decimals", at_most_six_decimals, |one| one["rules"]["minimum_coverage"] = json!(0.600_000_1)),
    row("bands_start_at_zero", bands_start_at_zero, |one| one["rules"]["bands"][0]["from"] = json!(0.01)),
    row("band_levels_unique", band_levels_unique, |one| one["rules"]["bands"][1]["level"] = json!(1)),
    row("framework_levels_complete", levels_complete, |one| items(one, "/levels").reverse()),
    row("framework_channel_keys_unique", channel_keys_unique, |one| repeat_first(one, "/channels")),
    row("framework_evidence_complete", evidence_complete, |one| items(one, "/evidence").truncate(8)),
    row("framework_skills_have_criteria", skills_have_criteria, |one| items(one, "/skills/empathy/criteria").clear()),
    row("framework_criterion_keys_unique", criterion_keys_unique, |one| {
        one["skills"]["empathy"]["criteria"][0]["key"] = one["skills"]["tech_savviness"]["criteria"][0]["key"].clone();
    }),
    row("framework_criterion_channels_complete", criterion_channels_complete, |one| {
        items(one, "/skills/empathy/criteria/0/channels").truncate(1);
    }),
    row("framework_channel_note_given", channel_note_given, |one| {
        one["skills"]["empathy"]["criteria"][0]["channels"][0] = json!({ "channel": "phone", "applicability": "none" });
    }),
    row("framework_anchors_complete", anchors_complete, |one| {
        items(one, "/skills/empathy/criteria/0/anchors").swap(0, 1);
    }),
    row("framework_failure_below_top", failure_below_top, |one| {
        one["skills"]["empathy"]["criteria"][0]["critical"]["fails_at_or_below"] = json!(5);
    }),
    row("framework_reference_keys_unique", reference_keys_unique, |one| repeat_first(one, "/references")),
    row("framework_references_resolve", references_resolve, |one| {
        one["skills"]["empathy"]["alignments"][0]["framework"] = json!("nowhere");
    }),
];

fn bands_start_at_zero(document: &Value) -> bool {
    column(list(document, "/rules/bands"), "from").iter().any(|from| same(from, &json!(0)))
}

fn band_levels_unique(document: &Value) -> bool {
    all_different(&column(list(document, "/rules/bands"), "level"))
}

fn levels_complete(document: &Value) -> bool {
    counts_to(&column(list(document, "/levels"), "level"), 5)
}

fn channel_keys_unique(document: &Value) -> bool {
    all_different(&column(list(document, "/channels"), "key"))
}

fn evidence_complete(document: &Value) -> bool {
    let kinds = json!([
        "live_observation",
        "recorded_contact_review",
        "written_work_sample",
        "simulation",
        "star_narrative",
        "work_record",
        "peer_feedback",
        "customer_feedback",
        "self_assessment",
    ]);
    same_members(&column(list(document, "/evidence"), "basis"), &list(&kinds, "").iter().collect::<Vec<_>>())
}

fn skills_have_criteria(document: &Value) -> bool {
    skills(document).all(|skill| !list(skill, "/criteria").is_empty())
}

fn criterion_keys_unique(document: &Value) -> bool {
    all_different(&criteria(document).map(|criterion| &criterion["key"]).collect::<Vec<_>>())
}

fn criterion_channels_complete(document: &Value) -> bool {
    let channels = column(list(document, "/channels"), "key");
    criteria(document).all(|criterion| same_members(&column(list(criterion, "/channels"), "channel"), &channels))
}

fn channel_note_given(document: &Value) -> bool {
    criteria(document)
        .flat_map(|criterion| list(criterion, "/channels"))
        .all(|fit| fit["applicability"] == "full" || fit["note"].is_string())
}

fn anchors_complete(document: &Value) -> bool {
    criteria(document).all(|criterion| counts_to(&column(list(criterion, "/anchors"), "level"), 5))
}

fn failure_below_top(document: &Value) -> bool {
    let limits = criteria(document).filter_map(|criterion| criterion["critical"].as_object());
    limits.into_iter().all(|critical| critical["fails_at_or_below"].as_f64().unwrap() <= 4.0)
}

fn reference_keys_unique(document: &Value) -> bool {
    ["/references", "/outside_frameworks"].iter().all(|pointer| all_different(&column(list(document, pointer), "key")))
}

fn references_resolve(document: &Value) -> bool {
    let references = column(list(document, "/references"), "key");
    let outside = column(list(document, "/outside_frameworks"), "key");
    let named = criteria(document).flat_map(|criterion| list(criterion, "/references"));
    named.chain(list(document, "/rules/references")).all(|key| references.contains(&key))
        && skills(document).flat_map(|skill| list(skill, "/alignments")).all(|one| outside.contains(&&one["framework"]))
}

fn skills(document: &Value) -> impl Iterator<Item = &Value> {
    document["skills"].as_object().unwrap().values()
}

fn criteria(document: &Value) -> impl Iterator<Item = &Value> {
    skills(document).flat_map(|skill| list(skill, "/criteria"))
}

fn items<'a>(document: &'a mut Value, pointer: &str) -> &'a mut Vec<Value> {
    document.pointer_mut(pointer).and_then(Value::as_array_mut).unwrap()
}

fn repeat_first(document: &mut Value, pointer: &str) {
    let list = items(document, pointer);
    list.push(list[0].clone());
}
