use crate::value::strict::choice;

choice! {
    /// Whom a critical error harms.
    #[doc(alias = "critical error accuracy")]
    pub enum CriticalClass: "Whom a critical error harms" {
        /// The customer.
        Customer = "customer",
        /// The organisation.
        Business = "business",
        /// The law or a regulation.
        Compliance = "compliance",
    }
}
