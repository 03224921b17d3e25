use crate::value::strict::{choice, object};
use crate::value::{Day, Key, Reference};

object! {
    /// What shows whether a goal is reached, by reference: no customer's text is stored.
    pub struct PlanEvidence {
        /// The goal's criterion.
        pub criterion: Key,
        /// What it is about.
        pub level: EvidenceLevel,
        /// Where it is found, such as an assessment.
        pub source: Reference,
        /// When it was gathered.
        pub on: Day,
    }
}

choice! {
    /// What evidence of coaching is about (after Kirkpatrick). Only the last two can close a goal.
    #[doc(alias = "Kirkpatrick")]
    pub enum EvidenceLevel: "What evidence of coaching is about" {
        /// How the person liked it.
        Reaction = "reaction",
        /// What the person knows or can show in practice.
        Learning = "learning",
        /// What the person does at work.
        Behaviour = "behaviour",
        /// What it changes for customers and the organisation.
        Results = "results",
    }
}

impl EvidenceLevel {
    /// Whether it can close a goal: liking and learning say little about what is done at work.
    #[must_use]
    pub const fn can_close_a_goal(self) -> bool {
        matches!(self, Self::Behaviour | Self::Results)
    }
}
