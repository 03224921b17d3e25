use std::collections::BTreeMap;

use serde_json::Value;

use super::Key;

/// The host's own data, carried along and never read: any JSON under keys of the host's choice.
///
/// The one place of a document where unknown members are allowed. It takes no part in fingerprints or scores, and
/// `Debug` does not show it, since it may hold personal data.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Extensions(BTreeMap<Key, Value>);

impl Extensions {
    /// The data under `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// Puts `data` under `key` and returns what stood there.
    pub fn insert(&mut self, key: Key, data: Value) -> Option<Value> {
        self.0.insert(key, data)
    }

    /// All keys with their data, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Value)> {
        self.0.iter()
    }

    /// Whether there is no data.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Extensions {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Extensions({} members, redacted)", self.0.len())
    }
}

impl<'de> serde::Deserialize<'de> for Extensions {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::map::read_unique(deserializer, "an object of the host's own data").map(Self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Extensions {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Extensions".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "propertyNames": generator.subschema_for::<Key>(),
            "additionalProperties": true,
            "description": "The host's own data, carried along and never read",
        })
    }
}
