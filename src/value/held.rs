//! Members of a tagged union that came before its `kind`: they are kept as JSON text until it is known how to read them.
//!
//! Text, and not a tree of values, so that every type is read from one kind of source: what reads it is compiled once.

use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::read::placed;

/// The members of one object as JSON text, without `kind`.
pub(crate) struct Held {
    kind: Option<String>,
    members: String,
}

impl Held {
    /// Reads on from a member whose name was read already.
    pub(crate) fn from_member<'de, A: MapAccess<'de>>(first: &str, members: &mut A) -> Result<Self, A::Error> {
        let mut held = Self { kind: None, members: String::from("{") };
        held.member(first, members)?;
        while let Some(name) = members.next_key::<String>()? {
            held.member(&name, members)?;
        }
        held.members.push('}');
        Ok(held)
    }

    fn member<'de, A: MapAccess<'de>>(&mut self, name: &str, members: &mut A) -> Result<(), A::Error> {
        if name == "kind" && self.kind.is_none() {
            let mut text = String::new();
            members.next_value_seed(AsText(&mut text))?;
            self.kind = Some(text);
            return Ok(());
        }
        separate(&mut self.members, '{');
        quote(&mut self.members, name)?;
        self.members.push(':');
        members.next_value_seed(AsText(&mut self.members))
    }

    /// The kind; a fault where there is none, or none of the known ones.
    pub(crate) fn kind<K: DeserializeOwned, E: Error>(&self) -> Result<K, E> {
        let text = self.kind.as_deref().ok_or_else(|| E::missing_field("kind"))?;
        serde_json::from_str(text).map_err(|error| placed(text, &error, "/kind"))
    }

    /// The members beside the kind.
    pub(crate) fn members<T: DeserializeOwned, E: Error>(&self) -> Result<T, E> {
        serde_json::from_str(&self.members).map_err(|error| placed(&self.members, &error, ""))
    }
}

/// Writes whatever is read to the end of a text, as JSON.
struct AsText<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for AsText<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AsText<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.0.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.0.push_str(&number.to_string());
        Ok(())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.0.push_str(&number.to_string());
        Ok(())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        if !number.is_finite() {
            return Err(E::custom(format_args!("expected a number, found `{number}`")));
        }
        self.0.push_str(&serde_json::to_string(&number).map_err(E::custom)?);
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        quote(self.0, text)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.push_str("null");
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.push('[');
        loop {
            let before = self.0.len();
            separate(self.0, '[');
            if items.next_element_seed(AsText(self.0))?.is_none() {
                self.0.truncate(before);
                self.0.push(']');
                return Ok(());
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        self.0.push('{');
        while let Some(name) = members.next_key::<String>()? {
            separate(self.0, '{');
            quote(self.0, &name)?;
            self.0.push(':');
            members.next_value_seed(AsText(self.0))?;
        }
        self.0.push('}');
        Ok(())
    }
}

/// A comma, unless the list or object was only just opened.
fn separate(text: &mut String, opening: char) {
    if !text.ends_with(opening) {
        text.push(',');
    }
}

fn quote<E: Error>(text: &mut String, plain: &str) -> Result<(), E> {
    text.push_str(&serde_json::to_string(plain).map_err(E::custom)?);
    Ok(())
}
