use crate::value::Rounding;
use crate::value::scalar::whole_number;

whole_number! {
    /// A difference on the scale of levels in whole thousandths, from 0 to 4,000.
    pub struct MilliLevels(u16): "thousandths of a level", 0 to 4000
}

impl MilliLevels {
    /// In levels with so many decimals, halves away from zero: 650 thousandths with two are `0.65`.
    #[must_use]
    pub fn in_levels(self, places: usize) -> String {
        Rounding::HalfAwayFromZero.show(1_000 * u64::from(self.get()), places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousandths_are_told_in_levels() {
        let told = |number: u16, places| MilliLevels::new(number).unwrap().in_levels(places);
        assert_eq!((told(650, 2).as_str(), told(4_000, 1).as_str()), ("0.65", "4.0"));
        assert_eq!((told(645, 2).as_str(), told(644, 2).as_str(), told(0, 3).as_str()), ("0.65", "0.64", "0.000"));
    }
}
