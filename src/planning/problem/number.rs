//! The numbers of a problem. Their schema states the bounds; reading takes any whole number, so that the check of the
//! whole problem reports every number out of bounds and not only the first.

#[cfg(feature = "schema")]
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::RangeInclusive;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// As good as no limit.
pub(crate) const MOST_LEARNER_MINUTES: i64 = 10_080;
pub(crate) const MOST_COACH_MINUTES: i64 = 10_080_000;
pub(crate) const MOST_TOTAL_MINUTES: i64 = 2_000_000;
pub(crate) const MOST_BUDGET: i64 = 1_000_000_000;

pub(super) type Levels = Whole<0, 10_000>;
pub(super) type Weight = Whole<0, 10_000>;
pub(super) type LearnerMinutes = Whole<0, MOST_LEARNER_MINUTES>;
pub(super) type CoachMinutes = Whole<0, MOST_COACH_MINUTES>;
pub(super) type TotalMinutes = Whole<0, MOST_TOTAL_MINUTES>;
pub(super) type Seats = Whole<0, 10_000>;
pub(super) type SessionCost = Whole<0, 1_000_000>;
pub(super) type Budget = Whole<0, MOST_BUDGET>;
pub(super) type Value = Whole<0, 10_000_000_000>;
pub(super) type Sessions = Whole<1, 52>;
pub(super) type Week = Whole<1, 104>;
pub(super) type GapWeeks = Whole<0, 104>;

/// A whole number, allowed from `MIN` to `MAX`.
pub(super) struct Whole<const MIN: i64, const MAX: i64>(i64);

impl<const MIN: i64, const MAX: i64> Whole<MIN, MAX> {
    pub(super) const ALLOWED: RangeInclusive<i64> = MIN..=MAX;
}

/// Reads, writes and describes plain numbers as `T`: for `#[serde(with = "As::<…>")]`.
pub(super) struct As<T>(PhantomData<T>);

impl<T: Numbers> As<T> {
    pub(super) fn serialize<S: Serializer>(plain: &T::Plain, serializer: S) -> Result<S::Ok, S::Error> {
        plain.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T::Plain, D::Error>
    where
        T: Deserialize<'de>,
    {
        T::deserialize(deserializer).map(T::plain)
    }
}

/// One number, a list, or one that may be absent.
pub(super) trait Numbers {
    type Plain: Serialize;

    fn plain(self) -> Self::Plain;
}

impl<const MIN: i64, const MAX: i64> Numbers for Whole<MIN, MAX> {
    type Plain = i64;

    fn plain(self) -> i64 {
        self.0
    }
}

impl<T: Numbers> Numbers for Vec<T> {
    type Plain = Vec<T::Plain>;

    fn plain(self) -> Self::Plain {
        self.into_iter().map(T::plain).collect()
    }
}

impl<T: Numbers> Numbers for Option<T> {
    type Plain = Option<T::Plain>;

    fn plain(self) -> Self::Plain {
        self.map(T::plain)
    }
}

/// `3.0` is the whole number 3, as JSON Schema says.
impl<'de, const MIN: i64, const MAX: i64> Deserialize<'de> for Whole<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_i64(WholeVisitor::<MIN, MAX>).map(Self)
    }
}

struct WholeVisitor<const MIN: i64, const MAX: i64>;

impl<const MIN: i64, const MAX: i64> Visitor<'_> for WholeVisitor<MIN, MAX> {
    type Value = i64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a whole number from {MIN} to {MAX}")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<i64, E> {
        i64::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<i64, E> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if number.fract() == 0.0 && (-EXACT..=EXACT).contains(&number) {
            Ok(number as i64)
        } else {
            Err(E::invalid_value(Unexpected::Float(number), &self))
        }
    }
}

#[cfg(feature = "schema")]
impl<const MIN: i64, const MAX: i64> schemars::JsonSchema for Whole<MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("WholeFrom{MIN}To{MAX}").into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "minimum": MIN, "maximum": MAX })
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for As<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<i64, serde_json::Error> {
        As::<Week>::deserialize(&mut serde_json::Deserializer::from_str(text))
    }

    #[test]
    fn numbers_out_of_bounds_are_read_so_that_all_can_be_reported() {
        assert_eq!(read("-3").unwrap(), -3);
        assert_eq!(read("9223372036854775807").unwrap(), i64::MAX);
    }

    #[test]
    fn whole_numbers_may_be_written_with_a_point_and_others_are_refused() {
        assert_eq!(read("3.0").unwrap(), 3);
        for text in ["3.5", "1e300", "9223372036854775808", "\"3\"", "null"] {
            let told = read(text).unwrap_err().to_string();
            assert!(told.contains("expected a whole number from 1 to 104"), "{text}: {told}");
        }
    }
}
