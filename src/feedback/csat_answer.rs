use crate::value::scalar::whole_number;

whole_number! {
    /// How satisfied a customer is, from 1 (not at all) to 5 (completely).
    pub struct CsatAnswer(u8): "an answer on satisfaction", 1 to 5
}
