use crate::value::scalar::whole_number;

whole_number! {
    /// How many things are taken on at once, from 1 to 24.
    pub struct FocusCount(u8): "a number of things taken on at once", 1 to 24
}
