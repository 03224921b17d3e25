use super::chance_corrected::{Chance, Measure};
use super::{CategoryCounts, Coefficient, Weights};
use crate::statistics::{ConfidenceLevel, Undefined};

/// Brennan and Prediger's kappa: chance is every declared category equally likely.
///
/// *Answers* how far agreement exceeds that of raters who know nothing of the subjects. *Assumes* that raters are
/// interchangeable and that the declared categories are all real choices: each one more lowers chance. *Formula*:
/// (pₐ − pₑ)/(1 − pₑ), pₐ as in [`percent_agreement`](super::percent_agreement), pₑ = Σ wₖₗ / q²; linearised standard
/// error, interval by Student's t, ended at 1. *Undefined when* no subject has two ratings, or all ratings are in one
/// category. *Reference*: Brennan and Prediger 1981, Educational and Psychological Measurement 41:687. *Checked
/// against* irrCAC 0.4.4.
///
/// # Errors
///
/// [`Undefined::NoData`] without ratings, [`Undefined::NoPairs`] if no subject has two, [`Undefined::NoVariation`] if all
/// are in one category or every weight is 1, [`Undefined::OtherCategories`] if a matrix of weights has another size.
#[doc(alias = "free-marginal kappa")]
#[doc(alias = "Bennett S")]
pub fn brennan_prediger(
    ratings: &impl AsRef<CategoryCounts>,
    weights: &Weights,
    confidence: ConfidenceLevel,
) -> Result<Coefficient, Undefined> {
    let counts = ratings.as_ref();
    Measure::new(Chance::Uniform, weights, counts)?.coefficient(counts, confidence)
}
