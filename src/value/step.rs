use super::scalar::whole_number_traits;

pub use self::checked::Step;

mod checked {
    use std::fmt;

    use crate::value::ValueError;

    /// A step of a criterion's scale, counted from 1 (lowest); scales have 2 to 11 steps.
    ///
    /// In the built-in framework every scale has five steps, and a step is a proficiency level.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct Step(Number);

    /// An enum leaves the other values of the byte free, so that an answer is one byte too.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[repr(u8)]
    enum Number {
        One = 1,
        Two,
        Three,
        Four,
        Five,
        Six,
        Seven,
        Eight,
        Nine,
        Ten,
        Eleven,
    }

    impl Step {
        /// The smallest value.
        pub const MIN: Self = Self(Number::One);
        /// The largest value.
        pub const MAX: Self = Self(Number::Eleven);

        /// Checks the bounds.
        ///
        /// # Errors
        ///
        /// The number lies outside `MIN..=MAX`; the error names it and the bounds.
        pub fn new(number: u8) -> Result<Self, ValueError> {
            Ok(Self(match number {
                1 => Number::One,
                2 => Number::Two,
                3 => Number::Three,
                4 => Number::Four,
                5 => Number::Five,
                6 => Number::Six,
                7 => Number::Seven,
                8 => Number::Eight,
                9 => Number::Nine,
                10 => Number::Ten,
                11 => Number::Eleven,
                _ => return Err(ValueError::out_of_range("a step", &number, 1, 11)),
            }))
        }

        /// The plain number.
        #[must_use]
        pub const fn get(self) -> u8 {
            self.0 as u8
        }
    }

    impl fmt::Debug for Step {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.debug_tuple("Step").field(&self.get()).finish()
        }
    }
}

whole_number_traits!(
    Step(u8): "a step", 1 to 11,
    described by [" A step of a criterion's scale, counted from 1 (lowest); scales have 2 to 11 steps."]
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_from_1_to_11_is_its_number() {
        for number in 1..=11 {
            assert_eq!(Step::new(number).unwrap().get(), number);
        }
        assert_eq!(
            Step::new(12).unwrap_err().to_string(),
            "`12` is not a step: allowed is a whole number from 1 to 11"
        );
        assert!(Step::new(0).is_err());
        assert_eq!(format!("{:?}", Step::MAX), "Step(11)");
    }
}
