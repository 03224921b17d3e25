//! What was valid under a released schema is valid now.
//!
//! With each release `schemas/v0/` is copied to `schemas/released/<version>/`, which never changes again and is no part
//! of the package.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::agreement::validator_of;
use crate::files::published;
use crate::mutation::Places;
use crate::random::Random;
use crate::roots::{ROOTS, Root};

#[test]
fn what_a_release_accepts_is_still_accepted() {
    let folders = released();
    if folders.is_empty() {
        println!("nothing is released yet; the other tests here show that this one would see a breaking change");
    }
    for folder in folders {
        for root in ROOTS {
            // A kind of document that is newer than the release has nothing to keep.
            let Some(old) = json_file(&folder.join(format!("{}.schema.json", root.name))) else { continue };
            let mut documents = documents(root);
            documents.extend(json_file(&folder.join(format!("examples/valid/{}.json", root.name))));
            let lost = lost(&old, &published(root.name), &documents);
            assert!(lost.is_empty(), "{}, {}: {} now refused: {}", folder.display(), root.name, lost.len(), lost[0]);
        }
        let gone = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        for name in gone.filter_map(|name| name.strip_suffix(".schema.json").map(str::to_owned)) {
            assert!(name == "bundle" || ROOTS.iter().any(|root| root.name == name), "{name} has no schema any more");
        }
    }
}

/// An edit of a schema: the place, and what stands there afterwards; `null` removes it.
type Edit = (&'static str, fn() -> Value);

const BREAKING: [Edit; 9] = [
    ("/properties/contact", || Value::Null),
    ("/required/0", || json!("channel")),
    ("/$defs/Step/maximum", || json!(2)),
    ("/$defs/Step/minimum", || json!(4)),
    ("/$defs/Note/maxLength", || json!(1_999)),
    ("/$defs/Key/pattern", || json!("^[a-z]+$")),
    ("/$defs/RaterKind/enum", || json!(["self", "peer"])),
    ("/properties/ratings/maxItems", || json!(999)),
    ("/properties/evidence/minItems", || json!(1)),
];

#[test]
fn a_breaking_edit_is_seen() {
    let (root, old) = assessment();
    let documents = documents(root);
    for edit in BREAKING {
        let lost = lost(&old, &edited(&old, edit), &documents);
        println!("{}: {} documents lost", edit.0, lost.len());
        assert!(!lost.is_empty(), "{}", edit.0);
    }
}

#[test]
fn a_widening_edit_gives_no_alarm() {
    let (root, old) = assessment();
    let documents = documents(root);
    let widening: [Edit; 5] = [
        ("/title", || json!("Another")),
        ("/properties/new_member", || json!({ "type": "string" })),
        ("/$defs/Step/maximum", || json!(100)),
        ("/$defs/Note/maxLength", || json!(5_000)),
        ("/$defs/Key/pattern", || json!("^[a-zA-Z_0-9]+$")),
    ];
    for edit in widening {
        assert_eq!(lost(&old, &edited(&old, edit), &documents), [] as [&Value; 0], "{}", edit.0);
    }
}

fn assessment() -> (&'static Root, Value) {
    (ROOTS.iter().find(|root| root.name == "assessment").unwrap(), published("assessment"))
}

fn edited(schema: &Value, (place, value): Edit) -> Value {
    let mut edited = schema.clone();
    let (parent, name) = place.rsplit_once('/').unwrap();
    match (edited.pointer_mut(parent).unwrap(), value()) {
        (Value::Object(members), Value::Null) => drop(members.shift_remove(name).unwrap()),
        (Value::Object(members), value) => drop(members.insert(name.to_owned(), value)),
        (Value::Array(items), value) => items[name.parse::<usize>().unwrap()] = value,
        _ => panic!("{place} is nowhere"),
    }
    assert_ne!(edited, *schema, "{place}");
    edited
}

/// The documents that `old` accepts and `new` does not.
fn lost<'a>(old: &Value, new: &Value, documents: &'a [Value]) -> Vec<&'a Value> {
    let [old, new] = [old, new].map(validator_of);
    documents.iter().filter(|one| old.is_valid(one) && !new.is_valid(one)).collect()
}

/// The seeds, and the seeds with each place damaged in each way: with odd values, and lists that are long or empty.
fn documents(root: &Root) -> Vec<Value> {
    let mut random = Random::new(4);
    let mut documents = (root.seeds)();
    for seed in (root.seeds)() {
        let places = Places::of(&seed);
        for _ in 0..3 {
            documents.extend(places.damaged_once(&seed, &mut random).into_iter().map(|(document, _)| document));
        }
    }
    documents
}

fn released() -> Vec<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("schemas/released");
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect()
}

fn json_file(path: &Path) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
}
