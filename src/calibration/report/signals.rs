//! From figures to signals: what chance does not explain, and whose fault it is.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::Draft;
use super::figures::DraftCheck;
use super::making::Making;
use super::readings::Reading;
use super::{CheckSignal, CriterionAgreement, RaterCheck, RaterCheckKind, RaterFindings};
use crate::statistics::holm;
use crate::value::{Key, Reference, Share};

/// A rater whose checks wait for those of the others.
pub(super) struct RaterDraft<'a> {
    pub(super) rater: &'a Reference,
    pub(super) findings: RaterFindings,
    pub(super) checks: Vec<DraftCheck>,
}

/// A criterion whose distance waits for the rest of the report.
pub(super) struct CriterionDraft {
    pub(super) agreement: CriterionAgreement,
    pub(super) distance: Draft,
}

/// Adjusts the p values of all drafts together, and says what each asks for.
///
/// Half of the false-alarm rate is for the question, of each criterion, whether its raters read it alike; half for all other
/// figures; within each half by Holm's method. Who reads a criterion otherwise is asked only where raters do not read it
/// alike, again by Holm's method. So raters who are alike are flagged in no more reports than stated, and one who is not
/// can be found among hundreds of figures.
pub(super) fn settle(
    making: &Making<'_>,
    criteria: Vec<CriterionDraft>,
    readings: Vec<Reading<'_>>,
    raters: Vec<RaterDraft<'_>>,
) -> (Vec<CriterionAgreement>, Vec<RaterFindings>) {
    let rate = making.thresholds.false_alarm_rate;
    let is_signal = |p_value: Option<Share>| p_value.is_some_and(|own| own <= rate);
    let of_readings = adjusted(readings.iter().map(|one| one.p_value), HALF);
    let asked = raters.iter().flat_map(|one| &one.checks).map(|check| check.draft.p_value);
    let mut of_distances = adjusted(criteria.iter().map(|one| one.distance.p_value).chain(asked), HALF);
    let of_raters = of_distances.split_off(criteria.len());
    let (mut on_criteria, divided) = by_criterion(making, readings, &of_readings, rate);

    let criteria = criteria.into_iter().zip(of_distances).map(|(CriterionDraft { agreement, distance }, p_value)| {
        let signal = if is_signal(p_value) { CheckSignal::Anchor } else { CheckSignal::None };
        CriterionAgreement { distance: distance.settle(p_value, signal), ..agreement }
    });
    let mut of_raters = of_raters.into_iter();
    let raters = raters.into_iter().map(|RaterDraft { rater, findings, checks }| {
        let whole = checks.into_iter().map(|check| {
            let p_value = of_raters.next().flatten();
            let is_explained = is_signal(p_value) && making.is_due_to_one(rater, &check);
            (check, if is_explained { Some(Share::MAX) } else { p_value })
        });
        let own: Vec<Settled> = whole.chain(on_criteria.remove(rater).unwrap_or_default()).collect();
        let checks = own.into_iter().map(|(check, p_value)| {
            let signal = match (is_signal(p_value), &check.criterion) {
                (false, _) => CheckSignal::None,
                (true, Some(criterion)) if divided.contains(criterion) => CheckSignal::Anchor,
                (true, _) => CheckSignal::Rater,
            };
            RaterCheck { kind: check.kind, criterion: check.criterion, outcome: check.draft.settle(p_value, signal) }
        });
        RaterFindings { checks: checks.collect(), ..findings }
    });
    (criteria.collect(), raters.collect())
}

/// The part of the false-alarm rate that a family of claims has.
const HALF: f64 = 0.5;

/// A check with its final p value.
type Settled = (DraftCheck, Option<Share>);

/// Of each rater the bias on each criterion; and the criteria on which half of the raters or more lie beyond a bound.
fn by_criterion<'a>(
    making: &Making<'a>,
    readings: Vec<Reading<'a>>,
    p_values: &[Option<Share>],
    rate: Share,
) -> (BTreeMap<&'a Reference, Vec<Settled>>, BTreeSet<Key>) {
    let is_open = |p_value: &Option<Share>| p_value.is_some_and(|own| own <= rate);
    let opened = readings.iter().zip(p_values).filter(|(_, p_value)| is_open(p_value));
    let mut own = adjusted(opened.flat_map(|(one, _)| one.raters.values().map(|draft| draft.p_value)), 1.0).into_iter();
    let mut found: BTreeMap<&Reference, Vec<Settled>> = BTreeMap::new();
    let mut divided = BTreeSet::new();
    for (Reading { criterion, raters, .. }, all) in readings.into_iter().zip(p_values) {
        let odd = if is_open(all) { making.odd_readers(criterion) } else { BTreeSet::new() };
        let compared = raters.values().filter(|draft| draft.p_value.is_some()).count();
        if !odd.is_empty() && 2 * odd.len() >= compared {
            divided.insert(criterion.clone());
        }
        for (rater, draft) in raters {
            let own = if is_open(all) { own.next().flatten() } else { None };
            // No surer than that the raters differ at all; who is not odd is explained by those who are.
            let p_value = if is_open(all) && !odd.contains(rater) { Some(Share::MAX) } else { own.max(*all) };
            let p_value = draft.p_value.and(p_value.or(Some(Share::MAX)));
            let check = DraftCheck { kind: RaterCheckKind::BiasOnCriterion, criterion: Some(criterion.clone()), draft };
            found.entry(rater).or_default().push((check, p_value));
        }
    }
    (found, divided)
}

/// These p values, adjusted for all of them, when they have this part of the rate; a figure without one asks nothing.
fn adjusted(p_values: impl Iterator<Item = Option<f64>>, part: f64) -> Vec<Option<Share>> {
    let own: Vec<Option<f64>> = p_values.map(|own| own.map(|own| own.clamp(0.0, 1.0))).collect();
    let claimed: Vec<f64> = own.iter().copied().flatten().collect();
    let mut adjusted = holm(&claimed).unwrap_or_default().into_iter();
    let share = |number: f64| Share::at_most_max(((number / part).min(1.0) * 1e6).round() as u64);
    own.into_iter().map(|one| one.and_then(|_| adjusted.next()).map(share)).collect()
}
