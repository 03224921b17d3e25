//! What a person reads: a first screen for every situation, and everything else on request.

mod compose;
mod concerns;
mod details;
mod growth;
mod layout;
mod line;
mod page;
mod situation;
mod summary;
mod text;
mod words;

pub use self::details::PlanDetails;
pub use self::growth::{Growth, NextRole, RoleGap, Stretch, StretchWay};
pub use self::line::{NextStep, SummaryLine};
pub use self::page::PlanPage;
pub use self::situation::Situation;
pub use self::summary::PlanSummary;
pub(crate) use self::summary::SUMMARY_RULES;
