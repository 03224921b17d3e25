//! From ratings to numbers, exactly, with a full trace.
//!
//! A [`Scorer`] is a rubric compiled once. [`Scorer::score_row`] is the fast path without a trace,
//! [`Scorer::score`] the full [`Scorecard`], [`Scorer::explain`] the same in words.

mod accuracy;
mod adjustment;
mod contribution;
mod error;
mod explanation;
mod item_count;
mod outcome;
mod overall_score;
mod policy_version;
pub mod presets;
mod row_score;
mod scorecard;
mod scorer;
mod skill_score;
mod table;
mod trigger;
mod weighted_mean;

pub use self::accuracy::{Accuracy, AccuracyTally};
pub use self::adjustment::{Adjustment, AdjustmentKind};
pub use self::contribution::{AnswerKind, Contribution};
pub use self::error::{AnswerNotAllowed, RowLength, RubricMismatch, ScoringError};
pub use self::explanation::Explanation;
pub use self::item_count::ItemCount;
pub use self::outcome::Outcome;
pub use self::overall_score::OverallScore;
pub use self::policy_version::PolicyVersion;
pub use self::row_score::RowScore;
pub(crate) use self::scorecard::RULES;
pub use self::scorecard::{RuleStatus, RuleTrace, Scorecard};
pub use self::scorer::Scorer;
pub use self::skill_score::SkillScore;
pub(crate) use self::table::points_at;
