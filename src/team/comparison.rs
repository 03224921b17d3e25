use std::cmp::Ordering;

use crate::statistics::Estimate;

/// What can be said about two people, or two groups, from two estimates of one thing.
///
/// There is no order of many: two at a time, and often no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// The first is higher by more than the uncertainty of both.
    FirstHigher,
    /// The second is higher by more than the uncertainty of both.
    SecondHigher,
    /// The intervals overlap, or one of the two has none: nothing can be said.
    NotDistinguishable,
}

impl Comparison {
    /// Compares two estimates by their intervals.
    ///
    /// *Answers*: is one certainly higher? *Assumes* that both estimate the same thing in the same unit. *Formula*: higher is
    /// who has the whole interval above the other's; ends that touch overlap. Two intervals of 95 % that do not overlap
    /// differ by far more than chance at 5 %: the rule is strict on purpose. Intervals of different confidence are not
    /// comparable. *Undefined* never: without an interval the answer is [`NotDistinguishable`](Self::NotDistinguishable).
    ///
    /// ```
    /// use service_excellence::statistics::{ConfidenceLevel, Proportion};
    /// use service_excellence::team::Comparison;
    ///
    /// let share = |part| Proportion::new(part, 20).ok()?.wilson(ConfidenceLevel::NINETY_FIVE).ok();
    /// let (low, middle, high) = (share(5).unwrap(), share(10).unwrap(), share(18).unwrap());
    /// assert_eq!(Comparison::of(&low, &middle).to_string(), "not distinguishable");
    /// assert_eq!(Comparison::of(&low, &high), Comparison::SecondHigher);
    /// ```
    #[must_use]
    pub fn of(first: &Estimate, second: &Estimate) -> Self {
        let (Some(one), Some(other)) = (first.interval(), second.interval()) else {
            return Self::NotDistinguishable;
        };
        if one.confidence() != other.confidence() {
            return Self::NotDistinguishable;
        }
        let is_above = |lower: f64, upper: f64| lower.total_cmp(&upper) == Ordering::Greater;
        if is_above(one.lower(), other.upper()) {
            Self::FirstHigher
        } else if is_above(other.lower(), one.upper()) {
            Self::SecondHigher
        } else {
            Self::NotDistinguishable
        }
    }
}

impl std::fmt::Display for Comparison {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(match self {
            Self::FirstHigher => "the first is higher",
            Self::SecondHigher => "the second is higher",
            Self::NotDistinguishable => "not distinguishable",
        })
    }
}
