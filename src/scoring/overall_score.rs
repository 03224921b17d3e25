use crate::framework::Level;
use crate::value::strict::union;
use crate::value::{Score, Share};

union! {
    /// What the skills add up to.
    #[derive(Copy)]
    pub enum OverallScore {
        /// At least one skill has a score; with flat weighting, something that counts was rated.
        Scored {
            /// The score after all rules.
            score: Score,
            /// Its level, after all caps.
            level: Level,
            /// The score before any rule, of a skill or of the whole.
            before_rules: Score,
            /// The score from the skills after their rules, before the rules of the whole.
            after_skill_rules: Score,
            /// The rated share of the applicable weight, over all applicable skills.
            coverage: Share,
        },
        /// No skill has a score; with flat weighting, nothing that counts was rated.
        InsufficientEvidence {
            /// The rated share of the applicable weight, over all applicable skills.
            coverage: Share,
        },
        /// The rubric has no overall score.
        SwitchedOff {
            /// The rated share of the applicable weight, over all applicable skills.
            coverage: Share,
        },
    }
}

impl OverallScore {
    /// The score after all rules, if there is one.
    #[must_use]
    pub const fn score(self) -> Option<Score> {
        match self {
            Self::Scored { score, .. } => Some(score),
            Self::InsufficientEvidence { .. } | Self::SwitchedOff { .. } => None,
        }
    }

    /// The score before any rule, if there is one.
    #[must_use]
    pub const fn before_rules(self) -> Option<Score> {
        match self {
            Self::Scored { before_rules, .. } => Some(before_rules),
            Self::InsufficientEvidence { .. } | Self::SwitchedOff { .. } => None,
        }
    }

    /// The level after all caps, if there is one.
    #[must_use]
    pub const fn level(self) -> Option<Level> {
        match self {
            Self::Scored { level, .. } => Some(level),
            Self::InsufficientEvidence { .. } | Self::SwitchedOff { .. } => None,
        }
    }

    /// The rated share of the applicable weight, over all applicable skills.
    #[must_use]
    pub const fn coverage(self) -> Share {
        match self {
            Self::Scored { coverage, .. }
            | Self::InsufficientEvidence { coverage }
            | Self::SwitchedOff { coverage } => coverage,
        }
    }
}
