use super::{EventKind, ItemState, PlanStatus, PlanVersion};
use crate::coaching::{SessionCount, WeekCount};
use crate::framework::ObservationCount;
use crate::value::codes::codes;
use crate::value::{Day, Key, Score};

/// Why an event cannot happen to a plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransitionError {
    /// Not in this status.
    #[error(transparent)]
    Illegal(#[from] IllegalTransition),
    /// Not to a session in this state.
    #[error(transparent)]
    IllegalItem(#[from] IllegalItemStep),
    /// In this status, and a condition does not hold.
    #[error("`{event}` is not possible: {guard}")]
    Guard {
        /// The event.
        event: EventKind,
        /// The condition.
        guard: Guard,
    },
    /// One of several steps was refused, so none of them happened.
    #[error("step {number}: {cause}")]
    Step {
        /// Which of the steps given, counted from 1.
        number: usize,
        /// Why; it names the event.
        cause: Box<Self>,
    },
}

impl TransitionError {
    /// Every [`code`](Self::code) of this type's own; a variant that wraps another error has the code of that.
    pub const CODES: &'static [&'static str] = &[];

    /// The stable machine code: texts may change, codes do not. [`guide::errors`](crate::guide::errors) lists them all.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Illegal(error) => error.code(),
            Self::IllegalItem(error) => error.code(),
            Self::Guard { guard, .. } => guard.code(),
            Self::Step { cause, .. } => cause.code(),
        }
    }
}

/// An event that the status of the plan does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{event}` is not possible while the plan is `{from}`: allowed is {}", listed(from.allowed()))]
pub struct IllegalTransition {
    from: PlanStatus,
    event: EventKind,
}

codes!(IllegalTransition = "illegal_transition");

impl IllegalTransition {
    pub(super) fn new(from: PlanStatus, event: EventKind) -> Self {
        Self { from, event }
    }

    /// The status.
    #[must_use]
    pub fn from(&self) -> PlanStatus {
        self.from
    }

    /// The event.
    #[must_use]
    pub fn event(&self) -> EventKind {
        self.event
    }

    /// What the status allows.
    #[must_use]
    pub fn allowed(&self) -> &'static [EventKind] {
        self.from.allowed()
    }
}

/// An event that the state of a session does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{event}` is not possible while session {session} of `{activity}` is `{from}`: allowed is {}",
    listed(from.allowed())
)]
pub struct IllegalItemStep {
    activity: Key,
    session: SessionCount,
    from: ItemState,
    event: EventKind,
}

codes!(IllegalItemStep = "illegal_item_step");

impl IllegalItemStep {
    pub(super) fn new(activity: Key, session: SessionCount, from: ItemState, event: EventKind) -> Self {
        Self { activity, session, from, event }
    }

    /// The activity.
    #[must_use]
    pub fn activity(&self) -> &Key {
        &self.activity
    }

    /// The session's number in it.
    #[must_use]
    pub fn session(&self) -> SessionCount {
        self.session
    }

    /// The state of the session.
    #[must_use]
    pub fn from(&self) -> ItemState {
        self.from
    }

    /// The event.
    #[must_use]
    pub fn event(&self) -> EventKind {
        self.event
    }

    /// What the state allows.
    #[must_use]
    pub fn allowed(&self) -> &'static [EventKind] {
        self.from.allowed()
    }
}

/// A condition of an event that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Guard {
    /// The days of a history do not go back.
    #[error("{on} is earlier than the last entry of the history, {last}")]
    EarlierThanLast {
        /// The day of the event.
        on: Day,
        /// The day of the last entry.
        last: Day,
    },
    /// A plan that is proposed has a goal.
    #[error("the plan has no goal: at least one is needed")]
    NoGoal,
    /// A plan that is proposed has something to do.
    #[error("the plan has no session: at least one is needed")]
    NothingPlanned,
    /// Only the person and the coach sign.
    #[error("only the person and the coach of the plan can sign it")]
    NotAParty,
    /// Each signs once.
    #[error("the signature is there already")]
    SignedAlready,
    /// An agreed plan is signed by both.
    #[error("the plan is not signed by {missing}")]
    NotSigned {
        /// Who has not signed this version.
        missing: &'static str,
    },
    /// The work begins on the start day or later.
    #[error("{on} is before the first day of the plan, {start}")]
    TooEarly {
        /// The day of the event.
        on: Day,
        /// The first day of the plan.
        start: Day,
    },
    /// Where a person stood long ago says little about now.
    #[error("the baseline of `{criterion}` is of {as_of}: allowed is {oldest} or later")]
    BaselineTooOld {
        /// The goal's criterion.
        criterion: Key,
        /// The day of its baseline.
        as_of: Day,
        /// The earliest day allowed.
        oldest: Day,
    },
    /// A pause cannot move a plan beyond its longest length.
    #[error("the pause moves something beyond week {}: plan anew instead", WeekCount::MAX)]
    PauseTooLong,
    /// The event is about a session that is not in the plan.
    #[error("session {session} of `{activity}` is not in the plan")]
    UnknownItem {
        /// The activity.
        activity: Key,
        /// The session's number in it.
        session: SessionCount,
    },
    /// A session stays within the plan.
    #[error("week {week} lies outside the plan: allowed is 1 to {last}")]
    OutsidePlan {
        /// The week.
        week: WeekCount,
        /// The plan's last week, moved by pauses.
        last: u8,
    },
    /// No checkpoint was planned for this week.
    #[error("no check-in or review was planned for week {week}")]
    UnknownCheckpoint {
        /// The week.
        week: WeekCount,
    },
    /// Each checkpoint is held once.
    #[error("the check-in or review of week {week} was held already")]
    CheckpointHeld {
        /// The week for which it was planned.
        week: WeekCount,
    },
    /// The event is about a goal that is not in the plan.
    #[error("`{criterion}` is not a goal of the plan")]
    UnknownGoal {
        /// The criterion.
        criterion: Key,
    },
    /// Each goal is judged once.
    #[error("the goal `{criterion}` has its verdict already")]
    JudgedAlready {
        /// The goal's criterion.
        criterion: Key,
    },
    /// Liking and learning do not close a goal.
    #[error(
        "nothing shows how `{criterion}` is done at work: evidence of behaviour or results is needed for a verdict"
    )]
    EvidenceTooWeak {
        /// The goal's criterion.
        criterion: Key,
    },
    /// What is entered has been seen.
    #[error("the evidence is of {of}: allowed is the day of its entry, {on}, or earlier")]
    EvidenceOfLater {
        /// The day of the evidence.
        of: Day,
        /// The day of the event.
        on: Day,
    },
    /// A goal judged by ratings has a verdict when there are enough of them.
    #[error("a verdict on `{criterion}` needs a measurement over {needed} contacts or more: this one has {found}")]
    TooFewObservations {
        /// The goal's criterion.
        criterion: Key,
        /// How many contacts were rated; 0 without a measurement.
        found: u16,
        /// How many the goal's measure asks for.
        needed: ObservationCount,
    },
    /// The verdict and the measurement say the same about the target.
    #[error("the measured score {score} of `{criterion}`, whose target is {target}, says the opposite of the verdict")]
    VerdictContradicted {
        /// The goal's criterion.
        criterion: Key,
        /// What was measured.
        score: Score,
        /// The target.
        target: Score,
    },
    /// A finished plan was reviewed.
    #[error("the final review was not held")]
    FinalReviewOpen,
    /// A finished plan has a verdict for every goal.
    #[error("the goal `{criterion}` has no verdict")]
    VerdictMissing {
        /// The goal's criterion.
        criterion: Key,
    },
    /// A plan is replaced by a version that exists.
    #[error("the next version has to be made first, by `PlanRecord::replan`")]
    NewVersionMissing,
    /// The version that replaces a plan is the one after it.
    #[error("version {next} cannot replace version {this}: allowed is the one after it")]
    WrongVersion {
        /// The version named.
        next: PlanVersion,
        /// The version of this record.
        this: PlanVersion,
    },
}

codes!(Guard {
    EarlierThanLast = "earlier_than_last",
    NoGoal = "no_goal",
    NothingPlanned = "nothing_planned",
    NotAParty = "not_a_party",
    SignedAlready = "signed_already",
    NotSigned = "not_signed",
    TooEarly = "too_early",
    BaselineTooOld = "baseline_too_old",
    PauseTooLong = "pause_too_long",
    UnknownItem = "unknown_item",
    OutsidePlan = "outside_plan",
    UnknownCheckpoint = "unknown_checkpoint",
    CheckpointHeld = "checkpoint_held",
    UnknownGoal = "unknown_goal",
    JudgedAlready = "judged_already",
    EvidenceTooWeak = "evidence_too_weak",
    EvidenceOfLater = "evidence_of_later",
    TooFewObservations = "too_few_observations",
    VerdictContradicted = "verdict_contradicted",
    FinalReviewOpen = "final_review_open",
    VerdictMissing = "verdict_missing",
    NewVersionMissing = "new_version_missing",
    WrongVersion = "wrong_version",
});

fn listed(allowed: &[EventKind]) -> String {
    let words: Vec<_> = allowed.iter().map(|one| format!("`{one}`")).collect();
    if words.is_empty() { "nothing, that is final".to_owned() } else { words.join(", ") }
}
