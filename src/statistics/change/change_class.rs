use crate::value::strict::choice;

choice! {
    /// What became of a subject that was measured twice, after Jacobson and Truax 1991: against a cut-off, and for better
    /// or worse. (Up, down or not shown, without either, is a matter of the interval of a difference.)
    pub enum ChangeClass: "What became of a subject that was measured twice" {
        /// Changed reliably for the better, across the cut-off.
        Recovered = "recovered",
        /// Changed reliably for the better, not across the cut-off.
        Improved = "improved",
        /// Not changed by more than the error of measuring explains.
        Unchanged = "unchanged",
        /// Changed reliably for the worse.
        Deteriorated = "deteriorated",
    }
}
