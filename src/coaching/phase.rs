use super::{MilliLevels, PlanGuarantee, WeekCount};
use crate::framework::Level;
use crate::value::strict::object;
use crate::value::{Count, Day, Key, Share};

object! {
    /// A stretch of a plan that works on a few goals at a time.
    ///
    /// Each phase is the best plan given the phases before it, and says what is proven of it. Nothing beyond that is
    /// claimed of the plan as a whole.
    pub struct Phase {
        /// Its number, counted from 1.
        pub number: Count,
        /// Its first week.
        pub first_week: WeekCount,
        /// The week of its last session.
        pub last_week: WeekCount,
        /// When to look together at what came of it: the last day of its last week.
        pub check_in: Day,
        /// What it works on, most urgent first.
        pub goals: Vec<PhaseGoal>,
        /// How much of what these goals need for their next levels is assumed to be reached, weighted by their urgency.
        pub reached: Share,
        /// What is proven about the choice and timing of its activities.
        pub guarantee: PlanGuarantee,
    }
}

object! {
    /// A goal in one phase.
    pub struct PhaseGoal {
        /// The criterion.
        pub criterion: Key,
        /// The level when the phase begins, assumed if earlier phases worked on the goal.
        pub level: Level,
        /// The level that the phase reaches for: the next one.
        pub next_level: Level,
        /// How far the value then is below the start of the next level.
        pub needed: MilliLevels,
        /// What the activities of the phase are assumed to add.
        pub assumed_gain: MilliLevels,
    }
}
