//! Writes the sample data: half a year of assessments in a contact centre that does not exist.
//!
//! All people, contacts and words are made up. The data depends on one seed only: no clock, no platform.
//!
//! ```sh
//! cargo run --example generate_sample_data [DIRECTORY]   # default: examples/data
//! ```

#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "other examples need the rest")]
pub(crate) mod common;
mod contact_centre;
mod people;
mod random;
mod wording;

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;
use std::process::ExitCode;

use common::Failure;
use common::arguments::Arguments;
use common::output::say;
use service_excellence::value::write_lines;
use service_excellence::{AssessmentDocument, Framework, Rubric};

const HELP: &str = "\
generate_sample_data [FOLDER]

Writes the synthetic sample data, half a year of assessments in a contact
centre that does not exist, as rubrics.ndjson and assessments.ndjson.

  FOLDER  where to write them (examples/data)
";

fn main() -> ExitCode {
    common::run(HELP, program)
}

fn program(arguments: Arguments) -> Result<ExitCode, Failure> {
    let folder = arguments.last()?.unwrap_or_else(|| "examples/data".to_owned());
    let sample = Sample::generate()?;
    let written = sample.write(Path::new(&folder));
    written.map_err(|error| format!("expected a folder that can be written to, found `{folder}`: {error}"))?;
    let (rubrics, assessments) = (sample.rubrics.len(), sample.assessments.len());
    say!("{rubrics} rubrics and {assessments} assessments");
    Ok(ExitCode::SUCCESS)
}

/// The rubric of each channel, and the assessments in the order in which they were entered.
pub(crate) struct Sample {
    pub(crate) rubrics: Vec<Rubric>,
    pub(crate) assessments: Vec<AssessmentDocument>,
}

impl Sample {
    /// Makes the sample; every assessment in it has been admitted to its rubric.
    pub(crate) fn generate() -> Result<Self, Failure> {
        let framework = Framework::builtin();
        let channels = framework.channels().iter();
        let rubrics: Vec<Rubric> =
            channels.map(|channel| Rubric::for_channel(framework, channel.key.as_str())).collect::<Result<_, _>>()?;
        let mut assessments = contact_centre::assessments(&rubrics)?;
        assessments.sort_by(|one, other| (one.entered(), one.id()).cmp(&(other.entered(), other.id())));
        Ok(Self { rubrics, assessments })
    }

    fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let create = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
        write_lines(create("rubrics.ndjson")?, &self.rubrics)?;
        write_lines(create("assessments.ndjson")?, &self.assessments)
    }
}
