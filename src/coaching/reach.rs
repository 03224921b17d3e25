use std::fmt;

use crate::value::Share;
use crate::value::strict::union;

union! {
    /// How much of what the goals need the best plan of some kind is assumed to reach, counted like the `reached` of a
    /// [`CoachingPlan`](super::CoachingPlan): the price of a wish, found by solving the problem again.
    #[derive(Copy)]
    pub enum Reach {
        /// Exactly this: proven.
        Exactly {
            /// The share.
            share: Share,
        },
        /// A limit of the search was met, so only a range is known.
        Between {
            /// A plan that reaches this was found.
            at_least: Share,
            /// No plan reaches more than this.
            at_most: Share,
        },
        /// A limit of the search was met before any such plan was found.
        NotFound {
            /// No plan reaches more than this.
            at_most: Share,
        },
        /// There is no such plan.
        NoPlan {},
    }
}

impl Reach {
    /// What some plan reaches; `None` when there is no plan or none was found.
    #[must_use]
    pub const fn at_least(self) -> Option<Share> {
        match self {
            Self::Exactly { share } => Some(share),
            Self::Between { at_least, .. } => Some(at_least),
            Self::NotFound { .. } | Self::NoPlan {} => None,
        }
    }

    /// What no plan exceeds; `None` when there is no plan.
    #[must_use]
    pub const fn at_most(self) -> Option<Share> {
        match self {
            Self::Exactly { share } => Some(share),
            Self::Between { at_most, .. } | Self::NotFound { at_most } => Some(at_most),
            Self::NoPlan {} => None,
        }
    }

    /// Whether it is proven, and not just a range.
    #[must_use]
    pub const fn is_proven(self) -> bool {
        !matches!(self, Self::Between { .. } | Self::NotFound { .. })
    }

    pub(super) fn is_in_order(self) -> bool {
        self.at_least().is_none_or(|least| self.at_most() >= Some(least))
    }
}

/// In words, such as `86.8 %` or `at least 80.1 %, at most 84.0 % (not proven)`.
impl fmt::Display for Reach {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly { share } => write!(formatter, "{} %", share.percent(1)),
            Self::Between { at_least, at_most } => {
                write!(formatter, "at least {} %, at most {} % (not proven)", at_least.percent(1), at_most.percent(1))
            }
            Self::NotFound { at_most } => {
                write!(formatter, "none found, at most {} % (not proven)", at_most.percent(1))
            }
            Self::NoPlan {} => formatter.write_str("there is no such plan"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proven_reach_is_said_without_its_range() {
        let share = |share: f64| Share::try_from(share).unwrap();
        let proven = Reach::Exactly { share: share(0.868) };
        assert_eq!((proven.to_string().as_str(), proven.is_proven()), ("86.8 %", true));
        let range = Reach::Between { at_least: share(0.801), at_most: share(0.84) };
        assert_eq!(range.to_string(), "at least 80.1 %, at most 84.0 % (not proven)");
        assert_eq!(
            (range.is_proven(), range.at_least(), range.at_most()),
            (false, Some(share(0.801)), Some(share(0.84)))
        );
        assert_eq!((Reach::NoPlan {}.at_least(), Reach::NoPlan {}.is_proven()), (None, true));
    }
}
