//! Many people: summaries that merge, reports that give nobody away, impact ratios.
//!
//! A [`TeamCounter`] makes a [`TeamTally`] of each person; tallies merge in any order. A [`TeamReport`] of groups shows what
//! may be shown: levels, means, accuracy, barriers and how often people were reviewed, with small groups suppressed and
//! protected. [`impact`](ImpactReport) compares rates of categories from counts alone. [`Comparison`] compares two people,
//! and says when that cannot be done; nothing here puts people in an order.

mod comparison;
mod counter;
mod disclosure;
mod error;
mod impact;
mod layout;
mod people;
mod range;
mod report;
mod review_band;
mod summary;
mod tally;
mod tally_document;
mod threshold;

pub use self::comparison::Comparison;
pub use self::counter::TeamCounter;
pub use self::error::{TeamError, TeamMismatch};
pub use self::impact::{CategoryCount, CategoryImpact, ImpactOutcome, ImpactReport};
pub use self::people::{PeopleMatrix, PersonRow};
pub use self::range::CountRange;
pub(crate) use self::report::REPORT_RULES;
pub use self::report::{GroupContent, HiddenCounts, SuppressionReason, TeamGroup, TeamReport};
pub use self::review_band::ReviewBand;
pub use self::summary::{
    BarrierFrequency, LevelFrequency, ReviewFrequency, TeamAccuracy, TeamCell, TeamCriterion, TeamSummary,
};
pub use self::tally::TeamTally;
pub(crate) use self::tally_document::TALLY_RULES;
pub use self::tally_document::TeamTallyDocument;
pub use self::threshold::GroupThreshold;
