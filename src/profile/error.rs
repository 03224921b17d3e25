use crate::scoring::ScoringError;
use crate::value::codes::codes;
use crate::value::{Day, Faults};

/// Why a profile or gap analysis could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// The role does not fit the rubric; all faults are listed.
    #[error("the role does not fit: {0}")]
    Role(#[from] Faults),
    /// The profile was made with another rubric or role.
    #[error(transparent)]
    OtherProfile(#[from] OtherProfile),
    /// A bare row does not fit the rubric.
    #[error(transparent)]
    Row(RowNotAllowed),
    /// Two periods to be compared are not apart.
    #[error(transparent)]
    Periods(PeriodsOverlap),
}

codes!(ProfileError { Role = "role_does_not_fit" } passing on { OtherProfile, Row, Periods });

impl ProfileError {
    pub(super) fn row(index: usize, reason: ScoringError) -> Self {
        Self::Row(RowNotAllowed { index, reason })
    }
}

/// A row that the rubric of a profiler does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {}: {reason}", index + 1)]
pub struct RowNotAllowed {
    index: usize,
    reason: ScoringError,
}

codes!(RowNotAllowed = "row_not_allowed");

impl RowNotAllowed {
    /// The index of the row, from 0; the text counts rows from 1.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// What is wrong with it.
    #[must_use]
    pub fn reason(&self) -> &ScoringError {
        &self.reason
    }
}

/// Two periods that share days, or stand in the wrong order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the earlier period ends on `{earlier}`, allowed is a day before `{start}`, on which the later one starts")]
pub struct PeriodsOverlap {
    pub(super) earlier: Day,
    pub(super) start: Day,
}

codes!(PeriodsOverlap = "periods_overlap");

impl PeriodsOverlap {
    /// The last day of the earlier period.
    #[must_use]
    pub fn earlier(&self) -> Day {
        self.earlier
    }

    /// The first day of the later one.
    #[must_use]
    pub fn start(&self) -> Day {
        self.start
    }
}

/// A profile that does not belong to the rubric or role at hand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the profile is of {what} `{found}`, this analysis is for `{expected}`")]
pub struct OtherProfile {
    what: &'static str,
    found: String,
    expected: String,
}

codes!(OtherProfile = "other_profile");

impl OtherProfile {
    pub(super) fn new(what: &'static str, found: String, expected: String) -> Self {
        Self { what, found, expected }
    }

    /// What the profile was made with.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }

    /// What it should have been made with.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}
