use crate::value::scalar::whole_number;

whole_number! {
    /// How far a customer agrees that it was easy, from 1 (strongly disagree) to 7 (strongly agree).
    pub struct CesAnswer(u8): "an answer on ease", 1 to 7
}
