use crate::statistics::checks::{estimate, finite};
use crate::statistics::place::nth;
use crate::statistics::{ChiSquaredTest, DataError, Estimate, Undefined};

/// Counts of two groups over scored categories, in strata of equal standing.
///
/// *Answers*: do the groups differ in their scores, given equal standing? *Assumes* independent counts, and scores whose
/// distances mean something. Strata that lack a group drop out. *Formula*, *reference*: of
/// [`mantel_test`](Self::mantel_test) and [`mean_difference`](Self::mean_difference). *Undefined when* no stratum has both
/// groups. *Checked against*: the [`StratifiedTables`](super::StratifiedTables) test, to which two categories lead back.
///
/// ```
/// use service_excellence::statistics::OrdinalStrata;
///
/// let mut strata = OrdinalStrata::new(&[1.0, 2.0, 3.0])?;
/// strata.add(&[2, 5, 3], &[4, 4, 2])?;
/// strata.add(&[1, 3, 6], &[2, 4, 4])?;
/// assert_eq!(format!("{:.2}", strata.mean_difference()?.value()), "0.30");
/// assert!(strata.mantel_test()?.p_value() > 0.1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "Mantel")]
#[derive(Clone, Debug, PartialEq)]
pub struct OrdinalStrata {
    scores: Vec<f64>,
    strata: Vec<Stratum>,
}

// Finite numbers are equal to themselves.
impl Eq for OrdinalStrata {}

/// Sizes and sums of scores, centred at the first score; squares of both groups together.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stratum {
    focal: f64,
    reference: f64,
    focal_sum: f64,
    reference_sum: f64,
    squares: f64,
}

impl OrdinalStrata {
    /// The scores of the categories; no strata yet.
    ///
    /// # Errors
    ///
    /// A score is not finite.
    pub fn new(scores: &[f64]) -> Result<Self, DataError> {
        for (index, score) in scores.iter().enumerate() {
            finite("the score", &nth("of category", index), *score)?;
        }
        let first = scores.first().copied().unwrap_or(0.0);
        Ok(Self { scores: scores.iter().map(|score| score - first).collect(), strata: Vec::new() })
    }

    /// Adds a stratum: how often each category occurs in the focal and in the reference group.
    ///
    /// # Errors
    ///
    /// A group has more or fewer counts than there are scores.
    pub fn add(&mut self, focal: &[u32], reference: &[u32]) -> Result<(), DataError> {
        for counts in [focal, reference] {
            if counts.len() != self.scores.len() {
                let place = nth("of stratum", self.strata.len());
                let allowed = format!("{}, as there are scores", self.scores.len());
                return Err(DataError::size("the number of categories", place, counts.len(), allowed));
            }
        }
        let moments = |counts: &[u32]| {
            self.scores.iter().zip(counts).fold((0.0, 0.0, 0.0), |(size, sum, squares), (score, count)| {
                let count = f64::from(*count);
                (size + count, sum + count * score, squares + count * score * score)
            })
        };
        let ((focal, focal_sum, one), (reference, reference_sum, other)) = (moments(focal), moments(reference));
        if focal > 0.0 && reference > 0.0 {
            self.strata.push(Stratum { focal, reference, focal_sum, reference_sum, squares: one + other });
        }
        Ok(())
    }

    /// Whether the groups' mean scores differ within strata.
    ///
    /// *Formula*: (ΣF − ΣE)² / ΣV, with F the sum of scores of the focal group, its mean and variance given the margins; one degree
    /// of freedom. *Reference*: Mantel 1963, J. American Statistical Association 58:690.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without a stratum that has both groups; [`Undefined::NoVariation`] if scores vary in none.
    pub fn mantel_test(&self) -> Result<ChiSquaredTest, Undefined> {
        if self.strata.is_empty() {
            return Err(Undefined::NoData {});
        }
        let (mut distance, mut variance) = (0.0, 0.0);
        for stratum in &self.strata {
            let (n, sum) = (stratum.focal + stratum.reference, stratum.focal_sum + stratum.reference_sum);
            distance += stratum.focal_sum - stratum.focal * sum / n;
            variance +=
                stratum.reference * stratum.focal / (n * (n - 1.0)) * (stratum.squares - sum * sum / n).max(0.0);
        }
        if variance <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        ChiSquaredTest::new(f64::powi(distance, 2) / variance, 1)
    }

    /// The standardised mean difference, in units of the scores: focal − reference mean, weighted by the focal group's sizes.
    ///
    /// *Formula*: Σ nₛ(F̄ₛ − R̄ₛ) / Σ nₛ. It is standardised to the strata of the focal group and not divided by a standard deviation.
    /// *Reference*: Dorans and Schmitt 1991, ETS RR-91-47.
    ///
    /// # Errors
    ///
    /// [`Undefined::NoData`] without a stratum that has both groups.
    pub fn mean_difference(&self) -> Result<Estimate, Undefined> {
        let size: f64 = self.strata.iter().map(|stratum| stratum.focal).sum();
        if size <= 0.0 {
            return Err(Undefined::NoData {});
        }
        let difference = |s: &Stratum| s.focal / size * (s.focal_sum / s.focal - s.reference_sum / s.reference);
        estimate(self.strata.iter().map(difference).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{FourfoldTable, StratifiedTables};

    #[test]
    fn with_two_categories_it_is_the_mantel_haenszel_test() {
        let tables = [[[8, 3], [4, 7]], [[5, 5], [2, 9]], [[10, 1], [6, 3]]];
        let mut strata = OrdinalStrata::new(&[0.0, 1.0]).unwrap();
        for [[a, b], [c, d]] in tables {
            strata.add(&[b, a], &[d, c]).unwrap();
        }
        let expected =
            StratifiedTables::new(tables.map(FourfoldTable::new)).mantel_haenszel_test().unwrap().statistic();
        assert!((strata.mantel_test().unwrap().statistic() - expected).abs() < 1e-12 * expected);
    }

    #[test]
    fn strata_without_one_of_the_groups_drop_out() {
        let mut strata = OrdinalStrata::new(&[1.0, 2.0]).unwrap();
        strata.add(&[1, 2], &[0, 0]).unwrap();
        assert_eq!(strata.mantel_test(), Err(Undefined::NoData {}));
        assert_eq!(strata.mean_difference(), Err(Undefined::NoData {}));
        strata.add(&[3, 0], &[4, 0]).unwrap();
        assert_eq!(strata.mantel_test(), Err(Undefined::NoVariation {}));
        assert!(strata.add(&[1], &[2, 3]).is_err());
    }
}
