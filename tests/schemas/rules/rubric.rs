use serde_json::{Value, json};

use super::Row;
use super::value::{all_different, at_most_six_decimals, column, list, same};

const fn row(rule: &'static str, holds: fn(&Value) -> bool, breach: fn(&mut Value)) -> Row {
    Row { document: "rubric", rule, holds, breach }
}

pub(super) const ROWS: &[Row] = &[
    row("at_most_six_decimals", at_most_six_decimals, |one| one["minimum_coverage"] = json!(0.600_000_1)),
    row("bands_start_at_zero", bands_start_at_zero, |one| one["bands"][0]["from"] = json!(0.01)),
    row("band_levels_unique", band_levels_unique, |one| one["bands"][1]["level"] = json!(1)),
    row("rubric_criteria_count", criteria_count, |one| {
        one["criteria"] = (0..65).map(|index| plain_criterion(&format!("row_{index}"))).collect();
        one["rules"] = json!([]);
    }),
    row("rubric_something_counts", something_counts, |one| {
        one["criteria"][0]["weight"] = json!({ "kind": "advisory" });
    }),
    row("rubric_criterion_keys_unique", criterion_keys_unique, |one| {
        let copy = one["criteria"][0].clone();
        one["criteria"].as_array_mut().unwrap().push(copy);
    }),
    row("rubric_points_match_steps", points_match_steps, |one| one["criteria"][0]["points"] = json!([0, 1])),
    row("rubric_points_increase", points_increase, |one| one["criteria"][0]["points"] = json!([0, 0.5, 0.5])),
    row("rubric_anchors_on_scale", anchors_on_scale, |one| one["criteria"][0]["anchors"][0]["step"] = json!(4)),
    row("rubric_failure_below_top", failure_below_top, |one| one["criteria"][0]["fails_at_or_below"] = json!(3)),
    row("rubric_required_below_on_scale", required_below_on_scale, |one| {
        one["criteria"][0]["note_required_below"] = json!(4);
    }),
    row("rubric_not_applicable_in_writing", not_applicable_in_writing, |one| {
        one["criteria"][0]["not_applicable_when"] = json!([]);
    }),
    row("rubric_rules_at_most_64", rules_at_most_64, |one| {
        let mut rule = one["rules"][0].clone();
        let numbered = (0..65).map(|index| {
            rule["key"] = json!(format!("rule_{index}"));
            rule.clone()
        });
        one["rules"] = numbered.collect();
    }),
    row("rubric_rule_keys_unique", rule_keys_unique, |one| one["rules"][1]["key"] = one["rules"][0]["key"].clone()),
    row("rubric_rule_criteria_known", rule_criteria_known, |one| {
        one["rules"][0]["when"]["criterion"] = json!("something_else");
    }),
    row("rubric_rule_step_below_top", rule_step_below_top, |one| one["rules"][0]["when"]["step"] = json!(3)),
    row("rubric_rule_count_within_set", rule_count_within_set, |one| one["rules"][1]["when"]["count"] = json!(3)),
    row("rubric_rule_has_effects", rule_has_effects, |one| one["rules"][0]["effects"] = json!([])),
    row("rubric_floor_targets_unique", floor_targets_unique, |one| {
        one["floors"][1]["target"] = one["floors"][0]["target"].clone();
    }),
    row("rubric_overall_is_reported", overall_is_reported, |one| one["report_overall"] = json!(false)),
];

fn plain_criterion(key: &str) -> Value {
    json!({
        "key": key, "skill": "empathy", "name": key, "weight": { "kind": "weighted", "weight": 1 }, "steps": 5,
        "anchors": [], "fails_at_or_below": 2, "not_applicable": "exclude", "not_applicable_when": [],
    })
}

fn bands_start_at_zero(document: &Value) -> bool {
    column(list(document, "/bands"), "from").iter().any(|from| same(from, &json!(0)))
}

fn band_levels_unique(document: &Value) -> bool {
    all_different(&column(list(document, "/bands"), "level"))
}

fn criteria_count(document: &Value) -> bool {
    (1..=64).contains(&criteria(document).len())
}

fn something_counts(document: &Value) -> bool {
    criteria(document).is_empty() || criteria(document).iter().any(|one| one["weight"]["kind"] == "weighted")
}

fn criterion_keys_unique(document: &Value) -> bool {
    all_different(&column(criteria(document), "key"))
}

fn points_match_steps(document: &Value) -> bool {
    let fits = |one: &Value| same(&json!(list(one, "/points").len()), &one["steps"]);
    criteria(document).iter().all(|one| one["points"].is_null() || fits(one))
}

fn points_increase(document: &Value) -> bool {
    let increases = |points: &Vec<Value>| points.windows(2).all(|pair| number(&pair[0]) < number(&pair[1]));
    criteria(document).iter().filter_map(|one| one["points"].as_array()).all(increases)
}

fn anchors_on_scale(document: &Value) -> bool {
    criteria(document).iter().all(|one| {
        let anchored = column(list(one, "/anchors"), "step");
        all_different(&anchored) && anchored.iter().all(|step| number(step) <= steps(one))
    })
}

fn failure_below_top(document: &Value) -> bool {
    criteria(document).iter().all(|one| number(&one["fails_at_or_below"]) < steps(one))
}

fn required_below_on_scale(document: &Value) -> bool {
    let fits = |one: &Value, name: &str| one[name].is_null() || number(&one[name]) <= steps(one);
    criteria(document).iter().all(|one| fits(one, "evidence_required_below") && fits(one, "note_required_below"))
}

fn not_applicable_in_writing(document: &Value) -> bool {
    criteria(document).iter().all(|one| {
        one["critical"].is_null()
            || one["not_applicable"] == "not_allowed"
            || !list(one, "/not_applicable_when").is_empty()
    })
}

fn rules_at_most_64(document: &Value) -> bool {
    list(document, "/rules").len() <= 64
}

fn rule_keys_unique(document: &Value) -> bool {
    all_different(&column(list(document, "/rules"), "key"))
}

fn rule_criteria_known(document: &Value) -> bool {
    let known = column(criteria(document), "key");
    conditions(document).iter().flat_map(|when| named(when)).all(|key| known.contains(&key))
}

fn rule_step_below_top(document: &Value) -> bool {
    conditions(document).iter().all(|when| {
        let of_rule = criteria(document).iter().filter(|one| named(when).contains(&&one["key"]));
        of_rule.into_iter().all(|one| number(&when["step"]) < steps(one))
    })
}

fn rule_count_within_set(document: &Value) -> bool {
    let several = conditions(document).into_iter().filter(|when| when["kind"] == "several_rated_at_or_below");
    several.into_iter().all(|when| all_different(&named(when)) && number(&when["count"]) <= named(when).len() as f64)
}

fn rule_has_effects(document: &Value) -> bool {
    list(document, "/rules").iter().all(|rule| !list(rule, "/effects").is_empty())
}

fn floor_targets_unique(document: &Value) -> bool {
    all_different(&column(list(document, "/floors"), "target"))
}

fn overall_is_reported(document: &Value) -> bool {
    let effects = list(document, "/rules").iter().flat_map(|rule| list(rule, "/effects"));
    let mut targets = effects.chain(list(document, "/floors")).map(|one| &one["target"]);
    document["report_overall"] == true || document["threshold"].is_null() && targets.all(|target| target != "overall")
}

fn criteria(document: &Value) -> &[Value] {
    list(document, "/criteria")
}

fn steps(criterion: &Value) -> f64 {
    number(&criterion["steps"])
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn conditions(document: &Value) -> Vec<&Value> {
    column(list(document, "/rules"), "when")
}

/// The criteria that a condition names.
fn named(when: &Value) -> Vec<&Value> {
    let several = when["criteria"].as_array().into_iter().flatten();
    several.chain(Some(&when["criterion"]).filter(|key| key.is_string())).collect()
}
