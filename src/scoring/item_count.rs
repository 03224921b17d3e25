use crate::value::scalar::whole_number;

whole_number! {
    /// How many criteria of one assessment, from 0 to 64.
    pub struct ItemCount(u8): "a number of criteria", 0 to 64
}

impl ItemCount {
    pub(super) fn at_most_max(count: usize) -> Self {
        u8::try_from(count).ok().and_then(|count| Self::new(count).ok()).unwrap_or(Self::MAX)
    }
}
