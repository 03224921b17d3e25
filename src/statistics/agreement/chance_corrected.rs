//! What percent agreement, Brennan–Prediger, Fleiss and Gwet have in common: (pₐ − pₑ) / (1 − pₑ), with its
//! linearised standard error (Gwet 2008, 2014).
//!
//! Computed as 1 − dₒ/dₑ of the disagreements dₒ = 1 − pₐ and dₑ = 1 − pₑ: complete agreement then gives exactly 1.

use super::category_counts::sum;
use super::coefficient::{Quantile, Spread};
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
        let spread = self.spread(&measured, counts);
        Ok(measured.coefficient(counts)?.with_error(spread, confidence, Quantile::StudentT))
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

    /// From each subject's part in the coefficient, κ*ᵤ in the literature, chance included.
    fn spread(&self, measured: &Measured, counts: &CategoryCounts) -> Spread {
        let (n, value) = (measured.subjects, measured.value());
        let parts = self.parts(measured.expected, measured.compared / n, &measured.of_category);
        let (mut squares, mut observed_squares) = (0.0, 0.0);
        for (row, times) in counts.rows() {
            let part = parts.of(row);
            let deviation = part.observed - 2.0 * (1.0 - value) * (1.0 - part.expected) - value;
            squares += times * deviation * deviation;
            observed_squares += times * (part.observed - value) * (part.observed - value);
        }
        let divisor = if counts.is_two_rater_table() { n } else { n - 1.0 };
        Spread { squares, observed_squares, divisor }
    }

    /// What computes the part of each subject; `compared` is the share of subjects with two ratings.
    pub(super) fn parts(&self, expected: f64, compared: f64, of_category: &[f64]) -> Parts {
        let scale = 2.0 / (self.disagreement.largest() * expected);
        Parts {
            weights: self.upper_triangle.iter().map(|cell| cell * scale).collect(),
            of_category: of_category.iter().map(|own| own / expected).collect(),
            weight_of_subject: 1.0 / compared,
        }
    }
}

/// Computes the part of each subject in a coefficient.
pub(super) struct Parts {
    /// Disagreement over expected disagreement, of each two different categories once.
    weights: Vec<f64>,
    /// Expected disagreement of each category over that of all.
    of_category: Vec<f64>,
    weight_of_subject: f64,
}

/// The part of one subject.
pub(super) struct Part {
    /// κᵤ of the literature, before chance is counted in; 0 for a subject with a single rating.
    pub(super) observed: f64,
    /// The expected disagreement of its ratings over that of all.
    pub(super) expected: f64,
}

impl Parts {
    pub(super) fn of(&self, row: &[u16]) -> Part {
        match row.len() {
            2 => self.of_row::<2, 1>(row),
            3 => self.of_row::<3, 3>(row),
            4 => self.of_row::<4, 6>(row),
            5 => self.of_row::<5, 10>(row),
            6 => self.of_row::<6, 15>(row),
            7 => self.of_row::<7, 21>(row),
            10 => self.of_row::<10, 45>(row),
            11 => self.of_row::<11, 55>(row),
            _ => self.of_long_row(row),
        }
    }

    /// A row of a usual length, which the compiler unrolls.
    fn of_row<const LENGTH: usize, const PAIRS: usize>(&self, row: &[u16]) -> Part {
        let (Some(row), Some(of_category), Some(weights)) = (
            row.first_chunk::<LENGTH>(),
            self.of_category.first_chunk::<LENGTH>(),
            self.weights.first_chunk::<PAIRS>(),
        ) else {
            return Part { observed: 0.0, expected: 0.0 };
        };
        let row = row.map(f64::from);
        let (mut rest, mut weights) = (row.as_slice(), weights.iter());
        let (mut size, mut expected, mut disagreement) = (0.0, 0.0, 0.0);
        for of_category in of_category {
            let Some((first, tail)) = rest.split_first() else { break };
            size += first;
            expected += first * of_category;
            let mut towards = 0.0;
            for (count, weight) in tail.iter().zip(weights.by_ref()) {
                towards += count * weight;
            }
            disagreement += first * towards;
            rest = tail;
        }
        self.part(size, expected, disagreement)
    }

    fn of_long_row(&self, row: &[u16]) -> Part {
        let (mut rest, mut weights) = (row, self.weights.as_slice());
        let (mut expected, mut disagreement) = (0.0, 0.0);
        for of_category in &self.of_category {
            let Some((first, tail)) = rest.split_first() else { break };
            let Some((own, later)) = weights.split_at_checked(tail.len()) else { break };
            if *first > 0 {
                let first = f64::from(*first);
                expected += first * of_category;
                disagreement +=
                    first * tail.iter().zip(own).map(|(count, weight)| f64::from(*count) * weight).sum::<f64>();
            }
            (rest, weights) = (tail, later);
        }
        self.part(f64::from(sum(row)), expected, disagreement)
    }

    fn part(&self, size: f64, expected: f64, disagreement: f64) -> Part {
        let observed =
            if size < 2.0 { 0.0 } else { (1.0 - disagreement / (size * (size - 1.0))) * self.weight_of_subject };
        Part { observed, expected: expected / size }
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
