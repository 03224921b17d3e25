use crate::value::scalar::whole_number;

whole_number! {
    /// How many criteria of a list, from 1 to 64.
    pub struct CriteriaCount(u8): "a number of criteria", 1 to 64
}
