//! Short ways to write values, rubrics and assessments, so that a test reads as the sentence that it proves.

#![expect(clippy::unwrap_used, reason = "a wrong constant in a test should stop the test")]

use service_excellence::assessment::Answer;
use service_excellence::framework::Basis;
use service_excellence::value::{Step, StepCount, Weight};
use service_excellence::{
    Assessment, AssessmentBuilder, Key, Note, Rater, RaterKind, Rubric, RubricBuilder, RubricCriterion, Score, Share,
    Skill, SkillMap,
};

pub(crate) fn key(text: &str) -> Key {
    text.parse().unwrap()
}

pub(crate) fn step(number: u8) -> Step {
    Step::new(number).unwrap()
}

pub(crate) fn weight(number: u16) -> Weight {
    Weight::new(number).unwrap()
}

pub(crate) fn score(decimal: f64) -> Score {
    Score::try_from(decimal).unwrap()
}

pub(crate) fn share(decimal: f64) -> Share {
    Share::try_from(decimal).unwrap()
}

pub(crate) fn rated(number: u8) -> Answer {
    Answer::Rated(step(number))
}

/// An empty rubric without minima, so that a test states the ones it is about.
pub(crate) fn rubric() -> RubricBuilder {
    RubricBuilder::new(key("test"), "1.0.0".parse().unwrap(), "Test".parse().unwrap())
        .minimum_coverage(Share::ZERO)
        .minimum_applicable_share(Share::ZERO)
        .minimum_overall_coverage(Share::ZERO)
}

pub(crate) fn criterion(name: &str, skill: Skill, number: u16) -> RubricCriterion {
    RubricCriterion::new(key(name), skill, "A row".parse().unwrap(), weight(number))
}

/// A row on two steps: no and yes.
pub(crate) fn yes_no(name: &str, skill: Skill, number: u16) -> RubricCriterion {
    on_steps(criterion(name, skill, number), 2)
}

pub(crate) fn on_steps(criterion: RubricCriterion, count: u8) -> RubricCriterion {
    criterion.on_steps(StepCount::new(count).unwrap())
}

/// A row whose steps are worth `points`.
pub(crate) fn worth(criterion: RubricCriterion, points: &[f64]) -> RubricCriterion {
    let count = u8::try_from(points.len()).unwrap();
    let points = points.iter().map(|point| score(*point)).collect();
    RubricCriterion { points: Some(points), ..on_steps(criterion, count) }
}

/// Weights for empathy and communication mastery; the other skills are not used.
pub(crate) fn two_weights(empathy: u16, communication: u16) -> SkillMap<Weight> {
    SkillMap::from_fn(|skill| weight(if skill == Skill::Empathy { empathy } else { communication }))
}

/// The admitted assessment with these answers, in the order of the rubric's criteria.
pub(crate) fn assess(rubric: &Rubric, answers: &[Answer], basis: Basis) -> Assessment {
    assert_eq!(rubric.criteria().len(), answers.len(), "one answer for each criterion");
    let rater = Rater { id: "rater-1".parse().unwrap(), kind: RaterKind::QualityReviewer };
    let (id, person, day) = ("as-1".parse().unwrap(), "agent-7".parse().unwrap(), "2026-03-02".parse().unwrap());
    let builder = AssessmentBuilder::new(rubric, id, person, rater, day).basis(basis);
    let answered = rubric.criteria().iter().zip(answers).fold(builder, |builder, (criterion, answer)| {
        let (name, reason) = (criterion.key.as_str(), Note::new("A reason.").unwrap());
        match answer {
            Answer::Rated(step) => builder.rate(name, step.get()),
            Answer::NotApplicable => builder.not_applicable(name, reason),
            Answer::NotObserved => builder.not_observed(name, reason),
        }
    });
    answered.admit().unwrap()
}
