use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::value::{Real, ValueError};

/// The standard error of a number: finite and at least 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StandardError(Real);

impl StandardError {
    /// Checks the bound.
    ///
    /// # Errors
    ///
    /// The number is below 0, infinite or not a number.
    pub fn new(number: f64) -> Result<Self, ValueError> {
        Real::new(number).ok().filter(|own| *own >= Real::ZERO).map(Self).ok_or_else(|| {
            ValueError::new(
                ValueError::NUMBER,
                "a standard error",
                &number.to_string(),
                "a finite number of at least 0",
            )
        })
    }

    /// The plain number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0.get()
    }

    pub(super) fn to_six_decimals(self) -> Self {
        Self(self.0.to_six_decimals())
    }
}

impl Serialize for StandardError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for StandardError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Real::deserialize(deserializer)?.get()).map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for StandardError {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "StandardError".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "number", "minimum": 0, "maximum": f64::MAX,
            "description": "A finite number of at least 0.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::StandardError;

    #[test]
    fn what_is_below_zero_is_refused() {
        for (text, is_good) in [("0", true), ("0.25", true), ("-0.0", true), ("-0.25", false), ("\"0\"", false)] {
            assert_eq!(serde_json::from_str::<StandardError>(text).is_ok(), is_good, "{text}");
        }
    }
}
