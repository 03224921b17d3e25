use crate::value::strict::choice;

choice! {
    /// How often a person was reviewed in the window.
    pub enum ReviewBand: "How often a person was reviewed in the window" {
        /// Never.
        None = "none",
        /// Once.
        One = "one",
        /// Twice.
        Two = "two",
        /// Three or four times.
        ThreeToFour = "three_to_four",
        /// Five to nine times.
        FiveToNine = "five_to_nine",
        /// Ten times or more.
        TenOrMore = "ten_or_more",
    }
}

impl ReviewBand {
    /// The band of this many reviews.
    #[must_use]
    pub const fn of(reviews: u64) -> Self {
        match reviews {
            0 => Self::None,
            1 => Self::One,
            2 => Self::Two,
            3..=4 => Self::ThreeToFour,
            5..=9 => Self::FiveToNine,
            _ => Self::TenOrMore,
        }
    }

    /// The fewest reviews in the band.
    #[must_use]
    pub const fn fewest(self) -> u64 {
        match self {
            Self::None => 0,
            Self::One => 1,
            Self::Two => 2,
            Self::ThreeToFour => 3,
            Self::FiveToNine => 5,
            Self::TenOrMore => 10,
        }
    }
}
