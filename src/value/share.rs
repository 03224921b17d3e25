use super::Rounding;
use super::millionths::decimal;

decimal! {
    /// A part of a whole, from 0 to 1, such as how much of a skill's weight was rated.
    pub struct Share: "a share", 0 to 1
}

impl Share {
    /// The share in percent with `places` decimals, halves rounded away from zero.
    #[must_use]
    pub fn percent(self, places: usize) -> String {
        Rounding::HalfAwayFromZero.show(u64::from(self.millionths()) * 100, places)
    }

    /// `part / whole` to six decimals; `None` when the whole is 0 or the part exceeds it.
    pub(crate) fn of(part: u64, whole: u64) -> Option<Self> {
        if part == whole && whole > 0 {
            return Some(Self::MAX);
        }
        (part < whole).then(|| {
            let rounded = super::Ratio::new(u128::from(part), u128::from(whole)).millionths();
            Self::at_most_max(rounded)
        })
    }
}
