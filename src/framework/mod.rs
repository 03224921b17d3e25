//! What good service is: five closed skills, open criteria with anchors, levels, channels, kinds of evidence.
//!
//! [`Framework::builtin`] is the content that comes with the crate; an organisation's own framework goes through
//! the same door, [`Framework::from_json`].

mod band;
mod basis;
mod criterion;
mod critical_class;
mod definition;
mod document;
mod level;
mod observation_count;
mod skill;
mod skill_map;
mod window_days;

pub use self::band::Band;
pub(crate) use self::band::{BAND_LEVELS_UNIQUE, BANDS_START_AT_ZERO, check_bands, level_of, start_of};
pub use self::basis::Basis;
pub use self::criterion::{Activation, Anchor, Applicability, ChannelFit, Criterion, Critical, Polarity};
pub use self::critical_class::CriticalClass;
pub use self::definition::Framework;
pub(crate) use self::definition::RULES;
pub use self::document::{
    Alignment, Channel, Citation, ContentStatus, EvidenceType, FrameworkDocument, LevelDefinition, OutsideFramework,
    RatingRules, Relation, SkillDefinition, Verification,
};
pub use self::level::Level;
pub use self::observation_count::ObservationCount;
pub use self::skill::Skill;
pub use self::skill_map::SkillMap;
pub use self::window_days::WindowDays;
