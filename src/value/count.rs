use super::scalar::whole_number;

whole_number! {
    /// How many there are, from 0 to 1,000,000.
    pub struct Count(u32): "a count", 0 to 1000000
}

impl Count {
    /// At most [`MAX`](Count::MAX); for lists held in memory.
    pub(crate) fn of(length: usize) -> Self {
        u32::try_from(length).ok().and_then(|number| Self::new(number).ok()).unwrap_or(Self::MAX)
    }
}
