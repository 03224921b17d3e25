//! What keeps the schemas readable for validators and code generators of other languages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};
use service_excellence::schema::{bundle, documents, rules};

use crate::roots::ROOTS;

#[test]
fn reading_and_writing_have_the_same_schema() {
    for root in ROOTS {
        let [reading, writing] = (root.contracts)();
        assert_eq!(reading, writing, "{}", root.name);
    }
}

#[test]
fn every_type_and_member_is_described() {
    check_all(|place, schema| {
        let description = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        (is_member_or_type(place) && description.is_empty()).then_some("a description")
    });
}

#[test]
fn descriptions_hold_no_links_or_code() {
    check_all(|_, schema| {
        let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        (text.contains("::") || text.contains("](") || text.contains("[`") || text.contains("```"))
            .then_some("plain description")
    });
}

#[test]
fn only_types_have_titles() {
    check_all(|place, schema| {
        let name = place.strip_prefix("/$defs/").filter(|rest| !rest.contains('/'));
        match (place.is_empty(), name, schema.get("title")) {
            (true, _, Some(_)) | (false, None, None) => None,
            (false, Some(name), Some(title)) if title == name => None,
            _ => Some("title of a type and of nothing else"),
        }
    });
}

#[test]
fn keywords_are_those_that_every_tool_knows() {
    const KNOWN: &[&str] = &[
        "$schema",
        "$id",
        "$defs",
        "$ref",
        "title",
        "description",
        "type",
        "properties",
        "required",
        "items",
        "enum",
        "const",
        "additionalProperties",
        "propertyNames",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "minItems",
        "maxItems",
        "oneOf",
        "anyOf",
        "allOf",
    ];
    check_all(|_, schema| schema.keys().any(|word| !KNOWN.contains(&word.as_str())).then_some("known keywords only"));
    check_all(|_, schema| (schema.contains_key("$ref") && schema.len() > 1).then_some("no keyword beside `$ref`"));
    check_all(|_, schema| {
        let format = schema.get("format").and_then(Value::as_str).unwrap_or("date");
        (!["date", "date-time", "double"].contains(&format)).then_some("a known format")
    });
}

/// Engines differ on `\s`, `\d`, `\w`, `\u` and look-around, and short lists become dozens of tuples.
#[test]
fn patterns_and_lists_read_alike_everywhere() {
    check_all(|_, schema| {
        let pattern = schema.get("pattern").and_then(Value::as_str).unwrap_or_default();
        let odd_escape = pattern.split('\\').skip(1).any(|rest| !rest.starts_with(['x', '.']));
        (odd_escape || pattern.contains("(?")).then_some("a pattern of the shared syntax")
    });
    check_all(|_, schema| {
        schema.get("maxItems").and_then(Value::as_u64).is_some_and(|max| max <= 20).then_some("no small `maxItems`")
    });
}

#[test]
fn whole_numbers_are_bounded() {
    check_all(|_, schema| {
        let holds_whole_numbers = schema.get("type").is_some_and(|one| one.to_string().contains("\"integer\""));
        let max = schema.get("const").or(schema.get("maximum")).and_then(Value::as_u64);
        (holds_whole_numbers && max.is_none_or(|max| max >= 1 << 53)).then_some("a maximum below 2^53")
    });
}

#[test]
fn objects_take_no_unknown_members_and_variants_have_names() {
    check_all(|_, schema| {
        let is_open = schema.contains_key("properties") && schema.get("additionalProperties") != Some(&false.into());
        is_open.then_some("closed object")
    });
    check_all(|_, schema| {
        let mut variants = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
        variants.any(|one| one.get("$ref").is_none()).then_some("named variants")
    });
}

/// Generators call what has no name after the member that holds it, and the second one `Skills2`.
#[test]
fn objects_with_members_have_names() {
    check_all(|place, schema| {
        let is_named = place.is_empty() || place.strip_prefix("/$defs/").is_some_and(|rest| !rest.contains('/'));
        (schema.contains_key("properties") && !is_named).then_some("a name in `$defs`")
    });
}

/// Some generators merge the variants of a union into one class.
#[test]
fn members_of_one_name_have_one_type_in_all_variants() {
    let bundle = bundle();
    let types = bundle.schema()["$defs"].as_object().unwrap();
    for (name, union) in types.iter().filter(|(_, one)| one["oneOf"].is_array()) {
        let mut seen: BTreeMap<&str, Value> = BTreeMap::new();
        for variant in union["oneOf"].as_array().unwrap() {
            let variant = variant["$ref"].as_str().and_then(|path| types.get(path.strip_prefix("#/$defs/")?)).unwrap();
            for (member, schema) in variant["properties"].as_object().unwrap() {
                let mut bare = schema.clone();
                bare.as_object_mut().unwrap().retain(|word, _| word != "description" && word != "const");
                let first = seen.entry(member).or_insert_with(|| bare.clone());
                assert_eq!(*first, bare, "`{member}` of {name}");
            }
        }
    }
}

/// A second type with the name of a first one would silently be called `Name2`.
#[test]
fn every_name_is_declared_in_the_crate() {
    let bundle = bundle();
    let types = bundle.schema()["$defs"].as_object().unwrap();
    let declared = declared_types();
    let variants: BTreeSet<_> = types
        .values()
        .flat_map(|one| one["oneOf"].as_array().into_iter().flatten())
        .filter_map(|variant| variant["$ref"].as_str()?.strip_prefix("#/$defs/"))
        .collect();
    for name in types.keys() {
        assert!(!name.ends_with(|last: char| last.is_ascii_digit()), "{name} ends in a digit");
        let is_map = name.strip_prefix("SkillMapOf").is_some_and(|part| types.contains_key(part));
        assert!(is_map || declared.contains(name) || variants.contains(name.as_str()), "{name} is no public type");
    }
}

#[test]
fn the_bundle_holds_every_type_of_every_document_alike() {
    let bundle = bundle();
    for document in documents() {
        for (name, one) in document.schema()["$defs"].as_object().unwrap() {
            assert_eq!(one, &bundle.schema()["$defs"][name], "{name} of {}", document.name());
        }
    }
}

#[test]
fn the_rule_on_decimals_is_listed_where_there_are_decimals() {
    let rules = rules();
    let rule = rules.iter().find(|rule| rule.id() == "at_most_six_decimals").unwrap();
    for document in documents() {
        let has_decimals = document.schema().to_string().contains(r#""type":"number""#);
        assert_eq!(rule.documents().contains(&document.name()), has_decimals, "{}", document.name());
    }
}

/// What names its schema stands on its own, so it has one; everything else is part of something.
#[test]
fn every_document_is_a_root_and_names_its_schema_and_its_version() {
    let sources = sources();
    let declared = |head: &str| -> BTreeSet<String> {
        let blocks = sources.iter().flat_map(|text| text.split(head).skip(1));
        blocks.map(|rest| name_of_struct(rest.split("\n}\n").next().unwrap_or(rest))).collect()
    };
    let roots: BTreeSet<String> = documents().iter().map(|document| document.title().to_owned()).collect();
    assert_eq!(declared("\ndocument! {"), roots);
    for document in documents() {
        let members = document.schema()["properties"].as_object().unwrap();
        assert!(members.contains_key("$schema"), "{}", document.name());
        // The format of a planning problem is older than the schemas and carries its own version.
        let version = if document.name() == "plan_problem" { "format" } else { "schema_version" };
        assert!(members.contains_key(version), "{}", document.name());
    }
}

/// The schema calls `RubricDocument` what a reader of other languages calls it: `Rubric`.
fn name_of_struct(block: &str) -> String {
    let name: String =
        block.split("pub struct ").nth(1).unwrap().chars().take_while(|one| one.is_alphanumeric()).collect();
    name.strip_suffix("Document").map_or(name.clone(), str::to_owned)
}

/// But the limits in a plan, which are a document of their own and stand there as they were given.
#[test]
fn no_part_of_a_document_names_a_schema() {
    for document in documents() {
        for (name, part) in document.schema()["$defs"].as_object().unwrap() {
            assert!(
                name == "PlanLimits" || part.pointer("/properties/$schema").is_none(),
                "{name} of {}",
                document.name()
            );
        }
    }
}

/// `shape` is the rule of what is no document at all.
#[test]
fn every_rule_of_the_sources_is_listed() {
    let listed: BTreeSet<_> = rules().iter().map(|rule| rule.id()).chain(["shape"]).collect();
    let mut found = BTreeSet::new();
    for text in sources() {
        for rest in text.split("Rule::new(").skip(1) {
            found
                .extend(rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    assert_eq!(found.iter().map(String::as_str).collect::<BTreeSet<_>>(), listed);
}

/// The text of every file of the crate.
fn sources() -> Vec<String> {
    fn collect(directory: &Path, texts: &mut Vec<String>) {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, texts);
            } else {
                texts.push(fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut texts = Vec::new();
    collect(&Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("src"), &mut texts);
    texts
}

/// The names after `pub struct` and `pub enum` in the sources.
fn declared_types() -> BTreeSet<String> {
    let heads = ["pub struct ", "pub enum "];
    let name = |rest: &str| rest.chars().take_while(|letter| letter.is_alphanumeric()).collect();
    let names =
        |text: &String| heads.iter().flat_map(|head| text.split(head).skip(1)).map(name).collect::<Vec<String>>();
    let by_hand = |text: &String| {
        let heads = text.split("fn schema_name()").skip(1);
        heads.filter_map(|rest| Some(rest.split_once('}')?.0.split('"').nth(1)?.to_owned())).collect::<Vec<String>>()
    };
    sources().iter().flat_map(|text| [names(text), by_hand(text)].concat()).collect()
}

/// Fails where `lacking` names something that a schema, at its place in the file, should have.
fn check_all(lacking: impl Fn(&str, &Map<String, Value>) -> Option<&'static str>) {
    for document in documents().into_iter().chain([bundle()]) {
        visit(document.schema(), "", &mut |place, schema| {
            if let Some(what) = lacking(place, schema) {
                panic!("{} at `{place}` wants: {what}", document.name());
            }
        });
    }
}

fn is_member_or_type(place: &str) -> bool {
    let parent = place.rsplit_once('/').map(|(parent, _)| parent);
    parent.is_none_or(|parent| parent.ends_with("/properties") || parent.ends_with("/$defs"))
}

/// Calls `see` with every schema in `schema`; members named like a keyword are no keywords.
fn visit(schema: &Value, place: &str, see: &mut impl FnMut(&str, &Map<String, Value>)) {
    let Some(members) = schema.as_object() else { return };
    see(place, members);
    for (word, value) in members {
        match (word.as_str(), value) {
            ("properties" | "$defs", Value::Object(named)) => {
                named.iter().for_each(|(name, one)| visit(one, &format!("{place}/{word}/{name}"), see));
            }
            ("oneOf" | "anyOf" | "allOf", Value::Array(several)) => {
                several.iter().enumerate().for_each(|(index, one)| visit(one, &format!("{place}/{word}/{index}"), see));
            }
            ("items" | "additionalProperties" | "propertyNames", one) => visit(one, &format!("{place}/{word}"), see),
            _ => {}
        }
    }
}
