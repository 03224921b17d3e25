//! What the command line asks for.

use service_excellence::{CostBand, Day, PlanLimits, Reference};

use super::common::Failure;
use super::common::arguments::Arguments;
use super::common::files::Data;

pub(crate) const HELP: &str = "\
coach [OPTIONS]

Shows a person where they stand and what comes next: one screen, from the
assessments in a file. Without options it reads the synthetic sample data.

What to show
  --full              everything else too: all gaps, the plan by week, prices
  --json              one JSON document instead of text
For whom
  --person REFERENCE  whom to coach (agent-07)
  --role KEY          the role to compare with (frontline_agent)
  --as-of YYYY-MM-DD  the day on which this is known (2026-07-03)
The plan
  --start YYYY-MM-DD  its first day (2026-07-06)
  --weeks NUMBER      how long it may be (12)
  --minutes NUMBER    the person's time in a week (60)
  --cost BAND         the dearest activities: none, low, medium or high (low)
Files; - is standard input
  --rubrics FILE      rubrics, one JSON document a line
  --assessments FILE  assessments, one JSON document a line
  --roles FILE        a role library in JSON
  --activities FILE   an activity library in JSON
";

/// What the command line asks for.
pub(crate) struct Options {
    pub(crate) full: bool,
    pub(crate) json: bool,
    pub(crate) person: Reference,
    pub(crate) role: String,
    pub(crate) as_of: Day,
    pub(crate) limits: PlanLimits,
    pub(crate) files: [String; 2],
    pub(crate) roles: Option<String>,
    pub(crate) activities: Option<String>,
}

impl Options {
    pub(crate) fn from(mut arguments: Arguments) -> Result<Self, Failure> {
        let mut limits = PlanLimits::new("2026-07-06".parse()?, 12.try_into()?, 60.try_into()?, CostBand::Low);
        limits.start = arguments.option("--start")?.unwrap_or(limits.start);
        limits.weeks = arguments.option("--weeks")?.unwrap_or(limits.weeks);
        limits.minutes_per_week = arguments.option("--minutes")?.unwrap_or(limits.minutes_per_week);
        limits.highest_cost = arguments.option("--cost")?.unwrap_or(limits.highest_cost);
        let options = Self {
            full: arguments.flag("--full"),
            json: arguments.flag("--json"),
            person: arguments.option("--person")?.map_or_else(|| "agent-07".parse(), Ok)?,
            role: arguments.option("--role")?.unwrap_or_else(|| "frontline_agent".to_owned()),
            as_of: arguments.option("--as-of")?.map_or_else(|| "2026-07-03".parse(), Ok)?,
            limits,
            files: Data::files(&mut arguments)?,
            roles: arguments.option("--roles")?,
            activities: arguments.option("--activities")?,
        };
        arguments.none()?;
        Ok(options)
    }
}
