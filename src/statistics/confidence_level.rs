use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::distributions::t_quantile;
use super::normal::normal_quantile;
use crate::value::ValueError;
use crate::value::millionths::{Decimal, ONE};

/// How often intervals made by the same method hold the true value: from 0.5 to 0.9999, such as 0.95.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConfidenceLevel(u32);

impl ConfidenceLevel {
    /// 80 %.
    pub const EIGHTY: Self = Self(800_000);
    /// 90 %.
    pub const NINETY: Self = Self(900_000);
    /// 95 %.
    pub const NINETY_FIVE: Self = Self(950_000);
    /// 99 %.
    pub const NINETY_NINE: Self = Self(990_000);

    const LOWEST: u32 = 500_000;
    const HIGHEST: u32 = 999_900;

    /// Checks the bounds.
    ///
    /// # Errors
    ///
    /// The number lies outside 0.5 to 0.9999, or has more than six decimals.
    pub fn new(level: f64) -> Result<Self, ValueError> {
        Decimal(level).millionths(Self::HIGHEST).filter(|millionths| *millionths >= Self::LOWEST).map(Self).ok_or_else(
            || {
                let allowed = "a decimal number from 0.5 to 0.9999 with at most six places";
                ValueError::new(ValueError::NUMBER, "a confidence level", &level.to_string(), allowed)
            },
        )
    }

    /// The plain number.
    #[must_use]
    pub fn get(self) -> f64 {
        f64::from(self.0) / f64::from(ONE)
    }

    /// The probability below a two-sided interval: 0.025 for 0.95.
    pub(crate) fn lower_tail(self) -> f64 {
        f64::from(ONE - self.0) / f64::from(2 * ONE)
    }

    /// How many standard errors a normal interval reaches to either side: 1.96 for 0.95.
    pub(crate) fn normal_multiplier(self) -> f64 {
        normal_quantile(1.0 - self.lower_tail())
    }

    /// The same of Student's t; nothing without degrees of freedom.
    pub(crate) fn t_multiplier(self, degrees: f64) -> Option<f64> {
        t_quantile(1.0 - self.lower_tail(), degrees)
    }
}

impl fmt::Display for ConfidenceLevel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} %", f64::from(self.0) / 10_000.0)
    }
}

impl fmt::Debug for ConfidenceLevel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ConfidenceLevel({})", self.get())
    }
}

impl Serialize for ConfidenceLevel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.get())
    }
}

impl<'de> Deserialize<'de> for ConfidenceLevel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Decimal::deserialize(deserializer)?;
        Self::new(number.0).map_err(|error| number.refused(Self::LOWEST..=Self::HIGHEST, error))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ConfidenceLevel {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ConfidenceLevel".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "number", "minimum": 0.5, "maximum": 0.9999,
            "description": "How often intervals made by the same method hold the true value: from 0.5 to 0.9999, such as 0.95. At most six decimal places.",
        })
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers compared are exact in binary")]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_are_part_of_the_range() {
        assert_eq!(ConfidenceLevel::new(0.95).unwrap(), ConfidenceLevel::NINETY_FIVE);
        assert!(ConfidenceLevel::new(0.5).is_ok());
        for level in [0.499_999, 0.999_901, 95.0, f64::NAN] {
            assert!(ConfidenceLevel::new(level).is_err(), "{level}");
        }
    }

    #[test]
    fn tails_are_exact() {
        assert_eq!(ConfidenceLevel::NINETY_FIVE.lower_tail(), 0.025);
        assert_eq!(ConfidenceLevel::NINETY.to_string(), "90 %");
    }
}
