use super::chance_corrected::{Chance, Measure};
use super::coefficient::{Quantile, Spread};
use super::tally::Tally;
use super::weights::dot;
use super::{CategoryCounts, Coefficient, SparseRatingTable, Weights};
use crate::statistics::{ConfidenceLevel, Undefined};

/// Conger's kappa: Cohen's for more than two raters.
///
/// *Answers* how far raters agree beyond what their own habits would give by chance; unlike Fleiss' kappa it asks who
/// rated, so raters with different habits are not counted as agreeing by chance. *Assumes* that these raters are the
/// ones of interest. *Formula*: (pₐ − pₑ)/(1 − pₑ), pₐ as in [`percent_agreement`](super::percent_agreement), pₑ = mean over
/// ordered pairs of raters g ≠ h of Σ wₖₗ p_gk p_hl, p_g the shares of categories among the ratings of g; linearised
/// standard error, interval by Student's t, ended at 1. Of two raters without gaps the value is Cohen's. *Undefined
/// when* no subject has two ratings, or all ratings are in one category. *Reference*: Conger 1980, Psychological
/// Bulletin 88:322; with gaps Gwet 2014. *Checked against* irrCAC 0.4.4.
///
/// # Errors
///
/// [`Undefined::NoData`] without ratings, [`Undefined::NoPairs`] if no subject has two, [`Undefined::NoVariation`] if all
/// are in one category or every weight is 1, [`Undefined::OtherCategories`] if a matrix of weights has another size.
pub fn conger_kappa(
    ratings: &impl AsRef<SparseRatingTable>,
    weights: &Weights,
    confidence: ConfidenceLevel,
) -> Result<Coefficient, Undefined> {
    let table = ratings.as_ref();
    let counts: &CategoryCounts = table.as_ref();
    let measure = Measure::new(Chance::None, weights, counts)?;
    let (observed, compared) = measure.observed(&Tally::of(counts))?;
    let subjects = counts.counts().subjects() as f64;
    let habits = Habits::of(table, weights)?;
    let value = 1.0 - observed / habits.expected;
    let coefficient = Coefficient::new(value, 1.0 - observed, 1.0 - habits.expected, *counts.counts())?;

    let parts = measure.parts(habits.expected, compared / subjects, &vec![0.0; table.categories().count()]);
    let (mut squares, mut observed_squares) = (0.0, 0.0);
    for (codes, (row, _)) in table.rows().zip(counts.rows()) {
        let influence = (1.0 - value) * habits.influence(codes) / habits.expected;
        let observed = parts.of(row).observed - value;
        squares += (observed + influence) * (observed + influence);
        observed_squares += observed * observed;
    }
    let spread = Spread { squares, observed_squares, divisor: subjects - 1.0 };
    Ok(coefficient.with_error(spread, confidence, Quantile::StudentT))
}

/// How each rater uses the categories, and the disagreement that follows by chance.
struct Habits {
    raters: Vec<Rater>,
    expected: f64,
}

struct Rater {
    ratings: f64,
    shares: Vec<f64>,
    /// How much a rating in each category changes the expected disagreement.
    influences: Vec<f64>,
}

impl Habits {
    fn of(table: &SparseRatingTable, weights: &Weights) -> Result<Self, Undefined> {
        let categories = table.categories().count();
        let disagreement = weights.disagreement(table.categories())?;
        let mut raters = Rater::all(table, categories);
        let active = raters.iter().filter(|rater| rater.ratings > 0.0).count() as f64;
        let mut all = vec![0.0; categories];
        for rater in &raters {
            all.iter_mut().zip(&rater.shares).for_each(|(sum, share)| *sum += share);
        }
        let subjects = table.counts().subjects() as f64;
        let mut expected = 0.0;
        for rater in raters.iter_mut().filter(|rater| rater.ratings > 0.0) {
            let others = all.iter().zip(&rater.shares).map(|(all, own)| (all - own) / (active - 1.0));
            // Both orders of a pair of raters, so twice.
            let mut towards_others = disagreement.towards(&others.collect::<Vec<_>>());
            towards_others.iter_mut().for_each(|mean| *mean *= 2.0 / active / disagreement.largest());
            let own_mean = dot(&rater.shares, &towards_others);
            expected += own_mean / 2.0;
            let influence = |towards: f64| subjects / rater.ratings * (towards - own_mean);
            rater.influences = towards_others.into_iter().map(influence).collect();
        }
        let has_one_category = all.iter().filter(|share| **share > 0.0).count() < 2;
        if has_one_category || expected <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        Ok(Self { raters, expected })
    }

    /// How much the expected disagreement depends on this subject.
    fn influence(&self, codes: &[u8]) -> f64 {
        let mut influence = 0.0;
        for (code, rater) in codes.iter().zip(&self.raters) {
            // A missing rating is no category.
            influence += rater.influences.get(usize::from(*code)).copied().unwrap_or(0.0);
        }
        influence
    }
}

impl Rater {
    fn all(table: &SparseRatingTable, categories: usize) -> Vec<Self> {
        let mut counts = vec![0_u64; table.columns() * categories];
        for row in table.rows() {
            for (code, counts) in row.iter().zip(counts.chunks_exact_mut(categories)) {
                if let Some(count) = counts.get_mut(usize::from(*code)) {
                    *count += 1;
                }
            }
        }
        let rater = |counts: &[u64]| {
            let ratings = counts.iter().sum::<u64>() as f64;
            let shares = counts.iter().map(|count| *count as f64 / ratings.max(1.0)).collect();
            Self { ratings, shares, influences: Vec::new() }
        };
        counts.chunks_exact(categories).map(rater).collect()
    }
}
