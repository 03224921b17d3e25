use crate::value::scalar::whole_number;

whole_number! {
    /// Minutes in one week, from 1 to 10,080: a week has no more.
    pub struct WeekMinutes(u32): "a number of minutes in one week", 1 to 10080
}
