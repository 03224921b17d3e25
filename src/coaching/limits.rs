use super::{CostBand, Minutes, WeekCount};
use crate::value::strict::object;
use crate::value::{Day, Key};

object! {
    /// What a plan has to live with.
    pub struct PlanLimits {
        /// The first day of the first week.
        pub start: Day,
        /// How many weeks there are.
        pub weeks: WeekCount,
        /// The learner's time in each week.
        pub minutes_per_week: Minutes,
        /// The learner's time in all weeks together; not limited further when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub minutes_in_total: Option<Minutes>,
        /// The dearest activities allowed.
        pub highest_cost: CostBand,
        /// The activities that the person has done already.
        pub completed: Vec<Key>,
    }
}
