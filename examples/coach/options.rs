//! What the command line asks for, and the files it names.

use std::error::Error;
use std::fs;

use service_excellence::{Assessment, AssessmentDocument, CostBand, Day, PlanLimits, Reference, Rubric};

pub(crate) const HELP: &str = "\
Options (each has a default, which is the sample data):
  --full                   print everything, not only the first screen
  --json                   print one JSON document instead of text
  --rubrics FILE           rubrics, one JSON document a line
  --assessments FILE       assessments, one JSON document a line
  --roles FILE             a role library in JSON
  --activities FILE        an activity library in JSON
  --person REFERENCE       whom to coach
  --role KEY               the role to compare with
  --as-of YYYY-MM-DD       the day on which this is known
  --start YYYY-MM-DD       the first day of the plan
  --weeks NUMBER           how long the plan may be
  --minutes-per-week NUMBER  the learner's time in a week
  --cost none|low|medium|high  the dearest activities allowed";

/// What the command line asks for.
pub(crate) struct Options {
    pub(crate) help: bool,
    pub(crate) json: bool,
    pub(crate) full: bool,
    pub(crate) rubrics: String,
    pub(crate) assessments: String,
    pub(crate) roles: Option<String>,
    pub(crate) activities: Option<String>,
    pub(crate) person: Reference,
    pub(crate) role: String,
    pub(crate) as_of: Day,
    pub(crate) limits: PlanLimits,
}

impl Options {
    pub(crate) fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data");
        let mut options = Self {
            help: false,
            json: false,
            full: false,
            rubrics: format!("{data}/rubrics.ndjson"),
            assessments: format!("{data}/assessments.ndjson"),
            roles: None,
            activities: None,
            person: "agent-07".parse()?,
            role: "frontline_agent".to_owned(),
            as_of: "2026-07-03".parse()?,
            limits: PlanLimits::new("2026-07-06".parse()?, 12.try_into()?, 60.try_into()?, CostBand::Low),
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` needs a value"));
            match argument.as_str() {
                "--help" => options.help = true,
                "--json" => options.json = true,
                "--full" => options.full = true,
                "--rubrics" => options.rubrics = value()?,
                "--assessments" => options.assessments = value()?,
                "--roles" => options.roles = Some(value()?),
                "--activities" => options.activities = Some(value()?),
                "--person" => options.person = value()?.parse()?,
                "--role" => options.role = value()?,
                "--as-of" => options.as_of = value()?.parse()?,
                "--start" => options.limits.start = value()?.parse()?,
                "--weeks" => options.limits.weeks = value()?.parse()?,
                "--minutes-per-week" => options.limits.minutes_per_week = value()?.parse()?,
                "--cost" => options.limits.highest_cost = value()?.parse()?,
                _ => return Err(format!("`{argument}` is not an option\n{HELP}").into()),
            }
        }
        Ok(options)
    }
}

pub(crate) fn read_rubrics(file: &str) -> Result<Vec<Rubric>, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| Rubric::from_json(line).map_err(|faults| at(file, index, &faults)))
        .collect::<Result<_, _>>()
}

pub(crate) fn read_assessments(file: &str, rubrics: &[Rubric]) -> Result<Vec<Assessment>, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            let document = AssessmentDocument::from_json(line).map_err(|faults| at(file, index, &faults))?;
            let pin = document.rubric();
            let found = rubrics.iter().find(|rubric| rubric.pin().is_same_form(pin));
            let rubric = found.ok_or_else(|| at(file, index, &format!("no rubric `{pin}` was read")))?;
            rubric.admit(document).map_err(|faults| at(file, index, &faults))
        })
        .collect()
}

fn at(file: &str, index: usize, what: &dyn std::fmt::Display) -> Box<dyn Error> {
    format!("{file}, line {}: {what}", index + 1).into()
}
