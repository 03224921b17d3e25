use std::collections::BTreeMap;

use super::mean::UNIT;
use super::selection::{OfRater, Selection};
use super::{CriterionStanding, EvidencePolicy, UncertaintyModel};
use crate::rubric::Rubric;
use crate::statistics::{holm, normal_cdf, t_upper};

/// On which criteria raters lie farther apart than is tolerated, and than chance explains.
///
/// *Formula*: for two raters with means d apart, of n₁ and n₂ ratings, p is the upper tail of (d − t)/s and of (d + t)/s together,
/// with s² = σ²(1/n₁ + 1/n₂), where t is the tolerated spread; of more raters, the smallest p of a pair times the number of
/// pairs; then Holm's method over the criteria of the profile. A second look is asked for when the result is at most the
/// policy's rate. σ² is the variance within a rater: that of the components, or that of this profile's ratings around the
/// mean of each rater on each criterion (around that of the criterion, where nobody rated twice), whichever is larger.
pub(super) struct SecondLook<'a> {
    pub(super) rubric: &'a Rubric,
    pub(super) policy: &'a EvidencePolicy,
    pub(super) uncertainty: &'a UncertaintyModel,
}

impl SecondLook<'_> {
    /// Marks the standings, which stand in the order of the rubric's criteria.
    pub(super) fn mark<'s>(
        &self,
        selection: &Selection<'_>,
        standings: impl Iterator<Item = &'s mut CriterionStanding>,
    ) {
        let tolerated = self.policy.tolerated_spread.to_f64() / 4.0;
        let found = Noise::of(selection, self.rubric.criteria().len());
        let (mut marks, mut p_values) = (Vec::new(), Vec::new());
        for ((position, criterion), standing) in self.rubric.criteria().iter().enumerate().zip(standings) {
            let CriterionStanding::Rated { needs_second_look, .. } = standing else { continue };
            let components = self.uncertainty.components(&criterion.key);
            let noise = found.at_least(components.within());
            if let Some(p_value) = p_value(&selection.by_rater(position, UNIT), noise, tolerated) {
                marks.push(needs_second_look);
                p_values.push(p_value);
            }
        }
        let rate = self.policy.second_look_rate.to_f64();
        for (mark, p_value) in marks.into_iter().zip(holm(&p_values).unwrap_or_default()) {
            *mark = p_value <= rate;
        }
    }
}

/// A variance, with the degrees of freedom of its estimate; none when it is known.
#[derive(Clone, Copy)]
struct Noise {
    variance: f64,
    degrees: Option<f64>,
}

impl Noise {
    /// Of all ratings around the mean of their rater on their criterion, or where nobody rated twice, of their criterion.
    fn of(selection: &Selection<'_>, criteria: usize) -> Self {
        let (mut within, mut around) = ((0.0, 0.0), (0.0, 0.0));
        for criterion in 0..criteria {
            let mut sums: BTreeMap<usize, (f64, f64, f64)> = BTreeMap::new();
            for (points, rater) in selection.rated_points(criterion) {
                let (own, (count, sum, squares)) = (points as f64 / UNIT as f64, sums.entry(rater).or_default());
                *count += 1.0;
                *sum += own;
                *squares += own * own;
            }
            let add = |total: &mut (f64, f64), (count, sum, squares): (f64, f64, f64)| {
                if count > 1.0 {
                    total.0 += (squares - sum * sum / count).max(0.0);
                    total.1 += count - 1.0;
                }
            };
            sums.values().for_each(|own| add(&mut within, *own));
            add(
                &mut around,
                sums.values().fold((0.0, 0.0, 0.0), |all, own| (all.0 + own.0, all.1 + own.1, all.2 + own.2)),
            );
        }
        let (squares, degrees) = if within.1 > 0.0 { within } else { around };
        let variance = if degrees > 0.0 { squares / degrees } else { 0.0 };
        Self { variance, degrees: Some(degrees) }
    }

    fn at_least(self, variance: f64) -> Self {
        if self.variance > variance { self } else { Self { variance, degrees: None } }
    }

    /// The probability of an error so many times as large as its standard error.
    fn beyond(self, times: f64) -> f64 {
        let normal = || normal_cdf(-times);
        self.degrees.map_or_else(normal, |degrees| t_upper(times, degrees).unwrap_or_else(normal))
    }
}

/// How probable means so far apart are, if no two raters lie more than `tolerated` apart in the long run; nothing of one
/// rater.
fn p_value(raters: &[OfRater], noise: Noise, tolerated: f64) -> Option<f64> {
    let raters: Vec<(f64, f64)> = raters
        .iter()
        .filter(|one| one.count > 0)
        .map(|one| (one.sum as f64 / UNIT as f64 / f64::from(one.count), f64::from(one.count).recip()))
        .collect();
    let pairs =
        raters.iter().enumerate().flat_map(|(place, one)| raters.iter().skip(place + 1).map(move |two| (one, two)));
    let p_values = pairs.map(|(one, two)| {
        let (distance, error) = ((one.0 - two.0).abs(), (noise.variance * (one.1 + two.1)).sqrt());
        if distance <= tolerated {
            // Half or more.
            1.0
        } else if error > 0.0 {
            noise.beyond((distance - tolerated) / error) + noise.beyond((distance + tolerated) / error)
        } else {
            0.0
        }
    });
    let (count, smallest) = p_values.fold((0.0, 1.0_f64), |(count, least), own| (count + 1.0, least.min(own)));
    (count > 0.0).then(|| (count * smallest).min(1.0))
}
