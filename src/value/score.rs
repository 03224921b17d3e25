use super::millionths::decimal;
use super::{Rounding, ValueError};

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
    /// The score of a level from 1 to 5, that is `(level − 1) / 4`, to the nearest millionth: what
    /// [`on_level_scale`](Self::on_level_scale) shows, read back.
    ///
    /// # Errors
    ///
    /// [`ValueError`]: the level is not a number from 1 to 5.
    pub fn of_level(level: f64) -> Result<Self, ValueError> {
        if !(1.0..=5.0).contains(&level) {
            return Err(ValueError::new(ValueError::NUMBER, "a level", &level.to_string(), "a number from 1 to 5"));
        }
        // From 0 to 1,000,000.
        Ok(Self::at_most_max(((level - 1.0) * 250_000.0).round() as u64))
    }

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

#[cfg(test)]
mod tests {
    use super::Score;

    #[test]
    fn a_level_becomes_the_nearest_score_and_nothing_beyond_the_scale_does() {
        assert_eq!(Score::of_level(2.2).map(Score::millionths), Ok(300_000));
        assert_eq!((Score::of_level(1.0), Score::of_level(5.0)), (Ok(Score::ZERO), Ok(Score::MAX)));
        for level in [0.999_999_9, 5.000_001, f64::NAN, f64::INFINITY] {
            let told = Score::of_level(level).unwrap_err().to_string();
            assert!(told.ends_with("allowed is a number from 1 to 5"), "{told}");
        }
    }
}
