use crate::value::strict::choice;

choice! {
    /// Why a plan has no further phase.
    pub enum PlanEnd: "Why a plan has no further phase" {
        /// There was no gap to close.
        NothingToClose = "nothing_to_close",
        /// If the assumptions hold, every target is reached.
        TargetsReached = "targets_reached",
        /// The last week is used.
        WeeksUsed = "weeks_used",
        /// Gaps and weeks are left, and no activity fits: the plan's unlocks and the goals' reasons say why.
        NothingElseFits = "nothing_else_fits",
    }
}

impl PlanEnd {
    /// In a sentence.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::NothingToClose => "There is no gap to close.",
            Self::TargetsReached => "If the assumptions hold, every target is reached.",
            Self::WeeksUsed => "The weeks of the plan are used up.",
            Self::NothingElseFits => "No further activity fits into the weeks that are left.",
        }
    }
}
