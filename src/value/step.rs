use super::scalar::whole_number;

whole_number! {
    /// A step of a criterion's scale, counted from 1 (lowest); scales have 2 to 11 steps.
    ///
    /// In the built-in framework every scale has five steps, and a step is a proficiency level.
    pub struct Step(u8): "a step", 1 to 11
}
