//! The main job: from a person's assessments to a profile, an explanation, ranked gaps and a coaching plan.
//!
//! `cargo run --release --example coach` uses the synthetic sample data; `-- --json` prints one JSON document;
//! `-- --help` lists the options with which your own data is read.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;

use service_excellence::{
    ActivityLibrary, Assessment, AssessmentDocument, CoachingPlan, CostBand, Day, EvidencePolicy, GapAnalysis,
    GoalStatus, Level, LevelGap, PlanGuarantee, PlanLimits, Planner, Profile, Profiler, Reference, RoleLibrary,
    RoleProfile, Rubric, Scorer, Skill, SkillGap, SkillStanding, Verdict, WeekCount,
};

const HELP: &str = "\
Options (each has a default, which is the sample data):
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

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::from_arguments(std::env::args().skip(1))?;
    if options.help {
        println!("{HELP}");
        return Ok(());
    }
    let rubrics = read_rubrics(&options.rubrics)?;
    let assessments = read_assessments(&options.assessments, &rubrics)?;
    let roles = match &options.roles {
        Some(file) => RoleLibrary::from_json(&fs::read_to_string(file)?)?,
        None => RoleLibrary::builtin().clone(),
    };
    let role = roles.role(&options.role).ok_or_else(|| format!("`{}` is not one of the roles", options.role))?;
    let activities = match &options.activities {
        Some(file) => ActivityLibrary::from_json(&fs::read_to_string(file)?)?,
        None => ActivityLibrary::builtin().clone(),
    };

    // All channels share their criteria, so the first rubric can judge the whole person.
    let rubric = rubrics.first().ok_or("there is no rubric")?;
    let profiler = Profiler::new(rubric, EvidencePolicy::default()).for_role(role)?;
    let profile = profiler.profile(&options.person, &assessments, options.as_of);
    let gaps = GapAnalysis::of(&profile, rubric, role)?;
    let plan = Planner::new(rubric, &activities, options.limits)?.plan(&gaps)?;
    let explained = explain_weakest_skill(&profile, &assessments, &gaps)?;

    if options.json {
        let whole = serde_json::json!({
            "profile": profile, "explanation": explained, "gap_analysis": gaps, "coaching_plan": plan,
        });
        println!("{}", serde_json::to_string_pretty(&whole)?);
    } else {
        print_profile(&profile, &gaps, role);
        println!("\nTHE LATEST CONTACT, EXPLAINED FOR THE SKILL WITH THE LARGEST GAP\n\n{explained}");
        print_gaps(&gaps, rubric);
        print_plan(&plan, rubric, &activities);
    }
    Ok(())
}

/// What the command line asks for.
struct Options {
    help: bool,
    json: bool,
    rubrics: String,
    assessments: String,
    roles: Option<String>,
    activities: Option<String>,
    person: Reference,
    role: String,
    as_of: Day,
    limits: PlanLimits,
}

impl Options {
    fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data");
        let mut options = Self {
            help: false,
            json: false,
            rubrics: format!("{data}/rubrics.ndjson"),
            assessments: format!("{data}/assessments.ndjson"),
            roles: None,
            activities: None,
            person: "agent-07".parse()?,
            role: "frontline_agent".to_owned(),
            as_of: "2026-07-03".parse()?,
            limits: PlanLimits {
                start: "2026-07-06".parse()?,
                weeks: 12.try_into()?,
                minutes_per_week: 60.try_into()?,
                minutes_in_total: None,
                highest_cost: CostBand::Low,
                completed: Vec::new(),
            },
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` needs a value"));
            match argument.as_str() {
                "--help" => options.help = true,
                "--json" => options.json = true,
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

fn read_rubrics(file: &str) -> Result<Vec<Rubric>, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| Rubric::from_json(line).map_err(|faults| at(file, index, &faults)))
        .collect::<Result<_, _>>()
}

fn read_assessments(file: &str, rubrics: &[Rubric]) -> Result<Vec<Assessment>, Box<dyn Error>> {
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

/// The explanation of the newest contact that counts, for the skill farthest below its target.
fn explain_weakest_skill(
    profile: &Profile,
    assessments: &[Assessment],
    gaps: &GapAnalysis,
) -> Result<String, Box<dyn Error>> {
    let size = |gap: &SkillGap| match gap {
        SkillGap::Assessed { to_full_level, .. } => *to_full_level,
        _ => LevelGap::ZERO,
    };
    let weakest = gaps.skills().iter().max_by_key(|(_, gap)| size(gap)).map_or(Skill::Empathy, |(skill, _)| skill);
    let left_out: Vec<_> =
        profile.exclusions().iter().filter(|one| one.criterion.is_none()).map(|one| &one.assessment).collect();
    let newest = assessments
        .iter()
        .filter(|one| one.document().person() == profile.person() && one.document().basis().is_real_work())
        .filter(|one| !left_out.contains(&one.document().id()))
        .max_by_key(|one| (one.document().observed(), one.document().id()));
    match newest {
        Some(newest) => {
            let heading = format!("{} of {}\n", newest.document().id(), newest.document().observed());
            Ok(heading + Scorer::new(newest.rubric()).explain(newest)?.skill(weakest))
        }
        None => Ok("There is no contact to explain.\n".to_owned()),
    }
}

fn print_profile(profile: &Profile, gaps: &GapAnalysis, role: &RoleProfile) {
    println!("{}: {}, as known on {}", profile.person(), role.name, profile.as_of());
    println!(
        "{} assessments count since {}; {} entries do not count (own ratings, practice beyond its share, …).",
        profile.assessments(),
        profile.window_start(),
        profile.exclusions().len(),
    );
    let has_gaps = gaps.criteria().iter().any(|one| one.gap > LevelGap::ZERO);
    let verdict = match gaps.verdict() {
        Verdict::MeetsTarget if has_gaps => "every skill is where the role asks for it; single criteria are below",
        Verdict::MeetsTarget => "everything the role asks for is met",
        Verdict::BelowTarget => "something is below what the role asks for",
        Verdict::InsufficientEvidence => "not yet to be judged: too little was seen",
    };
    println!("\nWHERE THE PERSON STANDS: {verdict}\n");
    println!("  {:<26} {:>6} {:>6} {:>7} {:>6}  evidence", "skill", "value", "level", "target", "gap");
    for (skill, standing) in profile.skills().iter() {
        print_skill(skill, *standing, gaps.skills()[skill], role.target_levels[skill]);
    }
    for concern in profile.open_concerns() {
        println!("\n  OPEN CRITICAL CONCERN since {} in {}.", concern.observed, concern.target.name());
    }
}

fn print_skill(skill: Skill, standing: SkillStanding, gap: SkillGap, target: Level) {
    match (standing, gap) {
        (SkillStanding::Rated { score, level, confidence, .. }, SkillGap::Assessed { gap, .. }) => println!(
            "  {:<26} {:>6} {:>6} {:>7} {:>6}  {confidence} confidence",
            skill.name(),
            score.on_level_scale(2),
            level,
            target,
            gap.show(2),
        ),
        (SkillStanding::InsufficientEvidence { coverage }, _) => {
            println!("  {:<26} too little evidence ({} % covered)", skill.name(), coverage.percent(0));
        }
        _ => println!("  {:<26} does not apply", skill.name()),
    }
}

fn print_gaps(gaps: &GapAnalysis, rubric: &Rubric) {
    println!("GAPS, MOST URGENT FIRST\n");
    for (rank, gap) in gaps.criteria().iter().filter(|one| one.gap > LevelGap::ZERO).enumerate() {
        println!("  {}. {} (priority {})", rank + 1, name(rubric, gap.criterion.as_str()), gap.priority.show(4));
        gap.reasons.iter().for_each(|reason| println!("     {}", reason.text));
    }
}

fn print_plan(plan: &CoachingPlan, rubric: &Rubric, library: &ActivityLibrary) {
    let limits = plan.limits();
    println!(
        "\nTHE PLAN: {} weeks from {}, at most {} minutes a week\n\n  All gains below are planning assumptions, not \
         promises; new observations will tell.\n",
        limits.weeks, limits.start, limits.minutes_per_week
    );
    plan.notices().iter().for_each(|notice| println!("  First: {}", notice.text));
    let reached = plan.reached().percent(1);
    match plan.guarantee() {
        PlanGuarantee::Optimal {} => println!(
            "  It is assumed to reach {reached} % of what its goals need; no other choice or timing of the activities reaches more.\n"
        ),
        PlanGuarantee::Bounded { at_most } => println!(
            "  It is assumed to reach {reached} % of what its goals need; no plan reaches more than {} %.\n",
            at_most.percent(1)
        ),
    }
    for goal in plan.goals() {
        let status = match goal.status {
            GoalStatus::ReachesNextLevel => "assumed to be reached",
            GoalStatus::ReachesPart => "assumed to be reached in part",
            GoalStatus::NotPlanned => "nothing could be planned",
        };
        let why = goal.reasons.last().map_or("", |reason| reason.text.as_str());
        let criterion = name(rubric, goal.criterion.as_str());
        println!("  Goal: {criterion}, level {} to {}: {status}. {why}", goal.level, goal.next_level);
    }
    print_effort(plan);
    for week in 1..=limits.weeks.get() {
        let Ok(week) = WeekCount::new(week) else { continue };
        let sessions = plan.week(week);
        if sessions.is_empty() {
            continue;
        }
        println!("\n  Week {week} (from {})", limits.start.plus_days(7 * (i32::from(week.get()) - 1)));
        for (activity, session) in sessions {
            let number = activity.sessions.iter().position(|one| *one == session).map_or(1, |place| place + 1);
            println!(
                "    {:>3} min  {}, session {number} of {}",
                session.minutes,
                activity.name,
                activity.sessions.len()
            );
        }
    }
    println!("\n  Why these:");
    for activity in plan.activities() {
        for reason in &activity.reasons {
            println!("    {}: {}", activity.name, reason.text);
        }
    }
    println!("\n  What more room would be assumed to bring (now {reached} % of what the goals need):");
    for what_if in plan.what_if() {
        let reached = if what_if.reached > plan.reached() {
            format!("{} %", what_if.reached.percent(1))
        } else {
            "no more".to_owned()
        };
        println!("    {:<32} {reached}", what_if.change.as_str().replace('_', " "));
    }
    println!("\n  Considered and left out (all reasons are in --json):");
    let relevant = plan.omissions().iter().filter(|one| one.reason.code.as_str() != "touches_no_goal");
    for omission in relevant {
        let activity = library.activity(omission.activity.as_str());
        let name = activity.map_or_else(|| omission.activity.to_string(), |found| found.name.to_string());
        println!("    {name}: {}", omission.reason.text);
    }
}

/// What the plan asks of the person in all, so that both can tell whether it is doable.
fn print_effort(plan: &CoachingPlan) {
    let sessions: Vec<_> = plan.activities().iter().flat_map(|activity| &activity.sessions).collect();
    let minutes: u32 = sessions.iter().map(|session| session.minutes.get()).sum();
    let weeks: BTreeSet<_> = sessions.iter().map(|session| session.week).collect();
    println!(
        "\n  It takes {minutes} minutes in {} sessions, in {} of {} weeks.",
        sessions.len(),
        weeks.len(),
        plan.limits().weeks
    );
}

fn name(rubric: &Rubric, criterion: &str) -> String {
    rubric.criterion(criterion).map_or_else(|| criterion.to_owned(), |found| found.name.to_string())
}
