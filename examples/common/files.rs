//! Files by path, or standard input by `-`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::atomic::{AtomicBool, Ordering};

use service_excellence::{Assessment, Reference, Rubric, RubricSet};

use super::Failure;
use super::arguments::Arguments;
use super::nearest::nearest;

static STANDARD_INPUT_IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// Opens a file, or standard input for `-`.
pub(crate) fn open(path: &str) -> Result<Box<dyn BufRead>, Failure> {
    if path == "-" {
        if STANDARD_INPUT_IS_TAKEN.swap(true, Ordering::Relaxed) {
            return Err("expected `-` for one file, found it for two: standard input can be read once".into());
        }
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    Ok(Box::new(BufReader::new(file)))
}

/// The text of a file, or of standard input for `-`.
pub(crate) fn read(path: &str) -> Result<String, Failure> {
    let mut text = String::new();
    open(path)?.read_to_string(&mut text).map_err(|error| unreadable(path, &error))?;
    Ok(text)
}

fn unreadable(path: &str, error: &io::Error) -> Failure {
    format!("expected a file that can be read, found `{path}`: {error}").into()
}

/// The rubrics and assessments that most examples start from.
pub(crate) struct Data {
    pub(crate) rubrics: RubricSet,
    pub(crate) assessments: Vec<Assessment>,
}

impl Data {
    pub(crate) const RUBRICS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/rubrics.ndjson");
    pub(crate) const ASSESSMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/assessments.ndjson");

    /// Takes `--rubrics` and `--assessments`; without them it is the sample data that is read.
    pub(crate) fn files(arguments: &mut Arguments) -> Result<[String; 2], Failure> {
        let rubrics = arguments.option("--rubrics")?.unwrap_or_else(|| Self::RUBRICS.to_owned());
        Ok([rubrics, arguments.option("--assessments")?.unwrap_or_else(|| Self::ASSESSMENTS.to_owned())])
    }

    /// Reads both files; the first bad line ends it.
    pub(crate) fn read([rubrics, assessments]: &[String; 2]) -> Result<Self, Failure> {
        let set = RubricSet::read(open(rubrics)?).map_err(|error| format!("{rubrics}: {error}"))?;
        let read = set.read_assessments(open(assessments)?).collect::<Result<_, _>>();
        let admitted = read.map_err(|error| format!("{assessments}: {error}"))?;
        Ok(Self { rubrics: set, assessments: admitted })
    }

    /// All channels of a framework share their criteria, so the first rubric can judge a whole person.
    pub(crate) fn first_rubric(&self) -> Result<&Rubric, Failure> {
        self.rubrics.rubrics().first().ok_or_else(|| "expected at least one rubric, found none".into())
    }

    /// Refuses a person whom nobody has assessed, with the nearest names.
    pub(crate) fn expect_person(&self, person: &Reference) -> Result<(), Failure> {
        let mut people = self.assessments.iter().map(Assessment::person);
        if people.any(|one| one == person) {
            return Ok(());
        }
        Err(nearest("person who was assessed", person.as_str(), self.assessments.iter().map(Assessment::person)))
    }
}
