use crate::value::LargeCount;
use crate::value::strict::{choice, object};

choice! {
    /// Why an answer does not count. No other reason is allowed: a bad mark is none.
    pub enum LeftOutReason: "Why an answer does not count" {
        /// The same answer was received twice.
        DuplicateResponse = "duplicate_response",
        /// It was sent to try out the survey.
        TestResponse = "test_response",
        /// Somebody else answered.
        WrongRecipient = "wrong_recipient",
        /// The contact was abusive under the organisation's policy.
        AbusiveContactFlaggedByPolicy = "abusive_contact_flagged_by_policy",
        /// The customer took back their consent.
        WithdrawnConsent = "withdrawn_consent",
    }
}

object! {
    /// How many answers were left out for one reason.
    #[derive(Copy)]
    pub struct LeftOutAnswers {
        /// Why.
        pub reason: LeftOutReason,
        /// How many.
        pub answers: LargeCount,
    }
}
