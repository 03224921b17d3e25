use crate::value::scalar::whole_number;

whole_number! {
    /// How many criteria of a set a rule asks for, from 1 to 64.
    pub struct RuleCount(u8): "a number of criteria", 1 to 64
}
