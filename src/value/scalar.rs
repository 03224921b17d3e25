//! Macros that declare a checked newtype: bounds, constructor, reader and schema from the same constants.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::Deserializer;
use serde::de::{Error, Visitor};

use super::ValueError;

/// Reads a string and hands it to the type's own checked `FromStr`.
pub(crate) fn read_text<'de, D, T>(deserializer: D, expecting: &'static str) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err = ValueError>,
{
    struct TextVisitor<T>(&'static str, PhantomData<T>);

    impl<T: FromStr<Err = ValueError>> Visitor<'_> for TextVisitor<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(formatter, "{} (a string)", self.0)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }

    deserializer.deserialize_str(TextVisitor(expecting, PhantomData))
}

/// Reads a JSON number and hands it to `check`; `3.0` is the whole number 3, as JSON Schema says.
pub(crate) fn read_whole<'de, D, T>(
    deserializer: D,
    expecting: &'static str,
    check: fn(u64) -> Result<T, ValueError>,
    refuse: fn(&dyn fmt::Display) -> ValueError,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
{
    struct WholeVisitor<T> {
        expecting: &'static str,
        check: fn(u64) -> Result<T, ValueError>,
        refuse: fn(&dyn fmt::Display) -> ValueError,
    }

    impl<T> Visitor<'_> for WholeVisitor<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(formatter, "{} (a whole number)", self.expecting)
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
            (self.check)(number).map_err(E::custom)
        }

        fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
            match u64::try_from(number) {
                Ok(whole) => self.visit_u64(whole),
                Err(_) => Err(E::custom((self.refuse)(&number))),
            }
        }

        fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
            const EXACT: f64 = 9_007_199_254_740_992.0;
            if number.fract() == 0.0 && (0.0..=EXACT).contains(&number) {
                self.visit_u64(number as u64)
            } else {
                Err(E::custom((self.refuse)(&number)))
            }
        }
    }

    deserializer.deserialize_u64(WholeVisitor { expecting, check, refuse })
}

/// Declares a whole number between two bounds.
macro_rules! whole_number {
    (
        $(#[doc = $doc:literal])+
        $vis:vis struct $name:ident($repr:ty): $title:literal, $min:literal to $max:literal
    ) => {
        pub use self::checked::$name;

        mod checked {
            $(#[doc = $doc])+
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            $vis struct $name($repr);

            impl $name {
                /// The smallest value.
                pub const MIN: Self = Self($min);
                /// The largest value.
                pub const MAX: Self = Self($max);

                /// Checks the bounds.
                ///
                /// # Errors
                ///
                /// The number lies outside `MIN..=MAX`; the error names it and the bounds.
                pub fn new(number: $repr) -> Result<Self, crate::value::ValueError> {
                    if !($min..=$max).contains(&number) {
                        return Err(crate::value::ValueError::out_of_range($title, &number, $min, $max));
                    }
                    Ok(Self(number))
                }

                /// The plain number.
                #[must_use]
                pub const fn get(self) -> $repr {
                    self.0
                }
            }
        }

        crate::value::scalar::whole_number_traits!($name($repr): $title, $min to $max, described by [$($doc),+]);
    };
}
pub(crate) use whole_number;

/// What every whole number between two bounds has beside `MIN`, `MAX`, `new` and `get`.
macro_rules! whole_number_traits {
    ($name:ident($repr:ty): $title:literal, $min:literal to $max:literal, described by [$($doc:literal),+]) => {
        impl TryFrom<$repr> for $name {
            type Error = crate::value::ValueError;

            fn try_from(number: $repr) -> Result<Self, Self::Error> {
                Self::new(number)
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::value::ValueError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let refuse = |_| crate::value::ValueError::out_of_range($title, &text, $min, $max);
                text.parse::<$repr>().map_err(refuse).and_then(Self::new)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.get(), formatter)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.get().serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::value::scalar::read_whole(
                    deserializer,
                    $title,
                    |number| {
                        let refuse = |_| crate::value::ValueError::out_of_range($title, &number, $min, $max);
                        <$repr>::try_from(number).map_err(refuse).and_then(Self::new)
                    },
                    |number| crate::value::ValueError::out_of_range($title, number, $min, $max),
                )
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "integer", "minimum": $min, "maximum": $max,
                    "description": crate::value::scalar::first_paragraph(&[$($doc),+]),
                })
            }
        }
    };
}
pub(crate) use whole_number_traits;

/// Declares a bounded string with a pattern; `$check` says the same as the pattern, without a regex engine.
macro_rules! text {
    (
        $(#[doc = $doc:literal])+
        $vis:vis struct $name:ident: $title:literal, $min:literal to $max:literal characters,
        pattern $pattern:literal, checked by $check:ident, allowed $allowed:literal
    ) => {
        pub use self::checked::$name;

        mod checked {
            $(#[doc = $doc])+
            #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            $vis struct $name(Box<str>);

            impl $name {
                /// The fewest characters (Unicode scalar values).
                pub const MIN_LENGTH: usize = $min;
                /// The most characters (Unicode scalar values).
                pub const MAX_LENGTH: usize = $max;
                /// The pattern every value matches, in the syntax shared by ECMAScript, Rust, Go, Python and Java.
                pub const PATTERN: &'static str = $pattern;

                /// Checks length and pattern.
                ///
                /// # Errors
                ///
                /// Too short, too long, or a character that the pattern does not allow.
                pub fn new(text: &str) -> Result<Self, crate::value::ValueError> {
                    crate::value::scalar::check_length(text, $min, $max)
                        .and_then(|()| super::$check(text).then_some(()).ok_or(None))
                        .map_err(|length| crate::value::ValueError::text($title, text, length, $allowed, super::SECRET))?;
                    Ok(Self(text.into()))
                }

                /// The plain string.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::value::ValueError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = crate::value::ValueError;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                Self::new(text)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                if SECRET {
                    write!(formatter, "{}(redacted)", stringify!($name))
                } else {
                    write!(formatter, "{}({:?})", stringify!($name), self.as_str())
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
                crate::value::scalar::read_text(deserializer, $title)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string", "minLength": $min, "maxLength": $max, "pattern": $pattern,
                    "description": crate::value::scalar::first_paragraph(&[$($doc),+]) + concat!(" Allowed: ", $allowed, "."),
                })
            }
        }
    };
}
pub(crate) use text;

/// The length in characters when it lies outside the bounds; nothing longer than needed is counted.
pub(crate) fn check_length(text: &str, min: usize, max: usize) -> Result<(), Option<usize>> {
    if text.len() >= min && text.len() <= max && text.is_ascii() {
        return Ok(());
    }
    let length = text.chars().count();
    if (min..=max).contains(&length) { Ok(()) } else { Err(Some(length)) }
}

/// What a type's documentation says before its first empty line, for the type's schema.
#[cfg(feature = "schema")]
pub(crate) fn first_paragraph(lines: &[&str]) -> String {
    let paragraph: Vec<_> = lines.iter().map(|line| line.trim()).take_while(|line| !line.is_empty()).collect();
    paragraph.join(" ")
}
