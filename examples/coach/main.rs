//! The main job: from a person's assessments to a profile, an explanation, ranked gaps and a coaching plan.
//!
//! `cargo run --release --example coach` uses the synthetic sample data; `-- --json` prints one JSON document;
//! `-- --help` lists the options with which your own data is read.

mod options;
mod plan_sheet;
mod standing;

use std::error::Error;
use std::fs;

use options::{HELP, Options, read_assessments, read_rubrics};
use service_excellence::profile::LevelGap;
use service_excellence::{
    ActivityLibrary, Assessment, EvidencePolicy, GapAnalysis, Planner, Profile, Profiler, RoleLibrary, Scorer, Skill,
    SkillGap,
};

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
        standing::print_profile(&profile, &gaps, role);
        println!("\nTHE LATEST CONTACT, EXPLAINED FOR THE SKILL FARTHEST FROM ITS TARGET\n\n{explained}");
        standing::print_gaps(&gaps, rubric);
        plan_sheet::print(&plan, rubric, &activities);
    }
    Ok(())
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
