//! Whether raters read a criterion alike.

use std::collections::BTreeMap;

use super::claim::{Bounds, Claim, Draft, Part, sample};
use super::figures::ROUNDING;
use super::making::Making;
use crate::calibration::collected::Compared;
use crate::statistics::f_upper;
use crate::value::{Key, Reference};

/// Own step − mean of the others' on one criterion, rater by rater.
pub(super) struct Reading<'a> {
    pub(super) criterion: &'a Key,
    /// How probable differences as large are by chance, if all raters read the criterion alike; none with fewer than two.
    pub(super) p_value: Option<f64>,
    pub(super) raters: BTreeMap<&'a Reference, Draft>,
}

impl<'a> Making<'a> {
    pub(super) fn readings(&self) -> Vec<Reading<'a>> {
        let mut found: BTreeMap<&'a Key, BTreeMap<&'a Reference, Vec<f64>>> = BTreeMap::new();
        for rater in self.collected.raters() {
            let compared: Vec<Compared<'_, '_>> = self.collected.compared(rater, None).collect();
            for (criterion, own, others) in compared.iter().flat_map(Compared::steps) {
                if let (Some(mean), Some((criterion, _))) =
                    (others.mean(), self.collected.scales.get_key_value(criterion))
                {
                    let of_rater = found.entry(criterion).or_default().entry(rater).or_default();
                    of_rater.push(f64::from(own.get()) - mean);
                }
            }
        }
        found.into_iter().map(|(criterion, biases)| self.reading(criterion, &biases)).collect()
    }

    /// Analysis of variance with contacts as blocks. The mean of the raters' squared t is F: with k raters, each t is the
    /// distance from the mean of all times k/(k − 1), over its error.
    fn reading(&self, criterion: &'a Key, biases: &BTreeMap<&'a Reference, Vec<f64>>) -> Reading<'a> {
        let needed = self.thresholds.minimum_criterion_ratings;
        let is_enough = |own: &&Vec<f64>| own.len() > 1 && own.len() >= needed.get() as usize;
        let samples: Vec<_> = biases.values().filter(is_enough).filter_map(|own| sample(own).ok()).collect();
        let raters = samples.len() as f64;
        let (sum, degrees) = samples.iter().fold((0.0, 0.0), |(sum, degrees), one| {
            let own = one.size() as f64 - 1.0;
            (sum + own * one.variance().unwrap_or_default(), degrees + own)
        });
        // What one rater gives less, the others give more: of k distances k − 1 are free.
        let free = degrees * (raters - 1.0) / raters;
        let pooled = (sum / degrees).max(ROUNDING);
        let squares = samples.iter().filter_map(|one| Some(one.plain_mean().ok()?.powi(2) * one.size() as f64));
        let f = squares.sum::<f64>() / pooled / raters;
        let p_value = if raters > 1.0 { f_upper(f, raters - 1.0, free) } else { None };
        let bounds = Bounds::around_zero(self.thresholds.criterion_bias);
        let draft = |own: &Vec<f64>| {
            Draft::of(own.len() as u64, needed, bounds, || {
                let sample = sample(own)?;
                let value = sample.plain_mean()?;
                // Who is noisier than the others has the own error.
                let variance = sample.variance().map_or(pooled, |own| own.max(pooled)) / own.len() as f64;
                Claim::of_part(Part { value, variance, degrees: free }, bounds)
            })
        };
        Reading { criterion, p_value, raters: biases.iter().map(|(rater, own)| (*rater, draft(own))).collect() }
    }
}
