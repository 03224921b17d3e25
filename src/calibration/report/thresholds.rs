use crate::value::strict::object;
use crate::value::{Count, Real, Share};

object! {
    /// How many signals by chance a report may hold, what is tolerated, and how many ratings a figure needs.
    ///
    /// A figure beyond its bound is a signal only if chance would put one of all the report's figures so far beyond in at
    /// most [`false_alarm_rate`](Self::false_alarm_rate) of reports: see
    /// [`guide::calibration`](crate::guide::calibration). The bounds are rules of thumb, for fit those in common use. A
    /// signal is a reason to talk, and no verdict.
    pub struct RaterThresholds {
        /// In which share of reports on raters who are within all bounds there may be a signal; 0.05.
        pub false_alarm_rate: Share,
        /// The fewest ratings for fit, leniency, range and halo; 30.
        pub minimum_ratings: Count,
        /// The fewest ratings of contacts that others rated too, for bias and alignment; 20.
        pub minimum_shared_ratings: Count,
        /// The fewest contacts that others rated too on a criterion, for bias, alignment and distance on it, and the fewest
        /// pairs for its agreement; 8.
        pub minimum_criterion_ratings: Count,
        /// The fewest contacts that others rated too, for drift; 6.
        pub minimum_shared_contacts: Count,
        /// How far ratings may lie above or below those of others on the same contacts, in steps; 0.5.
        pub bias: Real,
        /// The same on one criterion, in steps; 0.2.
        pub criterion_bias: Real,
        /// How far alignment with the others may lie below that of the others with each other; 0.05.
        pub alignment: Real,
        /// How far the fair average may lie above or below that of all raters, in steps; 0.5.
        pub leniency: Real,
        /// The lowest spread of ratings, as a share of that of the other raters; 0.5.
        pub range: Real,
        /// The lowest spread between criteria inside an assessment, as a share of that of the other raters; 0.5.
        pub halo: Real,
        /// How far bias may move in 30 days, in steps; 0.25.
        pub drift: Real,
        /// The lowest mean square of fit; 0.5.
        pub lowest_fit: Real,
        /// The highest mean square of fit; 1.5.
        pub highest_fit: Real,
        /// How many times as far as on the other criteria raters may lie apart on one; 1.15.
        pub anchor_distance: Real,
    }
}

impl Default for RaterThresholds {
    fn default() -> Self {
        Self {
            false_alarm_rate: Share::of(5, 100).unwrap_or(Share::ZERO),
            minimum_ratings: Count::of(30),
            minimum_shared_ratings: Count::of(20),
            minimum_criterion_ratings: Count::of(8),
            minimum_shared_contacts: Count::of(6),
            bias: real(0.5),
            criterion_bias: real(0.2),
            alignment: real(0.05),
            leniency: real(0.5),
            range: real(0.5),
            halo: real(0.5),
            drift: real(0.25),
            lowest_fit: real(0.5),
            highest_fit: real(1.5),
            anchor_distance: real(1.15),
        }
    }
}

#[expect(clippy::expect_used, reason = "constants are finite")]
fn real(number: f64) -> Real {
    Real::new(number).expect("a constant is finite")
}
