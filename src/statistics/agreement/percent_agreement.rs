use super::chance_corrected::{Chance, Measure};
use super::{CategoryCounts, Coefficient, Weights};
use crate::statistics::{ConfidenceLevel, Undefined};

/// The share of pairs of ratings of one subject that agree.
///
/// *Answers* how often two raters say the same of the same subject; with [`Weights::within`]`(1)` how often they are at
/// most one step apart. It says nothing about chance: where 95 % of all calls pass, raters who toss a coin of that bias
/// agree in nine of ten. *Assumes* that subjects are drawn independently. *Formula*: mean over subjects with r ≥ 2
/// ratings of Σₖ rₖ(r*ₖ − 1) / (r(r − 1)), where r*ₖ = Σₗ wₖₗ rₗ; linearised standard error; Wilson's
/// interval with effective counts (see [`Coefficient::score_interval`]), of two raters and no weights Wilson's own.
/// *Undefined when* no subject has two ratings. Complete agreement in one category is 1. *Reference*: Gwet 2014,
/// Handbook of Inter-Rater Reliability, 4th ed. *Checked against* irrCAC 0.4.4, with missing ratings and weights.
///
/// # Errors
///
/// [`Undefined::NoData`] without ratings, [`Undefined::NoPairs`] if no subject has two,
/// [`Undefined::OtherCategories`] if a matrix of weights has another size.
#[doc(alias = "raw agreement")]
#[doc(alias = "observed agreement")]
pub fn percent_agreement(
    ratings: &impl AsRef<CategoryCounts>,
    weights: &Weights,
    confidence: ConfidenceLevel,
) -> Result<Coefficient, Undefined> {
    let counts = ratings.as_ref();
    let found = Measure::new(Chance::None, weights, counts)?.coefficient(counts, confidence)?;
    Ok(found.with_wilson(confidence))
}
