//! From figures to signals: what chance does not explain, and whose fault it is.

use std::collections::BTreeMap;

use super::claim::Draft;
use super::figures::DraftCheck;
use super::making::Making;
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
pub(super) fn settle(
    making: &Making<'_>,
    criteria: Vec<CriterionDraft>,
    raters: Vec<RaterDraft<'_>>,
) -> (Vec<CriterionAgreement>, Vec<RaterFindings>) {
    let drafts = criteria.iter().map(|one| &one.distance);
    let all = drafts.chain(raters.iter().flat_map(|one| &one.checks).map(|check| &check.draft));
    let mut p_values = adjusted(all).into_iter();
    let rate = making.thresholds.false_alarm_rate;
    let is_signal = |p_value: Option<Share>| p_value.is_some_and(|own| own <= rate);
    let criteria = criteria.into_iter().map(|CriterionDraft { agreement, distance }| {
        let p_value = p_values.next().flatten();
        let signal = if is_signal(p_value) { CheckSignal::Anchor } else { CheckSignal::None };
        CriterionAgreement { distance: distance.settle(p_value, signal), ..agreement }
    });
    let criteria = criteria.collect();
    let with_p_values: Vec<(RaterDraft<'_>, Vec<Option<Share>>)> = raters
        .into_iter()
        .map(|one| {
            let own = one.checks.iter().map(|check| {
                let p_value = p_values.next().flatten();
                // What one other rater explains is no claim about this one.
                let is_explained = is_signal(p_value) && making.is_due_to_one(one.rater, check);
                if is_explained { Some(Share::MAX) } else { p_value }
            });
            let own = own.collect();
            (one, own)
        })
        .collect();
    let mut readings: BTreeMap<(RaterCheckKind, &Key), (usize, usize)> = BTreeMap::new();
    for (check, p_value) in with_p_values.iter().flat_map(|(one, own)| one.checks.iter().zip(own)) {
        if let (Some(criterion), Some(_)) = (&check.criterion, p_value) {
            let (compared, beyond) = readings.entry((check.kind, criterion)).or_default();
            *compared += 1;
            *beyond += usize::from(is_signal(*p_value));
        }
    }
    let is_divided = |check: &DraftCheck| {
        let key = check.criterion.as_ref().map(|criterion| (check.kind, criterion));
        key.and_then(|key| readings.get(&key)).is_some_and(|(compared, beyond)| 2 * beyond >= *compared)
    };
    let signal = |check: &DraftCheck, p_value| match (is_signal(p_value), is_divided(check)) {
        (false, _) => CheckSignal::None,
        (true, true) => CheckSignal::Anchor,
        (true, false) => CheckSignal::Rater,
    };
    let settled: Vec<Vec<RaterCheck>> = with_p_values
        .iter()
        .map(|(one, own)| {
            let checks = one.checks.iter().zip(own).map(|(check, p_value)| RaterCheck {
                kind: check.kind,
                criterion: check.criterion.clone(),
                outcome: check.draft.settle(*p_value, signal(check, *p_value)),
            });
            checks.collect()
        })
        .collect();
    let raters = with_p_values.into_iter().zip(settled);
    (criteria, raters.map(|((one, _), checks)| RaterFindings { checks, ..one.findings }).collect())
}

/// The p values of these drafts, adjusted for all of them; a figure without one asks nothing.
fn adjusted<'d>(drafts: impl Iterator<Item = &'d Draft>) -> Vec<Option<Share>> {
    let own: Vec<Option<f64>> = drafts.map(|draft| draft.p_value.map(|own| own.clamp(0.0, 1.0))).collect();
    let claimed: Vec<f64> = own.iter().copied().flatten().collect();
    let mut adjusted = holm(&claimed).unwrap_or_default().into_iter();
    let share = |number: f64| Share::at_most_max((number * 1e6).round() as u64);
    own.into_iter().map(|one| one.and_then(|_| adjusted.next()).map(share)).collect()
}
