use crate::framework::Level;
use crate::value::strict::union;
use crate::value::{Score, Share};

union! {
    /// What the ratings of one skill add up to.
    #[derive(Copy)]
    pub enum SkillScore {
        /// Enough was rated for a score.
        Scored {
            /// The score after all rules.
            score: Score,
            /// Its level, after all caps.
            level: Level,
            /// The score before any rule.
            before_rules: Score,
            /// The rated share of the applicable weight.
            coverage: Share,
        },
        /// Too little was rated: there is no number.
        InsufficientEvidence {
            /// The rated share of the applicable weight.
            coverage: Share,
        },
        /// Too little of the skill applies.
        NotApplicable {},
    }
}

impl SkillScore {
    /// The score after all rules, if there is one.
    #[must_use]
    pub const fn score(self) -> Option<Score> {
        match self {
            Self::Scored { score, .. } => Some(score),
            Self::InsufficientEvidence { .. } | Self::NotApplicable {} => None,
        }
    }

    /// The score before any rule, if there is one.
    #[must_use]
    pub const fn before_rules(self) -> Option<Score> {
        match self {
            Self::Scored { before_rules, .. } => Some(before_rules),
            Self::InsufficientEvidence { .. } | Self::NotApplicable {} => None,
        }
    }

    /// The level after all caps, if there is one.
    #[must_use]
    pub const fn level(self) -> Option<Level> {
        match self {
            Self::Scored { level, .. } => Some(level),
            Self::InsufficientEvidence { .. } | Self::NotApplicable {} => None,
        }
    }

    /// The rated share of the applicable weight; none when the skill does not apply.
    #[must_use]
    pub const fn coverage(self) -> Option<Share> {
        match self {
            Self::Scored { coverage, .. } | Self::InsufficientEvidence { coverage } => Some(coverage),
            Self::NotApplicable {} => None,
        }
    }
}
