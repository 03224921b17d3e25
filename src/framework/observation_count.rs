use crate::value::scalar::whole_number;

whole_number! {
    /// A number of observations or raters that a rule asks for, from 1 to 1,000.
    pub struct ObservationCount(u16): "a number of observations or raters", 1 to 1000
}
