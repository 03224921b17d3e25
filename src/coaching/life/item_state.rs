use super::EventKind;
use crate::value::strict::choice;

choice! {
    /// How far one session of a plan has come. The last two are final.
    pub enum ItemState: "How far one session of a plan has come" {
        /// In the plan, without an appointment.
        Planned = "planned",
        /// Agreed for a week.
        Scheduled = "scheduled",
        /// Begun.
        InProgress = "in_progress",
        /// It did not happen; it can be scheduled again.
        Missed = "missed",
        /// Held.
        Done = "done",
        /// Taken out, for a reason.
        Cancelled = "cancelled",
    }
}

impl ItemState {
    /// What may happen to the session now.
    #[must_use]
    pub const fn allowed(self) -> &'static [EventKind] {
        use EventKind as E;
        match self {
            Self::Planned | Self::Missed => &[E::ScheduleItem, E::CancelItem],
            Self::Scheduled => &[E::ScheduleItem, E::BeginItem, E::MissItem, E::CancelItem],
            Self::InProgress => &[E::FinishItem, E::MissItem, E::CancelItem],
            Self::Done | Self::Cancelled => &[],
        }
    }

    /// Whether the session is still to come, so that it moves with the plan.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::Scheduled | Self::InProgress)
    }

    /// Where the event leads when it is allowed.
    pub(super) const fn after(self, event: EventKind) -> Self {
        match event {
            EventKind::ScheduleItem => Self::Scheduled,
            EventKind::BeginItem => Self::InProgress,
            EventKind::FinishItem => Self::Done,
            EventKind::MissItem => Self::Missed,
            EventKind::CancelItem => Self::Cancelled,
            _ => self,
        }
    }
}
