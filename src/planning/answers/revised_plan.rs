use super::outcome::PlanOutcome;
use crate::planning::problem::{PlanViolation, SessionPlacement};
use crate::value::codes::codes;

/// A plan whose past is kept and whose future is optimised anew, with what changes for the people; made by
/// [`PlanProblem::replan`](crate::planning::PlanProblem::replan).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisedPlan {
    pub(crate) outcome: PlanOutcome,
    pub(crate) changes: Vec<SessionChange>,
    pub(crate) is_fewest: bool,
}

impl RevisedPlan {
    /// The whole plan, past and future, with its certificate: *optimal* only if no plan with this past is worth more,
    /// otherwise *bounded* by the best such plan.
    #[must_use]
    pub fn outcome(&self) -> &PlanOutcome {
        &self.outcome
    }

    /// What becomes of every session that is still to come, by person, activity and session; empty when no plan was found.
    #[must_use]
    pub fn changes(&self) -> &[SessionChange] {
        &self.changes
    }

    /// How many sessions are moved, added or dropped.
    #[must_use]
    pub fn change_count(&self) -> usize {
        self.changes.iter().filter(|one| !matches!(one, SessionChange::Kept { .. })).count()
    }

    /// Whether it is proven that every plan good enough changes at least as many sessions.
    #[must_use]
    pub fn is_fewest(&self) -> bool {
        self.is_fewest
    }
}

/// What becomes of a session that is still to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionChange {
    /// It stays in its week.
    Kept {
        /// The session.
        placement: SessionPlacement,
    },
    /// It starts in another week.
    Moved {
        /// The session in its new week.
        placement: SessionPlacement,
        /// The week in which it was to start, from 1.
        from_week: u32,
    },
    /// It is new.
    Added {
        /// The session.
        placement: SessionPlacement,
    },
    /// It does not take place.
    Dropped {
        /// The session as it was.
        placement: SessionPlacement,
    },
}

impl SessionChange {
    /// The session: in its new week, or in its old one if it is dropped.
    #[must_use]
    pub fn placement(&self) -> &SessionPlacement {
        match self {
            Self::Kept { placement }
            | Self::Moved { placement, .. }
            | Self::Added { placement }
            | Self::Dropped { placement } => placement,
        }
    }
}

/// What has begun already breaks a constraint of the problem.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sessions begun already break {} constraint(s), first: {}", violations.len(), first(violations))]
pub struct BrokenPast {
    pub(crate) violations: Vec<PlanViolation>,
}

codes!(BrokenPast = "broken_past");

impl BrokenPast {
    /// The constraints that are broken, at least one.
    #[must_use]
    pub fn violations(&self) -> &[PlanViolation] {
        &self.violations
    }
}

fn first(violations: &[PlanViolation]) -> String {
    violations.first().map(ToString::to_string).unwrap_or_default()
}
