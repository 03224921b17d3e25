//! Every error has a stable machine code, and `docs/errors.md` lists them all.

#![expect(clippy::unwrap_used, reason = "a wrong constant in a test should stop the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use service_excellence::assessment::RubricSetError;
use service_excellence::calibration::{DifferentScales, EmptyStep, FacetError, NotLinked};
use service_excellence::coaching::{
    EventKind, Guard, IllegalItemStep, IllegalTransition, OtherRubric, RecordError, TransitionError, UnknownActivity,
};
use service_excellence::planning::{BrokenPast, PlanViolation, SessionPlacement};
use service_excellence::profile::{OtherProfile, PeriodsOverlap, RowNotAllowed};
use service_excellence::rubric::{Change, Finding, UnknownChannel};
use service_excellence::schema;
use service_excellence::scoring::{AnswerNotAllowed, RowLength, RubricMismatch};
use service_excellence::statistics::{Categories, DataError, RatingTable, Sample, SparseRatingTable, Undefined};
use service_excellence::team::TeamMismatch;
use service_excellence::value::{Count, LineError};
use service_excellence::{
    CoachingError, Day, Fault, Faults, Framework, Key, ProfileError, Reference, Rubric, RubricError, ScoringError,
    Skill, TeamError, ValueError,
};

const DOCS: &str = include_str!("../docs/errors.md");

/// Each type that has codes of its own.
fn codes_of_types() -> Vec<(&'static str, &'static [&'static str])> {
    macro_rules! list {
        ($($name:ident),* $(,)?) => { vec![$( (stringify!($name), $name::CODES) ),*] };
    }
    list![
        AnswerNotAllowed,
        BrokenPast,
        Change,
        CoachingError,
        DataError,
        DifferentScales,
        EmptyStep,
        FacetError,
        Faults,
        Finding,
        Guard,
        IllegalItemStep,
        IllegalTransition,
        LineError,
        NotLinked,
        OtherProfile,
        OtherRubric,
        PeriodsOverlap,
        PlanViolation,
        ProfileError,
        RecordError,
        RowLength,
        RowNotAllowed,
        RubricError,
        RubricMismatch,
        RubricSetError,
        ScoringError,
        TeamError,
        TeamMismatch,
        TransitionError,
        Undefined,
        UnknownActivity,
        UnknownChannel,
        ValueError,
    ]
}

fn is_snake_case(code: &str) -> bool {
    code.split('_')
        .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

/// The first two cells of each row of the table below this heading.
fn table(heading: &str) -> Vec<(&'static str, &'static str)> {
    let (_, rest) = DOCS.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = rest.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let cell = |text: &'static str| text.trim().trim_matches('`');
    rows.map(|row| {
        let mut cells = row.split('|').skip(1);
        (cell(cells.next().unwrap()), cell(cells.next().unwrap()))
    })
    .collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// The names of the types that are errors, as the source says it.
fn error_types() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for path in sources(&Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("src")) {
        let text = fs::read_to_string(path).unwrap();
        let derived = text.split("thiserror::Error").skip(1).map(|after| {
            let (_, after) = after.split_once("pub ").unwrap();
            after.split_whitespace().nth(1).unwrap()
        });
        let written = text.split("impl std::error::Error for ").skip(1).map(|after| after.split(' ').next().unwrap());
        names.extend(derived.chain(written).map(ToOwned::to_owned));
    }
    names
}

#[test]
fn every_error_type_has_codes() {
    let mut expected = error_types();
    // The code of a fault is the id of a rule.
    assert!(expected.remove("Fault"));
    expected.extend(["Change", "Finding"].map(ToOwned::to_owned));
    let found: BTreeSet<String> = codes_of_types().into_iter().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(found, expected);
}

#[test]
fn codes_are_snake_case_and_no_two_things_share_one() {
    let rules: BTreeSet<&str> = schema::rules().iter().map(|rule| rule.id()).collect();
    let of_types = codes_of_types().into_iter().flat_map(|(_, codes)| codes.iter().copied());
    let all: Vec<&str> = of_types.chain(rules).chain([Fault::SHAPE.id()]).collect();
    assert!(all.len() > 200, "{}", all.len());
    let mut seen = BTreeSet::new();
    for code in all {
        assert!(is_snake_case(code), "{code}");
        assert!(seen.insert(code), "`{code}` stands for two things");
    }
}

#[test]
fn the_guide_lists_every_code_and_no_other() {
    let mut listed: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (code, name) in table("Errors").into_iter().chain(table("Findings and changes")) {
        listed.entry(name).or_default().push(code);
    }
    let with_own = codes_of_types().into_iter().filter(|(_, codes)| !codes.is_empty());
    let expected: BTreeMap<&str, Vec<&str>> = with_own.map(|(name, codes)| (name, codes.to_vec())).collect();
    assert_eq!(listed, expected);
}

#[test]
fn the_guide_lists_every_rule_with_its_documents() {
    let rules = schema::rules();
    let expected: Vec<(&str, String)> = rules
        .iter()
        .map(|rule| (rule.id(), rule.documents().join(if rule.is_joint() { " with " } else { ", " })))
        .collect();
    let listed: Vec<(&str, String)> =
        table("Rules of documents").into_iter().map(|(code, documents)| (code, documents.to_owned())).collect();
    let differing = listed.iter().zip(&expected).find(|(listed, expected)| listed != expected);
    assert_eq!(differing, None);
    assert_eq!(listed.len(), expected.len());
}

#[test]
fn an_error_that_wraps_another_has_its_code() {
    let unknown = Rubric::for_channel(Framework::builtin(), "fax").unwrap_err();
    assert_eq!(unknown.code(), "unknown_channel");
    let refused = TransitionError::Guard { event: EventKind::Submit, guard: Guard::NoGoal };
    let step = TransitionError::Step { number: 2, cause: Box::new(refused) };
    assert_eq!(RecordError::from(step).code(), "no_goal");
    assert_eq!(TeamError::from(Undefined::NoData {}).code(), "no_data");
}

#[test]
fn codes_of_values_say_what_kind_of_value_was_refused() {
    assert_eq!("12".parse::<service_excellence::value::Step>().unwrap_err().code(), "number_not_allowed");
    assert_eq!("-1".parse::<Count>().unwrap_err().code(), "number_not_allowed");
    assert_eq!("2026-02-30".parse::<Day>().unwrap_err().code(), "day_not_allowed");
    assert_eq!("kindness".parse::<Skill>().unwrap_err().code(), "word_not_allowed");
    assert_eq!("".parse::<Key>().unwrap_err().code(), "text_length_not_allowed");
    assert_eq!("No Key".parse::<Key>().unwrap_err().code(), "text_form_not_allowed");
    assert_eq!("a\nb".parse::<Reference>().unwrap_err().code(), "text_form_not_allowed");
}

#[test]
fn a_fault_has_the_code_of_its_rule() {
    let faults = Rubric::from_json("{}").unwrap_err();
    assert_eq!(faults.code(), "rules_broken");
    assert_eq!(faults.iter().map(Fault::code).collect::<Vec<_>>(), ["shape"]);
}

/// Their JSON names them by `kind`: one word for one thing.
#[test]
fn codes_of_errors_in_documents_are_their_kinds() {
    let kind = |json: serde_json::Value| json["kind"].as_str().unwrap().to_owned();
    for code in Undefined::CODES {
        let counted = format!(r#"{{"kind":"{code}","found":1,"needed":2}}"#);
        let bare = format!(r#"{{"kind":"{code}"}}"#);
        let read: Undefined = serde_json::from_str(&bare).or_else(|_| serde_json::from_str(&counted)).unwrap();
        assert_eq!(read.code(), *code);
    }
    let placement =
        SessionPlacement { person: "p".parse().unwrap(), activity: "a".parse().unwrap(), session: 1, week: 1 };
    let violation = PlanViolation::OutsideWindow { placement };
    assert_eq!(kind(serde_json::to_value(&violation).unwrap()), violation.code());
}

#[test]
fn people_count_rows_and_columns_from_one() {
    let places = |error: DataError| (error.code(), error.place().to_owned());
    let scale = || Categories::numbered(1, 3).unwrap();
    let ragged = [vec![1.0, 2.0], vec![1.0]].map(|row| row.into_iter().map(Some).collect::<Vec<_>>());
    let error = SparseRatingTable::from_rows(scale(), &ragged).unwrap_err();
    assert_eq!(places(error), ("data_size_not_allowed", "in row 2".to_owned()));
    let error = SparseRatingTable::from_rows(scale(), &[[Some(1.0), Some(4.0)]]).unwrap_err();
    assert_eq!(places(error), ("data_value_not_allowed", "in row 1, column 2".to_owned()));
    let error = SparseRatingTable::from_long(scale(), [(1, 1, 1.0), (1, 1, 2.0)]).unwrap_err();
    assert_eq!(places(error), ("data_repeated", "in entry 2".to_owned()));
    let holes = SparseRatingTable::from_rows(scale(), &[[Some(1.0), None]]).unwrap();
    let error = RatingTable::try_from(holes).unwrap_err();
    assert_eq!(places(error), ("data_missing", "in row 1, column 2".to_owned()));
    let error = Sample::of(&[f64::NAN]).unwrap_err();
    assert_eq!(places(error), ("data_value_not_allowed", "at position 1".to_owned()));
    // No text of the room counts otherwise: an index is written through `place.rs`.
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("src/statistics");
    for path in sources(&root).into_iter().filter(|path| !path.ends_with("place.rs")) {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for place in ["row {", "column {", "position {", "entry {", "pair {", "item {"] {
            let is_written = code.lines().any(|line| line.contains("format!(\"") && line.contains(place));
            assert!(!is_written, "{}: `{place}` should come from `place.rs`", path.display());
        }
    }
}
