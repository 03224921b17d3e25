use serde_json::{Value, json};

use super::{cut, shorten};

/// The built-in framework with a few entries of each list: with all its members, and with the optional ones left out.
pub(crate) fn framework() -> Vec<Value> {
    let mut full: Value = serde_json::from_str(include_str!("../../../content/framework.json")).unwrap();
    for list in ["/channels", "/references", "/outside_frameworks", "/rules/references"] {
        cut(&mut full, list, 2);
    }
    let known = full["references"][0]["key"].clone();
    full["rules"]["references"] = json!([known]);
    let outside = full["outside_frameworks"][0]["key"].clone();
    for (name, skill) in full["skills"].as_object_mut().unwrap() {
        skill["alignments"] = json!([{ "framework": outside, "element": "Empathy", "relation": "close" }]);
        cut(skill, "/criteria", if name == "empathy" { 2 } else { 1 });
        for criterion in skill["criteria"].as_array_mut().unwrap() {
            cut(criterion, "/channels", 2);
            cut(criterion, "/example_evidence", 1);
            cut(criterion, "/not_applicable_when", 1);
            criterion["references"] = json!([known]);
        }
    }
    shorten(&mut full);
    full["$schema"] = json!("../schemas/v0/framework.schema.json");
    let mut sparse = full.clone();
    full["extensions"] = json!({ "our_system": { "id": [1, null, "ä"] } });
    full["skills"]["empathy"]["criteria"][0]["critical"] = json!({
        "activation": "default", "class": "customer", "fails_at_or_below": 1, "reason": "It hurts.",
    });
    full["skills"]["empathy"]["criteria"][0]["channels"][0]["note"] = json!("Listen for it.");
    cut(&mut sparse, "/skills/empathy/criteria", 1);
    sparse["skills"]["empathy"]["criteria"][0]["critical"] = Value::Null;
    sparse["skills"]["empathy"]["criteria"][0]["channels"][0]["note"] = Value::Null;
    sparse["extensions"] = Value::Null;
    sparse["$schema"] = Value::Null;
    vec![full, sparse]
}
