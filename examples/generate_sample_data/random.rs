//! SplitMix64 (Steele, Lea and Flood, 2014): small, and the same numbers on every platform.

/// A stream of random numbers that depends on its seed only.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number below `bound`.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u32
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of the items.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len() as u32) as usize)
    }

    /// One of the items, each as often as its share says.
    pub(crate) fn pick_by_share<'a, T>(&mut self, items: &'a [(T, u32)]) -> Option<&'a T> {
        let mut left = self.below(items.iter().map(|(_, share)| share).sum());
        items
            .iter()
            .find(|(_, share)| {
                let is_here = left < *share;
                left = left.saturating_sub(*share);
                is_here
            })
            .map(|(item, _)| item)
    }

    /// About normal with mean 0: twelve uniform numbers added up, so that no platform's `exp` or `ln` matters.
    pub(crate) fn normal(&mut self, deviation: f64) -> f64 {
        const PARTS: f64 = (1_u64 << 53) as f64;
        let sum: f64 = (0..12).map(|_| (self.next() >> 11) as f64 / PARTS).sum();
        (sum - 6.0) * deviation
    }
}
