//! One person over half a year: each month's mean with its interval, and what changed from the first quarter to the
//! second.
//!
//! `cargo run --release --example person_over_time` uses the synthetic sample data. A window of 84 days is chosen, so that
//! the half year holds two that share no day; months are shown with a window of 30.

#[expect(dead_code, reason = "other examples need the rest")]
mod common;

use std::process::ExitCode;

use common::Failure;
use common::arguments::Arguments;
use common::files::Data;
use common::nearest::known;
use common::output::tell;
use service_excellence::profile::{ChangeVerdict, CriterionProfile, LevelGap, MeasuredChange};
use service_excellence::statistics::{ConfidenceLevel, Undefined};
use service_excellence::{
    CriterionStanding, Day, EvidencePolicy, Framework, Profile, Profiler, Reference, RoleLibrary, Skill, SkillStanding,
    Trend, UncertaintyModel,
};

const HELP: &str = "\
person_over_time [OPTIONS]

Shows one person over half a year: the mean of each month, and what changed
from one quarter to the next. Without options it reads the sample data.

  --person REFERENCE    whose development to show (agent-05)
  --role KEY            the role whose evidence rules apply (frontline_agent)
  --earlier YYYY-MM-DD  the last day of the earlier quarter (2026-04-01)
  --later YYYY-MM-DD    the last day of the later quarter (2026-07-03)
Files; - is standard input
  --rubrics FILE      rubrics, one JSON document a line
  --assessments FILE  assessments, one JSON document a line
";

fn main() -> ExitCode {
    common::run(HELP, program)
}

fn program(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let person: Reference = arguments.option("--person")?.map_or_else(|| "agent-05".parse(), Ok)?;
    let role = arguments.option("--role")?.unwrap_or_else(|| "frontline_agent".to_owned());
    let earlier: Day = arguments.option("--earlier")?.map_or_else(|| "2026-04-01".parse(), Ok)?;
    let later: Day = arguments.option("--later")?.map_or_else(|| "2026-07-03".parse(), Ok)?;
    let files = Data::files(&mut arguments)?;
    arguments.none()?;
    let data = Data::read(&files)?;
    data.expect_person(&person)?;
    let (rubric, assessments) = (data.first_rubric()?, &data.assessments);
    let roles = RoleLibrary::builtin();
    let role = known("role", &role, roles.roles().iter().map(|role| &role.key), |key| roles.role(key))?;
    let with_window = |days: u16| -> Result<Profiler, Failure> {
        let mut policy = EvidencePolicy::of(Framework::builtin());
        policy.window_days = days.try_into()?;
        Ok(Profiler::new(rubric, policy).for_role(role)?)
    };

    let quarter = with_window(84)?;
    // From everybody's ratings: how far persons, raters and occasions differ.
    let whole = with_window(180)?;
    let model = whole.estimate_uncertainty(assessments, later, ConfidenceLevel::NINETY);
    tell(&format!("{person} over half a year; means on the scale from 1 to 5, with 90 % intervals."));
    tell(&format!(
        "Variances were estimated from everyone's ratings, for {} of 24 criteria.\n",
        24 - model.not_estimated().len()
    ));

    let month = with_window(30)?.with_uncertainty(model.clone());
    let days: Vec<Day> = (0..6).map(|back| later.plus_days(-30 * (5 - back))).collect();
    let profiles: Vec<Profile> = days.iter().map(|day| month.profile(&person, assessments, *day)).collect();
    print_months(&days, &profiles);

    let quarter = quarter.with_uncertainty(model.clone());
    let trend = quarter.trend(&person, assessments, earlier, later)?;
    print_trend(&trend);
    print_needed(&model, &quarter.profile(&person, assessments, later))?;
    Ok(ExitCode::SUCCESS)
}

fn print_months(days: &[Day], profiles: &[Profile]) {
    tell("THIRTY DAYS UP TO");
    tell(&format!(
        "  {:<26} {}",
        "",
        days.iter().map(|day| format!("{:>7}", day.to_string().trim_start_matches("2026-"))).collect::<String>()
    ));
    for skill in Skill::ALL {
        let means: Vec<Option<f64>> = profiles.iter().map(|profile| mean(profile.skills()[*skill])).collect();
        let shown = means.iter().map(|mean| mean.map_or("      -".to_owned(), |mean| format!("{mean:>7.1}")));
        tell(&format!("  {:<26} {}   {}", skill.name(), shown.collect::<String>(), sparkline(&means)));
    }
}

fn mean(standing: SkillStanding) -> Option<f64> {
    match standing {
        SkillStanding::Rated { estimate, .. } => Some(level(estimate.value())),
        SkillStanding::InsufficientEvidence { .. } | SkillStanding::NotApplicable {} => None,
    }
}

/// A score on the scale from 1 to 5.
fn level(score: f64) -> f64 {
    1.0 + 4.0 * score
}

/// One bar for each mean from 1 to 5; a dot where there is none.
fn sparkline(means: &[Option<f64>]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let bar = |mean: &Option<f64>| {
        let height = |mean: f64| ((mean - 1.0) / 4.0 * 7.0).round().clamp(0.0, 7.0) as usize;
        mean.and_then(|mean| BARS.get(height(mean))).copied().unwrap_or('·')
    };
    means.iter().map(bar).collect()
}

fn print_trend(trend: &Trend) {
    tell(&format!("\nFROM THE 84 DAYS UP TO {} TO THE 84 DAYS UP TO {}\n", trend.earlier(), trend.later()));
    for (skill, change) in trend.skills().iter() {
        print_change(skill.name(), change);
    }
    print_change("all skills together", &trend.overall());
    let count = |verdict: ChangeVerdict| {
        let changes = trend.criteria().iter().filter_map(|one| one.change.ok());
        changes.filter(|change| change.verdict() == verdict).count()
    };
    tell(&format!(
        "\n  Of {} criteria {} rose, {} fell and {} show no change. If nothing had changed, about two would still look \
         changed by chance.",
        trend.criteria().len(),
        count(ChangeVerdict::Rose),
        count(ChangeVerdict::Fell),
        count(ChangeVerdict::NotShown),
    ));
}

fn print_change(name: &str, change: &Result<MeasuredChange, Undefined>) {
    let change = match change {
        Ok(change) => change,
        Err(reason) => {
            tell(&format!("  {name:<26} no comparison: {reason}"));
            return;
        }
    };
    let (earlier, later, difference) = (change.earlier().value(), change.later().value(), change.difference());
    let interval = difference
        .interval()
        .map_or(String::new(), |interval| format!("{:+.2} to {:+.2}", 4.0 * interval.lower(), 4.0 * interval.upper()));
    tell(&format!(
        "  {name:<26} {:.2} to {:.2}, change {:+.2} ({interval})\n  {:<26} shrunken {:+.2}, index {:.1}",
        level(earlier),
        level(later),
        4.0 * difference.value(),
        "",
        4.0 * change.from_expected().map_or(0.0, service_excellence::statistics::Estimate::value),
        change.index(),
    ));
    tell(&format!("  {:<26} {}", "", change.verdict().in_words()));
}

/// What it takes to know the least certain criterion to within one level.
fn print_needed(model: &UncertaintyModel, profile: &Profile) -> Result<(), Failure> {
    let width = |found: &&CriterionProfile| match found.standing {
        CriterionStanding::Rated { estimate, .. } => estimate.interval().map_or(0.0, |interval| interval.width()),
        _ => 0.0,
    };
    let Some(widest) = profile.criteria().iter().max_by(|one, other| width(one).total_cmp(&width(other))) else {
        return Ok(());
    };
    tell("\nHOW MANY MORE OBSERVATIONS?\n");
    tell(&format!(
        "  The least certain criterion is {}, whose interval is {:.2} levels wide.",
        widest.criterion,
        4.0 * width(&widest)
    ));
    for raters in [1_u16, 3, 6] {
        let needed = model.more_observations(widest, LevelGap::try_from(1.0)?, raters.try_into()?);
        let needed = match needed {
            Ok(count) => format!("{count} more"),
            Err(Undefined::TooFewRaters { needed, .. }) => {
                format!("no number is enough, since raters differ; it takes at least {needed} raters")
            }
            Err(reason) => format!("no number is enough: {reason}"),
        };
        let raters = if raters == 1 { "1 rater".to_owned() } else { format!("{raters} raters") };
        tell(&format!("  To make it one level wide with all observations by {raters}: {needed}."));
    }
    Ok(())
}
