use super::tally::Tally;
use super::weights::{Disagreement, dot};
use super::{CategoryCounts, Coefficient, Weights};
use crate::statistics::Undefined;

/// How Krippendorff's alpha measures the difference of two categories.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AlphaMetric {
    /// 1 if they differ.
    Nominal,
    /// Krippendorff's own for ordered categories: the square of the number of ratings that lie between the two, each end
    /// by half. It depends on how often categories were used; Gwet's ordinal weights do not, and give another number.
    Ordinal,
    /// (a − b)² of their values.
    Interval,
    /// ((a − b)/(a + b))² of their values, which may not lie below 0; 0 for two zeros.
    Ratio,
    /// 1 − w, such as of [`Weights::gwet_ordinal`].
    Weights(Weights),
}

/// Krippendorff's alpha: any number of raters, any gaps, any metric.
///
/// *Answers* how far the observed disagreement stays below that of ratings dealt out at random. *Assumes* that raters
/// are interchangeable. Subjects with one rating are left out. *Formula*: α = 1 − (N − 1) Σ cₖₗ δ²ₖₗ / Σ nₖ nₗ δ²ₖₗ over k <
/// l, where cₖₗ = Σᵤ rₖ rₗ/(r − 1), nₖ are the ratings in k of subjects with r ≥ 2, N = Σ nₖ. The small-sample term makes
/// it differ from Scott's pi: two raters who never agree on two categories used evenly by ten subjects reach −0.9.
/// *Undefined when* no subject has two ratings, or all of these are in one category. No standard error: use
/// [`Jackknife::krippendorff_alpha`](crate::statistics::Jackknife::krippendorff_alpha). *Reference*: Krippendorff 2011,
/// Computing Krippendorff's alpha-reliability; 2019, Content Analysis, 4th ed., ch. 12. *Checked against* his tables,
/// krippendorff 0.9.0.
///
/// Observed and expected are agreements, 1 − disagreement / the largest δ² of two declared categories.
///
/// # Errors
///
/// [`Undefined::NoData`] without ratings, [`Undefined::NoPairs`] if no subject has two, [`Undefined::NoVariation`] if all
/// of these are in one category, [`Undefined::BelowZero`] for ratios of a scale with categories below 0,
/// [`Undefined::OtherCategories`] if a matrix of weights has another size.
pub fn krippendorff_alpha(
    ratings: &impl AsRef<CategoryCounts>,
    metric: &AlphaMetric,
) -> Result<Coefficient, Undefined> {
    let counts = ratings.as_ref();
    Alpha::new(metric, counts)?.coefficient(&Tally::of(counts), counts)
}

/// The metric made ready for the categories; the ordinal one waits for the ratings.
#[derive(Clone, Debug)]
pub(super) struct Alpha {
    fixed: Option<(Vec<f64>, f64)>,
}

impl Alpha {
    pub(super) fn new(metric: &AlphaMetric, counts: &CategoryCounts) -> Result<Self, Undefined> {
        let categories = counts.categories();
        let disagreement = match metric {
            AlphaMetric::Ordinal => return Ok(Self { fixed: None }),
            AlphaMetric::Nominal => Weights::identity().disagreement(categories)?,
            AlphaMetric::Interval => Weights::quadratic_on_values().disagreement(categories)?,
            AlphaMetric::Ratio => ratio(&categories.values().collect::<Vec<_>>())?,
            AlphaMetric::Weights(weights) => weights.disagreement(categories)?,
        };
        Ok(Self { fixed: Some((disagreement.upper_triangle(), disagreement.largest())) })
    }

    pub(super) fn coefficient(&self, tally: &Tally, counts: &CategoryCounts) -> Result<Coefficient, Undefined> {
        let count = counts.categories().count();
        let mut used = vec![0.0; count];
        let mut coincidences = vec![0.0; count * (count - 1) / 2];
        for sums in tally.compared() {
            used.iter_mut().zip(sums.ratings).for_each(|(sum, ratings)| *sum += ratings);
            coincidences.iter_mut().zip(sums.pairs).for_each(|(sum, pairs)| *sum += pairs / (sums.size - 1.0));
        }
        let total: f64 = used.iter().sum();
        if total < 2.0 {
            let is_empty = tally.sizes().all(|sums| sums.subjects <= 0.0);
            return Err(if is_empty { Undefined::NoData {} } else { Undefined::NoPairs {} });
        }
        let by_rank;
        let (distances, largest) = match &self.fixed {
            Some((distances, largest)) => (distances, *largest),
            None => {
                by_rank = rank_mass(&used);
                (&by_rank.0, by_rank.1)
            }
        };
        let observed = dot(&coincidences, distances);
        let expected = dot(&products(&used), distances);
        if expected <= 0.0 {
            return Err(Undefined::NoVariation {});
        }
        let value = 1.0 - (total - 1.0) * observed / expected;
        let observed_agreement = 1.0 - 2.0 * observed / total / largest;
        let expected_agreement = 1.0 - 2.0 * expected / (total * (total - 1.0)) / largest;
        Coefficient::new(value, observed_agreement, expected_agreement, *counts.counts())
    }
}

/// nₖ · nₗ for k < l, row by row.
fn products(used: &[f64]) -> Vec<f64> {
    let rows = used.iter().enumerate();
    rows.flat_map(|(row, first)| used.iter().skip(row + 1).map(move |second| first * second)).collect()
}

/// For k < l, row by row, (Σ_{g=k..l} n_g − (nₖ + nₗ)/2)²; and the largest.
fn rank_mass(used: &[f64]) -> (Vec<f64>, f64) {
    let middles: Vec<f64> = used
        .iter()
        .scan(0.0, |below, count| {
            let middle = *below + count / 2.0;
            *below += count;
            Some(middle)
        })
        .collect();
    let rows = middles.iter().enumerate();
    let distances: Vec<f64> = rows
        .flat_map(|(row, first)| middles.iter().skip(row + 1).map(move |second| (second - first) * (second - first)))
        .collect();
    let largest = distances.iter().copied().fold(0.0, f64::max);
    (distances, largest)
}

fn ratio(values: &[f64]) -> Result<Disagreement, Undefined> {
    if values.iter().any(|value| *value < 0.0) {
        return Err(Undefined::BelowZero {});
    }
    let value = |position: usize| values.get(position).copied().unwrap_or_default();
    let distance = |one: usize, other: usize| {
        let (difference, sum) = (value(one) - value(other), value(one) + value(other));
        if sum > 0.0 { (difference / sum) * (difference / sum) } else { 0.0 }
    };
    Ok(Disagreement::of(values.len(), distance, distance(0, values.len() - 1)))
}
