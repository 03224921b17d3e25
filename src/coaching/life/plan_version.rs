use crate::value::scalar::whole_number;

whole_number! {
    /// The version of one person's plan, counted from 1; each re-plan makes the next one.
    pub struct PlanVersion(u16): "a version of a plan", 1 to 1000
}

impl PlanVersion {
    /// The version after this one, if there may be one.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::new(self.get() + 1).ok()
    }
}
