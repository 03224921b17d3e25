use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::Key;
use super::map::{duplicate, read_unique};

/// The host's own data, carried along and never read: any JSON under names in snake_case, such as `our_system`.
///
/// The one place of a document where unknown members are allowed. It takes no part in fingerprints or scores, and
/// `Debug` does not show it, since it may hold personal data.
///
/// Whole numbers from −2⁶³ to 2⁶⁴ − 1 come back as they were, every other number as the nearest `f64`. No object may
/// name a member twice.
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

impl fmt::Debug for Extensions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Extensions({} members, redacted)", self.0.len())
    }
}

impl<'de> Deserialize<'de> for Extensions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data: BTreeMap<Key, HostData> = read_unique(deserializer, "an object of the host's own data")?;
        Ok(Self(data.into_iter().map(|(key, HostData(data))| (key, data)).collect()))
    }
}

/// Any JSON in which no object names a member twice.
struct HostData(Value);

impl<'de> Deserialize<'de> for HostData {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HostVisitor).map(Self)
    }
}

struct HostVisitor;

impl<'de> Visitor<'de> for HostVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        let finite = Number::from_f64(number).map(Value::Number);
        finite.ok_or_else(|| E::custom(format_args!("expected a finite number, found `{number}`")))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(HostData(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.contains_key(&name) {
                return Err(duplicate(&name));
            }
            let HostData(data) = members.next_value()?;
            object.insert(name, data);
        }
        Ok(object.into())
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
            "description": "The host's own data, carried along and never read: any JSON under names in snake_case. Whole numbers \
                from -2^63 to 2^64 - 1 come back as they were, every other number as the nearest double; no object may name \
                a member twice.",
        })
    }
}
