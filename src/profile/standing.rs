use crate::framework::{Level, ObservationCount, Skill};
use crate::value::strict::{choice, object, union};
use crate::value::{Count, Key, Score, Share};

object! {
    /// Where a person stands on one criterion.
    pub struct CriterionProfile {
        /// The criterion.
        pub criterion: Key,
        /// Its skill.
        pub skill: Skill,
        /// Where the person stands.
        pub standing: CriterionStanding,
    }
}

union! {
    /// Where a person stands on a criterion.
    #[derive(Copy)]
    pub enum CriterionStanding {
        /// There is a value.
        Rated {
            /// The value: the mean, 1 when the highest level is claimed, otherwise at most the value of level 4.
            score: Score,
            /// The plain mean of the counted observations.
            mean: Score,
            /// How many observations count.
            observations: Count,
            /// By how many raters.
            raters: Count,
            /// The lowest of them.
            lowest: Score,
            /// The highest of them.
            highest: Score,
            /// How far the value can be trusted.
            confidence: Confidence,
        },
        /// There are too few observations for a value.
        InsufficientEvidence {
            /// How many observations count.
            observations: Count,
            /// How many a value needs.
            needed: ObservationCount,
        },
        /// The criterion does not occur in the role, or in any contact that was seen.
        NotApplicable {},
    }
}

choice! {
    /// How far a value can be trusted.
    pub enum Confidence: "How far a value can be trusted" {
        /// There are enough observations for a value, too few for more.
        Limited = "limited",
        /// There are many observations by different raters.
        High = "high",
    }
}

union! {
    /// Where a person stands on a skill.
    #[derive(Copy)]
    pub enum SkillStanding {
        /// There is a value.
        Rated {
            /// The weighted mean of the criteria with a value.
            score: Score,
            /// Its level, held down while a critical concern is open.
            level: Level,
            /// The share of the applicable weight that has a value.
            coverage: Share,
            /// High when it is high on every criterion with a value.
            confidence: Confidence,
            /// Whether a critical concern about this skill is open.
            has_open_concern: bool,
        },
        /// Too few criteria have a value.
        InsufficientEvidence {
            /// The share of the applicable weight that has a value.
            coverage: Share,
        },
        /// Too little of the skill applies.
        NotApplicable {},
    }
}

impl CriterionStanding {
    /// The value, if there is one.
    #[must_use]
    pub const fn score(self) -> Option<Score> {
        match self {
            Self::Rated { score, .. } => Some(score),
            Self::InsufficientEvidence { .. } | Self::NotApplicable {} => None,
        }
    }
}

impl SkillStanding {
    /// The value, if there is one.
    #[must_use]
    pub const fn score(self) -> Option<Score> {
        match self {
            Self::Rated { score, .. } => Some(score),
            Self::InsufficientEvidence { .. } | Self::NotApplicable {} => None,
        }
    }

    /// The level, if there is one.
    #[must_use]
    pub const fn level(self) -> Option<Level> {
        match self {
            Self::Rated { level, .. } => Some(level),
            Self::InsufficientEvidence { .. } | Self::NotApplicable {} => None,
        }
    }
}
