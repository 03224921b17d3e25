use super::scalar::whole_number;

whole_number! {
    /// How many there are in a large set, or a sum over it, from 0 to 1,000,000,000,000.
    pub struct LargeCount(u64): "a count", 0 to 1000000000000_u64
}

impl LargeCount {
    /// At most [`MAX`](LargeCount::MAX); for counts that callers bound.
    pub(crate) fn of(number: u64) -> Self {
        Self::new(number).unwrap_or(Self::MAX)
    }
}
