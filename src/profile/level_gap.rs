use crate::value::Rounding;
use crate::value::millionths::decimal;

decimal! {
    /// A difference on the scale of levels, from 0 to 4.
    pub struct LevelGap: "a difference in levels", 0 to 4
}

impl LevelGap {
    /// The difference with `places` decimals, halves rounded away from zero.
    #[must_use]
    pub fn show(self, places: usize) -> String {
        Rounding::HalfAwayFromZero.show(u64::from(self.millionths()), places)
    }
}
