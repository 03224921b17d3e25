use super::{GoalVerdict, Measured, PlanEvidence, PlanVersion};
use crate::coaching::{Minutes, SessionCount, WeekCount};
use crate::value::strict::{choice, object, union};
use crate::value::{Day, Key, Note, Reference};

object! {
    /// One entry in the history of a plan.
    pub struct PlanStep {
        /// When.
        pub on: Day,
        /// Through whom.
        pub by: Reference,
        /// What happened.
        pub event: PlanEvent,
    }
}

union! {
    /// What can happen to a coaching plan.
    pub enum PlanEvent {
        /// The draft is shown to the person and the coach.
        Submit {},
        /// The draft has to change; signatures given so far are void.
        RequestChanges {
            /// Why.
            reason: Note,
        },
        /// The person or the coach signs this version.
        Sign {},
        /// Both have signed: the plan is agreed.
        Agree {},
        /// The work begins.
        Start {},
        /// The work is interrupted.
        Pause {
            /// Why.
            reason: Note,
        },
        /// The work goes on; what is open moves by the weeks of the pause.
        Resume {},
        /// The plan is finished.
        Complete {},
        /// The plan is replaced by its next version.
        Replan {
            /// The version that replaces it.
            next: PlanVersion,
        },
        /// The plan is given up.
        Abandon {
            /// Why.
            because: AbandonReason,
            /// Why, in words.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            note: Option<Note>,
        },
        /// A session gets its week, for the first time or again.
        ScheduleItem {
            /// The activity.
            activity: Key,
            /// The session's number in it.
            session: SessionCount,
            /// The week of the plan.
            week: WeekCount,
        },
        /// A session begins.
        BeginItem {
            /// The activity.
            activity: Key,
            /// The session's number in it.
            session: SessionCount,
        },
        /// A session was held to its end.
        FinishItem {
            /// The activity.
            activity: Key,
            /// The session's number in it.
            session: SessionCount,
            /// How long it took, if known.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            minutes: Option<Minutes>,
        },
        /// A session did not happen.
        MissItem {
            /// The activity.
            activity: Key,
            /// The session's number in it.
            session: SessionCount,
            /// Why, if known.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            note: Option<Note>,
        },
        /// A session is taken out.
        CancelItem {
            /// The activity.
            activity: Key,
            /// The session's number in it.
            session: SessionCount,
            /// Why.
            reason: Note,
        },
        /// A check-in or review took place.
        HoldCheckpoint {
            /// The week for which it was planned.
            week: WeekCount,
            /// What came of it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            note: Option<Note>,
        },
        /// Something shows how a goal stands.
        AddEvidence {
            /// What it is.
            evidence: PlanEvidence,
        },
        /// A goal gets its verdict.
        JudgeGoal {
            /// The goal's criterion.
            criterion: Key,
            /// The verdict.
            verdict: GoalVerdict,
            /// The measurement on which it rests; a verdict on a goal that is judged by ratings has one.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            result: Option<Measured>,
        },
    }
}

impl PlanEvent {
    /// What kind of event it is.
    #[must_use]
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::Submit {} => EventKind::Submit,
            Self::RequestChanges { .. } => EventKind::RequestChanges,
            Self::Sign {} => EventKind::Sign,
            Self::Agree {} => EventKind::Agree,
            Self::Start {} => EventKind::Start,
            Self::Pause { .. } => EventKind::Pause,
            Self::Resume {} => EventKind::Resume,
            Self::Complete {} => EventKind::Complete,
            Self::Replan { .. } => EventKind::Replan,
            Self::Abandon { .. } => EventKind::Abandon,
            Self::ScheduleItem { .. } => EventKind::ScheduleItem,
            Self::BeginItem { .. } => EventKind::BeginItem,
            Self::FinishItem { .. } => EventKind::FinishItem,
            Self::MissItem { .. } => EventKind::MissItem,
            Self::CancelItem { .. } => EventKind::CancelItem,
            Self::HoldCheckpoint { .. } => EventKind::HoldCheckpoint,
            Self::AddEvidence { .. } => EventKind::AddEvidence,
            Self::JudgeGoal { .. } => EventKind::JudgeGoal,
        }
    }

    /// The session that the event is about.
    pub(super) const fn item(&self) -> Option<(&Key, SessionCount)> {
        match self {
            Self::ScheduleItem { activity, session, .. }
            | Self::BeginItem { activity, session }
            | Self::FinishItem { activity, session, .. }
            | Self::MissItem { activity, session, .. }
            | Self::CancelItem { activity, session, .. } => Some((activity, *session)),
            _ => None,
        }
    }
}

choice! {
    /// The kinds of events, as the tables of [`PlanStatus`](super::PlanStatus) and [`ItemState`](super::ItemState)
    /// list them; the words are those of `kind` in a [`PlanEvent`].
    pub enum EventKind: "The kinds of events" {
        /// The draft is shown.
        Submit = "submit",
        /// The draft has to change.
        RequestChanges = "request_changes",
        /// Somebody signs.
        Sign = "sign",
        /// Both have signed.
        Agree = "agree",
        /// The work begins.
        Start = "start",
        /// The work is interrupted.
        Pause = "pause",
        /// The work goes on.
        Resume = "resume",
        /// The plan is finished.
        Complete = "complete",
        /// The plan is replaced by its next version.
        Replan = "replan",
        /// The plan is given up.
        Abandon = "abandon",
        /// A session gets its week.
        ScheduleItem = "schedule_item",
        /// A session begins.
        BeginItem = "begin_item",
        /// A session was held.
        FinishItem = "finish_item",
        /// A session did not happen.
        MissItem = "miss_item",
        /// A session is taken out.
        CancelItem = "cancel_item",
        /// A check-in or review took place.
        HoldCheckpoint = "hold_checkpoint",
        /// Something shows how a goal stands.
        AddEvidence = "add_evidence",
        /// A goal gets its verdict.
        JudgeGoal = "judge_goal",
    }
}

choice! {
    /// Why a plan was given up.
    pub enum AbandonReason: "Why a plan was given up" {
        /// The person left.
        Left = "left",
        /// The person has another role now.
        RoleChange = "role_change",
        /// There is no time for it.
        Capacity = "capacity",
        /// Person and coach do not agree on it.
        Disagreement = "disagreement",
        /// Something else.
        Other = "other",
    }
}
