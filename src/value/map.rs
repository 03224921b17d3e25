//! Reading a JSON object as a map in which no member may stand twice.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

pub(crate) fn read_unique<'de, D, K, V>(deserializer: D, expecting: &'static str) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    struct UniqueVisitor<K, V>(&'static str, PhantomData<(K, V)>);

    impl<'de, K, V> Visitor<'de> for UniqueVisitor<K, V>
    where
        K: Deserialize<'de> + Ord + fmt::Display,
        V: Deserialize<'de>,
    {
        type Value = BTreeMap<K, V>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(self.0)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some(key) = members.next_key::<K>()? {
                if map.contains_key(&key) {
                    return Err(duplicate(&key));
                }
                let value = members.next_value()?;
                map.insert(key, value);
            }
            Ok(map)
        }
    }

    deserializer.deserialize_map(UniqueVisitor(expecting, PhantomData))
}

/// Refuses a second member of the same name, as structs do.
pub(super) fn duplicate<E: Error>(name: &impl fmt::Display) -> E {
    E::custom(format_args!("duplicate field `{name}`"))
}
