//! Rubrics of MemberJunction.
//!
//! *Reference*: `packages/Rubrics/Base/src/RubricScoring.ts` of MemberJunction/MJ.

use super::{finite, ratio, rounded};
use crate::value::Rounding;

/// An item of a group with its answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item {
    /// The answer.
    pub answer: Answer,
    /// The weight; when all weights are 0, items count alike.
    pub weight: f64,
    /// The least score with which the item lets the whole pass, if it is a gate.
    pub gate: Option<f64>,
    /// Whether the item is shown without counting.
    pub is_advisory: bool,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// A level, worth this much from 0 to 1.
    Level(f64),
    /// The item did not apply.
    NotApplicable,
    /// There is no answer.
    Unanswered,
}

/// What "not applicable" does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotApplicable {
    /// The weight goes to the other items.
    Redistribute,
    /// The item counts as 0.
    CountAsZero,
    /// The whole fails.
    Fail,
}

/// How the items of a group become one score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregation {
    /// The weighted mean.
    WeightedMean,
    /// The lowest.
    Minimum,
    /// The highest.
    Maximum,
}

/// By which rules a group is judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Policy {
    /// How items become one score.
    pub aggregation: Aggregation,
    /// What "not applicable" does.
    pub not_applicable: NotApplicable,
    /// The least completeness of a score that counts.
    pub minimum_completeness: f64,
    /// The score that passes, inclusive.
    pub threshold: Option<f64>,
}

/// What a group comes to: the first of these that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Too little was answered, or there is no score.
    Incomplete,
    /// "Not applicable" was answered where that fails.
    NotApplicableFailure,
    /// A gate was missed, or left unanswered.
    GateFailed,
    /// The score is below the threshold.
    BelowThreshold,
    /// The score reaches the threshold.
    Passed,
    /// There is no threshold.
    Scored,
}

/// The result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evaluation {
    /// The score, if something was answered.
    pub score: Option<f64>,
    /// The share of the counting items that were answered ("not applicable" is an answer), by number.
    pub completeness: f64,
    /// What it comes to.
    pub outcome: Outcome,
}

/// Judges a group. Advisory items take no part.
///
/// Thresholds and gates compare scores rounded to six decimals, halves away from zero, since the plain sum of
/// 0.1 · 1 + 0.2 · 0 + 0.7 · 1 is 0.7999999999999999. A gate that is not applicable passes under redistribution: a
/// rater can dodge it, which a [`Rubric`](crate::Rubric) refuses. `None` without counting items, or when a number is
/// not finite.
#[must_use]
pub fn evaluate(items: &[Item], policy: Policy) -> Option<Evaluation> {
    let counting: Vec<&Item> = items.iter().filter(|item| !item.is_advisory).collect();
    let answered = counting.iter().filter(|item| item.answer != Answer::Unanswered).count();
    let completeness = ratio(answered as f64, counting.len() as f64)?;
    let parts = counting.iter().filter_map(|item| Some((item.points(policy)?, item.weight))).collect::<Vec<_>>();
    parts.iter().try_for_each(|(points, weight)| finite(*points).and(finite(*weight)).map(drop))?;
    let score = policy.aggregate(&parts);
    let outcome = outcome(&counting, policy, completeness, score);
    Some(Evaluation { score, completeness, outcome })
}

impl Item {
    fn points(&self, policy: Policy) -> Option<f64> {
        match self.answer {
            Answer::Level(points) => Some(points),
            Answer::NotApplicable if policy.not_applicable == NotApplicable::CountAsZero => Some(0.0),
            Answer::NotApplicable | Answer::Unanswered => None,
        }
    }

    fn misses_its_gate(&self, policy: Policy) -> bool {
        let Some(gate) = self.gate else { return false };
        match self.points(policy) {
            Some(points) => compared(points) < compared(gate),
            None => self.answer == Answer::Unanswered,
        }
    }
}

impl Policy {
    fn aggregate(self, parts: &[(f64, f64)]) -> Option<f64> {
        let points = || parts.iter().map(|(points, _)| *points);
        match self.aggregation {
            Aggregation::Minimum => points().reduce(f64::min),
            Aggregation::Maximum => points().reduce(f64::max),
            Aggregation::WeightedMean => {
                let whole: f64 = parts.iter().map(|(_, weight)| weight).sum();
                let weighted = parts.iter().map(|(points, weight)| points * weight).sum();
                ratio(weighted, whole).or_else(|| ratio(points().sum(), parts.len() as f64))
            }
        }
    }
}

fn outcome(counting: &[&Item], policy: Policy, completeness: f64, score: Option<f64>) -> Outcome {
    if completeness < policy.minimum_completeness {
        return Outcome::Incomplete;
    }
    let fails = policy.not_applicable == NotApplicable::Fail;
    if fails && counting.iter().any(|item| item.answer == Answer::NotApplicable) {
        return Outcome::NotApplicableFailure;
    }
    let Some(score) = score else { return Outcome::Incomplete };
    if counting.iter().any(|item| item.misses_its_gate(policy)) {
        return Outcome::GateFailed;
    }
    match policy.threshold {
        Some(threshold) if compared(score) < compared(threshold) => Outcome::BelowThreshold,
        Some(_) => Outcome::Passed,
        None => Outcome::Scored,
    }
}

fn compared(score: f64) -> f64 {
    rounded(score, 6, Rounding::HalfAwayFromZero)
}
