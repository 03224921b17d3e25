use super::LevelGap;
use crate::framework::{Level, Skill};
use crate::value::strict::{choice, object, union};
use crate::value::{Key, Real, Score, Share, Text};

union! {
    /// How far one skill is from what the role asks for.
    #[derive(Copy)]
    pub enum SkillGap {
        /// The skill has a value.
        Assessed {
            /// The level that the role asks for.
            target: Level,
            /// The level, held down while a critical concern is open.
            level: Level,
            /// The value.
            score: Score,
            /// How far the value is below the start of the target's band; 0 exactly when it lies in that band or above.
            gap: LevelGap,
            /// How far the value is below the full target level.
            to_full_level: LevelGap,
            /// How sure it is that the person's long-run mean lies below the start of the target's band.
            probability_below: Share,
            /// How far it is to the next level.
            progress: Progress,
            /// Whether an open critical concern stands in the way, whatever the value.
            blocked_by_concern: bool,
            /// Whether the level is at or above the target.
            meets_target: bool,
        },
        /// There is too little evidence for a value.
        InsufficientEvidence {
            /// The level that the role asks for.
            target: Level,
        },
        /// The skill does not apply.
        NotApplicable {},
    }
}

object! {
    /// How far one criterion is from what the role asks for.
    pub struct CriterionGap {
        /// The criterion.
        pub criterion: Key,
        /// Its skill.
        pub skill: Skill,
        /// The level asked for.
        pub target: Level,
        /// Who asks for it.
        pub target_source: TargetSource,
        /// The value.
        pub score: Score,
        /// The level of the value.
        pub level: Level,
        /// How far the value is below the start of the target's band.
        pub gap: LevelGap,
        /// How far the value is below the full target level.
        pub to_full_level: LevelGap,
        /// The criterion's share of all weight in the role.
        pub importance: Share,
        /// How sure it is that the person's long-run mean lies below the start of the target's band.
        pub probability_below: Share,
        /// Importance times gap times that probability.
        pub priority: LevelGap,
        /// How far it is to the next level.
        pub progress: Progress,
        /// The person's own view minus that of the others, in levels; absent without own ratings.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub own_view_above_others: Option<Real>,
        /// How urgent it is, before priority.
        pub urgency: Urgency,
        /// Why it stands where it stands.
        pub reasons: Vec<Reason>,
    }
}

union! {
    /// How far a value has come towards the next level.
    #[derive(Copy)]
    pub enum Progress {
        /// There is a level above.
        Towards {
            /// The next level with a band.
            level: Level,
            /// The share of the way from the start of the value's band to the start of the next one.
            share: Share,
        },
        /// The value has the highest level that the rubric knows.
        HighestLevel {},
    }
}

union! {
    /// How much of what a role asks for is there, each skill counting at most as far as its target.
    #[derive(Copy)]
    pub enum TargetShare {
        /// Skills with a value could be compared.
        Known {
            /// The share.
            share: Share,
        },
        /// No skill has a value.
        NoSkillRated {},
        /// The lowest level is the target of every skill with a value: nothing is asked for.
        NothingAskedFor {},
    }
}

impl TargetShare {
    /// The share, if there is one.
    #[must_use]
    pub const fn share(self) -> Option<Share> {
        match self {
            Self::Known { share } => Some(share),
            Self::NoSkillRated {} | Self::NothingAskedFor {} => None,
        }
    }
}

choice! {
    /// Who asks for a level.
    pub enum TargetSource: "Who asks for a level" {
        /// The role asks for it on this criterion.
        RoleMinimum = "role_minimum",
        /// The role asks for it on the whole skill.
        SkillTarget = "skill_target",
    }
}

choice! {
    /// How urgent a gap is; more urgent ones come first, whatever their priority.
    pub enum Urgency: "How urgent a gap is" {
        /// A critical concern about it is open.
        OpenConcern = "open_concern",
        /// It is critical and below what the role asks for.
        CriticalBelowTarget = "critical_below_target",
        /// It is below a minimum of the role.
        BelowRoleMinimum = "below_role_minimum",
        /// It is below the target of its skill.
        BelowTarget = "below_target",
        /// There is no gap.
        None = "none",
    }
}

object! {
    /// Why something is as it is: a stable code, and words for a person.
    pub struct Reason {
        /// The stable machine code.
        pub code: Key,
        /// The reason in words.
        pub text: Text,
    }
}

impl Reason {
    /// A reason with a code of ours; a text that is too long is cut to what a text may be.
    pub(crate) fn new(code: &'static str, text: &str) -> Self {
        let cut: String = text.chars().take(Text::MAX_LENGTH).collect();
        #[expect(clippy::expect_used, reason = "codes are constants of the right form, and no reason is empty")]
        let (code, text) = (Key::new(code).expect("a code is a key"), Text::new(&cut).expect("a reason is a text"));
        Self { code, text }
    }
}

/// The words.
impl std::fmt::Display for Reason {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.text.fmt(formatter)
    }
}

choice! {
    /// Whether a person meets what the role asks for.
    pub enum Verdict: "Whether a person meets what the role asks for" {
        /// Every skill is at or above its target, every minimum is met, and no critical concern is open.
        MeetsTarget = "meets_target",
        /// Something is below, or a critical concern is open.
        BelowTarget = "below_target",
        /// Nothing is known to be below, but not everything is known.
        InsufficientEvidence = "insufficient_evidence",
    }
}
