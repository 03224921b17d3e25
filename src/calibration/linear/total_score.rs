use crate::value::{Real, Reference};

/// The total score of one assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TotalScore {
    /// Who was rated.
    pub person: Reference,
    /// By whom.
    pub rater: Reference,
    /// The score, on any scale.
    pub score: Real,
}
