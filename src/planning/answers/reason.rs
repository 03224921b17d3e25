use std::fmt;

use super::constraint::listed;
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
            /// By so much, in weighted thousandths of a level.
            value: i64,
        },
        /// In, without adding value: it fills weeks that have a minimum, or nothing speaks against it.
        Fills {},
        /// Out: the person has done it before.
        Completed {},
        /// Out: it adds to no criterion in which the person has a goal.
        NoGoal {},
        /// Out: the person is past what it teaches: it lifts nobody above a level that the person has already.
        AboveCeiling {},
        /// Out: one session costs more than the budget.
        TooDear {},
        /// Out: one session fits into no week: too long, outside its window, without a coach or without a seat.
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
        /// Out: the time, money or coaching that it would need goes to other activities;
        /// [`price_of`](crate::planning::PlanProblem::price_of) says what the best plan with it is worth.
        CrowdedOut {},
    }
}

impl fmt::Display for PlanReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mandatory {} => formatter.write_str("it is mandatory"),
            Self::PrerequisiteOf { activities } => write!(formatter, "it has to come before {}", listed(activities)),
            Self::Contributes { value } => {
                write!(formatter, "without it the plan would be worth {value} weighted thousandths of a level less")
            }
            Self::Fills {} => formatter.write_str("it fills time that has to be filled"),
            Self::Completed {} => formatter.write_str("it was done before"),
            Self::NoGoal {} => formatter.write_str("it works on none of the goals"),
            Self::AboveCeiling {} => formatter.write_str("the person is past what it teaches"),
            Self::TooDear {} => formatter.write_str("one session costs more than the budget"),
            Self::NoWeek {} => formatter.write_str("no week has room for it"),
            Self::TooLate {} => formatter.write_str("it could not be finished by the due week of any goal"),
            Self::PrerequisiteUnreachable { requires } => {
                write!(formatter, "`{requires}` would have to come before it and cannot take place")
            }
            Self::ExclusiveWith { activity } => write!(formatter, "`{activity}` is done in its place"),
            Self::GoalSaturated {} => formatter.write_str("what it would add is reached without it"),
            Self::CrowdedOut {} => {
                formatter.write_str("the time, money or coaching that it would need goes to other activities")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_a_sentence_that_names_the_other_activities() {
        let before = PlanReason::PrerequisiteOf { activities: vec!["clinic".parse().unwrap(), "lab".parse().unwrap()] };
        assert_eq!(before.to_string(), "it has to come before `clinic`, `lab`");
        let excluded = PlanReason::ExclusiveWith { activity: "lab".parse().unwrap() };
        assert_eq!(excluded.to_string(), "`lab` is done in its place");
        assert_eq!(
            PlanReason::Contributes { value: 1_600 }.to_string(),
            "without it the plan would be worth 1600 weighted thousandths of a level less"
        );
    }
}
