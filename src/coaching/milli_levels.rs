use crate::value::scalar::whole_number;

whole_number! {
    /// A difference on the scale of levels in whole thousandths, from 0 to 4,000.
    pub struct MilliLevels(u16): "thousandths of a level", 0 to 4000
}
