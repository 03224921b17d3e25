use super::Score;

/// An exact fraction that is rounded once, at the edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ratio {
    numerator: u128,
    denominator: u128,
}

impl Ratio {
    /// `denominator` must not be 0; twice the numerator times a million must fit (see the scoring room's bounds).
    pub(crate) const fn new(numerator: u128, denominator: u128) -> Self {
        Self { numerator, denominator }
    }

    pub(crate) const fn numerator(self) -> u128 {
        self.numerator
    }

    pub(crate) const fn denominator(self) -> u128 {
        self.denominator
    }

    /// Another numerator over the same denominator.
    pub(crate) const fn with_numerator(self, numerator: u128) -> Self {
        Self { numerator, ..self }
    }

    /// A score as a numerator over this denominator, which must be a multiple of 1,000,000.
    pub(crate) const fn numerator_of(self, score: Score) -> u128 {
        self.denominator / 1_000_000 * score.millionths() as u128
    }

    /// The fraction in millionths, halves rounded away from zero.
    pub(crate) fn millionths(self) -> u64 {
        let (rounded_up, doubled) = (self.numerator * 2_000_000 + self.denominator, 2 * self.denominator);
        // 128-bit division is slow, and most ratios fit 64 bits.
        match (u64::try_from(rounded_up), u64::try_from(doubled)) {
            (Ok(rounded_up), Ok(doubled)) => rounded_up / doubled.max(1),
            _ => u64::try_from(rounded_up / doubled.max(1)).unwrap_or(u64::MAX),
        }
    }

    /// The fraction as a reported score: the one rounding.
    pub(crate) fn score(self) -> Score {
        Score::at_most_max(self.millionths())
    }
}
