use crate::value::scalar::whole_number;

whole_number! {
    /// How many sessions an activity has, from 1 to 100.
    pub struct SessionCount(u8): "a number of sessions", 1 to 100
}
