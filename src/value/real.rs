use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::ValueError;
use super::millionths::Decimal;

/// A finite number: never "not a number", never infinite, and zero has no sign. So it can be compared and hashed.
#[derive(Clone, Copy)]
pub struct Real(f64);

impl Real {
    /// Zero.
    pub const ZERO: Self = Self(0.0);

    /// Checks that the number is finite.
    ///
    /// # Errors
    ///
    /// The number is infinite or not a number.
    pub fn new(number: f64) -> Result<Self, ValueError> {
        if !number.is_finite() {
            return Err(ValueError::new(ValueError::NUMBER, "a real number", &number.to_string(), "a finite number"));
        }
        // Adding zero turns -0 into 0.
        Ok(Self(number + 0.0))
    }

    /// The plain number.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// To six decimals, halves away from zero; numbers too large to have six decimals stay as they are.
    #[must_use]
    pub fn to_six_decimals(self) -> Self {
        const EXACT: f64 = 9_007_199_254.0;
        if self.0.abs() >= EXACT { self } else { Self((self.0 * 1e6).round() / 1e6 + 0.0) }
    }
}

impl TryFrom<f64> for Real {
    type Error = ValueError;

    fn try_from(number: f64) -> Result<Self, ValueError> {
        Self::new(number)
    }
}

impl Ord for Real {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Real {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Real {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Real {}

impl Hash for Real {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl fmt::Debug for Real {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Real({})", self.0)
    }
}

/// Honours precision and width, as floating-point numbers do.
impl fmt::Display for Real {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

impl Serialize for Real {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0)
    }
}

impl<'de> Deserialize<'de> for Real {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Decimal::deserialize(deserializer)?.0).map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Real {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Real".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "number", "minimum": f64::MIN, "maximum": f64::MAX,
            "description": "A finite number.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finite_is_refused() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(Real::new(number).is_err(), "{number}");
        }
    }

    #[test]
    fn zero_has_no_sign() {
        assert_eq!(Real::new(-0.0).unwrap(), Real::ZERO);
        assert_eq!(serde_json::to_string(&Real::new(-0.0).unwrap()).unwrap(), "0.0");
        assert_eq!(Real::new(-0.000_000_1).unwrap().to_six_decimals(), Real::ZERO);
    }

    #[test]
    fn every_number_survives_json() {
        for number in [0.1, 1.0 / 3.0, -2.5e-300, 7.123_456_789_012_345e250, f64::MAX, f64::MIN_POSITIVE] {
            let real = Real::new(number).unwrap();
            assert_eq!(serde_json::from_str::<Real>(&serde_json::to_string(&real).unwrap()).unwrap(), real);
        }
    }
}
