use super::{CriticalClass, Level};
use crate::value::strict::{choice, object};
use crate::value::{Key, Label, Step, Text, Weight};

object! {
    /// One observable behaviour of a skill, with an anchor for each level.
    pub struct Criterion {
        /// The criterion's key, unique in the framework.
        pub key: Key,
        /// Its name.
        pub name: Label,
        /// What the person does.
        pub description: Text,
        /// What belongs to a neighbouring criterion.
        pub boundary_note: Text,
        /// How much it counts inside its skill, relative to the others.
        pub weight: Weight,
        /// Why it counts so much.
        pub weight_rationale: Text,
        /// Set when a failure cannot be averaged away.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub critical: Option<Critical>,
        /// Cases in which it cannot occur; for a critical criterion these are the only allowed ones.
        pub not_applicable_when: Vec<Text>,
        /// How far it applies in each channel, once for every channel of the framework.
        pub channels: Vec<ChannelFit>,
        /// What is seen at each level, from level 1 to level 5.
        pub anchors: Vec<Anchor>,
        /// Examples of evidence.
        pub example_evidence: Vec<Text>,
        /// What must not be rated.
        pub fairness_note: Text,
        /// The framework's references that support it.
        pub references: Vec<Key>,
    }
}

object! {
    /// Says that a failure on a criterion cannot be averaged away.
    pub struct Critical {
        /// Whether the rule is on unless switched off, or off unless switched on.
        pub activation: Activation,
        /// Whom the failure harms.
        pub class: CriticalClass,
        /// The highest level that is a failure.
        pub fails_at_or_below: Step,
        /// Why it is critical.
        pub reason: Text,
    }
}

choice! {
    /// Whether a critical rule is on by default.
    pub enum Activation: "Whether a critical rule is on by default" {
        /// On.
        Default = "default",
        /// Off until an organisation switches it on.
        Optional = "optional",
    }
}

object! {
    /// How far a criterion applies in one channel.
    pub struct ChannelFit {
        /// The channel's key.
        pub channel: Key,
        /// How far the criterion applies there.
        pub applicability: Applicability,
        /// How it is read there; needed unless it applies in full.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<Text>,
    }
}

choice! {
    /// How far a criterion applies in a channel.
    pub enum Applicability: "How far a criterion applies in a channel" {
        /// As written.
        Full = "full",
        /// Read as the note says.
        Adapted = "adapted",
        /// Not at all.
        None = "none",
    }
}

object! {
    /// What is seen at one level of one criterion.
    #[doc(alias = "behavioural indicator")]
    pub struct Anchor {
        /// The level.
        pub level: Level,
        /// Whether the behaviour helps or harms.
        pub polarity: Polarity,
        /// The behaviour in words.
        pub text: Text,
    }
}

choice! {
    /// Whether a behaviour helps or harms.
    pub enum Polarity: "Whether a behaviour helps or harms" {
        /// It harms or is missing.
        Negative = "negative",
        /// Part of it helps.
        Mixed = "mixed",
        /// It helps.
        Positive = "positive",
    }
}
