//! The rubrics in `content/rubrics/`, their pins, and the pin computed a second time from the description in
//! `docs/schemas.md`.

use std::path::PathBuf;
use std::{env, fs};

use serde_json::{Map, Value, json};
use service_excellence::{Framework, Rubric};
use sha2::{Digest, Sha256};

use crate::files::example;
use crate::roots::ROOTS;

/// The files by their names: a rubric for each channel, and all their pins, a line each.
fn generated() -> Vec<(String, String)> {
    let framework = Framework::builtin();
    let (mut files, mut pins) = (Vec::new(), String::new());
    for channel in framework.channels() {
        let rubric = Rubric::for_channel(framework, channel.key.as_str()).unwrap();
        files.push((format!("{}.json", channel.key), serde_json::to_string_pretty(&rubric).unwrap() + "\n"));
        pins += &(serde_json::to_string(rubric.pin()).unwrap() + "\n");
    }
    files.push(("pins.ndjson".to_owned(), pins));
    files
}

fn directory() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("content/rubrics")
}

#[test]
fn the_rubrics_of_the_channels_and_their_pins_are_up_to_date() {
    if env::var_os("UPDATE_SCHEMAS").is_some_and(|value| value == "1") {
        fs::create_dir_all(directory()).unwrap();
        generated().into_iter().for_each(|(name, text)| fs::write(directory().join(name), text).unwrap());
    }
    for (name, text) in generated() {
        let found = fs::read_to_string(directory().join(&name)).unwrap_or_default();
        assert!(
            found == text,
            "content/rubrics/{name} is out of date; rewrite it with: UPDATE_SCHEMAS=1 cargo test --test schemas"
        );
    }
    let count = fs::read_dir(directory()).unwrap().count();
    assert_eq!(count, generated().len(), "a file in content/rubrics is no longer made: remove it");
}

/// Structure and content, as `docs/schemas.md` describes them.
fn fingerprints(rubric: &Value) -> [String; 2] {
    let without = |members: &Map<String, Value>, names: &[&str]| -> Value {
        members
            .iter()
            .filter(|(name, _)| !names.contains(&name.as_str()))
            .map(|(name, one)| (name.clone(), one.clone()))
            .collect()
    };
    let content = without(rubric.as_object().unwrap(), &["$schema", "extensions"]);
    let names = ["schema_version", "id", "version", "language", "title", "framework"];
    let mut structure = without(content.as_object().unwrap(), &names);
    let mut drop_in = |list: &str, names: &[&str]| {
        for item in structure[list].as_array_mut().into_iter().flatten() {
            *item = without(item.as_object().unwrap(), names);
        }
    };
    drop_in("criteria", &["name", "description", "anchors", "not_applicable_when"]);
    drop_in("rules", &["reason"]);
    [structure, content].map(|part| {
        let hash = Sha256::digest(canonical(&part).as_bytes());
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    })
}

/// RFC 8785, without members that are null.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut written: Vec<_> = members.iter().filter(|(_, one)| !one.is_null()).collect();
            written.sort_by_key(|(name, _)| *name);
            let written = written.iter().map(|(name, one)| format!("{}:{}", json!(name), canonical(one)));
            format!("{{{}}}", written.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Number(number) => number.as_f64().unwrap().to_string(),
        other => other.to_string(),
    }
}

fn pinned(rubric: &Value) -> [String; 2] {
    let rubric: Rubric = serde_json::from_value(rubric.clone()).unwrap();
    let pin = rubric.pin();
    [&pin.structure, &pin.content].map(|one| one.as_str().to_owned())
}

#[test]
fn a_pin_can_be_computed_from_its_description() {
    let seeds = ROOTS.iter().find(|root| root.name == "rubric").unwrap().seeds;
    let files = generated().into_iter().filter(|(name, _)| name.ends_with(".json"));
    let builtin = files.map(|(_, text)| serde_json::from_str(&text).unwrap());
    for rubric in builtin.chain(seeds()).chain([example("valid/rubric.json")]) {
        assert_eq!(fingerprints(&rubric), pinned(&rubric), "{}", rubric["id"]);
    }
}

#[test]
fn members_that_are_null_make_no_difference_to_a_pin() {
    let rubric = example("valid/rubric.json");
    let mut with_null = rubric.clone();
    with_null["framework"] = Value::Null;
    with_null["criteria"][1]["critical"] = Value::Null;
    with_null["criteria"][1]["points"] = Value::Null;
    with_null["extensions"] = Value::Null;
    let mut without = rubric;
    without.as_object_mut().unwrap().remove("framework");
    assert_eq!(pinned(&with_null), fingerprints(&with_null));
    assert_eq!(fingerprints(&with_null), fingerprints(&without));
}
