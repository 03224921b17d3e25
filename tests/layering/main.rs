//! The floors of the house: a room of `src/` uses only rooms on floors below its own, and only what they re-export.
//!
//! The test reads the source text, so it sees every `crate::` and `super::` path, not only those in `use`.
//! Comments, doc comments and strings are skipped.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read should stop the test")]

use std::fs;
use std::path::{Path, PathBuf};

mod paths;

use paths::{Found, paths, without_comments_and_strings};

/// The floors from the ground up; rooms on one floor do not see each other.
const FLOORS: [&[&str]; 11] = [
    &["value"],
    &["statistics", "planning"],
    &["framework"],
    &["rubric", "feedback"],
    &["assessment"],
    &["scoring"],
    &["calibration"],
    &["profile"],
    &["coaching", "team"],
    &["programme"],
    &["interchange", "privacy", "schema"],
];

/// The modules of the ground floor that all rooms may name: they hold macros and helpers of types.
const SHARED_MODULES: [&str; 5] = ["codes", "map", "millionths", "scalar", "strict"];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&room))
}

/// What is wrong with the paths in `source`, which stands at `file` (relative to `src/`).
fn violations(file: &str, source: &str) -> Vec<String> {
    let room = room_of(file);
    let Some(own_floor) = floor(room) else { return vec![format!("{file}: `{room}` is no room of the house")] };
    let found = paths(source);
    let whole_rooms: Vec<&str> = found.iter().filter_map(whole_room).collect();
    let complaints = found.iter().filter_map(|path| {
        let complaint = complaint(room, own_floor, depth(file), path, &whole_rooms)?;
        Some(format!("{file}:{}: `{}` {complaint}", path.line, path.segments.join("::")))
    });
    complaints.collect()
}

fn room_of(file: &str) -> &str {
    file.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// How many times `super` may stand in a path of this file before it leaves the room.
fn depth(file: &str) -> usize {
    file.split('/').filter(|part| *part != "mod.rs").count() - 1
}

/// The room that a path brings into scope as a whole, as `use crate::rubric;` does.
fn whole_room(path: &Found) -> Option<&str> {
    match path.segments.as_slice() {
        [root, room] if root == "crate" && path.is_import => Some(room),
        [root, room, own] if root == "crate" && own == "self" => Some(room),
        _ => None,
    }
}

fn complaint(room: &str, own_floor: usize, depth: usize, path: &Found, whole_rooms: &[&str]) -> Option<&'static str> {
    let segments: Vec<&str> = path.segments.iter().map(String::as_str).collect();
    let (target, rest) = match segments.as_slice() {
        ["crate"] => return Some("names the whole crate: name the room"),
        ["crate", target, rest @ ..] => (*target, rest),
        ["self" | "super", ..] => {
            let climbs = segments.iter().filter(|segment| **segment == "super").count();
            return (climbs > depth).then_some("climbs out of the file's room: write `crate::room::Item`");
        }
        [target, rest @ ..] if whole_rooms.contains(target) => (*target, rest),
        _ => return None,
    };
    if path.is_renamed && rest.is_empty() {
        return Some("renames a room");
    }
    let Some(floor) = floor(target) else { return Some("does not start with a room of the house") };
    if target == room {
        return None;
    }
    if floor >= own_floor {
        return Some(if floor > own_floor { "looks up" } else { "looks sideways" });
    }
    let is_module = |segment: &str| segment.starts_with(|first: char| first.is_ascii_lowercase());
    let reaches_in = match rest {
        [module, _, ..] => is_module(module) && !(target == "value" && SHARED_MODULES.contains(module)),
        _ => false,
    };
    reaches_in.then_some("reaches into a room: use what it re-exports")
}

/// Only the ground floor opens modules to the rest of the crate; elsewhere the compiler keeps private modules private.
/// A module that is part of the public API is no back door.
fn open_modules(file: &str, source: &str) -> Vec<String> {
    let code = without_comments_and_strings(source);
    let module = |line: &str| Some(line.trim_start().strip_prefix("pub(")?.split_once(") mod ")?.1.to_owned());
    let is_open = |line: &&str| {
        let Some(name) = module(line) else { return false };
        room_of(file) != "value" || !SHARED_MODULES.contains(&name.trim_end_matches(';').trim())
    };
    code.lines().filter(is_open).map(|line| format!("{file}: `{}` opens a room", line.trim())).collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let nested = entries.map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    nested.flatten().filter(|path| path.extension().is_some_and(|kind| kind == "rs")).collect()
}

/// The path relative to `src/`, with `/`.
fn name(path: &Path, root: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap().components();
    parts.map(|part| part.as_os_str().to_str().unwrap()).collect::<Vec<_>>().join("/")
}

#[test]
fn rooms_use_only_the_floors_below() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("src");
    let (mut all, mut rooms_seen) = (Vec::new(), std::collections::BTreeSet::new());
    for path in sources(&root) {
        let (file, source) = (name(&path, &root), fs::read_to_string(&path).unwrap());
        if file == "lib.rs" {
            continue;
        }
        rooms_seen.insert(room_of(&file).to_owned());
        all.extend(violations(&file, &source));
        all.extend(open_modules(&file, &source));
    }
    assert!(all.is_empty(), "{} violations:\n{}", all.len(), all.join("\n"));
    for room in ["value", "framework", "rubric", "assessment", "scoring", "profile", "coaching", "schema"] {
        assert!(rooms_seen.contains(room), "no file of `{room}` was read");
    }
}

/// The first cells of each row of the tables in a page of `docs/`.
fn rows(page: &str) -> Vec<Vec<String>> {
    let page = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("docs").join(page);
    let text = fs::read_to_string(page).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    rows.skip(1)
        .map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect())
        .collect()
}

#[test]
fn the_page_on_architecture_places_each_room_on_its_floor() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("src");
    let rooms = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut there: Vec<(usize, String)> =
        rooms.map(|path| (floor(&name(&path, &root)).unwrap(), name(&path, &root))).collect();
    let mut told: Vec<(usize, String)> =
        rows("architecture.md").iter().map(|row| (row[0].parse().unwrap(), row[1].clone())).collect();
    there.sort();
    told.sort();
    assert_eq!(told, there);
}

#[test]
fn every_name_in_the_glossary_stands_in_the_code() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("src");
    let code: String = sources(&root).iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let rows = rows("glossary.md");
    assert!(rows.len() > 30, "{} terms", rows.len());
    for row in &rows {
        let last = row[2].rsplit("::").next().unwrap();
        let kinds = ["struct", "enum", "fn", "mod"].map(|kind| format!("{kind} {last}"));
        assert!(kinds.iter().any(|found| code.contains(found)), "`{}` of \"{}\" is not in the code", row[2], row[0]);
    }
    assert!(rows.windows(2).all(|pair| pair[0][0].to_lowercase() < pair[1][0].to_lowercase()), "in order");
}

/// The tests and benches are packages of their own, whose manifests list them.
#[test]
fn every_test_and_bench_is_listed_in_its_package() {
    for folder in ["tests", "benches"] {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(folder);
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        for entry in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let file = if entry.is_dir() { entry.join("main.rs") } else { entry };
            if file.extension().is_some_and(|kind| kind == "rs") && file.exists() {
                let listed = format!("path = \"{}\"", name(&file, &folder));
                assert!(manifest.contains(&listed), "{} lacks {listed}", folder.join("Cargo.toml").display());
            }
        }
    }
}

#[test]
fn an_upward_edge_is_found_with_file_and_line() {
    let found = violations("rubric/lint.rs", "\nuse crate::scoring::Scorer;\n");
    assert_eq!(found, ["rubric/lint.rs:2: `crate::scoring::Scorer` looks up"]);
}

#[test]
fn a_sideways_edge_is_found() {
    let found = violations("team/tally.rs", "use crate::coaching::Planner;");
    assert_eq!(found, ["team/tally.rs:1: `crate::coaching::Planner` looks sideways"]);
    assert_eq!(violations("privacy/erase.rs", "use crate::schema::documents;").len(), 1);
}

#[test]
fn paths_outside_use_are_found() {
    let source = "fn f() {\n    let x = crate::profile::Profiler::new();\n    $crate::scoring::Scorer\n}";
    let found = violations("rubric/check.rs", source);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("rubric/check.rs:2: "), "{found:?}");
}

#[test]
fn groups_are_taken_apart() {
    let source = "use crate::{\n    value::{Key, Day},\n    team::{self, Shown},\n};";
    let found = violations("profile/gap.rs", source);
    let both = [
        "profile/gap.rs:3: `crate::team::self` looks up", //
        "profile/gap.rs:3: `crate::team::Shown` looks up",
    ];
    assert_eq!(found, both);
}

#[test]
fn private_modules_of_other_rooms_are_out_of_reach() {
    let found = violations("scoring/scorer.rs", "use crate::rubric::lint::lint;");
    assert_eq!(found, ["scoring/scorer.rs:1: `crate::rubric::lint::lint` reaches into a room: use what it re-exports"]);
    let in_group = "use crate::rubric::{Rubric, lint::{lint, Finding}};";
    assert_eq!(violations("scoring/scorer.rs", in_group).len(), 2);
    let through_a_room = "use crate::rubric;\nfn f() { rubric::lint::lint() }";
    assert_eq!(violations("scoring/scorer.rs", through_a_room).len(), 1);
    assert_eq!(violations("scoring/scorer.rs", "use crate::value::fault::repeated;").len(), 1);
}

#[test]
fn climbing_out_of_a_room_is_found() {
    assert_eq!(violations("rubric/lint.rs", "use super::super::scoring::Scorer;").len(), 1);
    assert_eq!(violations("rubric/lint.rs", "use super::{super::scoring::Scorer, Rubric};").len(), 1);
    assert_eq!(violations("rubric/mod.rs", "use super::Scorer;").len(), 1);
    assert_eq!(violations("scoring/presets/peer.rs", "use super::super::Scorer;").len(), 0);
    assert_eq!(violations("scoring/presets/peer.rs", "use self::super::super::super::Scorer;").len(), 1);
}

#[test]
fn unknown_rooms_and_items_of_the_root_are_found() {
    assert_eq!(violations("cellar/wine.rs", ""), ["cellar/wine.rs: `cellar` is no room of the house"]);
    assert_eq!(violations("rubric/lint.rs", "use crate::Scorer;").len(), 1);
    assert_eq!(violations("rubric/lint.rs", "use crate::*;").len(), 1);
    assert_eq!(violations("rubric/lint.rs", "use crate as house;").len(), 1);
    assert_eq!(violations("rubric/lint.rs", "use crate::value as ground;").len(), 1);
}

#[test]
fn open_modules_are_found() {
    assert_eq!(open_modules("rubric/mod.rs", "pub(crate) mod lint;\nmod check;").len(), 1);
    assert_eq!(open_modules("value/mod.rs", "pub(crate) mod strict;\nmod key;"), Vec::<String>::new());
    assert_eq!(open_modules("value/mod.rs", "pub(crate) mod key;").len(), 1);
    assert_eq!(open_modules("scoring/mod.rs", "pub mod presets;"), Vec::<String>::new());
}

#[test]
fn what_is_allowed_is_left_alone() {
    let source = r##"
        //! [`Scorer`](crate::Scorer)
        /// [`crate::scoring::Scorer`]
        use crate::value::strict::{choice, object};
        use crate::value::{Key, repeated};
        use crate::framework::{self, Level};
        use super::check::check;
        /* crate::scoring /* crate::schema */ crate::team */
        fn f<'a>(key: &'a Key) { let c = '"'; let s = "crate::schema \" crate::team"; let r = r#"crate::team""#; }
        fn g(level: framework::Level) -> crate::rubric::Rubric { crate::rubric::lint::lint() }
        pub(in crate::rubric) struct Mine;
    "##;
    assert_eq!(violations("rubric/lint.rs", source), Vec::<String>::new());
    assert_eq!(paths(source).iter().filter(|path| path.segments[0] == "crate").count(), 9);
}
