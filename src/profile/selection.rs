//! Which of a person's answers count on a day, and which critical concerns stand.

use std::collections::{BTreeMap, BTreeSet};

use super::mean::UNIT;
use super::{Concern, EvidencePolicy, Exclusion, ExclusionReason};
use crate::assessment::{Answer, Assessment, RaterKind, ReviewState};
use crate::framework::Basis;
use crate::rubric::{Effect, NotApplicablePolicy, Rubric};
use crate::scoring::{Scorer, points_at};
use crate::value::{Day, Fingerprint, Key, Reference};

/// One counted answer.
pub(super) struct Observation<'a> {
    /// In parts of [`UNIT`].
    pub(super) points: u64,
    pub(super) rater: &'a Reference,
    assessment: &'a Reference,
    basis: Basis,
    observed: Day,
}

/// What counts, what does not and why, and what raised concerns.
pub(super) struct Selection<'a> {
    observations: BTreeMap<&'a Key, Vec<Observation<'a>>>,
    only_not_applicable: BTreeSet<&'a Key>,
    pub(super) counted: usize,
    pub(super) exclusions: Vec<Exclusion>,
    pub(super) concerns: Vec<Concern>,
}

pub(super) fn window_start(policy: &EvidencePolicy, as_of: Day) -> Day {
    as_of.plus_days(1 - i32::from(policy.window_days.get()))
}

impl<'a> Selection<'a> {
    pub(super) fn new(rubric: &Rubric, policy: &EvidencePolicy, mut own: Vec<&'a Assessment>, as_of: Day) -> Self {
        own.sort_by_key(|one| (one.document().observed(), one.document().id(), one.document().entered()));
        let superseded = superseded(&own, as_of);
        let mut selection = Self {
            observations: BTreeMap::new(),
            only_not_applicable: BTreeSet::new(),
            counted: 0,
            exclusions: Vec::new(),
            concerns: Vec::new(),
        };
        let mut scorers = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for assessment in own {
            let document = assessment.document();
            if !seen.insert(document.id()) {
                selection.exclude(document.id(), None, ExclusionReason::Repeated);
                continue;
            }
            let invalid = invalidity(assessment, as_of);
            if invalid.is_none() {
                selection.collect_concerns(assessment, as_of, &mut scorers);
            }
            match invalid.or_else(|| ineligibility(assessment, &superseded, policy, as_of)) {
                Some(reason) => selection.exclude(document.id(), None, reason),
                None => selection.collect_answers(assessment, rubric),
            }
        }
        selection.limit_shares(policy);
        selection
    }

    /// The counted answers on a criterion, oldest first.
    pub(super) fn observations(&self, criterion: &Key) -> &[Observation<'a>] {
        self.observations.get(criterion).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether every counted assessment said that the criterion does not apply, and at least one did.
    pub(super) fn is_only_not_applicable(&self, criterion: &Key) -> bool {
        self.only_not_applicable.contains(criterion)
    }

    fn exclude(&mut self, assessment: &Reference, criterion: Option<&Key>, reason: ExclusionReason) {
        self.exclusions.push(Exclusion { assessment: assessment.clone(), criterion: criterion.cloned(), reason });
    }

    fn collect_answers(&mut self, assessment: &'a Assessment, rubric: &Rubric) {
        self.counted += 1;
        let document = assessment.document();
        for (criterion, answer) in assessment.answers() {
            let Some(own) = rubric.criterion(criterion.key.as_str()) else {
                self.exclude(document.id(), Some(&criterion.key), ExclusionReason::UnknownCriterion);
                continue;
            };
            if (own.steps, &own.points) != (criterion.steps, &criterion.points) {
                self.exclude(document.id(), Some(&criterion.key), ExclusionReason::OtherScale);
                continue;
            }
            let points = match answer {
                Answer::Rated(step) => points_at(criterion, usize::from(step.get()), UNIT),
                Answer::NotApplicable if criterion.not_applicable == NotApplicablePolicy::CountAsZero => Some(0),
                Answer::NotApplicable | Answer::NotObserved => None,
            };
            let is_first = !self.observations.contains_key(&criterion.key);
            let observations = self.observations.entry(&criterion.key).or_default();
            if answer == Answer::NotApplicable && points.is_none() {
                if is_first {
                    self.only_not_applicable.insert(&criterion.key);
                }
                continue;
            }
            self.only_not_applicable.remove(&criterion.key);
            observations.extend(points.map(|points| Observation {
                points,
                rater: &document.rater().id,
                assessment: document.id(),
                basis: document.basis(),
                observed: document.observed(),
            }));
        }
    }

    /// Keeps of each kind with a largest share `s` the newest `⌊s / (1 − s) · n⌋` answers, `n` being the number of
    /// answers of unlimited kinds.
    fn limit_shares(&mut self, policy: &EvidencePolicy) {
        let mut used_up = Vec::new();
        for (criterion, observations) in &mut self.observations {
            let is_full = |one: &&Observation<'_>| policy.max_share(one.basis).millionths() == 1_000_000;
            let full = observations.iter().filter(is_full).count() as u64;
            let mut room: BTreeMap<Basis, u64> = BTreeMap::new();
            observations.sort_by_key(|one| (std::cmp::Reverse(one.observed), std::cmp::Reverse(one.assessment)));
            observations.retain(|one| {
                let share = u64::from(policy.max_share(one.basis).millionths());
                if share == 1_000_000 {
                    return true;
                }
                let left = room.entry(one.basis).or_insert(share * full / (1_000_000 - share));
                let fits = *left > 0;
                *left = left.saturating_sub(1);
                if !fits {
                    used_up.push((one.assessment, *criterion));
                }
                fits
            });
            observations.reverse();
        }
        used_up.sort();
        for (assessment, criterion) in used_up {
            self.exclude(assessment, Some(criterion), ExclusionReason::ShareUsedUp);
        }
    }

    fn collect_concerns(&mut self, assessment: &Assessment, as_of: Day, scorers: &mut BTreeMap<Fingerprint, Scorer>) {
        let document = assessment.document();
        if !document.basis().is_real_work() {
            return;
        }
        let scorer = scorers
            .entry(assessment.rubric().pin().structure.clone())
            .or_insert_with(|| Scorer::new(assessment.rubric()));
        let Ok(score) = scorer.score_row(assessment.row()) else { return };
        for (_, rule) in assessment.rubric().rules().iter().enumerate().filter(|(index, _)| score.fired(*index)) {
            let decision = document.concern_decisions().iter().find(|decision| decision.rule == rule.key);
            for effect in &rule.effects {
                let Effect::RaiseConcern { target } = *effect else { continue };
                let caps = rule.effects.iter().filter_map(|effect| match effect {
                    Effect::CapLevel { target: capped, level } if *capped == target => Some(*level),
                    _ => None,
                });
                self.concerns.push(Concern {
                    assessment: document.id().clone(),
                    observed: document.observed(),
                    rule: rule.key.clone(),
                    class: rule.class,
                    target,
                    criteria: scorer.matched(assessment.row(), &rule.when),
                    level_cap: caps.min(),
                    closed: decision.map(|decision| decision.on).filter(|on| *on <= as_of),
                });
            }
        }
    }
}

/// The assessments that another one replaces; what takes no part itself replaces nothing.
fn superseded<'a>(own: &[&'a Assessment], as_of: Day) -> BTreeSet<&'a Reference> {
    let valid = own.iter().filter(|assessment| invalidity(assessment, as_of).is_none());
    valid.filter_map(|assessment| assessment.document().supersedes()).collect()
}

/// Why an assessment takes no part at all, not even with its concerns.
fn invalidity(assessment: &Assessment, as_of: Day) -> Option<ExclusionReason> {
    let document = assessment.document();
    if document.observed() > as_of || document.entered() > as_of {
        return Some(ExclusionReason::AfterAsOf);
    }
    if document.state_on(as_of) == ReviewState::Draft {
        return Some(ExclusionReason::Draft);
    }
    let is_confirmed = || document.confirmation().is_some_and(|confirmation| confirmation.on <= as_of);
    match document.rater().kind {
        RaterKind::SelfRater => Some(ExclusionReason::SelfRating),
        RaterKind::Machine if !is_confirmed() => Some(ExclusionReason::UnconfirmedMachine),
        _ => None,
    }
}

/// Why an assessment does not count towards values, though its concerns stand until a second assessor decides them.
fn ineligibility(
    assessment: &Assessment,
    superseded: &BTreeSet<&Reference>,
    policy: &EvidencePolicy,
    as_of: Day,
) -> Option<ExclusionReason> {
    let document = assessment.document();
    if superseded.contains(document.id()) {
        Some(ExclusionReason::Superseded)
    } else if document.state_on(as_of) == ReviewState::Revised {
        Some(ExclusionReason::Revised)
    } else if !document.state_on(as_of).counts() {
        Some(ExclusionReason::Contested)
    } else if document.observed() < window_start(policy, as_of) {
        Some(ExclusionReason::OutsideWindow)
    } else if policy.max_share(document.basis()).millionths() == 0 {
        Some(ExclusionReason::EvidenceNeverCounts)
    } else {
        None
    }
}
