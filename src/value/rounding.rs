use super::strict::choice;

choice! {
    /// How a number is rounded when a person reads it; documents hold the unrounded six decimals.
    pub enum Rounding: "A rounding rule" {
        /// Halves go away from zero: 0.125 becomes 0.13.
        HalfAwayFromZero = "half_away_from_zero",
        /// Halves go to the even neighbour: 0.125 becomes 0.12.
        HalfEven = "half_even",
        /// What does not fit is cut off: 0.129 becomes 0.12.
        TowardsZero = "towards_zero",
        /// Anything over goes up: 0.121 becomes 0.13.
        Up = "up",
    }
}

impl Rounding {
    /// A number of millionths as decimal text with `places` decimals.
    ///
    /// ```
    /// use service_excellence::value::Rounding;
    ///
    /// assert_eq!(Rounding::HalfAwayFromZero.show(2_675_000, 2), "2.68");
    /// assert_eq!(Rounding::HalfEven.show(4_125_000, 2), "4.12");
    /// ```
    #[must_use]
    pub fn show(self, millionths: u64, places: usize) -> String {
        const HELD: usize = 6;
        let cut = u32::try_from(HELD.saturating_sub(places)).unwrap_or_default();
        let unit = 10_u64.pow(cut);
        let (whole_units, rest) = (millionths / unit, millionths % unit);
        let goes_up = match self {
            Self::HalfAwayFromZero => 2 * rest >= unit && rest > 0,
            Self::HalfEven => 2 * rest > unit || (2 * rest == unit && whole_units % 2 == 1),
            Self::TowardsZero => false,
            Self::Up => rest > 0,
        };
        let units = whole_units + u64::from(goes_up);
        let scale = 10_u64.pow(u32::try_from(HELD).unwrap_or_default() - cut);
        let (whole, fraction) = (units / scale, units % scale);
        if places == 0 {
            return whole.to_string();
        }
        let mut decimals = format!("{fraction:0width$}", width = places.min(HELD));
        decimals.extend(std::iter::repeat_n('0', places.saturating_sub(HELD)));
        format!("{whole}.{decimals}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_rounds_as_its_name_says() {
        let show = |rule: Rounding, places| rule.show(2_125_000, places);
        assert_eq!(show(Rounding::HalfAwayFromZero, 2), "2.13");
        assert_eq!(show(Rounding::HalfEven, 2), "2.12");
        assert_eq!(show(Rounding::TowardsZero, 2), "2.12");
        assert_eq!(show(Rounding::Up, 1), "2.2");
    }

    #[test]
    fn places_beyond_the_held_six_are_zeros() {
        assert_eq!(Rounding::HalfAwayFromZero.show(1, 8), "0.00000100");
        assert_eq!(Rounding::HalfAwayFromZero.show(999_999, 0), "1");
        assert_eq!(Rounding::HalfAwayFromZero.show(0, 2), "0.00");
    }
}
