use crate::value::strict::choice;

choice! {
    /// What an assessment comes to: the first of these that holds.
    pub enum Outcome: "What an assessment comes to: the first of these that holds" {
        /// A rule raised a critical concern.
        CriticalConcern = "critical_concern",
        /// "Not applicable" was answered where the rubric makes that a failure.
        NotApplicableFailure = "not_applicable_failure",
        /// There is no score at all, or too little was rated in all.
        Incomplete = "incomplete",
        /// The overall score is below the threshold.
        BelowThreshold = "below_threshold",
        /// The overall score reaches the threshold.
        Passed = "passed",
        /// There is no threshold.
        Scored = "scored",
    }
}
