/// An exact fraction that is rounded once, at the edge.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ratio {
    numerator: u128,
    denominator: u128,
}

impl Ratio {
    /// `denominator` must not be 0; twice the numerator times a million must fit (see the scoring room's bounds).
    pub(crate) const fn new(numerator: u128, denominator: u128) -> Self {
        Self { numerator, denominator }
    }

    /// The fraction in millionths, halves rounded away from zero.
    pub(crate) fn millionths(self) -> u64 {
        let doubled = 2 * self.denominator;
        let rounded = (self.numerator * 2_000_000 + self.denominator) / doubled.max(1);
        u64::try_from(rounded).unwrap_or(u64::MAX)
    }
}
