use crate::value::scalar::whole_number;

whole_number! {
    /// By how many whole weeks something was moved to a later time, from 0 to 104.
    pub struct WeekShift(u8): "a number of weeks to move by", 0 to 104
}
