use super::{FocusCount, WeekCount};
use crate::value::strict::object;

object! {
    /// How much a person takes on at once: three goals at a time, in phases of up to twelve weeks, and one new activity a
    /// week, unless said otherwise.
    ///
    /// Coaching one behaviour at a time is the advice of contact-centre practice; it is a default, not a law of nature.
    #[derive(Copy)]
    pub struct FocusPolicy {
        /// The most goals at a time; the next ones follow in the next phase.
        pub goals: FocusCount,
        /// The most activities that start in the same week, repeats included.
        pub starts_per_week: FocusCount,
        /// The most weeks of a phase; a rest of less than four weeks is added to the phase before it.
        pub weeks_per_phase: WeekCount,
    }
}

impl Default for FocusPolicy {
    fn default() -> Self {
        Self {
            goals: FocusCount::new(3).unwrap_or(FocusCount::MAX),
            starts_per_week: FocusCount::MIN,
            weeks_per_phase: Self::weeks_by_default(),
        }
    }
}

impl FocusPolicy {
    fn weeks_by_default() -> WeekCount {
        WeekCount::new(12).unwrap_or(WeekCount::MAX)
    }
}
