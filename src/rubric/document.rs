use super::{CriticalRule, FloorScore, RubricCriterion};
use crate::framework::{Band, SkillMap};
use crate::value::strict::{document, object, union};
use crate::value::{Extensions, Fingerprint, Key, Label, Language, SchemaVersion, Score, Share, Version, Weight};

document! {
    /// A rubric as it is written down. [`Rubric::try_from`](super::Rubric) checks all its rules.
    #[cfg_attr(feature = "schema", schemars(rename = "Rubric"))]
    pub struct RubricDocument {
        /// The version of this shape.
        pub schema_version: SchemaVersion,
        /// The rubric's key.
        pub id: Key,
        /// The version of its content.
        pub version: Version,
        /// The language of its wording.
        pub language: Language,
        /// Its title.
        pub title: Label,
        /// The framework it was made from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub framework: Option<FrameworkPin>,
        /// The only channel it is for; any channel when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub channel: Option<Key>,
        /// How criteria add up to the overall score.
        pub weighting: Weighting,
        /// The rows, 1 to 64.
        pub criteria: Vec<RubricCriterion>,
        /// What an average must not hide.
        pub rules: Vec<CriticalRule>,
        /// Lower bounds of scores.
        pub floors: Vec<FloorScore>,
        /// The lowest score of each level.
        pub bands: Vec<Band>,
        /// The overall score that passes, inclusive.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub threshold: Option<Score>,
        /// Whether there is an overall score at all.
        pub report_overall: bool,
        /// The least share of a skill's applicable weight that must be rated for a score.
        pub minimum_coverage: Share,
        /// The least share of a skill's weight that must be applicable for the skill to apply.
        pub minimum_applicable_share: Share,
        /// The least overall coverage for an outcome other than incomplete.
        pub minimum_overall_coverage: Share,
        /// The host's own data.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub extensions: Option<Extensions>,
    }
}

union! {
    /// How criteria add up to the overall score.
    pub enum Weighting {
        /// Criteria add up to skills, and skills to the overall score.
        BySkill {
            /// How much each skill counts, relative to the others.
            weights: SkillMap<Weight>,
        },
        /// All criteria add up in one sum, as in most contact-centre forms; skills are shown beside it.
        Flat {},
    }
}

object! {
    /// Names a framework and its version.
    pub struct FrameworkPin {
        /// The framework's key.
        pub id: Key,
        /// The version of its content.
        pub version: Version,
    }
}

object! {
    /// Names exactly one rubric: key, version and both fingerprints.
    pub struct RubricPin {
        /// The rubric's key.
        pub id: Key,
        /// The version of its content.
        pub version: Version,
        /// The fingerprint of all that decides scores.
        pub structure: Fingerprint,
        /// The fingerprint of everything, wording included.
        pub content: Fingerprint,
    }
}

impl RubricPin {
    /// Whether both name the same key, version and structure: an assessment made for the one fits the other.
    #[must_use]
    pub fn is_same_form(&self, other: &Self) -> bool {
        (&self.id, &self.version, &self.structure) == (&other.id, &other.version, &other.structure)
    }
}

impl std::fmt::Display for RubricPin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let short = self.structure.as_str().get(..12).unwrap_or_default();
        write!(formatter, "{} {} ({short})", self.id, self.version)
    }
}
