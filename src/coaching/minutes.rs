use crate::value::scalar::whole_number;

whole_number! {
    /// A length of time in whole minutes, from 1 to 100,000.
    pub struct Minutes(u32): "a number of minutes", 1 to 100000
}
