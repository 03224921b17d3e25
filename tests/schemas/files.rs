//! The files in `schemas/v0/` are what the crate makes of its types.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::{env, fs};

use serde::Serialize;
use serde_json::{Value, json};
use service_excellence::schema::{Draft, RuleEntry, SchemaDocument, bundle, documents, rules};

use crate::examples;

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
    LazyLock::force(&WRITTEN);
    let expected: BTreeSet<PathBuf> = generated().into_iter().map(|(name, _)| directory().join(name)).collect();
    let mut open = vec![directory()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                assert!(expected.contains(&path), "{} is no longer made: remove it", path.display());
            }
        }
    }
}

/// The published schema with this name, read from its file.
pub(crate) fn published(name: &str) -> Value {
    published_in(Draft::Draft202012, name)
}

pub(crate) fn published_in(draft: Draft, name: &str) -> Value {
    LazyLock::force(&WRITTEN);
    let text = fs::read_to_string(directory().join(file_of(draft, name))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Writes the files once, before any test reads them, when that was asked for.
static WRITTEN: LazyLock<()> = LazyLock::new(|| {
    if env::var_os("UPDATE_SCHEMAS").is_some_and(|value| value == "1") {
        for (name, text) in generated() {
            let path = directory().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
});

fn generated() -> Vec<(String, String)> {
    let schemas = documents().into_iter().chain([bundle()]);
    let in_drafts =
        |one: SchemaDocument| Draft::ALL.map(|draft| (file_of(draft, one.name()), pretty(&one.schema_in(draft))));
    let mut files: Vec<_> = schemas.flat_map(in_drafts).collect();
    let (joint_rules, rules): (Vec<_>, Vec<_>) = rules().into_iter().partition(RuleEntry::is_joint);
    files.push(("rules.json".to_owned(), pretty(&json!({ "rules": rules, "joint_rules": joint_rules }))));
    files.extend(examples::generated().into_iter().map(|(name, one)| (format!("examples/{name}"), pretty(&one))));
    files
}

/// The example with this path, read from its file.
pub(crate) fn example(path: &str) -> Value {
    LazyLock::force(&WRITTEN);
    serde_json::from_str(&fs::read_to_string(directory().join("examples").join(path)).unwrap()).unwrap()
}

fn file_of(draft: Draft, name: &str) -> String {
    let folder = match draft {
        Draft::Draft202012 => "",
        Draft::Draft07 => "draft-07/",
    };
    format!("{folder}{name}.schema.json")
}

fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

fn directory() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("schemas/v0")
}
