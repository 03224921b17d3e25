use crate::value::scalar::whole_number;

whole_number! {
    /// A length of time in whole weeks, or the number of a week, from 1 to 104.
    pub struct WeekCount(u8): "a number of weeks", 1 to 104
}
