use crate::value::strict::choice;

choice! {
    /// What a coefficient makes of a variance component that was estimated below 0.
    pub enum NegativeVariance: "What a coefficient makes of a variance component below 0" {
        /// It takes it as it is.
        Keep = "keep",
        /// It takes 0 in its place.
        SetToZero = "set_to_zero",
    }
}

impl NegativeVariance {
    pub(super) fn apply(self, component: f64) -> f64 {
        match self {
            Self::Keep => component,
            Self::SetToZero => component.max(0.0),
        }
    }
}
