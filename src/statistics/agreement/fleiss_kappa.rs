use super::chance_corrected::{Chance, Measure};
use super::{CategoryCounts, Coefficient, Weights};
use crate::statistics::{ConfidenceLevel, Undefined};

/// Fleiss' kappa for any number of raters; of two raters it is Scott's pi.
///
/// *Answers* how far agreement exceeds that of raters who all draw from the shares of the categories among all ratings.
/// *Assumes* that raters are interchangeable: it does not matter who rated. Low where one category prevails, even if
/// raters agree well; then see [`gwet_ac`](super::gwet_ac). *Formula*: (pₐ − pₑ)/(1 − pₑ), pₐ as in
/// [`percent_agreement`](super::percent_agreement), pₑ = Σ wₖₗ πₖ πₗ, πₖ = mean over subjects of rₖ/r; linearised standard
/// error, interval by Student's t, ended at 1. Without gaps this is Fleiss (1971). *Undefined when* no subject has two
/// ratings, or all ratings are in one category. *Reference*: Fleiss 1971, Psychological Bulletin 76:378; Scott 1955,
/// Public Opinion Quarterly 19:321; with gaps and weights Gwet 2014. *Checked against* both papers' tables, irrCAC
/// 0.4.4, statsmodels 0.15.0.
///
/// # Errors
///
/// [`Undefined::NoData`] without ratings, [`Undefined::NoPairs`] if no subject has two, [`Undefined::NoVariation`] if all
/// are in one category or every weight is 1, [`Undefined::OtherCategories`] if a matrix of weights has another size.
#[doc(alias = "Scott pi")]
pub fn fleiss_kappa(
    ratings: &impl AsRef<CategoryCounts>,
    weights: &Weights,
    confidence: ConfidenceLevel,
) -> Result<Coefficient, Undefined> {
    let counts = ratings.as_ref();
    Measure::new(Chance::Shares, weights, counts)?.coefficient(counts, confidence)
}

/// Fleiss' kappa of each category against the rest, in the order of the categories.
///
/// *Answers* which categories raters tell apart. *Formula*: [`fleiss_kappa`] after all other categories are made one;
/// without gaps κₖ = 1 − Σᵤ rₖ(m − rₖ) / (n m (m − 1) pₖ (1 − pₖ)). *Undefined when* nobody, or everybody, chose the
/// category. *Assumes*, *reference*: as there. *Checked against* Fleiss 1971, table 1.
#[must_use]
pub fn fleiss_kappa_by_category(
    ratings: &impl AsRef<CategoryCounts>,
    confidence: ConfidenceLevel,
) -> Vec<Result<Coefficient, Undefined>> {
    let counts = ratings.as_ref();
    let categories = 0..counts.categories().count();
    let kappa = |category| fleiss_kappa(&counts.against_the_rest(category), &Weights::identity(), confidence);
    categories.map(kappa).collect()
}
