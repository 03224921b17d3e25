use crate::value::strict::choice;

choice! {
    /// How much an item works differently for two groups of equal standing, by the classes of Educational Testing Service.
    pub enum EtsClass: "How much an item works differently for two groups" {
        /// Negligible: |Δ| is below 1, or not significantly above 0.
        Negligible = "a",
        /// Moderate: neither negligible nor large.
        Moderate = "b",
        /// Large: |Δ| is at least 1.5 and significantly above 1.
        Large = "c",
    }
}
