//! The files in `schemas/v0/` are what the crate makes of its types.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::{env, fs};

use serde::Serialize;
use serde_json::{Value, json};
use service_excellence::schema::{RuleEntry, bundle, documents, rules};

const REWRITE: &str = "UPDATE_SCHEMAS=1 cargo test --test schemas";

#[test]
fn the_files_are_up_to_date() {
    LazyLock::force(&WRITTEN);
    for (name, text) in generated() {
        let found = fs::read_to_string(directory().join(&name)).unwrap_or_default();
        assert!(found == text, "schemas/v0/{name} is out of date; rewrite it with: {REWRITE}");
    }
}

#[test]
fn no_file_is_left_over() {
    let expected: BTreeSet<String> = generated().into_iter().map(|(name, _)| name).collect();
    for entry in fs::read_dir(directory()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(expected.contains(&name) || !name.ends_with(".json"), "schemas/v0/{name} is no longer made: remove it");
    }
}

/// The published schema with this name, read from its file.
pub(crate) fn published(name: &str) -> Value {
    LazyLock::force(&WRITTEN);
    let text = fs::read_to_string(directory().join(format!("{name}.schema.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Writes the files once, before any test reads them, when that was asked for.
static WRITTEN: LazyLock<()> = LazyLock::new(|| {
    if env::var_os("UPDATE_SCHEMAS").is_some_and(|value| value == "1") {
        fs::create_dir_all(directory()).unwrap();
        for (name, text) in generated() {
            fs::write(directory().join(name), text).unwrap();
        }
    }
});

fn generated() -> Vec<(String, String)> {
    let schemas = documents().into_iter().chain([bundle()]);
    let mut files: Vec<_> = schemas.map(|one| (format!("{}.schema.json", one.name()), pretty(one.schema()))).collect();
    let (joint_rules, rules): (Vec<_>, Vec<_>) = rules().into_iter().partition(RuleEntry::is_joint);
    files.push(("rules.json".to_owned(), pretty(&json!({ "rules": rules, "joint_rules": joint_rules }))));
    files
}

fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schemas/v0")
}
