//! Bootstrap intervals of coefficients. Replicates add up what subjects contribute; nothing is copied.

use super::chance_corrected::{Chance, Measure};
use super::cohen_kappa::kappa_of;
use super::krippendorff_alpha::Alpha;
use super::tally::Tally;
use super::{
    AlphaMetric, CategoryCounts, Coefficient, PairedRatings, Weights, brennan_prediger, cohen_kappa, fleiss_kappa,
    gwet_ac, krippendorff_alpha, percent_agreement,
};
use crate::statistics::{Bootstrap, ConfidenceLevel, Undefined};
use crate::value::RandomStream;

/// Every method gives the coefficient of the function of its name, with the standard error and the interval of the
/// bootstrap in place of the analytic ones. For a coefficient that is not here, such as Conger's, use
/// [`estimate`](Bootstrap::estimate) with [`SparseRatingTable::pick`](super::SparseRatingTable::pick). Each is
/// [`Undefined::OutOfRange`] when it would draw more than [`MOST_DRAWS`](Bootstrap::MOST_DRAWS) subjects.
impl Bootstrap {
    /// [`percent_agreement`] with the interval of this bootstrap.
    ///
    /// # Errors
    ///
    /// As of [`percent_agreement`].
    pub fn percent_agreement(
        &self,
        ratings: &impl AsRef<CategoryCounts>,
        weights: &Weights,
    ) -> Result<Coefficient, Undefined> {
        let coefficient = percent_agreement(ratings, weights, UNUSED)?;
        self.measured(coefficient, ratings.as_ref(), Chance::None, weights)
    }

    /// [`fleiss_kappa`] with the interval of this bootstrap.
    ///
    /// # Errors
    ///
    /// As of [`fleiss_kappa`].
    pub fn fleiss_kappa(
        &self,
        ratings: &impl AsRef<CategoryCounts>,
        weights: &Weights,
    ) -> Result<Coefficient, Undefined> {
        let coefficient = fleiss_kappa(ratings, weights, UNUSED)?;
        self.measured(coefficient, ratings.as_ref(), Chance::Shares, weights)
    }

    /// [`gwet_ac`] with the interval of this bootstrap.
    ///
    /// # Errors
    ///
    /// As of [`gwet_ac`].
    pub fn gwet_ac(&self, ratings: &impl AsRef<CategoryCounts>, weights: &Weights) -> Result<Coefficient, Undefined> {
        let coefficient = gwet_ac(ratings, weights, UNUSED)?;
        self.measured(coefficient, ratings.as_ref(), Chance::Gwet, weights)
    }

    /// [`brennan_prediger`] with the interval of this bootstrap.
    ///
    /// # Errors
    ///
    /// As of [`brennan_prediger`].
    pub fn brennan_prediger(
        &self,
        ratings: &impl AsRef<CategoryCounts>,
        weights: &Weights,
    ) -> Result<Coefficient, Undefined> {
        let coefficient = brennan_prediger(ratings, weights, UNUSED)?;
        self.measured(coefficient, ratings.as_ref(), Chance::Uniform, weights)
    }

    /// [`krippendorff_alpha`] with the interval of this bootstrap. The metric is made anew for each replicate where it
    /// depends on the ratings.
    ///
    /// # Errors
    ///
    /// As of [`krippendorff_alpha`].
    pub fn krippendorff_alpha(
        &self,
        ratings: &impl AsRef<CategoryCounts>,
        metric: &AlphaMetric,
    ) -> Result<Coefficient, Undefined> {
        let coefficient = krippendorff_alpha(ratings, metric)?;
        let counts = ratings.as_ref();
        let alpha = Alpha::new(metric, counts)?;
        self.tallied(coefficient, counts, |tally| alpha.coefficient(tally, counts).map(|alpha| alpha.value()))
    }

    /// [`cohen_kappa`] with the interval of this bootstrap.
    ///
    /// # Errors
    ///
    /// As of [`cohen_kappa`].
    pub fn cohen_kappa(&self, ratings: &PairedRatings, weights: &Weights) -> Result<Coefficient, Undefined> {
        let coefficient = cohen_kappa(ratings, weights, UNUSED)?;
        let disagreement = weights.disagreement(ratings.categories())?;
        let cells = ratings.cells();
        let draw = Draw::of(&cells);
        self.check_size(draw.subjects as f64, 0.0)?;
        let mut drawn = vec![0.0; cells.len()];
        let replicates = self.replicates(|stream| {
            draw.all(stream, &mut drawn);
            kappa_of(&drawn, &disagreement)
        });
        let mut left_out = Vec::new();
        let mut rest = cells.clone();
        for (place, times) in cells.iter().enumerate().filter(|(_, times)| self.is_corrected() && **times >= 1.0) {
            rest.iter_mut().skip(place).take(1).for_each(|cell| *cell = times - 1.0);
            left_out.push((kappa_of(&rest, &disagreement), *times));
            rest.iter_mut().skip(place).take(1).for_each(|cell| *cell = *times);
        }
        let estimate = self.finish(coefficient.value(), draw.subjects as f64, replicates, &left_out)?;
        Ok(coefficient.with_estimate(estimate))
    }

    fn measured(
        &self,
        coefficient: Coefficient,
        counts: &CategoryCounts,
        chance: Chance,
        weights: &Weights,
    ) -> Result<Coefficient, Undefined> {
        let measure = Measure::new(chance, weights, counts)?;
        self.tallied(coefficient, counts, |tally| measure.measure(tally).map(|measured| measured.value()))
    }

    /// A statistic of sums over subjects.
    fn tallied(
        &self,
        coefficient: Coefficient,
        counts: &CategoryCounts,
        value: impl Fn(&Tally) -> Result<f64, Undefined>,
    ) -> Result<Coefficient, Undefined> {
        let rows: Vec<(&[u16], f64)> = counts.rows().collect();
        let times: Vec<f64> = rows.iter().map(|(_, times)| *times).collect();
        let draw = if counts.is_two_rater_table() { Draw::of(&times) } else { Draw::each_once(rows.len()) };
        self.check_size(draw.subjects as f64, 0.0)?;
        let (mut tally, mut drawn) = (Tally::empty(counts), vec![0.0; rows.len()]);
        let replicates = self.replicates(|stream| {
            draw.all(stream, &mut drawn);
            tally.clear();
            for ((row, _), times) in rows.iter().zip(&drawn) {
                tally.add(row, *times);
            }
            value(&tally)
        });
        let mut left_out = Vec::new();
        let mut tally = Tally::of(counts);
        for (row, times) in rows.iter().filter(|(_, times)| self.is_corrected() && *times >= 1.0) {
            tally.add(row, -1.0);
            left_out.push((value(&tally), *times));
            tally.add(row, 1.0);
        }
        let estimate = self.finish(coefficient.value(), draw.subjects as f64, replicates, &left_out)?;
        Ok(coefficient.with_estimate(estimate))
    }
}

/// The functions ask for it; the interval made with it is replaced.
const UNUSED: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

/// Draws one of several kinds of subject, each as often as there are subjects of it.
struct Draw {
    subjects: usize,
    kinds: usize,
    /// Running sums of how many there are; empty when there is one of each.
    upper: Vec<f64>,
}

impl Draw {
    fn each_once(subjects: usize) -> Self {
        Self { subjects, kinds: subjects, upper: Vec::new() }
    }

    fn of(times: &[f64]) -> Self {
        let mut sum = 0.0;
        let upper: Vec<f64> = times
            .iter()
            .map(|times| {
                sum += times;
                sum
            })
            .collect();
        Self { subjects: sum.round() as usize, kinds: times.len(), upper }
    }

    /// As many subjects as there are: how often each kind was drawn.
    fn all(&self, stream: &mut RandomStream, times: &mut [f64]) {
        times.fill(0.0);
        for _ in 0..self.subjects {
            if let Some(times) = times.get_mut(self.pick(stream)) {
                *times += 1.0;
            }
        }
    }

    fn pick(&self, stream: &mut RandomStream) -> usize {
        let Some(total) = self.upper.last() else { return stream.below(self.kinds) };
        const STEPS: usize = 1 << 53;
        let place = stream.below(STEPS) as f64 / STEPS as f64 * total;
        self.upper.partition_point(|upper| *upper <= place)
    }
}
