//! Exact means, and weighted means of them.

use crate::value::Score;

/// Points are counted in parts of this: a multiple of 1 to 10 and of 1,000,000.
pub(super) const UNIT: u64 = 63_000_000;

/// A number from 0 to 1 with 24 decimals, cut off.
///
/// A weighted mean of such numbers reports the six decimals of the exact mean whenever the exact mean's denominator
/// is below 5 · 10¹¹: the error is less than 2 · 10⁻²⁴, and no other fraction lies so close to a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fine(u128);

impl Fine {
    const ONE: u128 = 10_u128.pow(24);

    /// `numerator / denominator`, at most 1; the denominator is at most 3 · 10¹⁴ and not 0.
    pub(super) fn new(numerator: u64, denominator: u64) -> Self {
        let (numerator, denominator) = (u128::from(numerator.min(denominator)), u128::from(denominator.max(1)));
        Self(numerator * Self::ONE / denominator)
    }

    /// `Σ weight·value / Σ weight`; nothing without weight.
    pub(super) fn weighted(parts: impl Iterator<Item = (u64, Self)>) -> Option<Self> {
        let (weights, sum) = parts.fold((0, 0), |(weights, sum), (weight, value)| {
            (weights + u128::from(weight), sum + u128::from(weight) * value.0)
        });
        (weights > 0).then(|| Self(sum / weights))
    }

    /// The nearest binary floating-point number, within two parts in 2⁵³.
    pub(super) fn to_f64(self) -> f64 {
        self.0 as f64 / Self::ONE as f64
    }

    /// To six decimals, halves up; what lies within the cutting error below a half is a half.
    pub(super) fn score(self) -> Score {
        const MILLIONTH: u128 = 10_u128.pow(18);
        const CUT_OFF: u128 = 1_000_000;
        let rounded = (self.0 + MILLIONTH / 2 + CUT_OFF) / MILLIONTH;
        Score::at_most_max(u64::try_from(rounded).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_of_thirds_are_exact() {
        let thirds = [(1, Fine::new(1, 3)), (1, Fine::new(2, 3))];
        assert_eq!(Fine::weighted(thirds.into_iter()).unwrap().score().millionths(), 500_000);
        let sevenths = [(1, Fine::new(1, 7)), (2, Fine::new(3, 7))];
        assert_eq!(Fine::weighted(sevenths.into_iter()).unwrap(), Fine::new(1, 3));
    }

    #[test]
    fn a_half_of_a_millionth_goes_up_even_when_its_parts_were_cut_off() {
        // (1 + 2 + 1.5) / 3 000 000 / 3 is half a millionth.
        let parts = [(1, Fine::new(1, 3_000_000)), (1, Fine::new(2, 3_000_000)), (1, Fine::new(1, 2_000_000))];
        assert_eq!(Fine::weighted(parts.into_iter()).unwrap().score().millionths(), 1);
    }
}
