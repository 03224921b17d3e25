//! One person over time and raters, what a role asks for, and the gap between the two.
//!
//! A [`Profiler`] makes a [`Profile`] of assessments up to a day, with an interval beside every number
//! ([`UncertaintyModel`]); [`GapAnalysis::of`] compares it with a [`RoleProfile`]; [`Profiler::trend`] says whether
//! something changed between two periods.

mod aggregation;
mod bulk;
mod concern;
mod definition;
mod entry;
mod error;
mod exclusion;
mod forms;
mod gap;
mod gap_parts;
mod level_gap;
mod mean;
mod policy;
mod precedence;
mod profiler;
mod role;
mod second_look;
mod selection;
mod skills;
mod standing;
mod trend;
mod uncertainty;

pub use self::aggregation::{Aggregation, Observation, RaterWeights};
pub use self::concern::Concern;
pub use self::definition::Profile;
pub use self::entry::ObservedRow;
pub use self::error::{OtherProfile, PeriodsOverlap, ProfileError, RowNotAllowed};
pub use self::exclusion::{Exclusion, ExclusionReason};
pub use self::gap::GapAnalysis;
pub use self::gap_parts::{CriterionGap, Progress, Reason, SkillGap, TargetShare, TargetSource, Urgency, Verdict};
pub use self::level_gap::LevelGap;
pub use self::policy::EvidencePolicy;
pub use self::precedence::RaterPrecedence;
pub use self::profiler::Profiler;
pub use self::role::{
    CriterionMinimum, CriterionWeightOverride, CustomerContact, EvidenceShare, RoleLibrary, RolePin, RoleProfile,
    SfiaLevel,
};
pub use self::standing::{Confidence, CriterionProfile, CriterionStanding, OverallStanding, OwnView, SkillStanding};
pub use self::trend::{ChangeVerdict, CriterionTrend, MeasuredChange, Trend};
pub use self::uncertainty::{ComponentsSource, UncertaintyModel};

pub(crate) use self::definition::PROFILE_RULES;
pub(crate) use self::gap::GAP_RULES;
pub(crate) use self::role::{ROLE_FRAMEWORK_RULES, ROLE_RUBRIC_RULES, ROLE_RULES};
