use crate::value::strict::object;
use crate::value::{Count, Real};

object! {
    /// From where a figure about a rater is flagged, and how many ratings it needs to be shown at all.
    ///
    /// The defaults are those of the built-in checks of raters, and for fit the bounds in common use (0.5 to 1.5): rules
    /// of thumb, not laws. A flag is a reason to talk, and no verdict.
    pub struct RaterThresholds {
        /// The fewest ratings for fit, leniency, range and halo; 30.
        pub minimum_ratings: Count,
        /// The fewest ratings of contacts that others rated too, for bias; 20.
        pub minimum_shared_ratings: Count,
        /// The fewest such ratings of one criterion for its alignment, and the fewest pairs for its agreement; 8.
        pub minimum_criterion_ratings: Count,
        /// The fewest contacts that others rated too, for drift; 6.
        pub minimum_shared_contacts: Count,
        /// How far ratings may lie above or below those of others on the same contacts, in steps; 0.75.
        pub bias: Real,
        /// How far the fair average may lie above or below that of all raters, in steps; 0.5.
        pub leniency: Real,
        /// The lowest alignment with others on a criterion, from 0 to 1; 0.75.
        pub alignment: Real,
        /// The lowest coefficient of agreement on a criterion; 0.6.
        pub agreement: Real,
        /// The lowest spread of ratings, as a share of that of all raters; 0.5.
        pub range: Real,
        /// The lowest spread between criteria inside an assessment, as a share of that of all raters; 0.5.
        pub halo: Real,
        /// How far bias may move in 30 days, in steps; 0.25.
        pub drift: Real,
        /// The lowest mean square of fit; 0.5.
        pub lowest_fit: Real,
        /// The highest mean square of fit; 1.5.
        pub highest_fit: Real,
        /// The share of pairs around two steps that part between them, from where their anchors are listed; 0.3.
        pub anchor_split: Real,
    }
}

impl Default for RaterThresholds {
    fn default() -> Self {
        Self {
            minimum_ratings: Count::of(30),
            minimum_shared_ratings: Count::of(20),
            minimum_criterion_ratings: Count::of(8),
            minimum_shared_contacts: Count::of(6),
            bias: real(0.75),
            leniency: real(0.5),
            alignment: real(0.75),
            agreement: real(0.6),
            range: real(0.5),
            halo: real(0.5),
            drift: real(0.25),
            lowest_fit: real(0.5),
            highest_fit: real(1.5),
            anchor_split: real(0.3),
        }
    }
}

#[expect(clippy::expect_used, reason = "constants are finite")]
fn real(number: f64) -> Real {
    Real::new(number).expect("a constant is finite")
}
