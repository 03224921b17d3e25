//! From gaps to a plan: goals, activities placed in weeks, and the reason for each choice and omission.
//!
//! [`Planner`] is the one door. Gains are planning assumptions, in type, text and JSON.

mod activity;
mod coverage;
mod day_count;
mod error;
mod focus_count;
mod focus_policy;
mod library;
mod life;
mod limits;
mod longer_weeks;
mod milli_levels;
mod minutes;
mod open_goal;
mod person_problem;
mod phase;
mod phases;
mod plan;
mod plan_check;
mod plan_end;
mod planner;
mod price;
mod reach;
mod refusal;
mod report;
mod run;
mod session_count;
mod solved;
mod telling;
mod under_way;
mod unlock;
mod unlocking;
mod week_count;
mod week_minutes;
mod what_if;

pub use self::activity::{Activity, ActivityFocus, ActivityKind, CostBand, EvidenceGrade, Gain, Modality, TokenRisk};
pub use self::day_count::DayCount;
pub use self::error::{CoachingError, OtherRubric, UnknownActivity};
pub use self::focus_count::FocusCount;
pub use self::focus_policy::FocusPolicy;
pub use self::library::ActivityLibrary;
pub(crate) use self::library::{LIBRARY_FRAMEWORK_RULES, LIBRARY_RULES};
pub(crate) use self::life::RECORD_RULES;
pub use self::life::{
    AbandonReason, Baseline, Carried, Checkpoint, CheckpointKind, DoneItem, EventKind, EvidenceLevel, GainEstimate,
    GoalHealth, GoalMeasure, GoalOutcome, GoalProgress, GoalSetup, GoalVerdict, Guard, IllegalItemStep,
    IllegalTransition, ItemState, LevelFilter, LevelModel, Measured, PeerChange, PeerComparison, PlanEvent,
    PlanEvidence, PlanGoal, PlanItem, PlanPin, PlanRecord, PlanStatus, PlanStep, PlanVersion, ProgressWeek,
    RatedContact, RealisedGain, RecordError, RecordSetup, Replanned, Tenure, TransitionError, WeekRatings, WeekShift,
};
pub use self::limits::PlanLimits;
pub use self::longer_weeks::{LongerWeek, LongerWeeks, WeekRhythm};
pub use self::milli_levels::MilliLevels;
pub use self::minutes::Minutes;
pub use self::phase::{Phase, PhaseGoal};
pub use self::plan::{
    CoachingPlan, Credit, GainBasis, Goal, GoalStatus, LibraryPin, Omission, PlanGuarantee, PlannedActivity,
    PlannedSession,
};
pub(crate) use self::plan_check::PLAN_RULES;
pub use self::plan_end::PlanEnd;
pub use self::planner::Planner;
pub use self::reach::Reach;
pub use self::session_count::SessionCount;
pub(crate) use self::telling::SUMMARY_RULES;
pub use self::telling::{
    Growth, NextRole, NextStep, PlanDetails, PlanPage, PlanSummary, RoleGap, Situation, Stretch, StretchWay,
    SummaryLine,
};
pub use self::under_way::UnderWay;
pub use self::unlock::{LimitChange, Unlock};
pub use self::week_count::WeekCount;
pub use self::week_minutes::WeekMinutes;
pub use self::what_if::{PlanChange, WhatIf};
