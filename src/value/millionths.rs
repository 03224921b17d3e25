//! Decimals from 0 to a whole number with at most six places, held as whole millionths.

use std::fmt;
use std::ops::RangeInclusive;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

use super::ValueError;
use super::parts::{SIX_DECIMALS, refuse_part};

/// One, in millionths.
pub(crate) const ONE: u32 = 1_000_000;

/// A JSON number as whole millionths; the type that reads it checks its own bounds.
pub(crate) struct Decimal(pub(crate) f64);

impl Decimal {
    /// The error of a number that is refused: where it lies in its bounds (in millionths), it has too many decimals.
    pub(crate) fn refused<E: Error>(&self, bounds: RangeInclusive<u32>, error: ValueError) -> E {
        let [lowest, highest] = [bounds.start(), bounds.end()].map(|bound| f64::from(*bound) / f64::from(ONE));
        let is_within = (lowest..=highest).contains(&self.0);
        if is_within { refuse_part(SIX_DECIMALS, error) } else { E::custom(error) }
    }

    /// The number in whole millionths, if it lies in `0..=max` (in millionths) and has at most six decimals.
    pub(crate) fn millionths(&self, max: u32) -> Option<u32> {
        let scaled = (self.0 * f64::from(ONE)).round();
        let in_range = self.0 >= 0.0 && scaled <= f64::from(max);
        // The nearest decimal of six places must be the very same binary number.
        #[expect(clippy::float_cmp, reason = "the comparison is exact by intent")]
        (in_range && scaled / f64::from(ONE) == self.0).then_some(scaled as u32)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DecimalVisitor;

        impl Visitor<'_> for DecimalVisitor {
            type Value = Decimal;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a decimal number")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Decimal, E> {
                Ok(Decimal(number as f64))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Decimal, E> {
                Ok(Decimal(number as f64))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Decimal, E> {
                Ok(Decimal(number))
            }
        }

        deserializer.deserialize_f64(DecimalVisitor)
    }
}

pub(crate) fn refuse(what: &'static str, found: f64, max: u32) -> ValueError {
    ValueError::new(
        ValueError::NUMBER,
        what,
        &found.to_string(),
        format!("a decimal number from 0 to {} with at most six places", max / ONE),
    )
}

/// Declares a decimal from 0 to `$max`, held as whole millionths.
macro_rules! decimal {
    ($(#[doc = $doc:literal])+ $vis:vis struct $name:ident: $title:literal, 0 to $max:literal) => {
        pub use self::checked::$name;

        mod checked {
            $(#[doc = $doc])+
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            $vis struct $name(u32);

            impl $name {
                /// Zero.
                pub const ZERO: Self = Self(0);
                /// The largest value.
                pub const MAX: Self = Self($max * crate::value::millionths::ONE);

                /// A number of whole millionths.
                ///
                /// # Errors
                ///
                /// More millionths than [`MAX`](Self::MAX) has.
                pub fn from_millionths(millionths: u32) -> Result<Self, crate::value::ValueError> {
                    if millionths > Self::MAX.0 {
                        let found = f64::from(millionths) / f64::from(crate::value::millionths::ONE);
                        return Err(crate::value::millionths::refuse($title, found, Self::MAX.0));
                    }
                    Ok(Self(millionths))
                }

                /// The number in whole millionths.
                #[must_use]
                pub const fn millionths(self) -> u32 {
                    self.0
                }

                /// At most [`MAX`](Self::MAX); for numbers that are so by construction.
                pub(crate) const fn at_most_max(millionths: u64) -> Self {
                    debug_assert!(millionths <= Self::MAX.0 as u64);
                    if millionths > Self::MAX.0 as u64 { Self::MAX } else { Self(millionths as u32) }
                }
            }
        }

        impl $name {
            /// The nearest binary floating-point number.
            #[must_use]
            pub fn to_f64(self) -> f64 {
                f64::from(self.millionths()) / f64::from(crate::value::millionths::ONE)
            }
        }

        impl TryFrom<f64> for $name {
            type Error = crate::value::ValueError;

            /// Accepts the binary number nearest to a decimal of at most six places, and no other.
            fn try_from(number: f64) -> Result<Self, Self::Error> {
                let max = Self::MAX.millionths();
                crate::value::millionths::Decimal(number)
                    .millionths(max)
                    .ok_or_else(|| crate::value::millionths::refuse($title, number, max))
                    .and_then(Self::from_millionths)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.to_f64(), formatter)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "{}({})", stringify!($name), self.to_f64())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_f64(self.to_f64())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = crate::value::millionths::Decimal::deserialize(deserializer)?;
                Self::try_from(number.0).map_err(|error| number.refused(0..=Self::MAX.millionths(), error))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "number", "minimum": 0, "maximum": $max,
                    "description": crate::value::scalar::first_paragraph(&[$($doc),+]) + " At most six decimal places.",
                })
            }
        }
    };
}
pub(crate) use decimal;
