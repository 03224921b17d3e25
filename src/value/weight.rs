use super::scalar::whole_number;

whole_number! {
    /// How much a criterion or a skill counts, relative to its neighbours: a whole number from 1 to 1,000.
    ///
    /// There is no weight 0: a criterion that does not count is *advisory* and says so by name.
    pub struct Weight(u16): "a weight", 1 to 1000
}
