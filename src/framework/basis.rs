use crate::value::strict::choice;

choice! {
    /// The kind of evidence on which an assessment rests.
    ///
    /// How much of a rating each kind may carry is said by the framework
    /// ([`EvidenceType::max_share`](crate::framework::EvidenceType)).
    pub enum Basis: "The kind of evidence on which an assessment rests" {
        /// An assessor watched or listened to a contact as it happened.
        LiveObservation = "live_observation",
        /// An assessor reviewed a recorded call, screen or message.
        RecordedContactReview = "recorded_contact_review",
        /// A sent message, letter, post, case note or article.
        WrittenWorkSample = "written_work_sample",
        /// A staged contact with a briefed partner.
        Simulation = "simulation",
        /// A first-person account that an assessor can check.
        StarNarrative = "star_narrative",
        /// System data that shows an action took place.
        WorkRecord = "work_record",
        /// Comments from colleagues tied to a named event.
        PeerFeedback = "peer_feedback",
        /// Survey answers, thanks or complaints, read for behaviour.
        CustomerFeedback = "customer_feedback",
        /// The person's own rating with an example.
        SelfAssessment = "self_assessment",
    }
}

impl Basis {
    /// Whether it shows real work; critical rules fire on nothing else, so that practice stays safe to fail in.
    #[must_use]
    pub const fn is_real_work(self) -> bool {
        matches!(self, Self::LiveObservation | Self::RecordedContactReview | Self::WrittenWorkSample | Self::WorkRecord)
    }
}
