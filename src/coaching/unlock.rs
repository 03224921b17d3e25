use std::fmt;

use super::{CostBand, FocusCount, LongerWeek, MilliLevels, Minutes, WeekCount, WeekMinutes};
use crate::value::strict::{object, union};
use crate::value::{Key, Label, Share};

object! {
    /// The smallest change that would allow an activity for an urgent goal that the plan does nothing for.
    ///
    /// Found by making plans with changed limits, not by guessing: with all of `changes` made, the planner plans the
    /// `activity` named here for the goal.
    pub struct Unlock {
        /// The criterion of the goal.
        pub criterion: Key,
        /// What to change, all of it together; nothing when no change of the limits that was tried helps.
        pub changes: Vec<LimitChange>,
        /// The activity that would then be planned for the goal.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub activity: Option<Key>,
        /// Its name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub name: Option<Label>,
        /// What the plan would then be assumed to add for the goal in the phase that first works on it.
        pub assumed_gain: MilliLevels,
        /// How much of the way to all targets of the role the whole plan would then be assumed to close; to compare with the
        /// plan's own `reached_of_targets`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reached_of_targets: Option<Share>,
    }
}

union! {
    /// One change of a plan's limits.
    pub enum LimitChange {
        /// One week with more minutes.
        LongerWeek {
            /// The week.
            week: LongerWeek,
        },
        /// Activities of a higher cost band.
        HigherCost {
            /// The band to allow.
            highest_cost: CostBand,
        },
        /// More weeks.
        MoreWeeks {
            /// How many weeks the plan would then have.
            weeks: WeekCount,
        },
        /// More minutes in every week.
        MoreMinutesAWeek {
            /// The minutes of every week.
            minutes: WeekMinutes,
        },
        /// More minutes in all weeks together, where they are limited.
        MoreMinutesInTotal {
            /// The minutes in all weeks together.
            minutes_in_total: Minutes,
        },
        /// More activities that may start in the same week.
        MoreStartsAWeek {
            /// How many.
            starts: FocusCount,
        },
        /// Giving up the wish to leave an activity out.
        Allow {
            /// The activity.
            activity: Key,
        },
    }
}

/// In words, such as `one week with 90 minutes`.
impl fmt::Display for LimitChange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LongerWeek { week } => write!(formatter, "{} minutes in week {}", week.minutes, week.week),
            Self::HigherCost { highest_cost } => write!(formatter, "activities of cost band {highest_cost}"),
            Self::MoreWeeks { weeks } => write!(formatter, "{weeks} weeks in all"),
            Self::MoreMinutesAWeek { minutes } => write!(formatter, "{minutes} minutes in every week"),
            Self::MoreMinutesInTotal { minutes_in_total } => write!(formatter, "{minutes_in_total} minutes in total"),
            Self::MoreStartsAWeek { starts } => write!(formatter, "{starts} new activities in the same week"),
            Self::Allow { activity } => write!(formatter, "allowing `{activity}`"),
        }
    }
}

/// What to change and what it brings, such as `90 minutes in week 2: allows "Service recovery simulation" (+0.40 levels)`.
impl fmt::Display for Unlock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let changes: Vec<String> = self.changes.iter().map(LimitChange::to_string).collect();
        match &self.name {
            Some(name) if !changes.is_empty() => {
                let gain = self.assumed_gain.in_levels(2);
                write!(formatter, "{}: allows \"{name}\" (+{gain} levels)", changes.join(" and "))
            }
            _ => formatter.write_str("no change of the limits that was tried allows an activity"),
        }
    }
}
