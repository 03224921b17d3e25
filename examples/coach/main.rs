//! The main job: from a person's assessments to a page that says where they stand and what comes next.
//!
//! `cargo run --release --example coach` uses the synthetic sample data; `-- --full` adds everything else, `-- --json`
//! prints one JSON document; `-- --help` lists the options with which your own data is read.

mod options;

use std::error::Error;
use std::fs;

use options::{HELP, Options, read_assessments, read_rubrics};
use service_excellence::coaching::PlanDetails;
use service_excellence::profile::LevelGap;
use service_excellence::{
    ActivityLibrary, Assessment, EvidencePolicy, GapAnalysis, PlanPage, PlanSummary, Planner, Profile, ProfileError,
    Profiler, RoleLibrary, Scorer, Skill,
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
    let profiler = Profiler::new(rubric, EvidencePolicy::default());
    let with_role = match profiler.clone().for_role(role) {
        Ok(with_role) => with_role,
        Err(ProfileError::Role(faults)) => {
            let profile = profiler.profile(&options.person, &assessments, options.as_of);
            let summary = PlanSummary::of_role_mismatch(&profile, role, &faults);
            if options.json {
                println!("{}", serde_json::to_string_pretty(&serde_json::json!({ "summary": summary }))?);
            } else {
                print!("{summary}");
            }
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    let profile = with_role.profile(&options.person, &assessments, options.as_of);
    let gaps = GapAnalysis::of(&profile, rubric, role)?;
    let plan = Planner::new(rubric, &activities, options.limits)?.plan(&gaps)?;
    let next_roles = role.next_roles.iter().filter_map(|key| roles.role(key.as_str()));
    let page = PlanPage::new(&profile, &gaps, &plan, rubric, role, &activities)?.with_next_roles(next_roles);
    let explained = explain_newest_contact(&profile, &assessments, first_skill(&gaps))?;

    let summary = page.summary();
    if options.json {
        let whole = serde_json::json!({
            "summary": summary, "profile": profile, "gap_analysis": gaps, "coaching_plan": plan, "explanation": explained,
        });
        println!("{}", serde_json::to_string_pretty(&whole)?);
    } else {
        print!("{summary}");
        if options.full {
            let details = PlanDetails::of(&page);
            let details = explained.iter().fold(details, |details, text| details.with_explanation(text));
            print!("\n{details}");
        }
    }
    Ok(())
}

/// The skill of the most urgent gap.
fn first_skill(gaps: &GapAnalysis) -> Skill {
    gaps.criteria().iter().find(|one| one.gap > LevelGap::ZERO).map_or(Skill::Empathy, |first| first.skill)
}

/// The explanation of the newest contact that counts, if there is one.
fn explain_newest_contact(
    profile: &Profile,
    assessments: &[Assessment],
    skill: Skill,
) -> Result<Option<String>, Box<dyn Error>> {
    let left_out: Vec<_> =
        profile.exclusions().iter().filter(|one| one.criterion.is_none()).map(|one| &one.assessment).collect();
    let newest = assessments
        .iter()
        .filter(|one| one.document().person() == profile.person() && one.document().basis().is_real_work())
        .filter(|one| !left_out.contains(&one.document().id()))
        .max_by_key(|one| (one.document().observed(), one.document().id()));
    let Some(newest) = newest else { return Ok(None) };
    let heading = format!("{} of {}\n", newest.document().id(), newest.document().observed());
    Ok(Some(heading + Scorer::new(newest.rubric()).explain(newest)?.skill(skill)))
}
