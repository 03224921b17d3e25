//! What is said alike of persons, raters and criteria.

/// The getters of what the ratings of one element show, whatever the element is.
macro_rules! ratings_of_one {
    () => {
        /// How many ratings there are.
        #[must_use]
        pub fn ratings(&self) -> usize {
            self.ratings
        }

        /// The mean of the steps given, by raters and on criteria as they came.
        #[must_use]
        pub fn raw_average(&self) -> f64 {
            self.raw_average.get()
        }

        /// How well the ratings fit; none for an extreme total.
        #[must_use]
        pub fn fit(&self) -> Option<&FitStatistics> {
            self.fit.as_ref()
        }

        /// Whether every rating is the lowest or the highest possible, so that the measure says "beyond the scale" only.
        #[must_use]
        pub fn is_extreme(&self) -> bool {
            self.is_extreme
        }
    };
}
pub(super) use ratings_of_one;
