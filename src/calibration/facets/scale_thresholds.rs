use crate::statistics::Estimate;
use crate::value::{Key, Step};

/// The thresholds of one scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScaleThresholds {
    pub(super) criterion: Option<Key>,
    pub(super) steps: Vec<Step>,
    pub(super) thresholds: Vec<Estimate>,
}

impl ScaleThresholds {
    /// The criterion, in a partial-credit model.
    #[must_use]
    pub fn criterion(&self) -> Option<&Key> {
        self.criterion.as_ref()
    }

    /// The steps that were chosen, lowest first.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Where each step after the first becomes as likely as the one before, in logits; they sum to 0.
    #[must_use]
    pub fn thresholds(&self) -> &[Estimate] {
        &self.thresholds
    }
}
