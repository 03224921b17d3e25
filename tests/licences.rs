//! What the dependencies ask of those who use the crate: licences, minimum Rust, no foreign code.
//!
//! `cargo metadata` is asked for all features without the network. Without more only the packages of this platform
//! are sure to be there; the tests over all platforms need `cargo fetch --locked` first and are run by `.ci/run`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "metadata that cannot be read should stop the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Licences that ask for no more than their own text.
const ALLOWED: [&str; 9] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Zlib",
];

/// What builds or finds C code.
const C_BUILDERS: [&str; 6] = ["autotools", "bindgen", "cc", "cmake", "pkg-config", "vcpkg"];

/// What speaks with JavaScript, on WebAssembly alone.
const JAVASCRIPT: [&str; 4] = ["js-sys", "wasm-bindgen", "wasm-bindgen-shared", "web-sys"];

struct Metadata {
    packages: BTreeMap<String, Value>,
    nodes: BTreeMap<String, Value>,
    root: String,
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .args(arguments)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?} failed, `cargo fetch --locked` may be needed:\n{errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn metadata(platform: Option<&str>) -> Metadata {
    let mut arguments = vec!["metadata", "--format-version", "1", "--locked", "--offline", "--all-features"];
    arguments.extend(platform.into_iter().flat_map(|platform| ["--filter-platform", platform]));
    let document: Value = serde_json::from_str(&cargo(&arguments)).unwrap();
    let by_id = |list: &Value| {
        let entries = list.as_array().unwrap().iter().map(|one| (text(one, "id").to_owned(), one.clone()));
        entries.collect::<BTreeMap<_, _>>()
    };
    let root = text(&document["resolve"], "root").to_owned();
    let nodes = by_id(&document["resolve"]["nodes"]);
    let mut packages = by_id(&document["packages"]);
    packages.retain(|id, _| nodes.contains_key(id));
    Metadata { packages, nodes, root }
}

fn this_platform() -> Metadata {
    let version = cargo(&["--version", "--verbose"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    metadata(Some(host))
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().unwrap_or_default()
}

fn name(package: &Value) -> String {
    format!("{} {}", text(package, "name"), text(package, "version"))
}

impl Metadata {
    /// The ids of what a user of the crate may build: everything but the dependencies of tests and benches.
    fn normal(&self) -> BTreeSet<&str> {
        let (mut seen, mut open) = (BTreeSet::new(), vec![self.root.as_str()]);
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                let needed = self.nodes[id]["deps"].as_array().unwrap().iter();
                let is_normal =
                    |one: &&Value| one["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev");
                open.extend(needed.filter(is_normal).map(|one| text(one, "pkg")));
            }
        }
        seen
    }

    fn check_licences(&self) {
        assert!(self.packages.len() > 20, "only {} packages were read", self.packages.len());
        let refused = self.packages.values().filter(|package| !is_allowed(text(package, "license")));
        let refused: Vec<_> =
            refused.map(|package| format!("{}: `{}`", name(package), text(package, "license"))).collect();
        assert!(refused.is_empty(), "not on the list of licences: {refused:#?}");
    }

    fn check_no_foreign_code(&self) {
        let normal = self.normal();
        assert!((10..self.packages.len()).contains(&normal.len()), "{} normal dependencies were read", normal.len());
        for package in normal.iter().map(|id| &self.packages[*id]) {
            let own = text(package, "name");
            if JAVASCRIPT.contains(&own) {
                continue;
            }
            assert!(package["links"].is_null(), "{} links {}", name(package), package["links"]);
            assert!(!C_BUILDERS.contains(&own) && !own.ends_with("-sys"), "{} is for C code", name(package));
        }
    }

    fn check_minimum_rust(&self) {
        let allowed = version(text(&self.packages[&self.root], "rust_version")).unwrap();
        let normal = self.normal();
        for (id, package) in &self.packages {
            match version(text(package, "rust_version")) {
                Some(needed) => assert!(needed <= allowed, "{} needs Rust {needed:?}", name(package)),
                // Before edition 2021 packages could not say; who still uses one of those means to build with old compilers.
                None => {
                    let is_old = ["2015", "2018"].contains(&text(package, "edition"));
                    let is_built = normal.contains(id.as_str());
                    assert!(is_old || !is_built, "{} does not say which Rust it needs", name(package));
                }
            }
        }
    }
}

fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}

/// Whether an SPDX expression can be met with allowed licences; `/` is how `OR` was once written.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let is_met = one_of(&mut rest);
    is_met && rest.is_empty()
}

fn one_of(rest: &mut &[&str]) -> bool {
    let mut is_met = all_of(rest);
    while let Some(("OR", after)) = first(rest) {
        *rest = after;
        is_met |= all_of(rest);
    }
    is_met
}

fn all_of(rest: &mut &[&str]) -> bool {
    let mut is_met = licence(rest);
    while let Some(("AND", after)) = first(rest) {
        *rest = after;
        is_met &= licence(rest);
    }
    is_met
}

fn licence(rest: &mut &[&str]) -> bool {
    let Some((word, after)) = first(rest) else { return false };
    *rest = after;
    if word == "(" {
        let is_met = one_of(rest);
        let Some((")", after)) = first(rest) else { return false };
        *rest = after;
        return is_met;
    }
    match first(rest) {
        Some(("WITH", after)) => {
            let Some((exception, after)) = first(after) else { return false };
            *rest = after;
            ALLOWED.contains(&format!("{word} WITH {exception}").as_str())
        }
        _ => ALLOWED.contains(&word),
    }
}

fn first<'a, 'b>(words: &'b [&'a str]) -> Option<(&'a str, &'b [&'a str])> {
    words.split_first().map(|(first, rest)| (*first, rest))
}

#[test]
fn licence_expressions_are_read() {
    for good in ["MIT", "MIT OR GPL-3.0", "GPL-3.0/MIT", "(MIT OR GPL-3.0) AND Unicode-3.0", "Unlicense OR MIT"] {
        assert!(is_allowed(good), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0 WITH Unknown", "(MIT", "MIT )", "MIT MIT", "AND"] {
        assert!(!is_allowed(bad), "{bad}");
    }
}

#[test]
fn every_dependency_on_this_platform_has_an_allowed_licence() {
    this_platform().check_licences();
}

#[test]
fn no_normal_dependency_on_this_platform_holds_foreign_code() {
    this_platform().check_no_foreign_code();
}

#[test]
fn no_dependency_on_this_platform_needs_a_newer_rust() {
    this_platform().check_minimum_rust();
}

#[test]
#[ignore = "needs the packages of all platforms: cargo fetch --locked"]
fn every_dependency_on_all_platforms_has_an_allowed_licence() {
    metadata(None).check_licences();
}

#[test]
#[ignore = "needs the packages of all platforms: cargo fetch --locked"]
fn no_normal_dependency_on_all_platforms_holds_foreign_code() {
    metadata(None).check_no_foreign_code();
}

#[test]
#[ignore = "needs the packages of all platforms: cargo fetch --locked"]
fn no_dependency_on_all_platforms_needs_a_newer_rust() {
    metadata(None).check_minimum_rust();
}

/// `docs/dependencies.md` has a line for each dependency of the crate, its tests and its benches, with its version.
#[test]
fn every_dependency_is_explained() {
    let explained = include_str!("../docs/dependencies.md");
    let metadata = this_platform();
    let own = metadata.packages.values().filter(|package| package["source"].is_null());
    let dependencies = own.flat_map(|package| package["dependencies"].as_array().unwrap());
    for dependency in dependencies.filter(|one| one["path"].is_null()) {
        let (name, version) = (text(dependency, "name"), text(dependency, "req").trim_start_matches('^'));
        let line = format!("| `{name}` {version} |");
        assert!(explained.contains(&line), "docs/dependencies.md has no line that starts with {line}");
    }
}
