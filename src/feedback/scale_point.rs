use crate::value::scalar::whole_number;

whole_number! {
    /// A point of a survey's scale, from 0 to 10.
    pub struct ScalePoint(u8): "a point of a survey's scale", 0 to 10
}
