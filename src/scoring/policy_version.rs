use crate::value::scalar::whole_number;

whole_number! {
    /// The version of the rules by which numbers are computed; it changes whenever some number could.
    pub struct PolicyVersion(u16): "a scoring-policy version", 1 to 1000
}

impl PolicyVersion {
    /// The version of this release.
    pub const CURRENT: Self = Self::MIN;
}
