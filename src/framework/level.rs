use crate::value::scalar::whole_number;

whole_number! {
    /// A proficiency level from 1 to 5, with the same meaning everywhere; level 3 is the full working standard.
    pub struct Level(u8): "a level", 1 to 5
}

impl Level {
    /// All five levels, from the lowest.
    #[must_use]
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        (Self::MIN.get()..=Self::MAX.get()).filter_map(|number| Self::new(number).ok())
    }

    /// The level above, if there is one.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::new(self.get() + 1).ok()
    }

    /// The level below, if there is one.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        Self::new(self.get() - 1).ok()
    }
}
