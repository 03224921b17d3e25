use super::DecayedMean;
use crate::statistics::bootstrap::quantile;
use crate::statistics::checks::{estimate, finite, real};
use crate::statistics::place::nth;
use crate::statistics::{ConfidenceLevel, DataError, Estimate, Interval, IntervalMethod, Undefined};

/// Values observed at times, in any order; several at one time are allowed.
///
/// ```
/// use service_excellence::statistics::{ConfidenceLevel, TimeSeries};
///
/// let series = TimeSeries::new(&[(0.0, 2.0), (30.0, 3.0), (60.0, 4.0), (90.0, 4.0)])?;
/// let recent = series.decayed_mean(30.0, ConfidenceLevel::NINETY)?;
/// assert_eq!(format!("{:.2}", recent.estimate().value()), "3.73");
/// let slope = series.theil_sen_slope(ConfidenceLevel::NINETY)?;
/// assert_eq!(format!("{:.4}", slope.value()), "0.0278");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TimeSeries {
    observations: Vec<(f64, f64)>,
}

// Finite numbers are equal to themselves.
impl Eq for TimeSeries {}

impl TimeSeries {
    /// Takes pairs of time and value; none are data too.
    ///
    /// # Errors
    ///
    /// A time or value is not finite.
    pub fn new(observations: &[(f64, f64)]) -> Result<Self, DataError> {
        for (index, (time, value)) in observations.iter().enumerate() {
            let place = nth("of observation", index);
            finite("the time", &place, *time)?;
            finite("the value", &place, *value)?;
        }
        Ok(Self { observations: observations.to_vec() })
    }

    /// The mean in which a value counts half as much for every half-life that it is older than the newest.
    ///
    /// *Answers*: where does the subject stand now? *Assumes* independent values that drift slowly against the half-life.
    /// *Formula*: weights w = 2^(−age / half-life); effective number (Σw)²/Σw²; standard error √(Σw(x − m)²/Σw / (effective
    /// number − 1)), t interval with one degree less than the effective number; neither if that is 1, no interval without
    /// spread. *Undefined when* there are no values. *Reference*: Kish 1965, Survey Sampling, for the effective number.
    /// *Checked against*: [`Sample::mean`](crate::statistics::Sample::mean), which a long half-life leads to.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without values; [`Undefined::OutOfRange`] if the half-life is not above 0 or the values are too
    /// large.
    pub fn decayed_mean(&self, half_life: f64, confidence: ConfidenceLevel) -> Result<DecayedMean, Undefined> {
        // Relative to the newest time no weight is too small where it matters.
        let newest = self.observations.iter().map(|(time, _)| *time).reduce(f64::max).ok_or(Undefined::NoData {})?;
        if !(half_life > 0.0 && half_life.is_finite()) {
            return Err(Undefined::OutOfRange {});
        }
        let weighted = || self.observations.iter().map(|(time, value)| (((time - newest) / half_life).exp2(), value));
        let sum: f64 = weighted().map(|(weight, _)| weight).sum();
        let squares: f64 = weighted().map(|(weight, _)| weight * weight).sum();
        let origin = self.observations.first().map_or(0.0, |(_, value)| *value);
        let mean = origin + weighted().map(|(weight, value)| weight / sum * (value - origin)).sum::<f64>();
        let value = estimate(mean)?;
        let size = sum * sum / squares;
        let freedom = size - 1.0;
        let estimate = if freedom > 1e-9 {
            let spread: f64 = weighted().map(|(weight, value)| weight / sum * (value - mean).powi(2)).sum();
            value.with_t_interval((real(spread)?.get() / freedom).sqrt(), freedom, confidence)
        } else {
            value
        };
        DecayedMean::new(estimate, size)
    }

    /// The median of the slopes between any two observations at different times, in units of value by units of time.
    ///
    /// *Answers*: is there a trend, whatever a few odd values say? *Assumes* independent errors of one distribution; robust
    /// against up to 29 % of odd values. *Formula* of the interval: order statistics of the slopes by the variance of
    /// Kendall's statistic, with ties. Time and memory grow with the square of the number of observations. *Undefined when* all
    /// values stand at one time. *Reference*: Theil 1950; Sen 1968, J. American Statistical Association 63:1379. *Checked against*: scipy 1.17 `theilslopes`.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without values; [`Undefined::NoPairs`] if all stand at one time; [`Undefined::OutOfRange`] if a slope
    /// or a time between two observations is not finite.
    #[doc(alias = "trend")]
    pub fn theil_sen_slope(&self, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
        if self.observations.is_empty() {
            return Err(Undefined::NoData {});
        }
        let slopes = self.slopes()?;
        let count = slopes.len();
        let median = estimate(quantile(&slopes, 0.5).ok_or(Undefined::NoPairs {})?)?;
        let half = confidence.normal_multiplier() * self.kendall_variance().max(0.0).sqrt();
        let upper = ((count as f64 + half) / 2.0).round_ties_even().min(count as f64 - 1.0);
        let lower = (((count as f64 - half) / 2.0).round_ties_even() - 1.0).max(0.0);
        let ends = slopes.get(lower as usize).zip(slopes.get(upper as usize));
        Ok(median
            .with_interval(ends.and_then(|(l, u)| Interval::new(*l, *u, confidence, IntervalMethod::RankStatistic))))
    }

    /// The slopes between observations at different times, in order of size.
    fn slopes(&self) -> Result<Vec<f64>, Undefined> {
        let mut slopes = Vec::new();
        let mut rest = self.observations.as_slice();
        while let Some(((time, value), later)) = rest.split_first() {
            let others = later.iter().filter(|(other, _)| (other - time).abs() > 0.0);
            for (other_time, other_value) in others {
                let passed = real(other_time - time)?.get();
                slopes.push(real((other_value - value) / passed)?.get());
            }
            rest = later;
        }
        slopes.sort_unstable_by(f64::total_cmp);
        Ok(slopes)
    }

    /// The variance of Kendall's statistic without trend.
    fn kendall_variance(&self) -> f64 {
        let part = |count: f64| count * (count - 1.0) * (2.0 * count + 5.0);
        let ties = |mut numbers: Vec<f64>| -> f64 {
            numbers.sort_unstable_by(f64::total_cmp);
            numbers.chunk_by(|one, other| (other - one).abs() <= 0.0).map(|run| part(run.len() as f64)).sum()
        };
        let (times, values) = self.observations.iter().copied().unzip();
        (part(self.observations.len() as f64) - ties(times) - ties(values)) / 18.0
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers compared are exact in binary")]
mod tests {
    use super::*;

    #[test]
    fn ages_of_many_half_lives_neither_count_nor_break() {
        let series = TimeSeries::new(&[(-1e6, 1.0), (0.0, 4.0), (0.0, 5.0)]).unwrap();
        let mean = series.decayed_mean(1.0, ConfidenceLevel::NINETY).unwrap();
        assert_eq!((mean.estimate().value(), mean.effective_size()), (4.5, 2.0));
        let later = TimeSeries::new(&[(0.0, 1.0), (1e6, 4.0), (1e6, 5.0)]).unwrap();
        assert_eq!(later.decayed_mean(1.0, ConfidenceLevel::NINETY).unwrap(), mean);
    }

    #[test]
    fn one_value_has_a_mean_and_no_error_nor_trend() {
        let one = TimeSeries::new(&[(3.0, 4.0)]).unwrap();
        let mean = one.decayed_mean(10.0, ConfidenceLevel::NINETY).unwrap();
        assert_eq!((mean.estimate().value(), mean.estimate().standard_error()), (4.0, None));
        assert_eq!(one.theil_sen_slope(ConfidenceLevel::NINETY), Err(Undefined::NoPairs {}));
        let none = TimeSeries::new(&[]).unwrap();
        assert_eq!(none.decayed_mean(10.0, ConfidenceLevel::NINETY), Err(Undefined::NoData {}));
        assert_eq!(one.decayed_mean(0.0, ConfidenceLevel::NINETY), Err(Undefined::OutOfRange {}));
    }

    #[test]
    fn one_odd_value_does_not_turn_a_trend() {
        let observations: Vec<_> =
            (0..9).map(|time| (f64::from(time), if time == 4 { -90.0 } else { 2.0 * f64::from(time) })).collect();
        let slope = TimeSeries::new(&observations).unwrap().theil_sen_slope(ConfidenceLevel::NINETY).unwrap();
        assert_eq!(slope.value(), 2.0);
    }

    /// scipy 1.17.1: `theilslopes(…, alpha=0.9)`.
    #[test]
    fn slope_and_limits_are_those_of_scipy() {
        let observations = [(0.0, 2.0), (10.0, 3.0), (25.0, 2.5), (40.0, 4.0), (55.0, 3.5), (70.0, 5.0), (90.0, 4.5)];
        let slope = TimeSeries::new(&observations).unwrap().theil_sen_slope(ConfidenceLevel::NINETY).unwrap();
        let interval = slope.interval().unwrap();
        let expected = [0.030_769_230_769_230_77, 0.011_111_111_111_111_112, 0.05];
        for (found, expected) in [slope.value(), interval.lower(), interval.upper()].iter().zip(expected) {
            assert!((found - expected).abs() < 1e-15, "{found} {expected}");
        }
    }
}
