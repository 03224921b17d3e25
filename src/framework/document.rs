use super::{Band, Basis, Criterion, Level, ObservationCount, SkillMap, WindowDays};
use crate::value::strict::{choice, document, object};
use crate::value::{Extensions, Key, Label, Language, SchemaVersion, Share, Text, Version, Weight};

document! {
    /// A framework as it is written down. [`Framework::try_from`](super::Framework) checks all its rules.
    #[cfg_attr(feature = "schema", schemars(rename = "Framework"))]
    pub struct FrameworkDocument {
        /// The version of this shape.
        pub schema_version: SchemaVersion,
        /// The framework's key.
        pub id: Key,
        /// The version of its content.
        pub version: Version,
        /// The language of its wording.
        pub language: Language,
        /// Its title.
        pub title: Label,
        /// How far it has been tested.
        pub status: ContentStatus,
        /// What that means for its use.
        pub status_note: Text,
        /// The five levels, from the lowest.
        pub levels: Vec<LevelDefinition>,
        /// The channels in which service happens.
        pub channels: Vec<Channel>,
        /// How much of a rating each kind of evidence may carry, once for every kind.
        pub evidence: Vec<EvidenceType>,
        /// How ratings become scores and profiles.
        pub rules: RatingRules,
        /// The five skills with their criteria.
        pub skills: SkillMap<SkillDefinition>,
        /// The outside frameworks that alignments name.
        pub outside_frameworks: Vec<OutsideFramework>,
        /// The literature that references name.
        pub references: Vec<Citation>,
        /// The host's own data.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub extensions: Option<Extensions>,
    }
}

choice! {
    /// How far content has been tested.
    pub enum ContentStatus: "How far content has been tested" {
        /// Written by experts from published sources, not yet tested with job holders.
        ExpertDraft = "expert_draft",
        /// Sorted back and scaled by job holders.
        Scaled = "scaled",
        /// In use with known agreement between raters.
        Validated = "validated",
    }
}

object! {
    /// What a proficiency level means.
    pub struct LevelDefinition {
        /// The level.
        pub level: Level,
        /// Its key.
        pub key: Key,
        /// Its name.
        pub name: Label,
        /// What it means.
        pub summary: Text,
        /// What follows from it.
        pub use_note: Text,
    }
}

object! {
    /// A way in which customers and staff meet.
    pub struct Channel {
        /// The channel's key.
        pub key: Key,
        /// Its name.
        pub name: Label,
        /// What belongs to it.
        pub description: Text,
    }
}

object! {
    /// How much of a rating one kind of evidence may carry.
    pub struct EvidenceType {
        /// The kind.
        pub basis: Basis,
        /// Its name.
        pub name: Label,
        /// What belongs to it.
        pub description: Text,
        /// The largest share of the observations behind a rating; 0 never counts, 1 is not limited.
        pub max_share: Share,
        /// Whether names must be removed first.
        pub requires_anonymisation: bool,
    }
}

object! {
    /// How ratings become scores and profiles, unless a rubric or a policy says otherwise.
    pub struct RatingRules {
        /// The least share of a skill's applicable weight that must be rated for a score.
        pub minimum_coverage: Share,
        /// The least share of a skill's weight that must be applicable for the skill to apply.
        pub minimum_applicable_share: Share,
        /// The least overall coverage for an outcome other than incomplete.
        pub minimum_overall_coverage: Share,
        /// The lowest score of each level.
        pub bands: Vec<Band>,
        /// The highest level of a skill with a critical concern.
        pub critical_skill_level_cap: Level,
        /// How many days back observations count.
        pub window_days: WindowDays,
        /// The fewest observations for a value.
        pub minimum_observations: ObservationCount,
        /// The fewest observations for high confidence.
        pub high_confidence_observations: ObservationCount,
        /// The fewest raters for high confidence.
        pub high_confidence_raters: ObservationCount,
        /// The fewest observations for the highest value.
        pub top_level_observations: ObservationCount,
        /// How many raters must have seen the highest step.
        pub top_level_raters: ObservationCount,
        /// The framework's references that support the rules.
        pub references: Vec<Key>,
    }
}

object! {
    /// A skill with its criteria.
    pub struct SkillDefinition {
        /// Its name.
        pub name: Label,
        /// What it is.
        pub definition: Text,
        /// How much it counts, relative to the other skills.
        pub weight: Weight,
        /// Why it counts so much.
        pub weight_rationale: Text,
        /// What corresponds to it in outside frameworks.
        pub alignments: Vec<Alignment>,
        /// Its criteria.
        pub criteria: Vec<Criterion>,
    }
}

object! {
    /// What corresponds to something of ours in an outside framework.
    pub struct Alignment {
        /// The outside framework's key.
        pub framework: Key,
        /// What corresponds there.
        pub element: Text,
        /// How closely.
        pub relation: Relation,
    }
}

choice! {
    /// How closely two concepts correspond.
    pub enum Relation: "How closely two concepts correspond" {
        /// Nearly the same.
        Close = "close",
        /// They overlap.
        Partial = "partial",
    }
}

object! {
    /// A framework outside this one.
    pub struct OutsideFramework {
        /// Its key.
        pub key: Key,
        /// Its title.
        pub title: Label,
        /// How the correspondence was checked.
        pub verification_note: Text,
    }
}

object! {
    /// A publication.
    pub struct Citation {
        /// Its key.
        pub key: Key,
        /// Authors, year, place, and what it found.
        pub citation_note: Text,
        /// How the finding was checked.
        pub verification: Verification,
    }
}

choice! {
    /// How the finding of a publication was checked.
    pub enum Verification: "How the finding of a publication was checked" {
        /// Its abstract was read.
        AbstractSeen = "abstract_seen",
        /// Another publication that reports it was read.
        SecondarySourceSeen = "secondary_source_seen",
        /// It is general knowledge of the field.
        GeneralKnowledge = "general_knowledge",
    }
}
