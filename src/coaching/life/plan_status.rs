use super::EventKind;
use crate::value::strict::choice;

choice! {
    /// How far a coaching plan has come. The last three are final: what follows is a new plan or a new version.
    pub enum PlanStatus: "How far a coaching plan has come" {
        /// Being written.
        Draft = "draft",
        /// Shown to the person and the coach, who sign it or ask for changes.
        Proposed = "proposed",
        /// Signed by both.
        Agreed = "agreed",
        /// Being worked on.
        Active = "active",
        /// Interrupted; what is open moves when it goes on.
        Paused = "paused",
        /// Reviewed, with a verdict for every goal.
        Completed = "completed",
        /// Replaced by its next version.
        Superseded = "superseded",
        /// Given up, for a reason.
        Abandoned = "abandoned",
    }
}

impl PlanStatus {
    /// What may happen now: the table of the workflow, without its guards.
    ///
    /// ```
    /// use service_excellence::coaching::{EventKind, PlanStatus};
    ///
    /// assert!(PlanStatus::Proposed.allowed().contains(&EventKind::Sign));
    /// assert!(PlanStatus::Completed.allowed().is_empty());
    /// ```
    #[must_use]
    pub const fn allowed(self) -> &'static [EventKind] {
        use EventKind as E;
        match self {
            Self::Draft => &[E::Submit, E::Abandon],
            Self::Proposed => &[E::RequestChanges, E::Sign, E::Agree, E::Abandon],
            Self::Agreed => &[E::Start, E::ScheduleItem, E::Abandon],
            Self::Active => &[
                E::Pause,
                E::Complete,
                E::Replan,
                E::Abandon,
                E::ScheduleItem,
                E::BeginItem,
                E::FinishItem,
                E::MissItem,
                E::CancelItem,
                E::HoldCheckpoint,
                E::AddEvidence,
                E::JudgeGoal,
            ],
            Self::Paused => &[E::Resume, E::Replan, E::Abandon, E::AddEvidence],
            Self::Completed | Self::Superseded | Self::Abandoned => &[],
        }
    }

    /// Whether nothing can follow.
    #[must_use]
    pub const fn is_final(self) -> bool {
        self.allowed().is_empty()
    }

    /// Where the event leads when it is allowed; most events of an active plan leave it active.
    pub(super) const fn after(self, event: EventKind) -> Self {
        match event {
            EventKind::Submit => Self::Proposed,
            EventKind::RequestChanges => Self::Draft,
            EventKind::Agree => Self::Agreed,
            EventKind::Start | EventKind::Resume => Self::Active,
            EventKind::Pause => Self::Paused,
            EventKind::Complete => Self::Completed,
            EventKind::Replan => Self::Superseded,
            EventKind::Abandon => Self::Abandoned,
            EventKind::Sign
            | EventKind::ScheduleItem
            | EventKind::BeginItem
            | EventKind::FinishItem
            | EventKind::MissItem
            | EventKind::CancelItem
            | EventKind::HoldCheckpoint
            | EventKind::AddEvidence
            | EventKind::JudgeGoal => self,
        }
    }
}
