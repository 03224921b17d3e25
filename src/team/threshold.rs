use crate::value::scalar::whole_number;

whole_number! {
    /// The fewest people behind a number that may be shown, from 5 to 1,000.
    pub struct GroupThreshold(u16): "a threshold for groups", 5 to 1000
}

impl GroupThreshold {
    pub(super) fn people(self) -> u64 {
        u64::from(self.get())
    }
}

impl Default for GroupThreshold {
    /// Five.
    fn default() -> Self {
        Self::MIN
    }
}
