use super::chance_corrected::{Chance, Measure};
use super::{CategoryCounts, Coefficient, Weights};
use crate::statistics::{ConfidenceLevel, Undefined};

/// Gwet's agreement coefficient: AC1 with [`Weights::identity`], AC2 with any others.
///
/// *Answers* how far agreement exceeds chance, where chance is what raters do with subjects that are hard to rate. It
/// stays high where raters agree and nearly everything is in one category, as with pass rates of 95 %, where kappas
/// collapse. *Assumes* that raters are interchangeable. *Formula*: (pₐ − pₑ)/(1 − pₑ), pₐ as in
/// [`percent_agreement`](super::percent_agreement), pₑ = T/(q(q − 1)) Σ πₖ(1 − πₖ), T the sum of all weights, q the number of
/// declared categories; linearised standard error, interval by Student's t, ended at 1. *Undefined when* no subject has
/// two ratings, or all ratings are in one category. *Reference*: Gwet 2008, British J. Mathematical and Statistical
/// Psychology 61:29; Gwet 2014. *Checked against* the tables in Gwet 2014, irrCAC 0.4.4.
///
/// # Errors
///
/// [`Undefined::NoData`] without ratings, [`Undefined::NoPairs`] if no subject has two, [`Undefined::NoVariation`] if all
/// are in one category or every weight is 1, [`Undefined::OtherCategories`] if a matrix of weights has another size.
#[doc(alias = "AC1")]
#[doc(alias = "AC2")]
pub fn gwet_ac(
    ratings: &impl AsRef<CategoryCounts>,
    weights: &Weights,
    confidence: ConfidenceLevel,
) -> Result<Coefficient, Undefined> {
    let counts = ratings.as_ref();
    Measure::new(Chance::Gwet, weights, counts)?.coefficient(counts, confidence)
}
