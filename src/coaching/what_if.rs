use std::fmt;

use super::{CostBand, FocusCount, Minutes, Planner, Reach, WeekCount, WeekMinutes};
use crate::value::strict::{choice, object};

object! {
    /// What a plan with one limit loosened would be assumed to reach.
    #[derive(Copy)]
    pub struct WhatIf {
        /// The limit.
        pub change: PlanChange,
        /// How much of what the goals need would be reached, counted like the plan's own `reached`.
        pub reached: Reach,
    }
}

choice! {
    /// One limit, loosened.
    pub enum PlanChange: "One limit, loosened" {
        /// A quarter of an hour more in each week, and as much more in total.
        FifteenMinutesMoreAWeek = "fifteen_minutes_more_a_week",
        /// An hour more in total, where a total is set.
        OneHourMoreInTotal = "one_hour_more_in_total",
        /// One more week, with as many minutes as the others.
        OneMoreWeek = "one_more_week",
        /// Activities of the next cost band.
        NextCostBand = "next_cost_band",
        /// One more activity that may start in the same week.
        OneMoreStartAWeek = "one_more_start_a_week",
    }
}

/// In words, such as `15 minutes more a week: 86.8 %`.
impl fmt::Display for WhatIf {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.change.in_words(), self.reached)
    }
}

impl PlanChange {
    /// As it stands in a sentence.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::FifteenMinutesMoreAWeek => "15 minutes more a week",
            Self::OneHourMoreInTotal => "one hour more in total",
            Self::OneMoreWeek => "one more week",
            Self::NextCostBand => "activities of the next cost band",
            Self::OneMoreStartAWeek => "one more activity that may start in the same week",
        }
    }

    /// The planner with this limit loosened; nothing where the limit does not exist or has no room.
    pub(super) fn of<'a>(self, planner: &Planner<'a>) -> Option<Planner<'a>> {
        let mut changed = planner.clone();
        let limits = &mut changed.limits;
        let minutes = |found: Minutes, more: u32| Minutes::new(found.get() + more).ok();
        match self {
            Self::FifteenMinutesMoreAWeek => {
                limits.minutes_per_week = WeekMinutes::new(limits.minutes_per_week.get() + 15).ok()?;
                let more = 15 * u32::from(limits.weeks.get());
                if let Some(total) = &mut limits.minutes_in_total {
                    *total = minutes(*total, more)?;
                }
            }
            Self::OneHourMoreInTotal => limits.minutes_in_total = Some(minutes(limits.minutes_in_total?, 60)?),
            Self::OneMoreWeek => limits.weeks = WeekCount::new(limits.weeks.get() + 1).ok()?,
            Self::NextCostBand => {
                let dearer = CostBand::ALL.iter().find(|band| **band > limits.highest_cost);
                limits.highest_cost = *dearer?;
            }
            Self::OneMoreStartAWeek => {
                changed.focus.starts_per_week = FocusCount::new(changed.focus.starts_per_week.get() + 1).ok()?;
            }
        }
        Some(changed)
    }
}
