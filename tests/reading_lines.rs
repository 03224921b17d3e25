//! Assessments read line by line from whatever stands in a file: the good lines are admitted and scored, the bad ones
//! are named.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::fs;
use std::io::{BufReader, Read};

use service_excellence::value::{LineError, write_lines};
use service_excellence::{AssessmentDocument, EvidencePolicy, Profiler, RubricSet, Scorecard, Scorer};

fn file(name: &str) -> String {
    fs::read_to_string(format!("{}/examples/data/{name}", concat!(env!("CARGO_MANIFEST_DIR"), "/.."))).unwrap()
}

fn rubrics() -> RubricSet {
    RubricSet::read(file("rubrics.ndjson").as_bytes()).unwrap()
}

/// The first assessments of the sample.
fn good(count: usize) -> Vec<String> {
    file("assessments.ndjson").lines().take(count).map(str::to_owned).collect()
}

struct Ran {
    scorecards: Vec<Scorecard>,
    /// How many lines were bad.
    bad: usize,
    /// Each fault of a bad line after its number.
    errors: Vec<String>,
}

fn run(input: &[u8]) -> Ran {
    let rubrics = rubrics();
    let mut ran = Ran { scorecards: Vec::new(), bad: 0, errors: Vec::new() };
    // A small read-ahead, so that lines cross its edge.
    for read in rubrics.read_assessments(BufReader::with_capacity(61, input)) {
        match read {
            Ok(assessment) => ran.scorecards.push(Scorer::new(assessment.rubric()).score(&assessment).unwrap()),
            Err(LineError::Invalid { line, faults }) => {
                ran.bad += 1;
                ran.errors.extend(faults.iter().map(|fault| format!("line {line}: {fault}")));
            }
            Err(error) => {
                ran.bad += 1;
                ran.errors.push(error.to_string());
            }
        }
    }
    ran
}

/// Runs two good lines with `bad` between them.
fn run_with(bad: &[u8]) -> Vec<String> {
    let good = good(2);
    let ran = run(&[good[0].as_bytes(), b"\n", bad, b"\n", good[1].as_bytes(), b"\n"].concat());
    assert_eq!((ran.scorecards.len(), ran.bad), (2, 1));
    assert!(ran.errors.iter().all(|error| error.starts_with("line 2: ")), "{:?}", ran.errors);
    ran.errors
}

fn changed(from: &str, to: &str) -> String {
    let line = good(1).remove(0);
    assert!(line.contains(from));
    line.replacen(from, to, 1)
}

#[test]
fn the_whole_sample_is_scored() {
    let ran = run(file("assessments.ndjson").as_bytes());
    assert_eq!((ran.scorecards.len(), ran.bad), (file("assessments.ndjson").lines().count(), 0));
}

#[test]
fn line_ends_marks_and_blank_lines_do_not_matter() {
    let good = good(3);
    let plain = run((good.join("\n") + "\n").as_bytes());
    assert_eq!((plain.scorecards.len(), plain.bad), (3, 0));
    for other in [
        good.join("\n"),
        good.join("\r\n") + "\r\n",
        format!("\u{feff}{}\n", good.join("\n")),
        format!("\u{feff}\r\n\n{}\n  \t\n\n", good.join("\n\n")),
    ] {
        let ran = run(other.as_bytes());
        assert_eq!(ran.errors, [""; 0]);
        assert_eq!(ran.scorecards, plain.scorecards);
    }
    for empty in ["", "\n", "\u{feff}", "\r\n\r\n"] {
        let ran = run(empty.as_bytes());
        assert_eq!((ran.scorecards.len(), ran.bad), (0, 0));
    }
}

#[test]
fn blank_lines_are_counted() {
    let ran = run(format!("\n\r\n{}\n{{}}\n", good(1)[0]).as_bytes());
    assert!(ran.errors[0].starts_with("line 4: "), "{:?}", ran.errors);
}

#[test]
fn a_bad_step_is_named_with_its_place_and_what_is_allowed() {
    let errors = run_with(changed("\"step\":5", "\"step\":12").as_bytes());
    assert_eq!(errors.len(), 1);
    for part in ["`12` is not a step", "a whole number from 1 to 11", "`/ratings/0/answer/step`"] {
        assert!(errors[0].contains(part), "{part} in {errors:?}");
    }
    let errors = run_with(changed("\"step\":5", "\"step\":6").as_bytes());
    for part in ["step `6` of `emotion_recognition`", "allowed is 1 to 5", "`/ratings/0/answer/step`"] {
        assert!(errors[0].contains(part), "{part} in {errors:?}");
    }
}

#[test]
fn every_fault_of_a_line_has_its_own_line() {
    let line = changed("\"step\":5", "\"step\":6").replacen("\"step\":5", "\"step\":7", 1);
    let errors = run_with(line.as_bytes());
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[1].contains("`/ratings/1/answer/step`"), "{errors:?}");
    let line = changed("\"entered\":\"2026-01-06\"", "\"entered\":\"2026-01-04\"").replacen(
        "\"criterion\":\"perspective_taking\"",
        "\"criterion\":\"emotion_recognition\"",
        1,
    );
    let errors = run_with(line.as_bytes());
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[0].contains("`/entered`, assessment_entered_not_before_observed"), "{errors:?}");
    assert!(errors[1].contains("`/ratings/1/criterion`, assessment_criteria_unique"), "{errors:?}");
}

#[test]
fn an_unknown_member_is_refused() {
    let errors = run_with(changed("\"channel\":", "\"chanel\":").as_bytes());
    assert!(errors[0].contains("unknown field `chanel`, expected one of `$schema`, `schema_version`"), "{errors:?}");
    let errors =
        run_with(changed("{\"kind\":\"rated\",\"step\":5}", "{\"kind\":\"rated\",\"step\":5,\"x\":1}").as_bytes());
    assert!(errors[0].contains("unknown field `x`"), "{errors:?}");
    assert!(errors[0].contains("`/ratings/0/answer/x`"), "{errors:?}");
}

#[test]
fn an_answer_may_begin_with_any_member_and_has_each_once() {
    let rated = "{\"kind\":\"rated\",\"step\":5}";
    let turned = changed(rated, "{\"step\":5,\"kind\":\"rated\"}");
    assert_eq!(AssessmentDocument::from_json(&turned).unwrap(), AssessmentDocument::from_json(&good(1)[0]).unwrap());
    for (bad, part) in [
        ("{\"kind\":\"rated\",\"step\":5,\"kind\":\"rated\"}", "duplicate field `kind`"),
        ("{\"step\":5,\"kind\":\"rated\",\"kind\":\"rated\"}", "duplicate field `kind`"),
        ("{\"kind\":\"rated\",\"step\":5,\"step\":5}", "duplicate field `step`"),
        ("{\"step\":5,\"kind\":\"rated\",\"step\":5}", "duplicate field `step`"),
        ("{\"kind\":\"rated\",\"step\":5,\"reason\":\"x\"}", "unknown field `reason`"),
        ("{\"reason\":\"x\",\"kind\":\"rated\",\"step\":5}", "unknown field `reason`"),
        ("{\"kind\":\"rated\"}", "missing field `step`"),
        ("{\"kind\":\"guessed\",\"step\":5}", "expected one of `rated`, `not_applicable`, `not_observed`"),
        ("{\"kind\":1,\"step\":5}", "invalid type: integer `1`"),
        ("{\"kind\":{\"rated\":null},\"step\":5}", "invalid type: map"),
        ("{\"step\":5}", "missing field `kind`"),
        ("{}", "missing field `kind`"),
        ("[\"rated\",5]", "an object with a member `kind`"),
        ("\"rated\"", "an object with a member `kind`"),
        ("null", "an object with a member `kind`"),
    ] {
        let errors = run_with(changed(rated, bad).as_bytes());
        assert!(errors[0].contains(part), "{part} in {errors:?}");
        assert!(errors[0].contains("`/ratings/0/answer"), "{errors:?}");
    }
}

#[test]
fn another_rubric_is_named_beside_those_that_are_there() {
    let errors = run_with(changed("service_excellence_core_", "other_centre_").as_bytes());
    assert_eq!(errors.len(), 1);
    for part in ["`other_centre_chat 0.1.0 (", "`service_excellence_core_chat 0.1.0 (", "`/rubric`"] {
        assert!(errors[0].contains(part), "{part} in {errors:?}");
    }
    let errors = run_with(changed("\"version\":\"0.1.0\"", "\"version\":\"0.2.0\"").as_bytes());
    for part in ["`service_excellence_core_chat 0.2.0 (", "`service_excellence_core_chat 0.1.0 ("] {
        assert!(errors[0].contains(part), "{part} in {errors:?}");
    }
}

#[test]
fn an_overlong_line_is_passed_over() {
    const FOUR_MIB: usize = 4 * 1024 * 1024;
    let told = |line| format!("line {line}: expected a line of at most {FOUR_MIB} bytes, found a longer one");
    let note = format!("\"step\":5}},\"note\":\"{}\"}}", "a".repeat(10 * 1024 * 1024));
    assert_eq!(run_with(changed("\"step\":5}}", &note).as_bytes()), [told(2)]);
    assert_eq!(run(&vec![b'x'; FOUR_MIB + 1]).errors, [told(1)]);
    assert!(!run(&vec![b'x'; FOUR_MIB]).errors.contains(&told(1)));
}

#[test]
fn a_long_note_is_refused_without_being_shown() {
    let note = format!("\"step\":5}},\"note\":\"{}\"}}", "secret ".repeat(1000));
    let errors = run_with(changed("\"step\":5}}", &note).as_bytes());
    assert!(errors[0].contains("a text of 7000 characters"), "{errors:?}");
    assert!(errors[0].contains("`/ratings/0/note`"), "{errors:?}");
    assert!(!errors[0].contains("secret"));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    assert!(run_with(b"{\"id\":\"\xff\"}")[0].contains("expected text in UTF-8, found other bytes at column 8"));
    let utf_16: Vec<u8> = good(1)[0].encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(run_with(&utf_16)[0].contains("line 2: "));
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        run_with(deep.as_bytes());
        let inside = format!("{{\"extensions\":{{\"a\":{deep}}},");
        assert!(run_with(changed("{", &inside).as_bytes())[0].contains("recursion limit"));
    }
}

#[test]
fn what_is_no_assessment_is_refused() {
    for bad in ["{", "{}", "[]", "null", "1", "\"x\"", "{} {}", "nonsense"] {
        assert_eq!(run_with(bad.as_bytes()).len(), 1, "{bad}");
    }
}

#[test]
fn a_place_is_a_column_of_its_line() {
    let errors = run_with(changed("\"channel\":", "\"chanel\":").as_bytes());
    assert!(errors[0].contains(" at column ") && !errors[0].contains("line 1"), "{errors:?}");
}

#[test]
fn the_same_assessments_twice_are_read_twice_and_count_once_in_a_profile() {
    let (rubrics, person) = (rubrics(), "agent-07".parse().unwrap());
    let read = |text: &str| -> Vec<_> { rubrics.read_assessments(text.as_bytes()).map(Result::unwrap).collect() };
    let text = file("assessments.ndjson");
    let (once, twice) = (read(&text), read(&text.repeat(2)));
    assert_eq!(twice.len(), 2 * once.len());
    let profiler = Profiler::new(&rubrics.rubrics()[0], EvidencePolicy::default());
    let day = "2026-07-03".parse().unwrap();
    let [once_profile, twice_profile] = [&once, &twice].map(|read| profiler.profile(&person, read, day));
    assert!(once_profile.assessments().get() > 10);
    assert_eq!(twice_profile.assessments(), once_profile.assessments());
    let repeated = twice_profile.exclusions().iter().filter(|one| one.reason.as_str() == "repeated").count();
    assert_eq!(repeated, once.iter().filter(|one| *one.person() == person).count());
}

#[test]
fn one_line_is_held_at_a_time() {
    // More than memory would hold: the first lines are read before the input goes on.
    let endless = BufReader::new(std::io::repeat(b'x'));
    let line = good(1).remove(0) + "\n";
    let rubrics = rubrics();
    let mut lines = rubrics.read_assessments(line.as_bytes().chain(endless));
    assert!(lines.next().unwrap().is_ok());
    assert_eq!(lines.line(), 1);
}

#[test]
fn what_was_read_is_written_as_it_stood() {
    let rubrics = rubrics();
    let read: Vec<_> = rubrics.read_assessments(file("assessments.ndjson").as_bytes()).map(Result::unwrap).collect();
    let mut written = Vec::new();
    write_lines(&mut written, &read).unwrap();
    assert!(written == file("assessments.ndjson").as_bytes());
}
