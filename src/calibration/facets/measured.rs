//! Estimates from measures.

use super::curve::{Curves, MOST, Place};
use super::likelihood::Measure;
use super::table::Table;
use crate::statistics::{ConfidenceLevel, Estimate, Interval, IntervalMethod, Undefined};

fn with_interval(
    value: f64,
    error: f64,
    (lower, upper): (f64, f64),
    confidence: ConfidenceLevel,
    method: IntervalMethod,
) -> Result<Estimate, Undefined> {
    let interval = Interval::new(lower, upper, confidence, method);
    let estimate = Estimate::of(value).ok_or(Undefined::OutOfRange {})?;
    Ok(estimate.with_standard_error(error).with_interval(interval))
}

fn ends(measure: Measure, confidence: ConfidenceLevel) -> (f64, f64) {
    let half = confidence.normal_multiplier() * measure.error;
    (measure.value - half, measure.value + half)
}

pub(super) fn estimate(measure: Measure, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
    let estimate = Estimate::of(measure.value).ok_or(Undefined::OutOfRange {})?;
    Ok(estimate.with_normal_interval(measure.error, confidence))
}

pub(super) fn posterior(measure: Measure, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
    with_interval(measure.value, measure.error, ends(measure, confidence), confidence, IntervalMethod::Posterior)
}

/// Of e to a measure.
pub(super) fn log_normal(measure: Measure, confidence: ConfidenceLevel) -> Result<Estimate, Undefined> {
    let ((lower, upper), value) = (ends(measure, confidence), measure.value.exp());
    let ends = (lower.exp(), upper.exp());
    with_interval(value, value * measure.error, ends, confidence, IntervalMethod::LogNormal)
}

/// Of a rising curve of a measure, which also gives its slope.
pub(super) fn carried_over(
    measure: Measure,
    confidence: ConfidenceLevel,
    curve: impl Fn(f64) -> (f64, f64),
) -> Result<Estimate, Undefined> {
    let (lower, upper) = ends(measure, confidence);
    let (value, slope) = curve(measure.value);
    with_interval(
        value,
        slope * measure.error,
        (curve(lower).0, curve(upper).0),
        confidence,
        IntervalMethod::Transformed,
    )
}

/// The step expected at a distance from the mean of raters and criteria, averaged over scales, and its slope.
pub(super) fn expected_step(table: &Table, curves: &Curves, place: f64) -> (f64, f64) {
    let count = table.scales.len() as f64;
    let scales = (0..table.scales.len()).map(|scale| expected_on(table, curves, scale, place));
    scales.fold((0.0, 0.0), |sum, own| (sum.0 + own.0 / count, sum.1 + own.1 / count))
}

/// The same on one scale.
pub(super) fn expected_on(table: &Table, curves: &Curves, scale: usize, place: f64) -> (f64, f64) {
    let (Some(scale), Some(curve)) = (table.scales.get(scale), curves.scales.get(scale)) else { return (0.0, 0.0) };
    let mut probabilities = [0.0; MOST];
    curve.probabilities(Place::at(place), &mut probabilities);
    let (mut expected, mut category, mut product) = (0.0, 0.0, 0.0);
    for (number, (step, own)) in scale.steps.iter().zip(probabilities).enumerate() {
        expected += f64::from(*step) * own;
        category += number as f64 * own;
        product += f64::from(*step) * number as f64 * own;
    }
    (expected, product - expected * category)
}
