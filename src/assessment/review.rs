use crate::value::strict::{choice, object};
use crate::value::{Day, Key, Note, Reference};

choice! {
    /// How far an assessment has come. Without any step it is a draft.
    pub enum ReviewState: "How far an assessment has come" {
        /// Being written; it counts nowhere.
        Draft = "draft",
        /// Handed over; it counts.
        Submitted = "submitted",
        /// Disputed; it counts nowhere until decided, but a critical concern stays open.
        Contested = "contested",
        /// Confirmed after a dispute; it counts.
        Upheld = "upheld",
        /// Replaced after a dispute by an assessment that supersedes it; it counts no more.
        Revised = "revised",
        /// Closed; it counts and can no longer be disputed.
        Final = "final",
    }
}

impl ReviewState {
    /// The states that may follow.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Submitted],
            Self::Submitted => &[Self::Contested, Self::Final],
            Self::Contested => &[Self::Upheld, Self::Revised],
            Self::Upheld => &[Self::Final],
            Self::Revised | Self::Final => &[],
        }
    }

    /// Whether an assessment in this state counts towards a person's profile.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::Submitted | Self::Upheld | Self::Final)
    }

    /// Whether entering this state decides a dispute, which is not for the person assessed to do.
    #[must_use]
    pub const fn decides_a_dispute(self) -> bool {
        matches!(self, Self::Upheld | Self::Revised)
    }
}

object! {
    /// A step in the review of an assessment: the state it entered, when, and through whom.
    pub struct ReviewStep {
        /// The state that was entered.
        pub state: ReviewState,
        /// When.
        pub on: Day,
        /// Through whom; a dispute is decided (upheld or revised) by somebody other than the person assessed.
        pub by: Reference,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<Note>,
    }
}

object! {
    /// A person's word that a machine's ratings are right.
    pub struct Confirmation {
        /// Who confirmed: neither the rater nor the person assessed.
        pub by: Reference,
        /// When.
        pub on: Day,
        /// What was checked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<Note>,
    }
}

object! {
    /// A second assessor's decision that closes a critical concern.
    pub struct ConcernDecision {
        /// The rule of the rubric that raised the concern.
        pub rule: Key,
        /// The second assessor: neither the rater nor the person assessed.
        pub by: Reference,
        /// When.
        pub on: Day,
        /// What was decided.
        pub verdict: ConcernVerdict,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<Note>,
    }
}

choice! {
    /// What a second assessor decided about a critical concern; either way it is closed.
    pub enum ConcernVerdict: "What a second assessor decided about a critical concern" {
        /// The concern was right and has been dealt with.
        Resolved = "resolved",
        /// There was no breach.
        Withdrawn = "withdrawn",
    }
}
