use super::{
    ConfidenceLevel, DataError, Estimate, Interval, IntervalMethod, Sample, Undefined, normal_cdf, normal_quantile,
};
use crate::value::RandomStream;

/// How sure a statistic is, found by drawing the subjects again and again, with replacement.
///
/// *Answers* what interval a statistic has that no formula gives one for. *Assumes* that the subjects are drawn
/// independently; ratings of one subject stay together. *Formula*: the value of each replicate; percentile: its
/// quantiles; BCa: its quantiles at Φ(z₀ + (z₀ ± z)/(1 − a(z₀ ± z))), z₀ from the share of replicates below the value, ties by
/// half, a from leaving out each subject in turn. Quantiles are interpolated (type 7). The standard error is the
/// standard deviation of the replicates. *Undefined when* the statistic is undefined; the interval is absent for one
/// subject, when no replicate differs, when more than one replicate in ten is undefined, or when BCa finds the value outside its replicates.
/// *Reference*: Efron 1987, J. American Statistical Association 82:171; Efron and Tibshirani 1993, ch. 14. *Checked
/// against* the definition, computed by other means in the tests.
///
/// The seed is an argument and replicate *i* depends on it and on *i* only: the same seed gives the same interval.
///
/// ```
/// use service_excellence::statistics::{AlphaMetric, Bootstrap, Categories, ConfidenceLevel, SparseRatingTable};
///
/// let rows = [[1., 1.], [2., 2.], [3., 2.], [3., 3.], [1., 2.], [3., 3.], [2., 2.], [1., 1.], [2., 3.], [1., 1.]];
/// let rows = rows.map(|row| row.map(Some));
/// let table = SparseRatingTable::from_rows(Categories::numbered(1, 3)?, &rows)?;
/// let bootstrap = Bootstrap::bca(1_000, 20_260_302, ConfidenceLevel::NINETY_FIVE)?;
/// let alpha = bootstrap.krippendorff_alpha(&table, &AlphaMetric::Ordinal)?;
/// let interval = alpha.interval().expect("ten subjects have an interval");
/// assert!(interval.contains(alpha.value()) && interval.width() < 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bootstrap {
    replicates: u32,
    seed: u64,
    confidence: ConfidenceLevel,
    is_corrected: bool,
}

/// The value with each subject left out, and how many subjects are like it.
pub(super) type LeftOut = (Result<f64, Undefined>, f64);

impl Bootstrap {
    /// The most draws, subjects × replicates (for BCa also subjects × subjects): more would take hours.
    pub const MOST_DRAWS: f64 = 1e10;

    /// The fewest and the most replicates.
    const REPLICATES: std::ops::RangeInclusive<u32> = 100..=1_000_000;

    /// The interval holds the middle of the replicates.
    ///
    /// # Errors
    ///
    /// The number of replicates lies outside 100 to 1,000,000.
    pub fn percentile(replicates: u32, seed: u64, confidence: ConfidenceLevel) -> Result<Self, DataError> {
        if !Self::REPLICATES.contains(&replicates) {
            return Err(DataError::new("the number of replicates", "of a bootstrap", replicates, "100 to 1000000"));
        }
        Ok(Self { replicates, seed, confidence, is_corrected: false })
    }

    /// The interval is corrected for bias and for a spread that changes with the value (BCa): the one to prefer.
    ///
    /// # Errors
    ///
    /// The number of replicates lies outside 100 to 1,000,000.
    pub fn bca(replicates: u32, seed: u64, confidence: ConfidenceLevel) -> Result<Self, DataError> {
        Ok(Self { is_corrected: true, ..Self::percentile(replicates, seed, confidence)? })
    }

    /// Any statistic of subjects: `statistic` is given the positions of the subjects to use, from 0, some of them
    /// several times.
    ///
    /// BCa computes the statistic once more for each subject.
    ///
    /// # Errors
    ///
    /// What `statistic` says of all subjects once; [`Undefined::OutOfRange`] for more than
    /// [`MOST_DRAWS`](Self::MOST_DRAWS).
    pub fn estimate(
        &self,
        subjects: usize,
        mut statistic: impl FnMut(&[usize]) -> Result<f64, Undefined>,
    ) -> Result<Estimate, Undefined> {
        let each = if self.is_corrected { subjects as f64 } else { 0.0 };
        self.check_size(subjects as f64, each)?;
        let mut picks: Vec<usize> = (0..subjects).collect();
        let value = statistic(&picks)?;
        let replicates = self.replicates(|stream| {
            picks.iter_mut().for_each(|pick| *pick = stream.below(subjects));
            statistic(&picks)
        });
        let mut left_out: Vec<LeftOut> = Vec::new();
        if self.is_corrected {
            for subject in 0..subjects {
                let others: Vec<usize> = (0..subjects).filter(|other| *other != subject).collect();
                left_out.push((statistic(&others), 1.0));
            }
        }
        self.finish(value, subjects as f64, replicates, &left_out)
    }

    /// The values of all replicates that have one.
    pub(super) fn replicates(
        &self,
        mut replicate: impl FnMut(&mut RandomStream) -> Result<f64, Undefined>,
    ) -> Vec<f64> {
        let streams = (0..self.replicates).map(|index| RandomStream::new(self.seed, u64::from(index)));
        streams.filter_map(|mut stream| replicate(&mut stream).ok()).collect()
    }

    pub(super) fn is_corrected(&self) -> bool {
        self.is_corrected
    }

    /// That a subject can be drawn for each replicate, and `times` besides, before the day ends.
    pub(super) fn check_size(&self, subjects: f64, times: f64) -> Result<(), Undefined> {
        let is_small = subjects * times.max(f64::from(self.replicates)) <= Self::MOST_DRAWS;
        is_small.then_some(()).ok_or(Undefined::OutOfRange {})
    }

    /// The estimate from its replicates.
    pub(super) fn finish(
        &self,
        value: f64,
        subjects: f64,
        mut replicates: Vec<f64>,
        left_out: &[LeftOut],
    ) -> Result<Estimate, Undefined> {
        let estimate = Estimate::of(value).ok_or(Undefined::OutOfRange {})?;
        let needed = u64::from(self.replicates) * 9 / 10;
        if subjects < 2.0 || (replicates.len() as u64) < needed {
            return Ok(estimate);
        }
        replicates.sort_unstable_by(f64::total_cmp);
        let ends = if self.is_corrected {
            self.corrected_tails(value, &replicates, left_out)
        } else {
            Some((self.confidence.lower_tail(), 1.0 - self.confidence.lower_tail()))
        };
        let method = if self.is_corrected { IntervalMethod::BootstrapBca } else { IntervalMethod::BootstrapPercentile };
        let interval = ends.and_then(|(lower, upper)| {
            Interval::new(quantile(&replicates, lower)?, quantile(&replicates, upper)?, self.confidence, method)
        });
        let variance = Sample::of(&replicates).ok().and_then(|sample| sample.variance().ok());
        Ok(variance.map_or(estimate, |variance| estimate.with_standard_error(variance.sqrt())).with_interval(interval))
    }

    /// Between which shares of the replicates the interval lies; nothing if the value lies outside them all.
    fn corrected_tails(&self, value: f64, sorted: &[f64], left_out: &[LeftOut]) -> Option<(f64, f64)> {
        // A value computed by another order of additions may differ in its last digits.
        let tie = 1e-12 * value.abs().max(1.0);
        let below = sorted.partition_point(|replicate| *replicate < value - tie) as f64;
        let not_above = sorted.partition_point(|replicate| *replicate <= value + tie) as f64;
        let share = (below + not_above) / 2.0 / sorted.len() as f64;
        if !(share > 0.0 && share < 1.0) {
            return None;
        }
        let (bias, acceleration) = (normal_quantile(share), acceleration(left_out));
        let tail = |probability: f64| {
            let z = bias + normal_quantile(probability);
            normal_cdf(bias + z / (1.0 - acceleration * z))
        };
        Some((tail(self.confidence.lower_tail()), tail(1.0 - self.confidence.lower_tail())))
    }
}

/// Σ d³ / (6 (Σ d²)^1.5) of the deviations from the mean; 0 if nothing depends on a single subject.
fn acceleration(left_out: &[LeftOut]) -> f64 {
    let defined = || left_out.iter().filter_map(|(value, times)| Some((*value.as_ref().ok()?, *times)));
    let total: f64 = defined().map(|(_, times)| times).sum();
    let mean = defined().map(|(value, times)| value * times).sum::<f64>() / total.max(1.0);
    let (mut squares, mut cubes) = (0.0, 0.0);
    for (value, times) in defined() {
        let deviation = mean - value;
        squares += times * deviation * deviation;
        cubes += times * deviation * deviation * deviation;
    }
    // Below this the deviations are rounding errors.
    if squares < 1e-24 * total { 0.0 } else { cubes / (6.0 * squares.powf(1.5)) }
}

/// Interpolated between the two nearest (type 7); the values are sorted.
pub(super) fn quantile(sorted: &[f64], probability: f64) -> Option<f64> {
    let place = probability.clamp(0.0, 1.0) * sorted.len().saturating_sub(1) as f64;
    let (below, above) = (sorted.get(place.floor() as usize)?, sorted.get(place.ceil() as usize)?);
    Some(below + (above - below) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(data: &[f64], picks: &[usize]) -> Result<f64, Undefined> {
        Ok(picks.iter().map(|pick| data[*pick]).sum::<f64>() / picks.len() as f64)
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "the numbers compared are exact")]
    fn quantiles_are_interpolated() {
        let sorted = [1.0, 2.0, 4.0, 8.0, 16.0];
        assert_eq!([0.0, 0.25, 0.6, 1.0].map(|share| quantile(&sorted, share).unwrap()), [1.0, 2.0, 5.6, 16.0]);
    }

    #[test]
    fn the_error_of_a_mean_is_that_of_theory() {
        let data: Vec<f64> = (0..50).map(|number| f64::from(number * number)).collect();
        let bootstrap = Bootstrap::percentile(4_000, 1, ConfidenceLevel::NINETY_FIVE).unwrap();
        let estimate = bootstrap.estimate(50, |picks| mean(&data, picks)).unwrap();
        let centre = mean(&data, &(0..50).collect::<Vec<_>>()).unwrap();
        let spread: f64 = data.iter().map(|number| (number - centre).powi(2)).sum::<f64>() / 50.0;
        let theory = (spread / 50.0).sqrt();
        // 4,000 replicates know a standard error to about one part in ninety.
        assert!((estimate.standard_error().unwrap() / theory - 1.0).abs() < 0.04);
        let width = estimate.interval().unwrap().width() / (2.0 * 1.96 * theory);
        assert!((width - 1.0).abs() < 0.06, "{width}");
    }

    #[test]
    fn the_corrected_interval_of_a_skewed_mean_leans_to_the_long_tail() {
        let data: Vec<f64> = (0..40).map(|number| f64::from(number).powi(3)).collect();
        let of =
            |bootstrap: Bootstrap| *bootstrap.estimate(40, |picks| mean(&data, picks)).unwrap().interval().unwrap();
        let plain = of(Bootstrap::percentile(2_000, 5, ConfidenceLevel::NINETY).unwrap());
        let corrected = of(Bootstrap::bca(2_000, 5, ConfidenceLevel::NINETY).unwrap());
        assert!(corrected.lower() > plain.lower() && corrected.upper() > plain.upper());
    }

    #[test]
    fn acceleration_is_that_of_the_definition() {
        // Leaving one of 1, 2, 6 out gives means 4, 3.5, 1.5, and their mean is 3.
        let left_out = [(Ok(4.0), 1.0), (Ok(3.5), 1.0), (Ok(1.5), 1.0)];
        let expected = (-1.0 - 0.125 + 3.375) / (6.0 * (1.0 + 0.25 + 2.25_f64).powf(1.5));
        assert!((acceleration(&left_out) - expected).abs() < 1e-15);
    }

    #[test]
    fn a_statistic_that_never_varies_has_no_interval() {
        let bootstrap = Bootstrap::bca(200, 3, ConfidenceLevel::NINETY_FIVE).unwrap();
        let estimate = bootstrap.estimate(10, |_| Ok(1.0)).unwrap();
        assert_eq!((estimate.interval(), estimate.standard_error()), (None, Some(0.0)));
        assert_eq!(estimate.no_interval(), Some(Undefined::NoSpread {}));
    }

    #[test]
    fn replicates_that_are_often_undefined_give_no_interval() {
        let bootstrap = Bootstrap::percentile(200, 3, ConfidenceLevel::NINETY_FIVE).unwrap();
        let mut calls = 0;
        let estimate = bootstrap.estimate(10, |_| {
            calls += 1;
            if calls % 5 == 0 { Err(Undefined::NoVariation {}) } else { Ok(f64::from(calls)) }
        });
        assert_eq!(estimate.unwrap().interval(), None);
        assert!(Bootstrap::bca(99, 0, ConfidenceLevel::NINETY).is_err());
    }
}
