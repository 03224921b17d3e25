//! Every example is a well-behaved program: it helps, refuses what it does not know, and bears a closed pipe.
//!
//! The examples are read from their folder, so a new one is tested too. `cargo test` builds them; for this file alone,
//! run `cargo build --examples` before.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;
use std::{env, thread};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Files that an example reads: the arguments before the path, and the file that it reads without them.
const FILES: &[(&str, &[&str], &str)] = &[
    ("agreement", &[], "ratings.csv"),
    ("calibrate_raters", &["--assessments"], "assessments.ndjson"),
    ("calibrate_raters", &["--rubrics"], "rubrics.ndjson"),
    ("coach", &["--assessments"], "assessments.ndjson"),
    ("coach", &["--rubrics"], "rubrics.ndjson"),
    ("coach", &["--roles"], "../../content/roles.json"),
    ("coach", &["--activities"], "../../content/activities.json"),
    ("follow_up", &["--assessments"], "assessments.ndjson"),
    ("follow_up", &["--rubrics"], "rubrics.ndjson"),
    ("person_over_time", &["--assessments"], "assessments.ndjson"),
    ("person_over_time", &["--rubrics"], "rubrics.ndjson"),
    ("pin", &[], "rubrics.ndjson"),
    ("plan", &["--no-prices"], "plan_problem.json"),
    ("score_contacts", &[], "assessments.ndjson"),
    ("score_contacts", &["--rubrics"], "rubrics.ndjson"),
    ("team_plan", &[], "team_plan_problem.json"),
    ("team_summary", &["--assessments"], "assessments.ndjson"),
    ("team_summary", &["--rubrics"], "rubrics.ndjson"),
];

/// Examples that need a feature which this run may lack.
const WITH_FEATURES: &[&str] = &["export_schemas"];

/// The names of all examples: files, and folders with a `main.rs`.
fn examples() -> BTreeSet<String> {
    let entries = fs::read_dir(Path::new(ROOT).join("examples")).unwrap().map(|entry| entry.unwrap().path());
    let sources = entries.filter(|path| path.extension() == Some(OsStr::new("rs")) || path.join("main.rs").is_file());
    let names = sources.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned());
    names.filter(|name| cfg!(feature = "schema") || !WITH_FEATURES.contains(&name.as_str())).collect()
}

/// The newest change of any source of the examples.
fn newest_change(folder: &Path) -> SystemTime {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let sources = entries.filter(|path| path.is_dir() || path.extension() == Some(OsStr::new("rs")));
    let changes = sources.map(|path| match path.is_dir() {
        true => newest_change(&path),
        false => fs::metadata(&path).unwrap().modified().unwrap(),
    });
    changes.max().unwrap_or(SystemTime::UNIX_EPOCH)
}

/// The example as this run of cargo has built it, beside the folder of the tests.
fn program(name: &str) -> PathBuf {
    let profile = env::current_exe().unwrap().parent().and_then(Path::parent).unwrap().to_owned();
    let path = profile.join("examples").join(format!("{name}{}", env::consts::EXE_SUFFIX));
    let built = fs::metadata(&path).and_then(|found| found.modified());
    let built = built.unwrap_or_else(|error| panic!("{}: {error}; run `cargo build --examples`", path.display()));
    let source = Path::new(ROOT).join("examples");
    let own = source.join(name);
    let changed = if own.is_dir() {
        newest_change(&own)
    } else {
        fs::metadata(own.with_extension("rs")).unwrap().modified().unwrap()
    };
    let changed = changed.max(newest_change(&source.join("common")));
    assert!(built >= changed, "{} is older than its source: run `cargo build --examples`", path.display());
    path
}

fn command(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program(name));
    // In a folder without files, so that nothing is found by accident, and nothing is overwritten.
    command.args(arguments).current_dir(env::temp_dir()).stdin(Stdio::null());
    command
}

fn run(name: &str, arguments: &[&str]) -> Output {
    command(name, arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn help(name: &str) -> String {
    text(&run(name, &["--help"]).stdout).to_owned()
}

/// What the refusal says: a sentence on standard error alone, with the exit code 2.
fn refusal(name: &str, arguments: &[&str]) -> String {
    let output = run(name, arguments);
    let message = text(&output.stderr).to_owned();
    assert_eq!(output.status.code(), Some(2), "{name} {arguments:?}: {message}");
    assert_eq!(text(&output.stdout), "", "{name} {arguments:?}");
    assert!(message.starts_with(&format!("{name}: ")), "{name} {arguments:?}: {message}");
    assert!(!message.contains("panicked") && !message.contains("Error {"), "{name} {arguments:?}: {message}");
    message
}

#[test]
fn the_folder_has_examples_and_all_that_read_files_are_listed_here() {
    let reading: BTreeSet<String> = examples().into_iter().filter(|name| help(name).contains("standard")).collect();
    assert!(reading.len() > 8, "{reading:?}");
    assert_eq!(FILES.iter().map(|(name, ..)| (*name).to_owned()).collect::<BTreeSet<_>>(), reading);
    // Each option with a file is listed, and each file without an option.
    for name in reading {
        let help = help(&name);
        let options = help.lines().filter_map(|line| line.trim_start().split_once(" FILE ")).map(|(option, _)| option);
        let listed = FILES.iter().filter(|(one, ..)| *one == name);
        let listed = listed.filter_map(|(_, before, _)| before.last()).filter(|option| **option != "--no-prices");
        let listed: BTreeSet<&str> = listed.copied().collect();
        assert_eq!(options.map(str::trim).collect::<BTreeSet<_>>(), listed, "{name}");
    }
}

#[test]
fn help_is_printed_and_fits_the_screen() {
    for name in examples() {
        for option in ["--help", "-h"] {
            let output = run(&name, &["--no-such-option", option]);
            assert_eq!(output.status.code(), Some(0), "{name} {option}");
            assert_eq!(text(&output.stderr), "", "{name} {option}");
            let help = text(&output.stdout);
            assert!(help.starts_with(&name), "{name}: {help}");
            let longest = help.lines().max_by_key(|line| line.chars().count()).unwrap();
            assert!(longest.chars().count() <= 80, "{name}: {longest}");
            assert!(help.lines().count() <= 40, "{name}");
        }
    }
}

#[test]
fn unknown_options_are_refused_with_what_was_expected() {
    for name in examples() {
        for option in ["--no-such-option", "--no-such-option=1", "-x", "--hlep"] {
            let message = refusal(&name, &[option]);
            assert!(message.contains("expected a known option"), "{message}");
            assert!(message.contains("; --help lists all"), "{message}");
        }
        assert!(refusal(&name, &["--hlep"]).contains("; the nearest are `--help`"), "{name}");
    }
}

#[test]
fn every_option_of_the_help_is_known_and_given_once() {
    for name in examples() {
        let help = help(&name);
        let lines = help.lines().map(str::trim_start).filter(|line| line.starts_with("--"));
        for line in lines {
            let (option, rest) = line.split_once(' ').unwrap();
            let has_value = rest.starts_with(|first: char| first.is_ascii_uppercase());
            let arguments = if has_value { vec![option] } else { vec![option, option] };
            let expected = if has_value { "expected a value after" } else { "expected `--" };
            let message = refusal(&name, &arguments);
            assert!(message.contains(expected) && message.contains(option), "{message}");
        }
    }
}

#[test]
fn further_arguments_are_refused() {
    for name in examples() {
        assert!(refusal(&name, &["one", "two", "three"]).contains("expected no further argument, found `"), "{name}");
    }
}

#[test]
fn a_closed_pipe_ends_a_program_quietly() {
    for name in examples() {
        // Where files are written, it is the help that is cut off.
        let arguments: &[&str] = if name == "generate_sample_data" { &["--help"] } else { &[] };
        let mut child = command(&name, arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut complaints = String::new();
        child.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
        assert_eq!((complaints.as_str(), child.wait().unwrap().code()), ("", Some(0)), "{name}");
    }
}

#[test]
fn a_pipe_that_is_closed_half_way_ends_a_program_quietly() {
    let arguments = ["--full"];
    let mut child = command("coach", &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 1];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((text(&output.stderr), output.status.code()), ("", Some(0)));
}

#[test]
fn an_unknown_person_is_refused_with_the_nearest_names() {
    let shows_one: Vec<String> = examples().into_iter().filter(|name| help(name).contains("--person ")).collect();
    assert!(shows_one.len() >= 2, "{shows_one:?}");
    for name in shows_one {
        let message = refusal(&name, &["--person", "agnt-07"]);
        assert!(message.contains("expected a person who was assessed, found `agnt-07`"), "{message}");
        assert!(message.contains("the nearest are `agent-07`"), "{message}");
    }
}

#[test]
fn an_unknown_role_is_refused_with_the_roles() {
    for name in examples().into_iter().filter(|name| help(name).contains("--role ")) {
        let message = refusal(&name, &["--role", "frontline"]);
        assert!(message.contains("expected a role (frontline_agent, senior_agent,"), "{message}");
        assert!(message.contains("found `frontline`"), "{message}");
    }
}

#[test]
fn values_that_are_not_allowed_are_refused_with_their_option() {
    for (name, option, value) in [
        ("coach", "--as-of", "2026-02-30"),
        ("coach", "--weeks", "0"),
        ("coach", "--minutes", "many"),
        ("coach", "--cost", "huge"),
        ("agreement", "--scale", "5..1"),
        ("agreement", "--scale", "wide"),
        ("calibrate_raters", "--as-of", "yesterday"),
        ("person_over_time", "--later", ""),
    ] {
        let message = refusal(name, &[option, value]);
        assert!(message.starts_with(&format!("{name}: {option}: ")), "{message}");
        assert_eq!(message.lines().count(), 1, "{message}");
    }
}

#[test]
fn a_file_that_is_not_there_is_named_with_its_path() {
    for (name, before, _) in FILES {
        let message = refusal(name, &[before, &["no/such/file"][..]].concat());
        assert!(message.contains("expected a file that can be read, found `no/such/file`: "), "{message}");
    }
}

#[test]
fn a_folder_in_place_of_a_file_is_refused() {
    for (name, before, _) in FILES {
        // Score_contacts tells of each line that cannot be read.
        if (*name, before.is_empty()) != ("score_contacts", true) {
            let folder = env::temp_dir();
            let message = refusal(name, &[before, &[folder.to_str().unwrap()][..]].concat());
            assert!(message.contains(folder.to_str().unwrap()), "{message}");
        }
    }
}

#[test]
fn a_dash_is_standard_input() {
    let mut by_default = BTreeMap::new();
    for (name, before, file) in FILES {
        let options = if *before == ["--no-prices"] { before } else { &[][..] };
        let by_default = by_default.entry(name).or_insert_with(|| run(name, options));
        assert_eq!((text(&by_default.stderr), by_default.status.code()), ("", Some(0)), "{name}");
        let file = File::open(Path::new(ROOT).join("examples/data").join(file)).unwrap();
        let from_input = command(name, &[before, &["-"][..]].concat()).stdin(file).output().unwrap();
        assert_eq!((text(&from_input.stderr), from_input.status.code()), ("", Some(0)), "{name} {before:?}");
        assert!(from_input.stdout == by_default.stdout && !from_input.stdout.is_empty(), "{name} {before:?}");
    }
}

#[test]
fn standard_input_is_not_read_twice() {
    let message = refusal("coach", &["--rubrics", "-", "--roles", "-"]);
    assert!(message.contains("expected "), "{message}");
    let rubrics = Path::new(ROOT).join("examples/data/rubrics.ndjson");
    let mut command = command("coach", &["--rubrics", "-", "--roles", "-"]);
    let output = command.stdin(File::open(rubrics).unwrap()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("expected `-` for one file, found it for two"), "{}", text(&output.stderr));
}

#[test]
fn empty_and_hostile_input_is_refused_and_never_a_panic() {
    let deep = "[".repeat(200_000);
    let inputs: [&[u8]; 6] = [b"", b"\0\0\0", b"{}\n", b"\xff\xfe\n", b"\"\\u001b[31m\"\n", deep.as_bytes()];
    for (name, before, _) in FILES {
        for input in inputs {
            let mut command = command(name, &[before, &["-"][..]].concat());
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = command.spawn().unwrap();
            let mut standard_input = child.stdin.take().unwrap();
            let input = input.to_vec();
            // It may be refused before all of it was read.
            let writer = thread::spawn(move || drop(standard_input.write_all(&input)));
            let output = child.wait_with_output().unwrap();
            writer.join().unwrap();
            let (code, message) = (output.status.code(), text(&output.stderr));
            assert!(matches!(code, Some(0 | 2)), "{name} {before:?}: {code:?} {message}");
            assert!(!message.contains("panicked"), "{name} {before:?}: {message}");
            assert_eq!(code == Some(0), message.is_empty(), "{name} {before:?}: {message}");
            assert!(!message.contains('\u{1b}'), "{name} {before:?}: {message:?}");
        }
    }
}

#[test]
fn score_contacts_scores_the_good_lines_and_names_the_bad_ones() {
    let assessments = fs::read_to_string(Path::new(ROOT).join("examples/data/assessments.ndjson")).unwrap();
    let first = assessments.lines().next().unwrap();
    let mut command = command("score_contacts", &["-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let input = format!("\u{feff}{first}\r\n\n{{\"a\\nb\":1}}\n{first}");
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout).lines().count(), 2);
    let message = text(&output.stderr);
    assert!(message.starts_with("line 3: unknown field `a b`"), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
}
