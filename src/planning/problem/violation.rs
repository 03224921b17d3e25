use super::SessionPlacement;
use crate::value::codes::codes;
use crate::value::{Key, Reference};

/// A constraint that a plan breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlanViolation {
    /// The plan names a person that the problem does not know.
    #[error("`{}` is no person of the problem", placement.person)]
    UnknownPerson {
        /// The session.
        placement: SessionPlacement,
    },
    /// The plan names an activity that the problem does not know.
    #[error("`{}` is no activity of the problem", placement.activity)]
    UnknownActivity {
        /// The session.
        placement: SessionPlacement,
    },
    /// The same session stands in the plan twice.
    #[error("session {} of `{}` is listed twice for `{}`", placement.session, placement.activity, placement.person)]
    ListedTwice {
        /// The later entry, whose week counts.
        placement: SessionPlacement,
    },
    /// The activity was done before.
    #[error("`{activity}` is completed already by `{person}`")]
    AlreadyCompleted {
        /// The person.
        person: Reference,
        /// The activity.
        activity: Key,
    },
    /// The sessions are not numbered 1 to n with n at most the number allowed.
    #[error("the sessions of `{activity}` for `{person}` are not 1 to n with n at most {allowed}")]
    SessionNumbers {
        /// The person.
        person: Reference,
        /// The activity.
        activity: Key,
        /// The most sessions allowed.
        allowed: i64,
    },
    /// The session lies outside its window or the horizon.
    #[error(
        "session {} of `{}` for `{}` in week {} lies outside its window",
        placement.session, placement.activity, placement.person, placement.week
    )]
    OutsideWindow {
        /// The session.
        placement: SessionPlacement,
    },
    /// The session follows the one before too soon.
    #[error(
        "session {} of `{}` for `{}` follows the one before by less than {gap} weeks",
        placement.session, placement.activity, placement.person
    )]
    TooSoon {
        /// The session.
        placement: SessionPlacement,
        /// How many weeks there have to be between the starts.
        gap: i64,
    },
    /// A prerequisite is not finished before the first session starts.
    #[error("`{requires}` is not finished before `{activity}` starts for `{person}`")]
    Prerequisite {
        /// The person.
        person: Reference,
        /// The activity.
        activity: Key,
        /// What it requires.
        requires: Key,
    },
    /// More minutes in a week than the person has.
    #[error("{minutes} minutes in week {week} for `{person}`: allowed is at most {allowed}")]
    OverWeek {
        /// The person.
        person: Reference,
        /// The week, from 1.
        week: u32,
        /// What is planned.
        minutes: i64,
        /// What is allowed.
        allowed: i64,
    },
    /// Fewer minutes in a week than the person has to spend.
    #[error("{minutes} minutes in week {week} for `{person}`: allowed is at least {allowed}")]
    UnderWeek {
        /// The person.
        person: Reference,
        /// The week, from 1.
        week: u32,
        /// What is planned.
        minutes: i64,
        /// What is required.
        allowed: i64,
    },
    /// More minutes in total than the person has.
    #[error("{minutes} minutes in total for `{person}`: allowed is at most {allowed}")]
    OverTotalMinutes {
        /// The person.
        person: Reference,
        /// What is planned.
        minutes: i64,
        /// What is allowed.
        allowed: i64,
    },
    /// The person's sessions cost too much.
    #[error("cost {cost} for `{person}`: allowed is at most {allowed}")]
    OverCost {
        /// The person.
        person: Reference,
        /// What is planned.
        cost: i64,
        /// What is allowed.
        allowed: i64,
    },
    /// All sessions together cost too much.
    #[error("cost {cost} over all people: allowed is at most {allowed}")]
    OverSharedCost {
        /// What is planned.
        cost: i64,
        /// What is allowed.
        allowed: i64,
    },
    /// A mandatory activity is missing.
    #[error("mandatory `{activity}` is missing for `{person}`")]
    MandatoryMissing {
        /// The person.
        person: Reference,
        /// The activity.
        activity: Key,
    },
    /// More than one activity of an exclusive group.
    #[error("`{person}` does more than one of {}", activities.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", "))]
    Exclusive {
        /// The person.
        person: Reference,
        /// The group.
        activities: Vec<Key>,
    },
    /// The plan brings the person less than guaranteed.
    #[error("value {value} for `{person}`: allowed is at least {allowed}")]
    UnderFloor {
        /// The person.
        person: Reference,
        /// What the plan brings.
        value: i64,
        /// What is guaranteed.
        allowed: i64,
    },
    /// More people start an activity in a week than there are seats.
    #[error("{people} people start `{activity}` in week {week}: allowed is at most {allowed}")]
    OverSeats {
        /// The activity.
        activity: Key,
        /// The week, from 1.
        week: u32,
        /// How many start.
        people: i64,
        /// How many seats there are.
        allowed: i64,
    },
    /// A coach pool gives more minutes than it has.
    #[error("{minutes} minutes of `{pool}` in week {week}: allowed is at most {allowed}")]
    OverCoach {
        /// The pool.
        pool: Key,
        /// The week, from 1.
        week: u32,
        /// What is planned.
        minutes: i64,
        /// What is allowed.
        allowed: i64,
    },
}

// The codes are the words of `kind` in JSON.
codes!(PlanViolation {
    UnknownPerson = "unknown_person",
    UnknownActivity = "unknown_activity",
    ListedTwice = "listed_twice",
    AlreadyCompleted = "already_completed",
    SessionNumbers = "session_numbers",
    OutsideWindow = "outside_window",
    TooSoon = "too_soon",
    Prerequisite = "prerequisite",
    OverWeek = "over_week",
    UnderWeek = "under_week",
    OverTotalMinutes = "over_total_minutes",
    OverCost = "over_cost",
    OverSharedCost = "over_shared_cost",
    MandatoryMissing = "mandatory_missing",
    Exclusive = "exclusive",
    UnderFloor = "under_floor",
    OverSeats = "over_seats",
    OverCoach = "over_coach",
});
