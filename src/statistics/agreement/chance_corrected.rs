//! What percent agreement, Brennan–Prediger, Fleiss and Gwet have in common: (pₐ − pₑ) / (1 − pₑ), with its
//! linearised standard error (Gwet 2008, 2014).
//!
//! Computed as 1 − dₒ/dₑ of the disagreements dₒ = 1 − pₐ and dₑ = 1 − pₑ: complete agreement then gives exactly 1.

use super::category_counts::sum;
use super::coefficient::Quantile;
use super::tally::Tally;
use super::weights::{Disagreement, dot};
use super::{CategoryCounts, Coefficient, Weights};
use crate::statistics::{ConfidenceLevel, Undefined};

/// What is taken for agreement by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chance {
    /// None: percent agreement.
    None,
    /// Every category equally likely.
    Uniform,
    /// Two ratings drawn from the shares of all ratings (Scott, Fleiss).
    Shares,
    /// Gwet's: high only where the categories are used evenly.
    Gwet,
}

/// Weights and chance, made ready for the categories.
#[derive(Clone, Debug)]
pub(super) struct Measure {
    chance: Chance,
    disagreement: Disagreement,
    upper_triangle: Vec<f64>,
}

/// Observed and expected disagreement, both from 0 to 1.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    subjects: f64,
    compared: f64,
    observed: f64,
    expected: f64,
    /// For each category the expected disagreement of a subject that only has ratings in it.
    of_category: Vec<f64>,
}

impl Measure {
    pub(super) fn new(chance: Chance, weights: &Weights, counts: &CategoryCounts) -> Result<Self, Undefined> {
        let disagreement = weights.disagreement(counts.categories())?;
        Ok(Self { chance, upper_triangle: disagreement.upper_triangle(), disagreement })
    }

    /// The coefficient with its standard error.
    pub(super) fn coefficient(
        &self,
        counts: &CategoryCounts,
        confidence: ConfidenceLevel,
    ) -> Result<Coefficient, Undefined> {
        let measured = self.measure(&Tally::of(counts))?;
        let error = self.standard_error(&measured, counts);
        Ok(measured.coefficient(counts)?.with_error(error, confidence, Quantile::StudentT))
    }

    pub(super) fn measure(&self, tally: &Tally) -> Result<Measured, Undefined> {
        let (observed, compared) = self.observed(tally)?;
        let subjects = tally.sizes().map(|sums| sums.subjects).sum();
        let mut shares = vec![0.0; self.disagreement.rows().len()];
        for sums in tally.sizes() {
            for (share, ratings) in shares.iter_mut().zip(sums.ratings) {
                *share += ratings / sums.size / subjects;
            }
        }
        let has_one_category = shares.iter().filter(|share| **share > 0.0).count() < 2;
        if self.chance != Chance::None && has_one_category {
            return Err(Undefined::NoVariation {});
        }
        let (expected, of_category) = self.expected(&shares);
        if expected <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        Ok(Measured { subjects, compared, observed, expected, of_category })
    }

    /// The mean disagreement of pairs of ratings over the subjects with at least two, and how many these are.
    pub(super) fn observed(&self, tally: &Tally) -> Result<(f64, f64), Undefined> {
        let (mut compared, mut disagreement) = (0.0, 0.0);
        for sums in tally.compared() {
            compared += sums.subjects;
            disagreement += 2.0 * dot(sums.pairs, &self.upper_triangle) / (sums.size * (sums.size - 1.0));
        }
        if tally.sizes().all(|sums| sums.subjects <= 0.0) {
            return Err(Undefined::NoData {});
        }
        if compared <= 0.0 {
            return Err(Undefined::NoPairs {});
        }
        Ok((disagreement / compared / self.disagreement.largest(), compared))
    }

    /// Expected disagreement, in all and by category.
    fn expected(&self, shares: &[f64]) -> (f64, Vec<f64>) {
        let (count, largest) = (shares.len() as f64, self.disagreement.largest());
        match self.chance {
            Chance::None => (1.0, vec![1.0; shares.len()]),
            Chance::Uniform => {
                let expected = self.disagreement.sum() / largest / (count * count);
                (expected, vec![expected; shares.len()])
            }
            Chance::Shares => {
                let mut of_category = self.disagreement.towards(shares);
                of_category.iter_mut().for_each(|disagreement| *disagreement /= largest);
                (dot(&of_category, shares), of_category)
            }
            Chance::Gwet => {
                let weight = (count * count - self.disagreement.sum() / largest) / (count * (count - 1.0));
                let of_category: Vec<f64> = shares.iter().map(|share| 1.0 - weight * (1.0 - share)).collect();
                (dot(&of_category, shares), of_category)
            }
        }
    }

    /// From each subject's part in the coefficient, chance included.
    fn standard_error(&self, measured: &Measured, counts: &CategoryCounts) -> f64 {
        let (n, value) = (measured.subjects, measured.value());
        let mut squares = 0.0;
        for (row, times) in counts.rows() {
            let part = self.subject_part(measured, row) - value;
            squares += times * part * part;
        }
        let divisor = if counts.is_two_rater_table() { n } else { n - 1.0 };
        (squares / (n * divisor)).sqrt()
    }

    /// κ*ᵤ of the literature.
    fn subject_part(&self, measured: &Measured, row: &[u16]) -> f64 {
        let size = f64::from(sum(row));
        let mut expected = 0.0;
        for (count, of_category) in row.iter().zip(&measured.of_category) {
            expected += f64::from(*count) * of_category;
        }
        let chance = 2.0 * (1.0 - measured.value()) * (1.0 - expected / size / measured.expected);
        self.observed_part(row, size, measured.compared / measured.subjects, measured.expected) - chance
    }

    /// The part of one subject before chance is counted in; none if it has a single rating.
    pub(super) fn observed_part(&self, row: &[u16], size: f64, compared: f64, expected: f64) -> f64 {
        if size < 2.0 {
            return 0.0;
        }
        let mut disagreement = 0.0;
        let (mut rest, mut cells) = (row, self.upper_triangle.as_slice());
        while let Some((first, tail)) = rest.split_first() {
            let Some((own, later)) = cells.split_at_checked(tail.len()) else { break };
            let mut towards = 0.0;
            for (count, cell) in tail.iter().zip(own) {
                towards += f64::from(*count) * cell;
            }
            disagreement += f64::from(*first) * towards;
            (rest, cells) = (tail, later);
        }
        let disagreement = 2.0 * disagreement / (size * (size - 1.0)) / self.disagreement.largest();
        (1.0 - disagreement / expected) / compared
    }
}

impl Measured {
    pub(super) fn value(&self) -> f64 {
        1.0 - self.observed / self.expected
    }

    pub(super) fn coefficient(&self, counts: &CategoryCounts) -> Result<Coefficient, Undefined> {
        Coefficient::new(self.value(), 1.0 - self.observed, 1.0 - self.expected, *counts.counts())
    }
}
