//! One person over time and raters, what a role asks for, and the gap between the two.
//!
//! A [`Profiler`] makes a [`Profile`] of assessments up to a day; [`GapAnalysis::of`] compares it with a
//! [`RoleProfile`].

mod concern;
mod definition;
mod error;
mod exclusion;
mod gap;
mod gap_parts;
mod level_gap;
mod mean;
mod policy;
mod profiler;
mod role;
mod selection;
mod standing;

pub use self::concern::Concern;
pub use self::definition::Profile;
pub use self::error::{OtherProfile, ProfileError};
pub use self::exclusion::{Exclusion, ExclusionReason};
pub use self::gap::GapAnalysis;
pub use self::gap_parts::{CriterionGap, Reason, SkillGap, TargetSource, Urgency, Verdict};
pub use self::level_gap::LevelGap;
pub use self::policy::EvidencePolicy;
pub use self::profiler::Profiler;
pub use self::role::{
    CriterionMinimum, CriterionWeightOverride, CustomerContact, EvidenceShare, RoleLibrary, RoleProfile, SfiaLevel,
};
pub use self::standing::{Confidence, CriterionProfile, CriterionStanding, SkillStanding};

pub(crate) use self::definition::PROFILE_RULES;
pub(crate) use self::gap::GAP_RULES;
pub(crate) use self::role::{ROLE_FRAMEWORK_RULES, ROLE_RUBRIC_RULES, ROLE_RULES};
