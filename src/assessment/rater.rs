use crate::value::Reference;
use crate::value::strict::{choice, object};

object! {
    /// Who rated.
    #[doc(alias = "assessor", alias = "evaluator")]
    pub struct Rater {
        /// The rater's reference.
        pub id: Reference,
        /// In which capacity.
        pub kind: RaterKind,
    }
}

choice! {
    /// In which capacity somebody rates.
    pub enum RaterKind: "In which capacity somebody rates" {
        /// The person's own view: opens the conversation, never counts.
        SelfRater = "self",
        /// A colleague.
        Peer = "peer",
        /// The person's coach or leader.
        Coach = "coach",
        /// Somebody whose task is quality review.
        QualityReviewer = "quality_reviewer",
        /// The customer.
        Customer = "customer",
        /// A program; counts only once a person confirmed it.
        Machine = "machine",
    }
}
