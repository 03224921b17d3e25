use crate::value::scalar::whole_number;

whole_number! {
    /// How much effort a customer had to put in, from 1 (very low) to 5 (very high).
    pub struct CesVersionOneAnswer(u8): "an answer on effort", 1 to 5
}
