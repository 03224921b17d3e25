use super::FocusCount;
use crate::value::strict::object;

object! {
    /// How much a person takes on at once: three goals, and one new activity a week, unless said otherwise.
    ///
    /// Coaching one behaviour at a time is the advice of contact-centre practice; it is a default, not a law of nature.
    #[derive(Copy)]
    pub struct FocusPolicy {
        /// The most goals in one plan; the next ones wait for the next plan.
        pub goals: FocusCount,
        /// The most activities that start in the same week, repeats included.
        pub starts_per_week: FocusCount,
    }
}

impl Default for FocusPolicy {
    fn default() -> Self {
        Self { goals: FocusCount::new(3).unwrap_or(FocusCount::MAX), starts_per_week: FocusCount::MIN }
    }
}
