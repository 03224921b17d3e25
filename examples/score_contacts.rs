//! Scores assessments from a file or a pipe, one JSON document per line, to one scorecard per line.
//!
//! ```sh
//! cargo run --example score_contacts                                  # the sample data
//! cargo run --example score_contacts -- contacts.ndjson > scorecards.ndjson
//! zcat contacts.ndjson.gz | cargo run --example score_contacts -- --rubrics rubrics.ndjson -
//! ```
//!
//! A bad line goes to standard error with its number, the place in the document and what is allowed there; the good
//! ones are all scored. The exit code is 2 when any line was bad. One line is held at a time.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::process::ExitCode;

use service_excellence::{AssessmentDocument, Faults, Rubric, Scorecard, Scorer};

/// A longer line is reported and passed over.
pub(crate) const MAX_LINE: usize = 4 * 1024 * 1024;

const SAMPLE_ASSESSMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/assessments.ndjson");
const SAMPLE_RUBRICS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/rubrics.ndjson");

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let (mut assessments, mut rubrics) = (SAMPLE_ASSESSMENTS.to_owned(), SAMPLE_RUBRICS.to_owned());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--rubrics" => rubrics = arguments.next().ok_or("`--rubrics` needs a file")?,
            option if option.starts_with("--") => return Err(format!("`{option}`: allowed is `--rubrics FILE`").into()),
            _ => assessments = argument,
        }
    }
    let scorers = read_scorers(open(&rubrics)?)?;
    let output = BufWriter::new(io::stdout().lock());
    match run(open(&assessments)?, output, io::stderr().lock(), &scorers) {
        Ok(summary) => Ok(ExitCode::from(if summary.bad == 0 { 0 } else { 2 })),
        // Whoever reads the scorecards has seen enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.into()),
    }
}

fn open(path: &str) -> Result<Box<dyn BufRead>, Box<dyn Error>> {
    if path == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).map_err(|error| format!("{path}: {error}"))?;
    Ok(Box::new(BufReader::new(file)))
}

/// Reads one rubric per line and compiles it.
pub(crate) fn read_scorers(input: impl BufRead) -> Result<Vec<Scorer>, Box<dyn Error>> {
    let mut lines = Lines::new(input);
    let mut scorers = Vec::new();
    while let Some(line) = lines.next()? {
        let rubric = text_of(line).and_then(|text| Rubric::from_json(text).map_err(all_of));
        let rubric = rubric.map_err(|faults| format!("rubrics, line {}: {}", lines.number, faults.join("; ")))?;
        scorers.push(Scorer::new(&rubric));
    }
    Ok(scorers)
}

/// How many lines were scored, and how many were bad.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) scored: u64,
    pub(crate) bad: u64,
}

/// Scores every line of `input`; only a failing input or output ends it early.
pub(crate) fn run(
    input: impl BufRead,
    mut output: impl Write,
    mut errors: impl Write,
    scorers: &[Scorer],
) -> io::Result<Summary> {
    let mut lines = Lines::new(input);
    let mut summary = Summary { scored: 0, bad: 0 };
    while let Some(line) = lines.next()? {
        match text_of(line).and_then(|text| score(text, scorers)) {
            Ok(scorecard) => {
                serde_json::to_writer(&mut output, &scorecard)?;
                output.write_all(b"\n")?;
                summary.scored += 1;
            }
            Err(faults) => {
                summary.bad += 1;
                for fault in faults {
                    // A report that nobody can read must not stop the scoring.
                    let _ = writeln!(errors, "line {}: {}", lines.number, on_one_line(&fault));
                }
            }
        }
    }
    output.flush()?;
    Ok(summary)
}

/// Scores one assessment, or says everything that is wrong with it.
fn score(text: &str, scorers: &[Scorer]) -> Result<Scorecard, Vec<String>> {
    let document = AssessmentDocument::from_json(text).map_err(all_of)?;
    let pin = document.rubric();
    let Some(scorer) = scorers.iter().find(|one| one.rubric().pin().is_same_form(pin)) else {
        let known: Vec<_> = scorers.iter().map(|one| format!("`{}`", one.rubric().pin())).collect();
        let known = known.join(", ");
        return Err(vec![format!("the assessment is for rubric `{pin}`: allowed is {known} (at `/rubric`)")]);
    };
    let assessment = scorer.rubric().admit(document).map_err(all_of)?;
    scorer.score(&assessment).map_err(|error| vec![error.to_string()])
}

fn all_of(faults: Faults) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

fn text_of(line: Line<'_>) -> Result<&str, Vec<String>> {
    match line {
        Line::Whole(bytes) => std::str::from_utf8(bytes).map_err(|error| vec![format!("not UTF-8: {error}")]),
        Line::TooLong => Err(vec![format!("a line of more than {MAX_LINE} bytes")]),
    }
}

/// Texts quoted from the input may hold line breaks.
fn on_one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

pub(crate) enum Line<'a> {
    Whole(&'a [u8]),
    TooLong,
}

/// Lines read into one buffer; blank ones are passed over, a byte order mark at the start too.
pub(crate) struct Lines<R> {
    input: R,
    pub(crate) buffer: Vec<u8>,
    pub(crate) number: u64,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(input: R) -> Self {
        Self { input, buffer: Vec::new(), number: 0 }
    }

    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        loop {
            self.buffer.clear();
            let limit = MAX_LINE as u64 + 1;
            if self.input.by_ref().take(limit).read_until(b'\n', &mut self.buffer)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            if self.buffer.len() > MAX_LINE && self.buffer.last() != Some(&b'\n') {
                self.input.skip_until(b'\n')?;
                return Ok(Some(Line::TooLong));
            }
            if self.number == 1 && self.buffer.starts_with(b"\xef\xbb\xbf") {
                self.buffer.drain(..3);
            }
            if !self.buffer.trim_ascii().is_empty() {
                return Ok(Some(Line::Whole(self.buffer.trim_ascii())));
            }
        }
    }
}
