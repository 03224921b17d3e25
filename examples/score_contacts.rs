//! Scores assessments from a file or a pipe, one JSON document per line, to one scorecard per line.
//!
//! ```sh
//! cargo run --example score_contacts                                  # the sample data
//! cargo run --example score_contacts -- contacts.ndjson > scorecards.ndjson
//! zcat contacts.ndjson.gz | cargo run --example score_contacts -- --rubrics rubrics.ndjson -
//! ```
//!
//! A bad line goes to standard error with its number, the place in the document and what was expected there; the good
//! ones are all scored. The exit code is 2 when any line was bad. One line is held at a time.

#[expect(dead_code, reason = "other examples need the rest")]
mod common;

use std::io::{self, BufWriter};
use std::process::ExitCode;

use common::arguments::Arguments;
use common::files::{Data, open};
use common::{Failure, complain};
use service_excellence::value::{LineError, write_lines};
use service_excellence::{Assessment, RubricSet, Scorecard, Scorer};

const HELP: &str = "\
score_contacts [OPTIONS] [FILE]

Scores assessments, one JSON document a line, and writes one scorecard a line.
Bad lines go to standard error; the others are all scored. The exit code is 2
when any line was bad. Without options it reads the sample data.

  FILE            assessments, one JSON document a line; - is standard input
                  (examples/data/assessments.ndjson)
  --rubrics FILE  rubrics, one JSON document a line
                  (examples/data/rubrics.ndjson)
";

fn main() -> ExitCode {
    common::run(HELP, program)
}

fn program(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let rubrics = arguments.option("--rubrics")?.unwrap_or_else(|| Data::RUBRICS.to_owned());
    let assessments = arguments.last()?.unwrap_or_else(|| Data::ASSESSMENTS.to_owned());
    let set = RubricSet::read(open(&rubrics)?).map_err(|error| format!("{rubrics}: {error}"))?;
    let scorers: Vec<Scorer> = set.rubrics().iter().map(Scorer::new).collect();

    let mut has_bad_lines = false;
    let lines = set.read_assessments(open(&assessments)?);
    let scorecards = lines.filter_map(|line| {
        let scored = line.map_err(|error| all_of(&error)).and_then(|assessment| score(&assessment, &scorers));
        has_bad_lines |= scored.is_err();
        scored.map_err(|complaints| complaints.iter().for_each(|one| complain(&one.replace('\n', " ")))).ok()
    });
    write_lines(BufWriter::new(io::stdout().lock()), scorecards)?;
    Ok(ExitCode::from(if has_bad_lines { 2 } else { 0 }))
}

fn score(assessment: &Assessment, scorers: &[Scorer]) -> Result<Scorecard, Vec<String>> {
    let is_its_own = |one: &&Scorer| one.rubric().pin().is_same_form(assessment.rubric().pin());
    let scorer = scorers.iter().find(is_its_own).ok_or_else(|| vec!["expected a scorer, found none".to_owned()])?;
    scorer.score(assessment).map_err(|error| vec![error.to_string()])
}

/// Each fault of a line for itself.
fn all_of(error: &LineError) -> Vec<String> {
    match error {
        LineError::Invalid { line, faults } => faults.iter().map(|fault| format!("line {line}: {fault}")).collect(),
        error => vec![error.to_string()],
    }
}
