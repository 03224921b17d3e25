use crate::value::LargeCount;
use crate::value::strict::object;

object! {
    /// What somebody who knows everything shown, the threshold and the rules can find out about a hidden count: it may be
    /// the lowest and it may be the highest, and nothing shown tells which.
    #[derive(Copy)]
    pub struct CountRange {
        /// The lowest count that fits everything shown.
        pub lowest: LargeCount,
        /// A count that fits everything shown; without a total higher ones may fit too.
        pub highest: LargeCount,
    }
}

impl CountRange {
    pub(super) fn new(lowest: u64, highest: u64) -> Self {
        Self { lowest: LargeCount::of(lowest), highest: LargeCount::of(highest) }
    }

    /// How many whole numbers lie in it, its ends included.
    #[must_use]
    pub fn width(self) -> u64 {
        (self.highest.get() + 1).saturating_sub(self.lowest.get())
    }
}
