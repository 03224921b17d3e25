//! How a reported score is handed out to the criteria that made it.

use crate::framework::Skill;
use crate::value::strict::{choice, object};
use crate::value::{Key, Score, Share, Step, Weight};

object! {
    /// What one criterion adds to the scores.
    pub struct Contribution {
        /// The criterion.
        pub criterion: Key,
        /// Its skill.
        pub skill: Skill,
        /// The kind of answer.
        pub answer: AnswerKind,
        /// The step, when one was chosen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub step: Option<Step>,
        /// What the answer is worth; none when it leaves the sums.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub points: Option<Score>,
        /// The weight in the rubric; none when the criterion is advisory.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub weight: Option<Weight>,
        /// Its share of the whole when everything is rated.
        pub nominal_share: Share,
        /// Its share of the whole as rated.
        pub effective_share: Share,
        /// What it adds to the score of its skill before rules.
        pub to_skill: Score,
        /// What it adds to the overall score before rules.
        pub to_overall: Score,
    }
}

choice! {
    /// The kind of an answer.
    pub enum AnswerKind: "The kind of an answer" {
        /// A step was chosen.
        Rated = "rated",
        /// It could not occur.
        NotApplicable = "not_applicable",
        /// Nothing was seen of it.
        NotObserved = "not_observed",
    }
}

/// Hands out `total` in proportion to `parts` of `denominator` by largest remainder; ties go by key.
///
/// `total` is the rounded sum of `parts / denominator` in millionths.
pub(super) fn apportion<K: Ord>(parts: &[(K, u128)], denominator: u128, total: u64) -> Vec<u64> {
    let denominator = denominator.max(1);
    let floor = |part: u128| u64::try_from(part * 1_000_000 / denominator).unwrap_or_default();
    let mut given: Vec<u64> = parts.iter().map(|(_, part)| floor(*part)).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let rank =
        |index: &usize| parts.get(*index).map(|(key, part)| (std::cmp::Reverse(part * 1_000_000 % denominator), key));
    order.sort_by(|one, other| rank(one).cmp(&rank(other)));
    let missing = total.saturating_sub(given.iter().sum());
    for index in order.into_iter().take(usize::try_from(missing).unwrap_or_default()) {
        if let Some(share) = given.get_mut(index) {
            *share += 1;
        }
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirds_sum_to_the_whole_and_ties_go_by_key() {
        assert_eq!(apportion(&[("b", 1), ("a", 1), ("c", 1)], 3, 1_000_000), [333_333, 333_334, 333_333]);
        assert_eq!(apportion(&[("a", 2), ("b", 2)], 6, 666_667), [333_334, 333_333]);
        assert_eq!(apportion::<&str>(&[], 0, 0), Vec::<u64>::new());
    }
}
