use super::mean::UNIT;
use super::selection::{OfRater, Selection};
use super::{CriterionStanding, EvidencePolicy, UncertaintyModel};
use crate::rubric::Rubric;
use crate::statistics::{NestedComponents, holm, normal_cdf};

/// On which criteria raters lie farther apart than is tolerated, and than chance explains.
///
/// *Formula*: for two raters with means d apart, of n₁ and n₂ ratings, p = Φ(−(d − t)/s) + Φ(−(d + t)/s) with
/// s² = σ²w(1/n₁ + 1/n₂), where t is the tolerated spread and σ²w the variance within a rater; of more raters, the smallest p
/// of a pair times the number of pairs; then Holm's method over the criteria of the profile. A second look is asked for
/// when the result is at most the policy's rate.
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
        let (mut marks, mut p_values) = (Vec::new(), Vec::new());
        for ((position, criterion), standing) in self.rubric.criteria().iter().enumerate().zip(standings) {
            let CriterionStanding::Rated { needs_second_look, .. } = standing else { continue };
            let components = self.uncertainty.components(&criterion.key);
            if let Some(p_value) = p_value(&selection.by_rater(position, UNIT), &components, tolerated) {
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

/// How probable means so far apart are, if no two raters lie more than `tolerated` apart in the long run; nothing of one
/// rater.
fn p_value(raters: &[OfRater], components: &NestedComponents, tolerated: f64) -> Option<f64> {
    let raters: Vec<(f64, f64)> = raters
        .iter()
        .filter(|one| one.count > 0)
        .map(|one| (one.sum as f64 / UNIT as f64 / f64::from(one.count), f64::from(one.count).recip()))
        .collect();
    let pairs =
        raters.iter().enumerate().flat_map(|(place, one)| raters.iter().skip(place + 1).map(move |two| (one, two)));
    let p_values = pairs.map(|(one, two)| {
        let (distance, error) = ((one.0 - two.0).abs(), (components.within() * (one.1 + two.1)).sqrt());
        if distance <= tolerated {
            // Half or more.
            1.0
        } else if error > 0.0 {
            normal_cdf((tolerated - distance) / error) + normal_cdf(-(tolerated + distance) / error)
        } else {
            0.0
        }
    });
    let (count, smallest) = p_values.fold((0.0, 1.0_f64), |(count, least), own| (count + 1.0, least.min(own)));
    (count > 0.0).then(|| (count * smallest).min(1.0))
}
