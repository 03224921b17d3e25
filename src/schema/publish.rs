//! What turns derived schemas into schemas that validators and code generators of other languages read well.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, RemoveRefSiblings, RestrictFormats};
use serde_json::{Map, Value, json};

use super::plain_text::plain_text;
use super::stated::STATED;

/// What is done to each schema on its own.
pub(super) fn settings() -> SchemaSettings {
    SchemaSettings::draft2020_12()
        .with_transform(RecursiveTransform(plain_description))
        .with_transform(RecursiveTransform(single_number_as_constant))
        .with_transform(known_formats())
        // A description beside a reference makes generators invent a second type.
        .with_transform(RemoveRefSiblings::default())
        .with_transform(RecursiveTransform(description_first))
}

fn plain_description(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = plain_text(text);
    }
}

/// A constant becomes a literal type in other languages, a range of one number does not.
fn single_number_as_constant(schema: &mut Schema) {
    if let (Some(min), Some(max)) = (schema.get("minimum"), schema.get("maximum"))
        && min == max
    {
        let constant = min.clone();
        schema.remove("minimum");
        schema.remove("maximum");
        schema.insert("const".to_owned(), constant);
    }
}

/// Validators refuse formats that they do not know.
fn known_formats() -> RestrictFormats {
    let mut restrict = RestrictFormats::default();
    restrict.infer_from_meta_schema = false;
    restrict.allowed_formats = ["date", "date-time", "double"].map(Into::into).into();
    restrict
}

/// People read the files too; the order shows where `serde_json` keeps the order of members.
fn description_first(schema: &mut Schema) {
    if let Some(members) = schema.as_object_mut() {
        let (first, rest): (Vec<_>, Vec<_>) =
            std::mem::take(members).into_iter().partition(|(name, _)| name == "description");
        members.extend(first.into_iter().chain(rest));
    }
}

/// What is done to all types together: variants get names, types get titles.
pub(super) fn types(derived: Map<String, Value>) -> BTreeMap<String, Value> {
    let mut types: BTreeMap<String, Value> = derived.into_iter().collect();
    let names: Vec<String> = types.keys().cloned().collect();
    for name in names {
        name_variants(&name, &mut types);
    }
    STATED.iter().for_each(|rule| rule.apply(&mut types));
    types.into_iter().map(|(name, schema)| (name.clone(), titled(&name, schema))).collect()
}

/// Moves the variants of the union `name` out of it: nameless types become `Rating1`, `Rating2` elsewhere.
fn name_variants(name: &str, types: &mut BTreeMap<String, Value>) {
    let Some(Value::Array(mut variants)) = types.get(name).and_then(|union| union.get("oneOf")).cloned() else {
        return;
    };
    for variant in &mut variants {
        let Some(word) = kind_of(variant) else { continue };
        let variant_name = format!("{name}{}", capitalised(&word));
        let reference = json!({ "$ref": format!("#/$defs/{variant_name}") });
        // A name that is taken stays with its owner; the test of the published files refuses nameless variants.
        if let Entry::Vacant(free) = types.entry(variant_name) {
            free.insert(std::mem::replace(variant, reference));
        }
    }
    if let Some(union) = types.get_mut(name).and_then(Value::as_object_mut) {
        union.insert("oneOf".to_owned(), variants.into());
    }
}

/// The word that tells a variant from its neighbours; the member that holds it gets a description.
fn kind_of(variant: &mut Value) -> Option<String> {
    let kind = variant.pointer_mut("/properties/kind")?.as_object_mut()?;
    let word = kind.get("const")?.as_str()?.to_owned();
    kind.insert("description".to_owned(), json!(format!("Always `{word}`.")));
    Some(word)
}

/// `rated_at_or_below` becomes `RatedAtOrBelow`.
fn capitalised(word: &str) -> String {
    let capital = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
    };
    word.split('_').filter_map(capital).collect()
}

/// Some generators name types after their title and nothing else.
fn titled(name: &str, schema: Value) -> Value {
    let mut titled = Map::new();
    titled.insert("title".to_owned(), json!(name));
    if let Value::Object(members) = schema {
        titled.extend(members);
    }
    titled.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn union_of_two() -> Map<String, Value> {
        let variant = |word| json!({ "type": "object", "properties": { "kind": { "type": "string", "const": word } } });
        let union = json!({ "oneOf": [variant("rated_at_or_below"), variant("always")] });
        Map::from_iter([("Condition".to_owned(), union)])
    }

    #[test]
    fn the_variants_of_a_union_get_names() {
        let types = types(union_of_two());
        let names: Vec<&str> = types.keys().map(String::as_str).collect();
        assert_eq!(names, ["Condition", "ConditionAlways", "ConditionRatedAtOrBelow"]);
        assert_eq!(types["Condition"]["oneOf"][0], json!({ "$ref": "#/$defs/ConditionRatedAtOrBelow" }));
        assert_eq!(types["ConditionAlways"]["title"], "ConditionAlways");
        assert_eq!(types["ConditionAlways"]["properties"]["kind"]["description"], "Always `always`.");
    }

    #[test]
    fn a_variant_never_takes_the_name_of_a_type() {
        let mut derived = union_of_two();
        derived.insert("ConditionAlways".to_owned(), json!({ "type": "string" }));
        let types = types(derived);
        assert_eq!(types["ConditionAlways"]["type"], "string");
        assert_eq!(types["Condition"]["oneOf"][1]["properties"]["kind"]["const"], "always");
    }

    #[test]
    fn a_range_of_one_number_is_a_constant() {
        let mut schema = schemars::json_schema!({ "type": "integer", "minimum": 1, "maximum": 1 });
        single_number_as_constant(&mut schema);
        assert_eq!(schema.to_value(), json!({ "type": "integer", "const": 1 }));
    }
}
