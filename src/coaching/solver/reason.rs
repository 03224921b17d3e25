use crate::value::strict::{object, union};
use crate::value::{Key, Reference};

object! {
    /// Why one activity is in one person's plan, or is not.
    pub struct ActivityReasons {
        /// The person.
        pub person: Reference,
        /// The activity.
        pub activity: Key,
        /// Whether the plan holds it.
        pub is_in: bool,
        /// Every reason, at least one.
        pub reasons: Vec<PlanReason>,
    }
}

union! {
    /// Why an activity is in a plan, or is not.
    pub enum PlanReason {
        /// In: the problem demands it.
        Mandatory {},
        /// In: chosen activities require it.
        PrerequisiteOf {
            /// These.
            activities: Vec<Key>,
        },
        /// In: without its sessions, everything else unchanged, the plan would be worth less.
        Contributes {
            /// By so much.
            value: i64,
        },
        /// In, without adding value: it fills weeks that have a minimum, or nothing speaks against it.
        Fills {},
        /// Out: the person has done it before.
        Completed {},
        /// Out: it adds to no criterion in which the person has a goal.
        NoGoal {},
        /// Out: it lifts nobody above a level that the person has already.
        AboveCeiling {},
        /// Out: one session costs more than the budget.
        TooDear {},
        /// Out: one session fits into no week: too long, outside its window, or without a coach.
        NoWeek {},
        /// Out: no session can be finished by the due week of a goal.
        TooLate {},
        /// Out: something that it requires cannot take place.
        PrerequisiteUnreachable {
            /// This.
            requires: Key,
        },
        /// Out: the plan holds an activity that excludes it.
        ExclusiveWith {
            /// This.
            activity: Key,
        },
        /// Out: what it would add is reached without it.
        GoalSaturated {},
        /// Out: other activities are worth more for the time and money;
        /// [`price_of`](crate::coaching::PlanProblem::price_of) says how much more.
        CrowdedOut {},
    }
}
