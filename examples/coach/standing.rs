//! Where a person stands and what is missing, in words.

use service_excellence::profile::{LevelGap, Verdict};
use service_excellence::{GapAnalysis, Level, Profile, RoleProfile, Rubric, Skill, SkillGap, SkillStanding};

pub(crate) fn print_profile(profile: &Profile, gaps: &GapAnalysis, role: &RoleProfile) {
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

pub(crate) fn print_gaps(gaps: &GapAnalysis, rubric: &Rubric) {
    println!("GAPS, MOST URGENT FIRST\n");
    println!(
        "  What is critical or a minimum of the role comes first; then what weighs more in the role, is farther below and\n  \
         is surer to be. Each says what was seen, and nothing about the person beyond that.\n"
    );
    for (rank, gap) in gaps.criteria().iter().filter(|one| one.gap > LevelGap::ZERO).enumerate() {
        println!("  {}. {}", rank + 1, name(rubric, gap.criterion.as_str()));
        gap.reasons.iter().for_each(|reason| println!("     {}", reason.text));
    }
}

/// A criterion as people call it.
pub(crate) fn name(rubric: &Rubric, criterion: &str) -> String {
    rubric.criterion(criterion).map_or_else(|| criterion.to_owned(), |found| found.name.to_string())
}
