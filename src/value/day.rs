use std::fmt;
use std::str::FromStr;

use super::ValueError;
use super::scalar::read_text;

/// A calendar day from 1900-01-01 to 2999-12-31, written `YYYY-MM-DD` (ISO 8601).
///
/// Which day it was depends on a time zone that only the caller knows, so days come from the caller.
///
/// ```
/// use service_excellence::Day;
///
/// let day: Day = "2026-03-31".parse()?;
/// assert_eq!(day.plus_days(1).to_string(), "2026-04-01");
/// assert!("2026-02-30".parse::<Day>().is_err());
/// # Ok::<(), service_excellence::ValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(jiff::civil::Date);

impl Day {
    /// The first day.
    pub const MIN: Self = Self(jiff::civil::date(1900, 1, 1));
    /// The last day.
    pub const MAX: Self = Self(jiff::civil::date(2999, 12, 31));
    /// The pattern every day matches; that the day exists is said by `format: date`.
    pub const PATTERN: &'static str = "^(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$";

    const TITLE: &'static str = "a day";
    const ALLOWED: &'static str = "an existing day from 1900-01-01 to 2999-12-31, written YYYY-MM-DD";

    /// A day from its parts.
    ///
    /// # Errors
    ///
    /// The day does not exist or lies outside `MIN..=MAX`.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, ValueError> {
        let refuse =
            || ValueError::new(ValueError::DAY, Self::TITLE, &format!("{year:04}-{month:02}-{day:02}"), Self::ALLOWED);
        let date = jiff::civil::Date::new(year, month, day).map_err(|_| refuse())?;
        if (Self::MIN.0..=Self::MAX.0).contains(&date) { Ok(Self(date)) } else { Err(refuse()) }
    }

    /// The day this many days later (earlier when negative), at most [`MAX`](Day::MAX), at least [`MIN`](Day::MIN).
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        let Ok(span) = jiff::Span::new().try_days(days) else {
            return if days < 0 { Self::MIN } else { Self::MAX };
        };
        Self(self.0.saturating_add(span).clamp(Self::MIN.0, Self::MAX.0))
    }

    /// How many days `self` lies after `earlier`; negative when it lies before.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i32 {
        (self.0 - earlier.0).get_days()
    }
}

impl FromStr for Day {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = || ValueError::new(ValueError::DAY, Self::TITLE, text, Self::ALLOWED);
        let is_shaped = text.len() == 10
            && text.bytes().enumerate().all(|(index, byte)| match index {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !is_shaped {
            return Err(refuse());
        }
        let mut parts = text.split('-');
        let mut part = || parts.next().and_then(|digits| digits.parse().ok()).unwrap_or_default();
        let (year, month, day) = (part(), part(), part());
        Self::new(year, month as i8, day as i8).map_err(|_| refuse())
    }
}

impl From<Day> for jiff::civil::Date {
    fn from(day: Day) -> Self {
        day.0
    }
}

impl TryFrom<jiff::civil::Date> for Day {
    type Error = ValueError;

    fn try_from(date: jiff::civil::Date) -> Result<Self, ValueError> {
        Self::new(date.year(), date.month(), date.day())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0.to_string())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Day({self})")
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_text(deserializer, Self::TITLE)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "format": "date", "pattern": Self::PATTERN,
            "description": "A calendar day from 1900-01-01 to 2999-12-31, written YYYY-MM-DD",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_does_not_exist_is_refused() {
        for bad in ["2026-02-29", "2026-13-01", "2026-00-10", "1899-12-31", "3000-01-01", "2026-2-08", "20260208", ""] {
            assert!(bad.parse::<Day>().is_err(), "{bad}");
        }
        assert!("2028-02-29".parse::<Day>().is_ok());
    }

    #[test]
    fn days_are_counted_across_years() {
        let old: Day = "2025-12-31".parse().unwrap();
        let new: Day = "2026-03-01".parse().unwrap();
        assert_eq!(new.days_since(old), 60);
        assert_eq!(old.plus_days(60), new);
        assert_eq!(Day::MAX.plus_days(1), Day::MAX);
        assert_eq!((Day::MIN.plus_days(i32::MAX), Day::MAX.plus_days(i32::MIN)), (Day::MAX, Day::MIN));
    }
}
