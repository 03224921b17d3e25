/// How much a coefficient rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RatingCounts {
    pub(super) subjects: u64,
    pub(super) raters: u64,
    pub(super) ratings: u64,
    pub(super) missing: u64,
}

impl RatingCounts {
    /// The subjects that were rated at least once; those of [`PairedRatings`](super::PairedRatings) twice.
    #[must_use]
    pub fn subjects(&self) -> u64 {
        self.subjects
    }

    /// The raters who rated at least once. Where only counts are known: the most ratings of one subject.
    #[must_use]
    pub fn raters(&self) -> u64 {
        self.raters
    }

    /// The ratings.
    #[must_use]
    pub fn ratings(&self) -> u64 {
        self.ratings
    }

    /// The ratings that are absent: these raters could have rated these subjects, and did not. Of
    /// [`PairedRatings`](super::PairedRatings), the sides absent from the pairs that were left out.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.missing
    }
}
