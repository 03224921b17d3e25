//! Writes the sample data: half a year of assessments in a contact centre that does not exist.
//!
//! All people, contacts and words are made up. The data depends on one seed only: no clock, no platform.
//!
//! ```sh
//! cargo run --example generate_sample_data [DIRECTORY]   # default: examples/data
//! ```

mod contact_centre;
mod people;
mod random;
mod wording;

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use serde::Serialize;
use service_excellence::{AssessmentDocument, Framework, Rubric};

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("examples/data"), PathBuf::from);
    let sample = Sample::generate()?;
    fs::create_dir_all(&directory)?;
    fs::write(directory.join("rubrics.ndjson"), to_ndjson(&sample.rubrics)?)?;
    fs::write(directory.join("assessments.ndjson"), to_ndjson(&sample.assessments)?)?;
    println!("{} rubrics and {} assessments", sample.rubrics.len(), sample.assessments.len());
    Ok(())
}

/// The rubric of each channel, and the assessments in the order in which they were entered.
pub(crate) struct Sample {
    pub(crate) rubrics: Vec<Rubric>,
    pub(crate) assessments: Vec<AssessmentDocument>,
}

impl Sample {
    /// Makes the sample; every assessment in it has been admitted to its rubric.
    pub(crate) fn generate() -> Result<Self, Box<dyn Error>> {
        let framework = Framework::builtin();
        let channels = framework.channels().iter();
        let rubrics: Vec<Rubric> =
            channels.map(|channel| Rubric::for_channel(framework, channel.key.as_str())).collect::<Result<_, _>>()?;
        let mut assessments = contact_centre::assessments(&rubrics)?;
        assessments.sort_by(|one, other| (one.entered(), one.id()).cmp(&(other.entered(), other.id())));
        Ok(Self { rubrics, assessments })
    }
}

/// One JSON document per line.
pub(crate) fn to_ndjson(documents: &[impl Serialize]) -> Result<String, Box<dyn Error>> {
    let lines = documents.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
    Ok(lines.join("\n") + "\n")
}
