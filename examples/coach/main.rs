//! The main job: from a person's assessments to a page that says where they stand and what comes next.
//!
//! `cargo run --release --example coach` uses the synthetic sample data; `-- --full` adds everything else, `-- --json`
//! prints one JSON document; `-- --help` lists the options with which your own data is read.

#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "other examples need the rest")]
mod common;
mod options;

use std::process::ExitCode;

use common::Failure;
use common::arguments::Arguments;
use common::files::{Data, read};
use common::nearest::known;
use common::output::say;
use options::{HELP, Options};
use service_excellence::coaching::PlanDetails;
use service_excellence::profile::LevelGap;
use service_excellence::{
    ActivityLibrary, Assessment, EvidencePolicy, GapAnalysis, PlanPage, PlanSummary, Planner, Profile, ProfileError,
    Profiler, RoleLibrary, Scorer, Skill,
};

fn main() -> ExitCode {
    common::run(HELP, program)
}

fn program(arguments: Arguments) -> Result<ExitCode, Failure> {
    let options = Options::from(arguments)?;
    let data = Data::read(&options.files)?;
    data.expect_person(&options.person)?;
    let roles = match &options.roles {
        Some(file) => RoleLibrary::from_json(&read(file)?).map_err(|faults| format!("{file}: {faults}"))?,
        None => RoleLibrary::builtin().clone(),
    };
    let keys = roles.roles().iter().map(|role| &role.key);
    let role = known("role", &options.role, keys, |key| roles.role(key))?;
    let activities = match &options.activities {
        Some(file) => ActivityLibrary::from_json(&read(file)?).map_err(|faults| format!("{file}: {faults}"))?,
        None => ActivityLibrary::builtin().clone(),
    };

    // All channels share their criteria, so the first rubric can judge the whole person.
    let (rubric, assessments) = (data.first_rubric()?, &data.assessments);
    let profiler = Profiler::new(rubric, EvidencePolicy::default());
    let with_role = match profiler.clone().for_role(role) {
        Ok(with_role) => with_role,
        Err(ProfileError::Role(faults)) => {
            let profile = profiler.profile(&options.person, assessments, options.as_of);
            let summary = PlanSummary::of_role_mismatch(&profile, role, &faults);
            if options.json {
                say!("{}", serde_json::to_string_pretty(&serde_json::json!({ "summary": summary }))?);
            } else {
                say!("{}", summary.to_string().trim_end());
            }
            return Ok(ExitCode::SUCCESS);
        }
        Err(error) => return Err(error.into()),
    };
    let profile = with_role.profile(&options.person, assessments, options.as_of);
    let gaps = GapAnalysis::of(&profile, rubric, role)?;
    let plan = Planner::new(rubric, &activities, options.limits)?.plan(&gaps)?;
    let next_roles = role.next_roles.iter().filter_map(|key| roles.role(key.as_str()));
    let page = PlanPage::new(&profile, &gaps, &plan, rubric, role, &activities)?.with_next_roles(next_roles);
    let explained = explain_newest_contact(&profile, assessments, first_skill(&gaps))?;

    let summary = page.summary();
    if options.json {
        let whole = serde_json::json!({
            "summary": summary, "profile": profile, "gap_analysis": gaps, "coaching_plan": plan, "explanation": explained,
        });
        say!("{}", serde_json::to_string_pretty(&whole)?);
    } else {
        say!("{}", summary.to_string().trim_end());
        if options.full {
            let details = PlanDetails::of(&page);
            let details = explained.iter().fold(details, |details, text| details.with_explanation(text));
            say!("\n{}", details.to_string().trim_end());
        }
    }
    Ok(ExitCode::SUCCESS)
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
) -> Result<Option<String>, Failure> {
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
