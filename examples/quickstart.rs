//! The smallest whole way: a rubric, one assessment, its scorecard, and the explanation in words.
//!
//! Run it with `cargo run --example quickstart`.

#[expect(dead_code, reason = "other examples need the rest")]
mod common;

use std::process::ExitCode;

use common::Failure;
use common::arguments::Arguments;
use common::output::say;
use service_excellence::framework::CriticalClass;
use service_excellence::{
    AssessmentBuilder, Key, Note, Rater, RaterKind, RubricBuilder, RubricCriterion, Score, Scorer, Skill,
};

const HELP: &str = "\
quickstart

Makes a rubric of three criteria, scores one assessment with it and explains
the score. It reads no file and has no options.
";

fn main() -> ExitCode {
    common::run(HELP, program)
}

fn program(arguments: Arguments) -> Result<ExitCode, Failure> {
    arguments.none()?;
    // How a call-back is judged: three criteria, one of them critical, 70 % passes.
    let keeps_data_safe: Key = "keeps_data_safe".parse()?;
    let rubric = RubricBuilder::new("callback_review".parse()?, "1.0.0".parse()?, "Call-back review".parse()?)
        .criterion(RubricCriterion::new(
            "listens_first".parse()?,
            Skill::CommunicationMastery,
            "Listens before solving".parse()?,
            50.try_into()?,
        ))
        .criterion(RubricCriterion::new(
            "says_what_happens_next".parse()?,
            Skill::CommunicationMastery,
            "Says what happens next".parse()?,
            30.try_into()?,
        ))
        .criterion(RubricCriterion::new(
            keeps_data_safe.clone(),
            Skill::TechSavviness,
            "Keeps data safe".parse()?,
            20.try_into()?,
        ))
        .critical(&keeps_data_safe, CriticalClass::Compliance)
        .threshold(Score::try_from(0.7)?)
        .build()?;

    // What one reviewer saw in one call.
    let reviewer = Rater { id: "reviewer-1".parse()?, kind: RaterKind::QualityReviewer };
    let assessment =
        AssessmentBuilder::new(&rubric, "call-1".parse()?, "agent-7".parse()?, reviewer, "2026-03-02".parse()?)
            .rate("listens_first", 4)
            .rate("keeps_data_safe", 3)
            .not_observed("says_what_happens_next", Note::new("The line dropped before the end.")?)
            .submitted()
            .admit()?;

    // What it adds up to, and why.
    let scorer = Scorer::new(&rubric);
    let scorecard = scorer.score(&assessment)?;
    say!("Outcome: {}", scorecard.outcome());
    say!("{}", scorer.explain(&assessment)?);
    Ok(ExitCode::SUCCESS)
}
