use std::collections::BTreeMap;

use crate::calibration::FacetFit;
use crate::calibration::collected::Collected;
use crate::statistics::Estimate;
use crate::value::Reference;

/// How far a rater's ratings lie from what the many-facet model expects, assessment by assessment.
///
/// The model takes ratings to be independent. Those of one assessment are not: the rater had one impression of it. The sums
/// by assessment say how much less they tell (a sandwich estimate with assessments as clusters).
pub(super) struct Residuals<'a>(BTreeMap<&'a Reference, Vec<OfAssessment>>);

/// Sums over the ratings of one assessment.
#[derive(Default)]
struct OfAssessment {
    ratings: f64,
    residual: f64,
    square: f64,
    standardised: f64,
}

impl<'a> Residuals<'a> {
    pub(super) fn of(collected: &Collected<'a>, fit: &FacetFit) -> Self {
        let severities: BTreeMap<_, f64> = fit.raters().iter().map(|one| (one.name(), one.measure().value())).collect();
        let difficulties: BTreeMap<_, f64> =
            fit.criteria().iter().map(|one| (one.name(), one.measure().value())).collect();
        let abilities: BTreeMap<_, f64> =
            fit.persons().iter().map(|one| (one.person(), one.measure().value())).collect();
        let mut found: BTreeMap<&Reference, Vec<OfAssessment>> = BTreeMap::new();
        for seen in &collected.seen {
            let (Some(ability), Some(severity)) = (abilities.get(seen.person), severities.get(seen.rater)) else {
                continue;
            };
            let mut sums = OfAssessment::default();
            for (criterion, step) in &seen.steps {
                let Some(difficulty) = difficulties.get(criterion) else { continue };
                let measure = ability - severity - difficulty;
                if let Some((expected, variance)) = expected(fit, measure) {
                    sums.add(f64::from(step.get()) - expected, variance);
                }
            }
            found.entry(seen.rater).or_default().push(sums);
        }
        Self(found)
    }

    /// Over how many assessments.
    pub(super) fn assessments(&self, rater: &Reference) -> usize {
        self.0.get(rater).map_or(0, Vec::len)
    }

    /// The variance of the error of a rater's fair average: that of the model, widened by how much the ratings of one
    /// assessment go together.
    pub(super) fn variance_of(&self, fair_average: &Estimate, rater: &Reference) -> f64 {
        fair_average.standard_error().unwrap_or_default().powi(2) * self.inflation(rater)
    }

    /// By how much the variance of what a rater's ratings tell is larger than that of independent ratings; 1 or more.
    fn inflation(&self, rater: &Reference) -> f64 {
        let own = self.0.get(rater).map(Vec::as_slice).unwrap_or_default();
        let together: f64 = own.iter().map(|one| one.residual * one.residual).sum();
        let apart: f64 = own.iter().map(|one| one.square).sum();
        let inflation = small_sample(own.len()) * together / apart;
        if inflation.is_finite() { inflation.max(1.0) } else { 1.0 }
    }

    /// The standard error of infit, as a share of it; none of a single assessment.
    pub(super) fn infit_error(&self, rater: &Reference) -> Option<f64> {
        self.error_of(rater, |one| one.square)
    }

    /// The same of outfit.
    pub(super) fn outfit_error(&self, rater: &Reference) -> Option<f64> {
        self.error_of(rater, |one| one.standardised)
    }

    /// Of the mean of something per rating, by clusters of unequal size.
    fn error_of(&self, rater: &Reference, of: impl Fn(&OfAssessment) -> f64) -> Option<f64> {
        let own = self.0.get(rater).filter(|own| own.len() > 1)?;
        let (whole, ratings) = own.iter().fold((0.0, 0.0), |sum, one| (sum.0 + of(one), sum.1 + one.ratings));
        let squares: f64 = own.iter().map(|one| (of(one) - one.ratings * whole / ratings).powi(2)).sum();
        let error = (small_sample(own.len()) * squares).sqrt() / whole;
        (error.is_finite() && error > 0.0).then_some(error)
    }
}

impl OfAssessment {
    fn add(&mut self, residual: f64, variance: f64) {
        self.ratings += 1.0;
        self.residual += residual;
        self.square += residual * residual;
        self.standardised += residual * residual / variance;
    }
}

fn small_sample(clusters: usize) -> f64 {
    let n = clusters as f64;
    if clusters > 1 { n / (n - 1.0) } else { 1.0 }
}

/// The expected step and its variance, which is the slope of the former.
fn expected(fit: &FacetFit, measure: f64) -> Option<(f64, f64)> {
    const NEAR: f64 = 1e-3;
    const LEAST_VARIANCE: f64 = 1e-6;
    let (below, above) = (fit.expected_step(measure - NEAR)?, fit.expected_step(measure + NEAR)?);
    Some((f64::midpoint(below, above), ((above - below) / (2.0 * NEAR)).max(LEAST_VARIANCE)))
}
