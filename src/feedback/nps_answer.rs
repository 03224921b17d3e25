use crate::value::scalar::whole_number;

whole_number! {
    /// How likely a customer is to recommend, from 0 (not at all) to 10 (extremely).
    pub struct NpsAnswer(u8): "an answer on recommendation", 0 to 10
}
