//! One person over half a year: each month's mean with its interval, and what changed from the first quarter to the
//! second.
//!
//! `cargo run --release --example person_over_time` uses the synthetic sample data. A window of 84 days is chosen, so that
//! the half year holds two that share no day; months are shown with a window of 30.

use std::error::Error;
use std::fs;

use service_excellence::profile::{ChangeVerdict, CriterionProfile, LevelGap, MeasuredChange};
use service_excellence::statistics::{ConfidenceLevel, Undefined};
use service_excellence::{
    Assessment, AssessmentDocument, CriterionStanding, Day, EvidencePolicy, Framework, Profile, Profiler, Reference,
    RoleLibrary, Rubric, Skill, SkillStanding, Trend, UncertaintyModel,
};

const PERSON: &str = "agent-05";
const EARLIER: &str = "2026-04-01";
const LATER: &str = "2026-07-03";

fn main() -> Result<(), Box<dyn Error>> {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data");
    let rubrics: Vec<Rubric> = fs::read_to_string(format!("{data}/rubrics.ndjson"))?
        .lines()
        .map(Rubric::from_json)
        .collect::<Result<_, _>>()?;
    let assessments = read_assessments(&fs::read_to_string(format!("{data}/assessments.ndjson"))?, &rubrics)?;
    let (person, later): (Reference, Day) = (PERSON.parse()?, LATER.parse()?);
    let rubric = rubrics.first().ok_or("there is no rubric")?;
    let role = RoleLibrary::builtin().role("frontline_agent").ok_or("there is no such role")?;
    let with_window = |days: u16| -> Result<Profiler, Box<dyn Error>> {
        let mut policy = EvidencePolicy::of(Framework::builtin());
        policy.window_days = days.try_into()?;
        Ok(Profiler::new(rubric, policy).for_role(role)?)
    };

    let quarter = with_window(84)?;
    // From everybody's ratings: how far persons, raters and occasions differ.
    let whole = with_window(180)?;
    let model = whole.estimate_uncertainty(&assessments, later, ConfidenceLevel::NINETY);
    println!("{PERSON} over half a year; means on the scale from 1 to 5, with 90 % intervals.");
    println!("Variances estimated from everybody; {} of 24 criteria did not allow it.\n", model.not_estimated().len());

    let month = with_window(30)?.with_uncertainty(model.clone());
    let days: Vec<Day> = (0..6).map(|back| later.plus_days(-30 * (5 - back))).collect();
    let profiles: Vec<Profile> = days.iter().map(|day| month.profile(&person, &assessments, *day)).collect();
    print_months(&days, &profiles);

    let quarter = quarter.with_uncertainty(model.clone());
    let trend = quarter.trend(&person, &assessments, EARLIER.parse()?, later)?;
    print_trend(&trend);
    print_needed(&model, &quarter.profile(&person, &assessments, later))
}

fn read_assessments(text: &str, rubrics: &[Rubric]) -> Result<Vec<Assessment>, Box<dyn Error>> {
    let admit = |line: &str| -> Result<Assessment, Box<dyn Error>> {
        let document = AssessmentDocument::from_json(line)?;
        let rubric = rubrics.iter().find(|rubric| rubric.pin().is_same_form(document.rubric()));
        Ok(rubric.ok_or("an assessment of an unknown rubric")?.admit(document)?)
    };
    text.lines().map(admit).collect()
}

fn print_months(days: &[Day], profiles: &[Profile]) {
    println!("THIRTY DAYS UP TO");
    println!(
        "  {:<26} {}",
        "",
        days.iter().map(|day| format!("{:>7}", day.to_string().trim_start_matches("2026-"))).collect::<String>()
    );
    for skill in Skill::ALL {
        let means: Vec<Option<f64>> = profiles.iter().map(|profile| mean(profile.skills()[*skill])).collect();
        let shown = means.iter().map(|mean| mean.map_or("      -".to_owned(), |mean| format!("{mean:>7.1}")));
        println!("  {:<26} {}   {}", skill.name(), shown.collect::<String>(), sparkline(&means));
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
    println!("\nFROM THE 84 DAYS UP TO {} TO THE 84 DAYS UP TO {}\n", trend.earlier(), trend.later());
    for (skill, change) in trend.skills().iter() {
        print_change(skill.name(), change);
    }
    print_change("all skills together", &trend.overall());
    let count = |verdict: ChangeVerdict| {
        let changes = trend.criteria().iter().filter_map(|one| one.change.ok());
        changes.filter(|change| change.verdict() == verdict).count()
    };
    println!(
        "\n  Of {} criteria {} rose, {} fell, and of {} no change can be shown. Some two would seem to have changed by \
         chance\n  alone if nothing had.",
        trend.criteria().len(),
        count(ChangeVerdict::Rose),
        count(ChangeVerdict::Fell),
        count(ChangeVerdict::NotShown),
    );
}

fn print_change(name: &str, change: &Result<MeasuredChange, Undefined>) {
    let change = match change {
        Ok(change) => change,
        Err(reason) => {
            println!("  {name:<26} no comparison: {reason}");
            return;
        }
    };
    let (earlier, later, difference) = (change.earlier().value(), change.later().value(), change.difference());
    let interval = difference
        .interval()
        .map_or(String::new(), |interval| format!("{:+.2} to {:+.2}", 4.0 * interval.lower(), 4.0 * interval.upper()));
    println!(
        "  {name:<26} {:.2} to {:.2}, change {:+.2} ({interval}), shrunken {:+.2}, index {:.1}",
        level(earlier),
        level(later),
        4.0 * difference.value(),
        4.0 * change.from_expected().map_or(0.0, Estimate::value),
        change.index(),
    );
    println!("  {:<26} {}", "", change.verdict().in_words());
}

/// What it takes to know the least certain criterion to within one level.
fn print_needed(model: &UncertaintyModel, profile: &Profile) -> Result<(), Box<dyn Error>> {
    let width = |found: &&CriterionProfile| match found.standing {
        CriterionStanding::Rated { estimate, .. } => estimate.interval().map_or(0.0, |interval| interval.width()),
        _ => 0.0,
    };
    let Some(widest) = profile.criteria().iter().max_by(|one, other| width(one).total_cmp(&width(other))) else {
        return Ok(());
    };
    println!("\nHOW MANY MORE OBSERVATIONS?\n");
    println!(
        "  The least certain criterion is {}, whose interval is {:.2} levels wide.",
        widest.criterion,
        4.0 * width(&widest)
    );
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
        println!("  To make it one level wide with all observations by {raters}: {needed}.");
    }
    Ok(())
}
