use super::CriteriaCount;
use crate::framework::{CriticalClass, Level, Skill};
use crate::value::strict::{choice, object, union};
use crate::value::{Key, Score, Step, Text};

object! {
    /// What happens when something goes so wrong that an average must not hide it.
    ///
    /// Rules fire on real work only ([`Basis::is_real_work`](crate::framework::Basis::is_real_work)): practice must be safe to
    /// fail in.
    pub struct CriticalRule {
        /// The rule's key, unique among the rules of the rubric.
        pub key: Key,
        /// Whom the failure harms.
        pub class: CriticalClass,
        /// When it fires.
        pub when: Condition,
        /// What it does, in the order deduct, cap, zero, whatever the order here.
        pub effects: Vec<Effect>,
        /// Why the rule is there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<Text>,
    }
}

union! {
    /// When a rule fires.
    pub enum Condition {
        /// A criterion is rated at or below a step.
        RatedAtOrBelow {
            /// The criterion.
            criterion: Key,
            /// The step.
            step: Step,
        },
        /// At least so many of the listed criteria are rated at or below a step.
        SeveralRatedAtOrBelow {
            /// How many: a number from 1 to the length of the list.
            count: CriteriaCount,
            /// The criteria, each once.
            criteria: Vec<Key>,
            /// The step.
            step: Step,
        },
        /// The score of a skill, before any rule, is below a bound.
        SkillScoreBelow {
            /// The skill.
            skill: Skill,
            /// The bound; a score equal to it is not below.
            score: Score,
        },
    }
    read through #[expect(clippy::enum_variant_names, reason = "the variants are named like on the wire")]
}

union! {
    /// What a rule does.
    #[derive(Copy)]
    pub enum Effect {
        /// The outcome becomes a critical concern, which stays open until a second assessor decides.
        RaiseConcern {
            /// Where.
            target: Target,
        },
        /// A second assessor is asked for.
        RequireSecondAssessor {
            /// For what.
            target: Target,
        },
        /// The level is at most this; the score stays.
        CapLevel {
            /// Of what.
            target: Target,
            /// The highest level.
            level: Level,
        },
        /// The score is lowered by this much, not below 0.
        Deduct {
            /// From what.
            target: Target,
            /// By how much.
            score: Score,
        },
        /// The score is at most this.
        CapScore {
            /// Of what.
            target: Target,
            /// The highest score.
            score: Score,
        },
        /// The score is 0.
        Zero {
            /// Of what.
            target: Target,
        },
    }
}

impl Effect {
    /// What the effect falls on.
    #[must_use]
    pub const fn target(self) -> Target {
        match self {
            Self::RaiseConcern { target }
            | Self::RequireSecondAssessor { target }
            | Self::CapLevel { target, .. }
            | Self::Deduct { target, .. }
            | Self::CapScore { target, .. }
            | Self::Zero { target } => target,
        }
    }
}

choice! {
    /// What an effect falls on: one skill, or the overall score.
    pub enum Target: "What an effect falls on: one skill, or the overall score" {
        /// The skill empathy.
        Empathy = "empathy",
        /// The skill communication mastery.
        CommunicationMastery = "communication_mastery",
        /// The skill problem-solving agility.
        ProblemSolvingAgility = "problem_solving_agility",
        /// The skill tech-savviness.
        TechSavviness = "tech_savviness",
        /// The skill resilience and patience.
        ResilienceAndPatience = "resilience_and_patience",
        /// The overall score.
        Overall = "overall",
    }
}

impl Target {
    /// The skill, unless the target is the overall score.
    #[must_use]
    pub const fn skill(self) -> Option<Skill> {
        match self {
            Self::Empathy => Some(Skill::Empathy),
            Self::CommunicationMastery => Some(Skill::CommunicationMastery),
            Self::ProblemSolvingAgility => Some(Skill::ProblemSolvingAgility),
            Self::TechSavviness => Some(Skill::TechSavviness),
            Self::ResilienceAndPatience => Some(Skill::ResilienceAndPatience),
            Self::Overall => None,
        }
    }

    /// The name shown to people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self.skill() {
            Some(skill) => skill.name(),
            None => "Overall",
        }
    }
}

impl From<Skill> for Target {
    fn from(skill: Skill) -> Self {
        match skill {
            Skill::Empathy => Self::Empathy,
            Skill::CommunicationMastery => Self::CommunicationMastery,
            Skill::ProblemSolvingAgility => Self::ProblemSolvingAgility,
            Skill::TechSavviness => Self::TechSavviness,
            Skill::ResilienceAndPatience => Self::ResilienceAndPatience,
        }
    }
}

object! {
    /// A lower bound of a score, once something is rated; it holds whatever the rules do.
    #[derive(Copy)]
    pub struct FloorScore {
        /// Of what.
        pub target: Target,
        /// The lowest score.
        pub score: Score,
    }
}
