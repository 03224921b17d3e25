use super::coefficient::{Quantile, Spread};
use super::weights::{Disagreement, dot};
use super::{Coefficient, PairedRatings, Weights};
use crate::statistics::{ConfidenceLevel, Undefined};

/// Cohen's kappa of two raters, plain or weighted.
///
/// *Answers* how far two raters agree beyond what their own habits would give by chance. *Assumes* two fixed raters
/// and independent subjects. *Formula*: (pₒ − pₑ)/(1 − pₑ) with pₒ = Σ wᵢⱼ pᵢⱼ, pₑ = Σ wᵢⱼ pᵢ. p.ⱼ; variance [Σ pᵢⱼ (wᵢⱼ(1 − pₑ)
/// − (w̄ᵢ. + w̄.ⱼ)(1 − pₒ))² − (pₒ pₑ − 2pₑ + pₒ)²] / (n(1 − pₑ)⁴), w̄ᵢ. = Σⱼ p.ⱼ wᵢⱼ, w̄.ⱼ = Σᵢ pᵢ. wᵢⱼ; normal interval, ended at 1.
/// *Undefined when* both raters put everything in the same category; if only one of them never varies it is 0.
/// *Reference*: Cohen 1960, Educational and Psychological Measurement 20:37; Cohen 1968, Psychological Bulletin 70:213;
/// Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72:323. *Checked against* the tables of 1968 and 1969, Stuart's
/// vision data, scikit-learn 1.9.1, statsmodels 0.15.0.
///
/// # Errors
///
/// [`Undefined::NoData`] without a pair, [`Undefined::NoVariation`] if everything is in one category or every weight is
/// 1, [`Undefined::OtherCategories`] if a matrix of weights has another size.
#[doc(alias = "weighted kappa")]
pub fn cohen_kappa(
    ratings: &PairedRatings,
    weights: &Weights,
    confidence: ConfidenceLevel,
) -> Result<Coefficient, Undefined> {
    let disagreement = weights.disagreement(ratings.categories())?;
    let cells = ratings.cells();
    let table = Table::of(&cells, &disagreement)?;
    let coefficient = Coefficient::new(table.value(), 1.0 - table.observed, 1.0 - table.expected, *ratings.counts())?;
    Ok(coefficient.with_error(table.spread(&disagreement), confidence, Quantile::Normal))
}

/// Kappa of a table of counts.
pub(super) fn kappa_of(cells: &[f64], disagreement: &Disagreement) -> Result<f64, Undefined> {
    Ok(Table::of(cells, disagreement)?.value())
}

struct Table<'a> {
    cells: &'a [f64],
    subjects: f64,
    /// Of the first and of the second rater.
    margins: (Vec<f64>, Vec<f64>),
    /// Observed over expected disagreement.
    ratio: f64,
    observed: f64,
    expected: f64,
}

impl<'a> Table<'a> {
    fn of(cells: &'a [f64], disagreement: &Disagreement) -> Result<Self, Undefined> {
        let count = disagreement.rows().len();
        let first: Vec<f64> = cells.chunks_exact(count).map(|row| row.iter().sum()).collect();
        let mut second = vec![0.0; count];
        for row in cells.chunks_exact(count) {
            second.iter_mut().zip(row).for_each(|(sum, cell)| *sum += cell);
        }
        let subjects: f64 = first.iter().sum();
        if subjects <= 0.0 {
            return Err(Undefined::NoData {});
        }
        let observed = dot(cells, disagreement.cells());
        let expected: f64 = first.iter().zip(disagreement.rows()).map(|(times, row)| times * dot(row, &second)).sum();
        if expected <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        // Before anything is rounded: a rater who never varies then gives exactly 1, and kappa 0.
        let ratio = subjects * observed / expected;
        let scale = subjects * disagreement.largest();
        let (observed, expected) = (observed / scale, expected / (scale * subjects));
        Ok(Self { cells, subjects, margins: (first, second), ratio, observed, expected })
    }

    fn value(&self) -> f64 {
        1.0 - self.ratio
    }

    fn spread(&self, disagreement: &Disagreement) -> Spread {
        let (n, largest) = (self.subjects, disagreement.largest());
        let (observed, expected) = (1.0 - self.observed, 1.0 - self.expected);
        // Mean agreement of each category of one rater with the ratings of the other.
        let by_first: Vec<f64> =
            disagreement.rows().map(|row| 1.0 - dot(row, &self.margins.1) / (n * largest)).collect();
        let mut by_second = vec![1.0; by_first.len()];
        for (row, times) in disagreement.rows().zip(&self.margins.0) {
            by_second.iter_mut().zip(row).for_each(|(mean, cell)| *mean -= times * cell / (n * largest));
        }
        let part =
            |weight: f64, first: f64, second: f64| weight * (1.0 - expected) - (first + second) * (1.0 - observed);
        // Σ p·part, which the formula subtracts squared: taken off each part instead, nothing cancels.
        let centre = observed * expected - 2.0 * expected + observed;
        let (mut sum, mut observed_sum) = (0.0, 0.0);
        let rows = self.cells.chunks_exact(by_first.len()).zip(disagreement.rows()).zip(&by_first);
        for ((cells, disagreements), first) in rows {
            for ((cell, disagreement), second) in cells.iter().zip(disagreements).zip(&by_second) {
                let agreement = 1.0 - disagreement / largest;
                let deviation = part(agreement, *first, *second) - centre;
                sum += cell * deviation * deviation;
                observed_sum += cell * (agreement - observed) * (agreement - observed);
            }
        }
        let scale = (1.0 - expected).powi(2);
        Spread { squares: sum / (scale * scale), observed_squares: observed_sum / scale, divisor: n }
    }
}
