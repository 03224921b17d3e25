use super::{WeekCount, WeekMinutes};
use crate::value::strict::object;

object! {
    /// The weeks that may hold more than the others, so that a workshop or a longer practice fits now and then.
    ///
    /// By default every fourth week may hold up to 120 minutes. A week that has more already keeps what it has.
    ///
    /// ```
    /// use service_excellence::coaching::{CostBand, LongerWeeks, PlanLimits};
    ///
    /// let limits = PlanLimits::new("2026-07-06".parse()?, 12.try_into()?, 60.try_into()?, CostBand::Low);
    /// assert_eq!([1, 4, 8].map(|week| limits.minutes_in_week(week)), [60, 120, 120]);
    /// let even = PlanLimits { longer_weeks: Some(LongerWeeks::none()), ..limits };
    /// assert_eq!(even.minutes_in_week(4), 60);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct LongerWeeks {
        /// A rhythm; none when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub rhythm: Option<WeekRhythm>,
        /// Single weeks.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub weeks: Vec<LongerWeek>,
    }
}

object! {
    /// Every so many weeks one may hold more.
    #[derive(Copy)]
    pub struct WeekRhythm {
        /// The distance from one such week to the next; 4 means weeks 4, 8, 12 and so on.
        pub every: WeekCount,
        /// The learner's time in such a week.
        pub minutes: WeekMinutes,
    }
}

object! {
    /// One week that may hold more.
    #[derive(Copy)]
    pub struct LongerWeek {
        /// The week of the plan, counted from 1.
        pub week: WeekCount,
        /// The learner's time in it.
        pub minutes: WeekMinutes,
    }
}

impl LongerWeeks {
    /// All weeks are alike.
    #[must_use]
    pub const fn none() -> Self {
        Self { rhythm: None, weeks: Vec::new() }
    }

    /// The most minutes that this allows in a week counted from 1; nothing where the week is like the others.
    pub(super) fn minutes_in(&self, week: u32) -> Option<u32> {
        let in_rhythm =
            self.rhythm.filter(|one| week.is_multiple_of(u32::from(one.every.get()))).map(|one| one.minutes);
        let named = self.weeks.iter().filter(|one| u32::from(one.week.get()) == week).map(|one| one.minutes);
        named.chain(in_rhythm).map(WeekMinutes::get).max()
    }
}

impl Default for LongerWeeks {
    fn default() -> Self {
        let rhythm = WeekCount::new(4).ok().zip(WeekMinutes::new(120).ok());
        Self { rhythm: rhythm.map(|(every, minutes)| WeekRhythm { every, minutes }), weeks: Vec::new() }
    }
}
