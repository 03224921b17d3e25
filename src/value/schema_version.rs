use super::scalar::whole_number;

whole_number! {
    /// The version of a document's shape; there is one so far.
    pub struct SchemaVersion(u8): "a schema version", 1 to 1
}

impl Default for SchemaVersion {
    fn default() -> Self {
        Self::MAX
    }
}
