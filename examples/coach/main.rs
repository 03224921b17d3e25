//! The main job: from a person's assessments to a profile, an explanation, ranked gaps and a coaching plan.
//!
//! `cargo run --release --example coach` uses the synthetic sample data; `-- --json` prints one JSON document;
//! `-- --help` lists the options with which your own data is read.

mod half_page;
mod options;
mod plan_sheet;
mod standing;

use std::error::Error;
use std::fs;

use options::{HELP, Options, read_assessments, read_rubrics};
use service_excellence::profile::LevelGap;
use service_excellence::{
    ActivityLibrary, Assessment, EvidencePolicy, GapAnalysis, Planner, Profile, Profiler, RoleLibrary, Scorer, Skill,
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
    let skill = first_skill(&gaps);
    let explained = explain_newest_contact(&profile, &assessments, skill)?;

    if options.json {
        let whole = serde_json::json!({
            "profile": profile, "explanation": explained, "gap_analysis": gaps, "coaching_plan": plan,
        });
        println!("{}", serde_json::to_string_pretty(&whole)?);
    } else {
        println!("{}: {}, as known on {}", profile.person(), role.name, profile.as_of());
        half_page::print(&profile, &gaps, &plan, rubric);
        println!("\nTHE REST IS FOR THE COACH, AND FOR WHOEVER WANTS TO KNOW MORE");
        standing::print_profile(&profile, &gaps, role);
        standing::print_gaps(&gaps, &profile, rubric);
        println!("\nONE CONTACT, EXPLAINED FOR {}\n", skill.name().to_uppercase());
        println!(
            "  The latest one that counts. It is one contact; the gaps above rest on all of them.\n\n{}",
            explained.trim_end()
        );
        plan_sheet::print(&plan, rubric, &activities);
    }
    Ok(())
}

/// The skill of the most urgent gap.
fn first_skill(gaps: &GapAnalysis) -> Skill {
    gaps.criteria().iter().find(|one| one.gap > LevelGap::ZERO).map_or(Skill::Empathy, |first| first.skill)
}

/// The explanation of the newest contact that counts.
fn explain_newest_contact(
    profile: &Profile,
    assessments: &[Assessment],
    skill: Skill,
) -> Result<String, Box<dyn Error>> {
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
            Ok(heading + Scorer::new(newest.rubric()).explain(newest)?.skill(skill))
        }
        None => Ok("There is no contact to explain.\n".to_owned()),
    }
}
