use crate::value::scalar::whole_number;

whole_number! {
    /// A length of time in whole days, from 0 to 3,660.
    pub struct DayCount(u16): "a number of days", 0 to 3660
}
