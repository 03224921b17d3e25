use std::fmt;

use super::standard_error::StandardError;
use super::{ConfidenceLevel, Interval, IntervalMethod, Undefined};
use crate::value::Real;
use crate::value::strict::object;

object! {
    /// A number computed from data, and how sure it is.
    ///
    /// The one type for this in the crate: coefficients of agreement, a person's scores and shares of a survey all
    /// carry it. What the data cannot give is absent: a single unit has a value and no standard error.
    ///
    /// ```
    /// use service_excellence::statistics::{ConfidenceLevel, Proportion};
    ///
    /// let passed = Proportion::new(8, 10)?.wilson(ConfidenceLevel::NINETY)?;
    /// assert_eq!(passed.to_string(), "0.80 (90 %: 0.54 to 0.93)");
    /// assert_eq!(format!("{passed:.1}"), "0.8 (90 %: 0.5 to 0.9)");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Copy)]
    pub struct Estimate {
        /// The value.
        value: Real,
        /// The standard error, at least 0, in the unit of the value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        standard_error: Option<StandardError>,
        /// The interval, in the unit of the value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        interval: Option<Interval>,
    }
}

impl Estimate {
    /// A value alone; nothing if it is not finite.
    pub(crate) fn of(value: f64) -> Option<Self> {
        Some(Self { value: Real::new(value).ok()?, standard_error: None, interval: None })
    }

    /// With a standard error, if it is finite and not negative.
    pub(crate) fn with_standard_error(self, standard_error: f64) -> Self {
        Self { standard_error: StandardError::new(standard_error).ok(), ..self }
    }

    /// With an interval.
    pub(crate) fn with_interval(self, interval: Option<Interval>) -> Self {
        Self { interval, ..self }
    }

    /// With this standard error and the interval value ± normal quantile × error.
    pub(crate) fn with_normal_interval(self, error: f64, confidence: ConfidenceLevel) -> Self {
        let half = confidence.normal_multiplier() * error;
        let interval = Interval::around(self.value(), half, confidence, IntervalMethod::Normal);
        self.with_standard_error(error).with_interval(interval)
    }

    /// With this standard error and the interval value ± quantile of Student's t × error. Without spread there is no
    /// interval: numbers that are all alike do not show how far the next may lie.
    pub(crate) fn with_t_interval(self, error: f64, degrees: f64, confidence: ConfidenceLevel) -> Self {
        let half = confidence.t_multiplier(degrees).filter(|_| error > 0.0).map(|multiplier| multiplier * error);
        let interval = half.and_then(|half| Interval::around(self.value(), half, confidence, IntervalMethod::StudentT));
        self.with_standard_error(error).with_interval(interval)
    }

    /// With an interval that ends where the scale of the value does; the value lies on it.
    pub(crate) fn cut_off(self, lowest: f64, highest: f64) -> Self {
        let cut = |interval: Interval| {
            let (lower, upper) = (interval.lower().max(lowest), interval.upper().min(highest));
            Interval::new(lower, upper, interval.confidence(), interval.method())
        };
        Self { interval: self.interval.and_then(cut), ..self }
    }

    /// In another unit, `factor` of which make one of this; nothing of it may leave the range of numbers.
    pub(crate) fn times(self, factor: f64) -> Self {
        let scaled = |number: Real| Real::new(number.get() * factor).unwrap_or(number);
        Self {
            value: scaled(self.value),
            standard_error: self.standard_error.map(|error| StandardError::new(error.get() * factor).unwrap_or(error)),
            interval: self.interval.map(|interval| interval.times(factor)),
        }
    }

    /// Moved by `distance`: on a scale that starts elsewhere.
    pub(crate) fn plus(self, distance: f64) -> Self {
        let value = Real::new(self.value.get() + distance).unwrap_or(self.value);
        Self { value, interval: self.interval.map(|interval| interval.plus(distance)), ..self }
    }

    /// The square root, with the error that follows; what lies below 0 counts as 0.
    pub(crate) fn square_root(self) -> Self {
        let root = |number: f64| number.max(0.0).sqrt();
        let value = root(self.value());
        let error = self.standard_error().filter(|_| value > 0.0).map(|error| error / (2.0 * value));
        let ends =
            |ends: Interval| Interval::new(root(ends.lower()), root(ends.upper()), ends.confidence(), ends.method());
        let with_error = |one: Self| error.map_or(one, |error| one.with_standard_error(error));
        Self::of(value).map_or(self, |one| with_error(one).with_interval(self.interval.and_then(ends)))
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.value.get()
    }

    /// The standard error, at least 0, in the unit of the value.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.standard_error.map(StandardError::get)
    }

    /// The interval, in the unit of the value.
    #[must_use]
    pub fn interval(&self) -> Option<&Interval> {
        self.interval.as_ref()
    }

    /// The reason, when there is no interval because the standard error was estimated to be 0: what never varied does not
    /// show how far the next may lie.
    #[must_use]
    pub fn no_interval(&self) -> Option<Undefined> {
        let is_certain = self.interval.is_none() && self.standard_error.is_some_and(|error| error.get() <= 0.0);
        is_certain.then_some(Undefined::NoSpread {})
    }

    /// With every number to six decimals, as documents carry them.
    #[must_use]
    pub fn to_six_decimals(self) -> Self {
        Self {
            value: self.value.to_six_decimals(),
            standard_error: self.standard_error.map(StandardError::to_six_decimals),
            interval: self.interval.map(Interval::to_six_decimals),
        }
    }
}

/// The value with its interval, such as `0.62 (90 %: 0.38 to 0.86)`; the value alone when there is no interval. Two
/// decimals unless the format asks for another precision.
impl fmt::Display for Estimate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = formatter.precision().unwrap_or(2);
        write!(formatter, "{:.places$}", self.value)?;
        match self.interval {
            Some(found) => {
                write!(formatter, " ({}: {:.places$} to {:.places$})", found.confidence(), found.lower(), found.upper())
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Estimate;
    use crate::statistics::{ConfidenceLevel, Interval, IntervalMethod};

    fn third() -> Estimate {
        let interval = Interval::new(-0.126, 0.5, ConfidenceLevel::NINETY, IntervalMethod::Normal);
        Estimate::of(1.0 / 3.0).unwrap().with_standard_error(0.2).with_interval(interval)
    }

    #[test]
    fn an_estimate_is_said_with_its_interval_and_the_precision_asked_for() {
        assert_eq!(third().to_string(), "0.33 (90 %: -0.13 to 0.50)");
        assert_eq!(format!("{:.1}", third()), "0.3 (90 %: -0.1 to 0.5)");
        assert_eq!(third().with_interval(None).to_string(), "0.33");
        assert_eq!(third().interval().unwrap().to_string(), "-0.13 to 0.50 (90 %)");
    }

    #[test]
    fn moving_an_estimate_keeps_its_error_and_the_width_of_its_interval() {
        let moved = third().times(4.0).plus(1.0);
        assert_eq!(moved.to_string(), "2.33 (90 %: 0.50 to 3.00)");
        assert_eq!(moved.standard_error(), Some(0.8));
    }

    #[test]
    fn the_root_of_an_estimate_ends_at_zero() {
        let quarter = Estimate::of(0.25).unwrap().with_standard_error(0.1).with_interval(third().interval);
        assert_eq!(quarter.square_root().to_string(), "0.50 (90 %: 0.00 to 0.71)");
        assert_eq!(quarter.square_root().standard_error(), Some(0.1));
    }
}
