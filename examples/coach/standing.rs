//! Where a person stands and what is missing, in words.

use service_excellence::profile::{CriterionStanding, LevelGap, Verdict};
use service_excellence::{GapAnalysis, Level, Profile, RoleProfile, Rubric, Skill, SkillGap, SkillStanding};

pub(crate) fn print_profile(profile: &Profile, gaps: &GapAnalysis, role: &RoleProfile) {
    println!("\nWHERE THE PERSON STANDS\n");
    println!(
        "  {} assessments count since {}; {} entries do not count (own ratings, practice beyond its share, …).\n",
        profile.assessments(),
        profile.window_start(),
        profile.exclusions().len(),
    );
    println!("  {:<26} {:>6} {:>6} {:>7} {:>6}  evidence", "skill", "value", "level", "target", "gap");
    for (skill, standing) in profile.skills().iter() {
        print_skill(skill, *standing, gaps.skills()[skill], role.target_levels[skill]);
    }
    println!(
        "\n  The gap is counted to where the level asked for starts: 0.00 is there, even if the value is below its number."
    );
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

/// What the role asks for and is there, in a sentence.
pub(crate) fn verdict(gaps: &GapAnalysis) -> String {
    let parts = gaps.criteria().iter().filter(|one| one.gap > LevelGap::ZERO).count();
    match (gaps.verdict(), parts) {
        (Verdict::MeetsTarget, 0) => "Everything the role asks for is met.".to_owned(),
        (Verdict::MeetsTarget, 1) => {
            "All skills that the role asks for are met. One part of them is not yet; the plan is about it.".to_owned()
        }
        (Verdict::MeetsTarget, parts) => format!(
            "All skills that the role asks for are met. {parts} parts of them are not yet; the plan is about these."
        ),
        (Verdict::BelowTarget, _) => "Something is not yet where the role asks for it.".to_owned(),
        (Verdict::InsufficientEvidence, _) => "Too little was seen to say how everything stands.".to_owned(),
    }
}

/// Each gap with its reasons, but for those that the first half page gives for all gaps together.
pub(crate) fn print_gaps(gaps: &GapAnalysis, profile: &Profile, rubric: &Rubric) {
    println!("\nGAPS, MOST URGENT FIRST\n");
    println!(
        "  What is critical or a minimum of the role comes first; then what weighs more in the role, is farther below and\n  \
         is surer to be. Each says what was seen, and nothing about the person beyond that.\n"
    );
    let is_said_here = |code: &str| !["own_view_differs", "weight_and_evidence"].contains(&code);
    for (rank, gap) in gaps.criteria().iter().filter(|one| one.gap > LevelGap::ZERO).enumerate() {
        println!("  {}. {}", rank + 1, name(rubric, gap.criterion.as_str()));
        let reasons = gap.reasons.iter().filter(|reason| is_said_here(reason.code.as_str()));
        reasons.for_each(|reason| println!("     {}", reason.text));
        let standing = profile.criterion(gap.criterion.as_str()).map(|one| &one.standing);
        if let Some(CriterionStanding::Rated { observations, raters, .. }) = standing {
            println!("     It rests on {observations} observations by {raters} raters.");
        }
    }
}

/// A criterion as people call it.
pub(crate) fn name(rubric: &Rubric, criterion: &str) -> String {
    rubric.criterion(criterion).map_or_else(|| criterion.to_owned(), |found| found.name.to_string())
}
