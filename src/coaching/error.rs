use super::{SessionCount, WeekCount};
use crate::profile::Reason;
use crate::rubric::RubricPin;
use crate::value::codes::codes;
use crate::value::{Day, Faults, Key};

/// Why a plan, or a page about it, could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CoachingError {
    /// The gaps were found with another rubric.
    #[error(transparent)]
    OtherRubric(Box<OtherRubric>),
    /// An activity that the limits name is not in the library.
    #[error(transparent)]
    UnknownActivity(#[from] UnknownActivity),
    /// The library and the limits make a larger problem than the planner takes; all excesses are listed.
    #[error("library and limits make no planning problem: {0}")]
    TooLarge(Faults),
    /// The limits say two things of one activity that cannot both be.
    #[error("`{activity}` stands in `{first}` and in `{second}`: only one of the two is allowed, and once")]
    Contradiction {
        /// The activity.
        activity: Key,
        /// The list in which it stands.
        first: &'static str,
        /// The list in which it stands as well; the same one if it stands there twice.
        second: &'static str,
    },
    /// All sessions of a run that is said to be under way were held.
    #[error("all {sessions} sessions of `{activity}` were held: it belongs in `completed`, not in `under_way`")]
    NoSessionLeft {
        /// The activity.
        activity: Key,
        /// How many sessions it has.
        sessions: SessionCount,
    },
    /// A session that is said to have been held is later than the plan.
    #[error(
        "a session of `{activity}` is said to have been held on {on}: allowed is {last}, the plan's last day, or earlier"
    )]
    HeldAfterPlan {
        /// The activity.
        activity: Key,
        /// The day.
        on: Day,
        /// The last day of the plan.
        last: Day,
    },
    /// The plan would go on beyond the last day there is.
    #[error("{weeks} weeks from {start} on end after {}, the last day allowed", Day::MAX)]
    BeyondLastDay {
        /// The first day of the plan.
        start: Day,
        /// Its weeks.
        weeks: WeekCount,
    },
    /// A required activity cannot take place for this person.
    #[error("`{activity}` is required and cannot be planned: {}", reason.text)]
    CannotBePlanned {
        /// The activity.
        activity: Key,
        /// Why, as it would stand beside an activity that is left out.
        reason: Reason,
    },
    /// Parts of a page that do not belong together.
    #[error("expected {what} `{expected}` as in the profile, found `{found}`")]
    NotTogether {
        /// What differs.
        what: &'static str,
        /// What it is in the profile, the rubric, the role or the library given.
        expected: String,
        /// What it is in the other part.
        found: String,
    },
    /// The required activities do not fit together, or no plan with them was found.
    #[error("{}", no_room(conflict))]
    NoRoom {
        /// What cannot hold together, in words; empty when no plan was found although none is ruled out.
        conflict: Vec<String>,
    },
}

codes!(CoachingError {
    TooLarge = "problem_too_large",
    Contradiction = "limits_contradict",
    NoSessionLeft = "no_session_left",
    HeldAfterPlan = "held_after_plan",
    BeyondLastDay = "beyond_last_day",
    CannotBePlanned = "required_cannot_be_planned",
    NotTogether = "not_together",
    NoRoom = "no_room_for_required",
} passing on { OtherRubric, UnknownActivity });

/// Gaps found with another rubric than the planner's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the gaps are of rubric `{found}`, the planner is for rubric `{expected}`")]
pub struct OtherRubric {
    found: RubricPin,
    expected: RubricPin,
}

codes!(OtherRubric = "other_rubric");

impl OtherRubric {
    /// The rubric of the gaps.
    #[must_use]
    pub fn found(&self) -> &RubricPin {
        &self.found
    }

    /// The rubric of the planner.
    #[must_use]
    pub fn expected(&self) -> &RubricPin {
        &self.expected
    }
}

/// An activity that is not in the library.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not an activity of library `{library}`")]
pub struct UnknownActivity {
    found: Key,
    library: Key,
}

codes!(UnknownActivity = "activity_not_in_library");

impl UnknownActivity {
    pub(super) fn new(found: Key, library: Key) -> Self {
        Self { found, library }
    }

    /// The activity.
    #[must_use]
    pub fn found(&self) -> &Key {
        &self.found
    }

    /// The library.
    #[must_use]
    pub fn library(&self) -> &Key {
        &self.library
    }
}

fn no_room(conflict: &[String]) -> String {
    if conflict.is_empty() {
        return "no plan with everything that is required was found, and none is ruled out".to_owned();
    }
    format!("not everything that is required fits; these cannot hold together: {}", conflict.join("; "))
}

impl CoachingError {
    pub(super) fn other_rubric(found: RubricPin, expected: RubricPin) -> Self {
        Self::OtherRubric(Box::new(OtherRubric { found, expected }))
    }
}
