//! Evaluation forms of Genesys Cloud.
//!
//! *Reference*: help.mypurecloud.com, article 144862, and the glossary's "scoring index".

use super::ratio;

/// A group of questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The weight, by which the points of every question are multiplied.
    pub weight: f64,
    /// The questions.
    pub questions: Vec<Question>,
}

/// A question and what was scored on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// The points scored; none when the question was not applicable.
    pub points: Option<f64>,
    /// The most points.
    pub possible: f64,
    /// Whether the question is critical.
    pub is_critical: bool,
    /// Whether anything less than all points fails the evaluation.
    pub is_kill: bool,
}

/// What an evaluation comes to; every score lies between 0 and 1 when the points do.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// All questions; none when none was applicable.
    pub total: Option<f64>,
    /// The critical questions alone, without the weights of groups.
    pub critical: Option<f64>,
    /// The other questions alone, by the formula of the total.
    pub non_critical: Option<f64>,
    /// Each group.
    pub groups: Vec<Option<f64>>,
    /// Whether a kill question failed.
    pub is_failed: bool,
}

/// Total = `Σ points · weight of the group / Σ possible points · weight of the group`; what is not applicable adds
/// nothing to either sum. Not rounded.
///
/// The share of a group grows with its possible points: see [`effective_shares`].
#[must_use]
pub fn evaluate(groups: &[Group]) -> Evaluation {
    let all = || groups.iter().flat_map(|group| group.questions.iter().map(move |one| (group.weight, one)));
    Evaluation {
        total: score(all()),
        critical: score(all().filter(|(_, one)| one.is_critical).map(|(_, one)| (1.0, one))),
        non_critical: score(all().filter(|(_, one)| !one.is_critical)),
        groups: groups.iter().map(|group| score(group.questions.iter().map(|one| (1.0, one)))).collect(),
        is_failed: all().any(|(_, one)| one.is_kill && one.points.is_some_and(|points| points < one.possible)),
    }
}

/// The share of each group in the total when everything is applicable; `None` when nothing can be scored.
#[must_use]
pub fn effective_shares(groups: &[Group]) -> Option<Vec<f64>> {
    let possible = |group: &Group| group.weight * group.questions.iter().map(|one| one.possible).sum::<f64>();
    let whole = groups.iter().map(possible).sum();
    groups.iter().map(|group| ratio(possible(group), whole)).collect()
}

fn score<'a>(questions: impl Iterator<Item = (f64, &'a Question)>) -> Option<f64> {
    let applicable = questions.filter_map(|(weight, one)| Some((weight * one.points?, weight * one.possible)));
    let (points, possible) = applicable.fold((0.0, 0.0), |sums, one| (sums.0 + one.0, sums.1 + one.1));
    ratio(points, possible)
}
