use super::Rounding;
use super::millionths::decimal;

decimal! {
    /// A score from 0 (every rating on the lowest step) to 1 (every rating on the highest).
    ///
    /// Held as whole millionths, so that equality, order and thresholds are exact. In JSON a number with at most
    /// six decimal places.
    ///
    /// ```
    /// use service_excellence::Score;
    ///
    /// let score = Score::try_from(0.4875)?;
    /// assert_eq!(score.millionths(), 487_500);
    /// assert_eq!(score.percent(2), "48.75");
    /// assert_eq!(score.on_level_scale(2), "2.95");
    /// # Ok::<(), service_excellence::ValueError>(())
    /// ```
    pub struct Score: "a score", 0 to 1
}

impl Score {
    /// The score in percent with `places` decimals (at most four are held), halves rounded away from zero.
    #[must_use]
    pub fn percent(self, places: usize) -> String {
        Rounding::HalfAwayFromZero.show(u64::from(self.millionths()) * 100, places)
    }

    /// The score on the presentation scale from 1 to 5, that is `1 + 4 · score`, with `places` decimals, halves
    /// rounded away from zero.
    #[must_use]
    pub fn on_level_scale(self, places: usize) -> String {
        Rounding::HalfAwayFromZero.show(1_000_000 + 4 * u64::from(self.millionths()), places)
    }
}
