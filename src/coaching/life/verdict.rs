use crate::profile::ChangeVerdict;
use crate::value::strict::choice;

choice! {
    /// What came of a goal: whether the target is met, and whether the change is larger than chance in the ratings
    /// would explain.
    pub enum GoalVerdict: "What came of a goal" {
        /// The target is met, and the person reliably rose.
        MetReliablyUp = "met_reliably_up",
        /// The target is met; whether the person rose is unclear.
        MetUnclear = "met_unclear",
        /// The target is met, and yet the person reliably fell.
        MetReliablyDown = "met_reliably_down",
        /// The target is not met, and the person reliably rose.
        NotMetReliablyUp = "not_met_reliably_up",
        /// The target is not met; whether anything changed is unclear.
        NotMetUnclear = "not_met_unclear",
        /// The target is not met, and the person reliably fell.
        NotMetReliablyDown = "not_met_reliably_down",
        /// There are too few observations for a verdict.
        Insufficient = "insufficient",
    }
}

impl GoalVerdict {
    /// The matrix of both questions.
    #[must_use]
    pub const fn new(is_target_met: bool, change: ChangeVerdict) -> Self {
        match (is_target_met, change) {
            (true, ChangeVerdict::Rose) => Self::MetReliablyUp,
            (true, ChangeVerdict::NotShown) => Self::MetUnclear,
            (true, ChangeVerdict::Fell) => Self::MetReliablyDown,
            (false, ChangeVerdict::Rose) => Self::NotMetReliablyUp,
            (false, ChangeVerdict::NotShown) => Self::NotMetUnclear,
            (false, ChangeVerdict::Fell) => Self::NotMetReliablyDown,
        }
    }

    /// As a sentence for the person and the coach.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::MetReliablyUp => {
                "The new mean is at the target or above, and the rise is more than chance in the ratings would explain."
            }
            Self::MetUnclear => {
                "The new mean is at the target or above; whether anything changed cannot be told from these ratings."
            }
            Self::MetReliablyDown => {
                "The new mean is at the target or above, and yet it fell by more than chance in the ratings would explain."
            }
            Self::NotMetReliablyUp => {
                "The new mean is below the target still, but the rise is more than chance in the ratings would explain."
            }
            Self::NotMetUnclear => {
                "The new mean is below the target still; whether anything changed cannot be told from these ratings."
            }
            Self::NotMetReliablyDown => {
                "The new mean is below the target, and it fell by more than chance in the ratings would explain."
            }
            Self::Insufficient => "No verdict: too few contacts were rated. That says nothing about the person.",
        }
    }

    /// Whether the target is met; nothing when that is not known.
    #[must_use]
    pub const fn is_target_met(self) -> Option<bool> {
        match self {
            Self::MetReliablyUp | Self::MetUnclear | Self::MetReliablyDown => Some(true),
            Self::NotMetReliablyUp | Self::NotMetUnclear | Self::NotMetReliablyDown => Some(false),
            Self::Insufficient => None,
        }
    }
}
