//! The example `score_contacts` takes whatever stands in a file: it scores the good lines and names the bad ones.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::fs;
use std::io::{BufReader, Read};

use service_excellence::{AssessmentDocument, Scorecard, Scorer};

#[path = "../examples/score_contacts.rs"]
#[expect(dead_code, reason = "the example's `main` is not called here")]
mod example;

use example::{Line, Lines, MAX_LINE, Summary};

fn file(name: &str) -> String {
    fs::read_to_string(format!("{}/examples/data/{name}", concat!(env!("CARGO_MANIFEST_DIR"), "/.."))).unwrap()
}

fn scorers() -> Vec<Scorer> {
    example::read_scorers(file("rubrics.ndjson").as_bytes()).unwrap()
}

/// The first assessments of the sample.
fn good(count: usize) -> Vec<String> {
    file("assessments.ndjson").lines().take(count).map(str::to_owned).collect()
}

struct Ran {
    summary: Summary,
    scorecards: Vec<Scorecard>,
    errors: Vec<String>,
}

fn run(input: &[u8]) -> Ran {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    // A small read-ahead, so that lines cross its edge.
    let input = BufReader::with_capacity(61, input);
    let summary = example::run(input, &mut output, &mut errors, &scorers()).unwrap();
    let output = String::from_utf8(output).unwrap();
    let scorecards: Vec<_> = output.lines().map(|line| Scorecard::from_json(line).unwrap()).collect();
    assert_eq!(summary.scored, scorecards.len() as u64);
    let errors = String::from_utf8(errors).unwrap().lines().map(str::to_owned).collect();
    Ran { summary, scorecards, errors }
}

/// Runs two good lines with `bad` between them.
fn run_with(bad: &[u8]) -> Vec<String> {
    let good = good(2);
    let ran = run(&[good[0].as_bytes(), b"\n", bad, b"\n", good[1].as_bytes(), b"\n"].concat());
    assert_eq!(ran.summary, Summary { scored: 2, bad: 1 });
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
    assert_eq!(ran.summary, Summary { scored: file("assessments.ndjson").lines().count() as u64, bad: 0 });
    assert!(ran.errors.is_empty());
}

#[test]
fn line_ends_marks_and_blank_lines_do_not_matter() {
    let good = good(3);
    let plain = run((good.join("\n") + "\n").as_bytes());
    assert_eq!(plain.summary, Summary { scored: 3, bad: 0 });
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
        assert_eq!(run(empty.as_bytes()).summary, Summary { scored: 0, bad: 0 });
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
    let note = format!("\"step\":5}},\"note\":\"{}\"}}", "a".repeat(10 * 1024 * 1024));
    let errors = run_with(changed("\"step\":5}}", &note).as_bytes());
    assert_eq!(errors, [format!("line 2: a line of more than {MAX_LINE} bytes")]);
    let ran = run(&vec![b'x'; MAX_LINE + 1]);
    assert_eq!(ran.summary, Summary { scored: 0, bad: 1 });
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
    assert!(run_with(b"{\"id\":\"\xff\"}")[0].contains("not UTF-8"));
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
fn a_report_stays_on_one_line() {
    let errors = run_with(changed("\"channel\":", "\"one\\ntwo\\u001b[31m\":").as_bytes());
    assert_eq!(errors.len(), 1);
    assert!(errors[0].contains("one two"), "{errors:?}");
}

#[test]
fn the_buffer_does_not_grow_with_the_number_of_lines() {
    let line = good(1).remove(0) + "\n";
    let input = BufReader::new(std::io::repeat(b'\n').take(0)).chain(line.as_bytes());
    let mut lines = Lines::new(input);
    assert!(matches!(lines.next().unwrap(), Some(Line::Whole(_))));
    let after_one = lines.buffer.capacity();

    let many = line.repeat(5_000);
    let mut lines = Lines::new(many.as_bytes());
    while let Some(Line::Whole(_)) = lines.next().unwrap() {}
    assert_eq!(lines.number, 5_000);
    assert!(lines.buffer.capacity() <= after_one, "{} bytes after one line, {}", after_one, lines.buffer.capacity());

    let mut lines = Lines::new(BufReader::new(std::io::repeat(b'x').take(64 * 1024 * 1024)));
    assert!(matches!(lines.next().unwrap(), Some(Line::TooLong)));
    assert!(lines.next().unwrap().is_none());
    assert!(lines.buffer.capacity() <= 2 * MAX_LINE + 64, "{}", lines.buffer.capacity());
}

#[test]
fn a_closed_output_is_an_error_of_its_own_kind() {
    struct Closed;

    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let error = example::run(good(1)[0].as_bytes(), Closed, Vec::new(), &scorers()).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe);
    // A closed standard error does not stop the scoring.
    let mut output = Vec::new();
    let input = format!("{{}}\n{}\n", good(1)[0]);
    let summary = example::run(input.as_bytes(), &mut output, Closed, &scorers()).unwrap();
    assert_eq!(summary, Summary { scored: 1, bad: 1 });
}
