//! A person with gaps, and limits of a plan.

use service_excellence::assessment::{ReviewState, ReviewStep};
use service_excellence::{
    AssessmentBuilder, CostBand, EvidencePolicy, Framework, GapAnalysis, PlanLimits, Profiler, Rater, RaterKind,
    RoleLibrary, Rubric,
};

/// The gaps of a person who was seen twice with these steps, one for each criterion.
pub(crate) fn gaps(role: &str, steps: &[u8]) -> (Rubric, GapAnalysis) {
    let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    let role = RoleLibrary::builtin().role(role).unwrap();
    let assessments = ["a", "b"].map(|id| {
        let rater = Rater { id: "reviewer".parse().unwrap(), kind: RaterKind::Coach };
        let observed = "2026-06-01".parse().unwrap();
        let review = ReviewStep { state: ReviewState::Final, on: observed, by: rater.id.clone(), note: None };
        let submitted = ReviewStep { state: ReviewState::Submitted, ..review.clone() };
        let person = "agent".parse().unwrap();
        let builder = AssessmentBuilder::new(&rubric, id.parse().unwrap(), person, rater, observed);
        let rows = rubric.criteria().iter().zip(steps.iter().cycle());
        let builder = rows.fold(builder, |builder, (criterion, step)| builder.rate(criterion.key.as_str(), *step));
        builder.review(submitted).review(review).admit().unwrap()
    });
    let profiler = Profiler::new(&rubric, EvidencePolicy::default()).for_role(role).unwrap();
    let profile = profiler.profile(&"agent".parse().unwrap(), &assessments, "2026-06-30".parse().unwrap());
    let gaps = GapAnalysis::of(&profile, &rubric, role).unwrap();
    (rubric, gaps)
}

pub(crate) fn limits(weeks: u8, minutes_per_week: u32) -> PlanLimits {
    let (weeks, minutes) = (weeks.try_into().unwrap(), minutes_per_week.try_into().unwrap());
    PlanLimits::new("2026-07-06".parse().unwrap(), weeks, minutes, CostBand::Medium)
}

/// All steps 3, except for some criteria by their place in the rubric.
pub(crate) fn steps_with(changes: &[(&str, u8)]) -> Vec<u8> {
    let rubric = Rubric::for_channel(Framework::builtin(), "chat").unwrap();
    let mut steps = vec![3; rubric.criteria().len()];
    for (key, step) in changes {
        steps[rubric.position(key).unwrap()] = *step;
    }
    steps
}
