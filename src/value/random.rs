//! Repeatable random numbers: the stream depends on the seed alone, not on threads, platform or a dependency.

/// SplitMix64 (Steele, Lea and Flood 2014): a counter, mixed.
#[derive(Clone, Debug)]
pub(crate) struct RandomStream {
    state: u64,
}

impl RandomStream {
    /// The stream of this seed; `index` chooses one of many that do not depend on each other.
    pub(crate) fn new(seed: u64, index: u64) -> Self {
        let mut start = Self { state: seed };
        let first = start.next();
        Self { state: first ^ index.wrapping_mul(0x9E37_79B9_7F4A_7C15) }
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number below `bound`, each as likely up to one part in 2⁶⁴ / bound; 0 when the bound is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_that_of_the_published_generator() {
        // First outputs of SplitMix64 from state 0.
        let mut stream = RandomStream { state: 0 };
        assert_eq!(stream.next(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(stream.next(), 0x6E78_9E6A_A1B9_65F4);
    }

    #[test]
    fn numbers_below_a_bound_cover_it_evenly() {
        let mut stream = RandomStream::new(7, 0);
        let mut counts = [0_u32; 5];
        for _ in 0..50_000 {
            counts[stream.below(5)] += 1;
        }
        assert!(counts.iter().all(|count| (9_600..10_400).contains(count)), "{counts:?}");
    }
}
