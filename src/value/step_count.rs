use super::Step;
use super::scalar::whole_number;

whole_number! {
    /// How many steps a scale has, from 2 to 11.
    pub struct StepCount(u8): "a number of steps", 2 to 11
}

impl StepCount {
    /// Whether `step` lies on a scale of this many steps.
    #[must_use]
    pub fn contains(self, step: Step) -> bool {
        step.get() <= self.get()
    }
}
