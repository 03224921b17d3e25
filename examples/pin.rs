//! Prints the pin of a rubric, which every assessment has to carry: its id and version, and two fingerprints.
//!
//! ```sh
//! cargo run --example pin                                        # of the built-in rubrics, one for each channel
//! cargo run --example pin -- schemas/v0/examples/valid/rubric.json
//! cargo run --example pin -- examples/data/rubrics.ndjson        # of many, a line each
//! ```
//!
//! `docs/schemas.md` shows how to compute it in other languages.

#[expect(dead_code, reason = "other examples need the rest")]
mod common;

use std::process::ExitCode;

use common::Failure;
use common::arguments::Arguments;
use common::files::read;
use common::output::say;
use serde::de::IgnoredAny;
use service_excellence::{Framework, Rubric};

const HELP: &str = "\
pin [FILE]

Prints the pin of each rubric in a file, one JSON document a line: copy it into
the member `rubric` of your assessments. Without a file it prints the pins of
the built-in rubrics, one for each channel.

FILE holds one rubric, or several one after the other; `-` is standard input.
";

fn main() -> ExitCode {
    common::run(HELP, program)
}

fn program(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.last()? {
        Some(path) => pins_of_file(&path)?,
        None => pins_of_builtin()?,
    }
    Ok(ExitCode::SUCCESS)
}

fn pins_of_builtin() -> Result<(), Failure> {
    let framework = Framework::builtin();
    for channel in framework.channels() {
        print_pin(&Rubric::for_channel(framework, channel.key.as_str())?)?;
    }
    Ok(())
}

fn pins_of_file(path: &str) -> Result<(), Failure> {
    let text = read(path)?;
    let mut documents = serde_json::Deserializer::from_str(&text).into_iter::<IgnoredAny>();
    let mut count = 0;
    let mut start = 0;
    while let Some(document) = documents.next() {
        count += 1;
        document.map_err(|error| format!("{path}: expected JSON, found {error}"))?;
        let end = documents.byte_offset();
        let one = text.get(start..end).unwrap_or_default();
        print_pin(&Rubric::from_json(one).map_err(|faults| format!("{path}: document {count}: {faults}"))?)?;
        start = end;
    }
    if count == 0 { Err(format!("{path}: expected a rubric, found nothing").into()) } else { Ok(()) }
}

fn print_pin(rubric: &Rubric) -> Result<(), Failure> {
    say!("{}", serde_json::to_string(rubric.pin())?);
    Ok(())
}
