//! Strict reading: a document is accepted exactly when its published schema accepts it.
//!
//! serde's derived readers take a JSON array for a struct and `{"peer": null}` for a unit variant; no schema
//! says so. The macros here declare a type and its reader in one place and close both gaps, so that schema
//! and reader cannot drift apart.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::Document;

/// Lets a derived struct or tagged-enum reader see JSON objects only, never arrays.
pub(crate) struct ObjectOnly<D>(pub(crate) D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for ObjectOnly<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.0.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Reads an object and checks its rules before its last bracket is left behind, so that their faults have its place.
pub(crate) fn read_checked<'de, D: Deserializer<'de>, T: Document>(deserializer: D) -> Result<T, D::Error> {
    struct Checked<T>(PhantomData<T>);

    impl<'de, T: Document> Visitor<'de> for Checked<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
            let object = T::read_shape(MapAccessDeserializer::new(members))?;
            object.check_rules().map_err(A::Error::custom)?;
            Ok(object)
        }
    }

    deserializer.deserialize_map(Checked(PhantomData))
}

/// Declares a struct whose JSON form is an object without unknown members.
///
/// With `checked by path::to::function` the reader also runs `fn(&Type) -> Result<(), Faults>`.
macro_rules! object {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            $( $(#[$field_meta:meta])* $field_vis:vis $field:ident : $field_type:ty ),* $(,)?
        }
        $(checked by $check:path)?
    ) => {
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        $(#[$meta])*
        $vis struct $name {
            $( $(#[$field_meta])* $field_vis $field: $field_type ),*
        }

        const _: () = {
            type Remote = $name;

            // A private twin carries the derived reader, so that no lenient reader is public.
            #[derive(serde::Deserialize)]
            #[serde(remote = "Remote", deny_unknown_fields, expecting = "an object")]
            struct Wire {
                $( $(#[$field_meta])* $field: $field_type ),*
            }

            impl $crate::value::Document for $name {
                const TYPE: &'static str = stringify!($name);

                fn read_shape<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    Wire::deserialize($crate::value::strict::ObjectOnly(deserializer))
                }

                fn check_rules(&self) -> Result<(), $crate::value::Faults> {
                    $( $check(self)?; )?
                    Ok(())
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    $crate::value::strict::read_checked(deserializer)
                }
            }
        };
    };
}
pub(crate) use object;

/// Declares an [`object!`] that stands on its own, as a file: it may name its schema for editors.
macro_rules! document {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident { $($fields:tt)* }
        $($check:tt)*
    ) => {
        $crate::value::strict::object! {
            $(#[$meta])*
            $vis struct $name {
                /// Where an editor finds the schema of this document. It takes no part in fingerprints or scores.
                #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
                pub schema: Option<$crate::value::SchemaLink>,
                $($fields)*
            }
            $($check)*
        }
    };
}
pub(crate) use document;

/// The first member's name of a tagged union.
pub(crate) enum FirstName {
    Kind,
    Other(String),
}

impl<'de> Deserialize<'de> for FirstName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;

        impl Visitor<'_> for NameVisitor {
            type Value = FirstName;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("the name of a member")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<FirstName, E> {
                Ok(if name == "kind" { FirstName::Kind } else { FirstName::Other(name.to_owned()) })
            }
        }

        deserializer.deserialize_identifier(NameVisitor)
    }
}

/// Refuses a second member `kind`.
pub(crate) fn second_kind<'de, D: Deserializer<'de>>(_: D) -> Result<(), D::Error> {
    Err(D::Error::duplicate_field("kind"))
}

/// Declares a tagged union: an object whose member `kind` names the variant, without unknown members.
///
/// With `read through #[..]` the private enums that read it get these attributes.
macro_rules! union {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident {
                    $( $(#[$field_meta:meta])* $field:ident : $field_type:ty ),* $(,)?
                }
            ),* $(,)?
        }
        $(read through $(#[$wire_meta:meta])+)?
    ) => {
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
        $(#[$meta])*
        $vis enum $name {
            $( $(#[$variant_meta])* $variant { $( $(#[$field_meta])* $field: $field_type ),* } ),*
        }

        const _: () = {
            #[derive(serde::Deserialize)]
            #[serde(variant_identifier, rename_all = "snake_case")]
            $($(#[$wire_meta])+)?
            enum Kind {
                $( $variant ),*
            }

            struct UnionVisitor;

            impl<'de> serde::de::Visitor<'de> for UnionVisitor {
                type Value = $name;

                fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    formatter.write_str("an object with a member `kind`")
                }

                fn visit_map<A: serde::de::MapAccess<'de>>(self, mut members: A) -> Result<$name, A::Error> {
                    use serde::de::value::MapAccessDeserializer;
                    use $crate::value::Held;
                    use $crate::value::strict::FirstName;

                    let (kind, held) = match members.next_key()? {
                        Some(FirstName::Kind) => (members.next_value()?, None),
                        Some(FirstName::Other(name)) => {
                            let held = Held::from_member(&name, &mut members)?;
                            (held.kind()?, Some(held))
                        }
                        None => return Err(serde::de::Error::missing_field("kind")),
                    };
                    match kind {
                        $( Kind::$variant => {
                            #[derive(serde::Deserialize)]
                            #[serde(deny_unknown_fields)]
                            struct Members {
                                #[serde(default, deserialize_with = "crate::value::strict::second_kind")]
                                kind: (),
                                $( $(#[$field_meta])* $field: $field_type ),*
                            }
                            let Members { kind: (), $( $field ),* } = match held {
                                None => serde::Deserialize::deserialize(MapAccessDeserializer::new(members))?,
                                Some(held) => held.members()?,
                            };
                            Ok($name::$variant { $( $field ),* })
                        } )*
                    }
                }
            }

            // With `kind` in front, as we write it, the members are read as they come; otherwise they are held as text
            // until `kind` is known.
            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.deserialize_map(UnionVisitor)
                }
            }
        };
    };
}
pub(crate) use union;

/// Declares a closed list of words: a field-less enum whose JSON form is one of the given strings.
macro_rules! choice {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident: $title:literal {
            $( $(#[doc = $doc:literal])+ $variant:ident = $word:literal ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name {
            $( $(#[doc = $doc])+ $variant ),*
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),* ];

            /// The word used in documents.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $word ),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::value::ValueError;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $( $word => Ok(Self::$variant), )*
                    _ => Err($crate::value::ValueError::new(
                        $crate::value::ValueError::WORD, $title, word, concat!("one of" $(, " `", $word, "`")*),
                    )),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::value::scalar::read_text(deserializer, $title)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                const DESCRIPTION: &str = concat!($title, $("\n- `", $word, "`:", $($doc,)+)*);
                schemars::json_schema!({ "type": "string", "enum": [$($word),*], "description": DESCRIPTION })
            }
        }
    };
}
pub(crate) use choice;
