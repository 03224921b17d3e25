//! Jackknife errors of coefficients for which no formula is published.

use super::coefficient::{Quantile, Spread};
use super::krippendorff_alpha::Alpha;
use super::tally::Tally;
use super::{AlphaMetric, CategoryCounts, Coefficient, RatingTable, Weights, kendall_w, light_kappa};
use crate::statistics::bootstrap::LeftOut;
use crate::statistics::jackknife::variance;
use crate::statistics::{Estimate, Jackknife, Undefined};

/// A coefficient with each subject left out, and how many subjects are like it.
type Without = (Result<Coefficient, Undefined>, f64);

/// Each gives the value of the function of its name, with a standard error and intervals.
impl Jackknife {
    /// [`krippendorff_alpha`](super::krippendorff_alpha) with the error of the jackknife. The metric is made anew for each
    /// subject left out where it depends on the ratings.
    ///
    /// # Errors
    ///
    /// As of [`krippendorff_alpha`](super::krippendorff_alpha).
    pub fn krippendorff_alpha(
        self,
        ratings: &impl AsRef<CategoryCounts>,
        metric: &AlphaMetric,
    ) -> Result<Coefficient, Undefined> {
        let counts = ratings.as_ref();
        let (alpha, mut tally) = (Alpha::new(metric, counts)?, Tally::of(counts));
        let found = alpha.coefficient(&tally, counts)?;
        let mut without: Vec<Without> = Vec::new();
        for (row, times) in counts.rows().filter(|(_, times)| *times >= 1.0) {
            tally.add(row, -1.0);
            without.push((alpha.coefficient(&tally, counts), times));
            tally.add(row, 1.0);
        }
        Ok(self.finish(found, &without))
    }

    /// [`light_kappa`] with the error of the jackknife.
    ///
    /// # Errors
    ///
    /// As of [`light_kappa`]; [`Undefined::OutOfRange`] for more than [`MOST_SUBJECTS`](Self::MOST_SUBJECTS).
    pub fn light_kappa(self, ratings: &RatingTable, weights: &Weights) -> Result<Coefficient, Undefined> {
        let found = light_kappa(ratings, weights)?;
        let subjects = usize::try_from(ratings.counts().subjects()).unwrap_or(usize::MAX);
        if subjects > Self::MOST_SUBJECTS {
            return Err(Undefined::OutOfRange {});
        }
        let others = |subject: usize| (0..subjects).filter(|other| *other != subject).collect::<Vec<_>>();
        let without = (0..subjects).map(|subject| (light_kappa(&ratings.pick(&others(subject)), weights), 1.0));
        Ok(self.finish(found, &without.collect::<Vec<_>>()))
    }

    /// Kendall's W, as [`kendall_w`] gives it, with the error of the jackknife; the interval lies within 0 and 1.
    ///
    /// # Errors
    ///
    /// As of [`kendall_w`]; [`Undefined::OutOfRange`] for more than [`MOST_SUBJECTS`](Self::MOST_SUBJECTS).
    pub fn kendall_w(self, ratings: &RatingTable) -> Result<Estimate, Undefined> {
        let subjects = usize::try_from(ratings.counts().subjects()).unwrap_or(usize::MAX);
        let found = self.estimate(subjects, |picks| kendall_w(&ratings.pick(picks)).map(|found| found.w()))?;
        Ok(found.cut_off(0.0, 1.0))
    }

    fn finish(self, found: Coefficient, without: &[Without]) -> Coefficient {
        let of = |number: fn(&Coefficient) -> f64| -> Vec<LeftOut> {
            without.iter().map(|(one, times)| (one.as_ref().map(number).map_err(|error| *error), *times)).collect()
        };
        let (Some(own), Some(observed)) = (variance(&of(Coefficient::value)), variance(&of(Coefficient::observed)))
        else {
            return found;
        };
        let subjects: f64 = without.iter().map(|(_, times)| times).sum();
        let divisor = subjects - 1.0;
        let (squares, scale) = (subjects * divisor, 1.0 - found.expected());
        let spread = Spread { squares: own * squares, observed_squares: observed * squares / (scale * scale), divisor };
        found.with_error(spread, self.confidence(), Quantile::StudentT)
    }
}
