//! Which of a person's answers count in a period, and which critical concerns stand.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::aggregation::Point;
use super::entry::Entry;
use super::forms::{Form, Forms, Meaning, Place};
use super::{Concern, EvidencePolicy, Exclusion, ExclusionReason};
use crate::assessment::{AssessmentDocument, RaterKind, ReviewState};
use crate::framework::Basis;
use crate::rubric::{Effect, Rubric};
use crate::value::{Day, Key, Reference};

/// The days whose observations count, and the day up to which things are known.
#[derive(Clone, Copy)]
pub(super) struct Period {
    pub(super) start: Day,
    pub(super) end: Day,
    pub(super) known: Day,
}

impl Period {
    /// The window of a policy that ends on `end`, as it was known then.
    pub(super) fn window(policy: &EvidencePolicy, end: Day) -> Self {
        Self { start: end.plus_days(1 - i32::from(policy.window_days.get())), end, known: end }
    }
}

/// One counted answer: its points, and the number of its assessment among the person's.
#[derive(Clone, Copy)]
struct Seen {
    points: u32,
    entry: u32,
}

/// What was seen on one criterion, oldest first.
#[derive(Default)]
struct Column {
    seen: Vec<Seen>,
    has_not_applicable: bool,
    has_other: bool,
    /// The sum and number of the person's own ratings.
    own: (u64, u64),
}

/// The ratings of one rater on one criterion.
#[derive(Clone, Copy, Default)]
pub(super) struct OfRater {
    pub(super) count: u32,
    pub(super) sum: u64,
    /// Whether one of them is the highest possible.
    pub(super) reaches_top: bool,
}

/// What counts, what does not and why, and what raised concerns.
pub(super) struct Selection<'a> {
    entries: Vec<Entry<'a>>,
    /// The number of each entry's rater.
    rater_numbers: Vec<usize>,
    raters: Vec<&'a Reference>,
    columns: Vec<Column>,
    pub(super) counted: usize,
    pub(super) exclusions: Vec<Exclusion>,
    pub(super) concerns: Vec<Concern>,
}

impl<'a> Selection<'a> {
    pub(super) fn new(
        rubric: &Rubric,
        policy: &EvidencePolicy,
        mut own: Vec<Entry<'a>>,
        period: Period,
        forms: &mut Forms<'_>,
    ) -> Self {
        own.sort_by_key(|one| (one.observed, one.id, one.entered));
        let superseded = superseded(&own, period);
        let mut selection = Self {
            entries: own,
            rater_numbers: Vec::new(),
            raters: Vec::new(),
            columns: rubric.criteria().iter().map(|_| Column::default()).collect(),
            counted: 0,
            exclusions: Vec::new(),
            concerns: Vec::new(),
        };
        selection.number_raters();
        let mut seen = HashSet::with_capacity(selection.entries.len());
        for index in 0..selection.entries.len() {
            let Some(entry) = selection.entries.get(index).copied() else { continue };
            if !seen.insert(entry.id) {
                selection.exclude(entry.id, None, ExclusionReason::Repeated);
                continue;
            }
            let Some(form) = forms.of(entry.rubric) else { continue };
            let invalid = invalidity(&entry, period);
            if invalid.is_none() {
                selection.collect_concerns(&entry, period, form);
            }
            if invalid == Some(ExclusionReason::SelfRating) && entry.observed >= period.start {
                selection.collect_own_view(&entry, form);
            }
            match invalid.or_else(|| ineligibility(&entry, &superseded, policy, period)) {
                Some(reason) => selection.exclude(entry.id, None, reason),
                None => selection.collect_answers(index, &entry, form),
            }
        }
        selection.apply_precedence(rubric, policy);
        selection.limit_shares(rubric, policy);
        selection
    }

    /// How many answers on a criterion count.
    pub(super) fn count(&self, criterion: usize) -> usize {
        self.columns.get(criterion).map_or(0, |column| column.seen.len())
    }

    /// The counted points on a criterion, oldest first, in parts of the unit of means.
    pub(super) fn points(&self, criterion: usize) -> impl Iterator<Item = u64> {
        let seen = self.columns.get(criterion).map(|column| column.seen.as_slice()).unwrap_or_default();
        seen.iter().map(|one| u64::from(one.points))
    }

    /// As [`points`](Self::points), each with the place of its rater.
    pub(super) fn rated_points(&self, criterion: usize) -> impl Iterator<Item = (u64, usize)> {
        let seen = self.columns.get(criterion).map(|column| column.seen.as_slice()).unwrap_or_default();
        seen.iter().filter_map(|one| Some((u64::from(one.points), *self.rater_numbers.get(one.entry as usize)?)))
    }

    /// As [`points`](Self::points), with what some ways of aggregation need beside.
    pub(super) fn dated_points(&self, criterion: usize) -> Vec<Point> {
        let seen = self.columns.get(criterion).map(|column| column.seen.as_slice()).unwrap_or_default();
        let point = |one: &Seen| {
            let entry = self.entries.get(one.entry as usize)?;
            Some(Point { points: u64::from(one.points), observed: entry.observed, by: entry.kind })
        };
        seen.iter().filter_map(point).collect()
    }

    /// The counted ratings of each rater of the person on a criterion; the place of a rater is the same on each.
    pub(super) fn by_rater(&self, criterion: usize, top: u64) -> Vec<OfRater> {
        let mut raters = vec![OfRater::default(); self.raters.len()];
        for one in self.columns.get(criterion).map(|column| column.seen.as_slice()).unwrap_or_default() {
            let number = self.rater_numbers.get(one.entry as usize);
            let Some(rater) = number.and_then(|number| raters.get_mut(*number)) else { continue };
            rater.count += 1;
            rater.sum += u64::from(one.points);
            rater.reaches_top |= u64::from(one.points) == top;
        }
        raters
    }

    /// The raters by their place.
    pub(super) fn raters(&self) -> &[&'a Reference] {
        &self.raters
    }

    /// Whether every counted assessment said that the criterion does not apply, and at least one did.
    pub(super) fn is_only_not_applicable(&self, criterion: usize) -> bool {
        self.columns.get(criterion).is_some_and(|column| column.has_not_applicable && !column.has_other)
    }

    /// The sum and number of the person's own ratings on a criterion.
    pub(super) fn own_view(&self, criterion: usize) -> (u64, u64) {
        self.columns.get(criterion).map_or((0, 0), |column| column.own)
    }

    fn exclude(&mut self, assessment: &Reference, criterion: Option<&Key>, reason: ExclusionReason) {
        self.exclusions.push(Exclusion { assessment: assessment.clone(), criterion: criterion.cloned(), reason });
    }

    fn number_raters(&mut self) {
        let mut numbers: BTreeMap<&'a Reference, usize> = BTreeMap::new();
        for entry in &self.entries {
            let next = numbers.len();
            let number = *numbers.entry(entry.rater).or_insert_with(|| {
                self.raters.push(entry.rater);
                next
            });
            self.rater_numbers.push(number);
        }
    }

    fn collect_answers(&mut self, index: usize, entry: &Entry<'a>, form: &Form) {
        self.counted += 1;
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        for (position, (cell, answer)) in form.cells.iter().zip(entry.row).enumerate() {
            let place = match cell.place {
                Place::At(place) => place,
                Place::OtherScale | Place::Unknown => {
                    let is_unknown = matches!(cell.place, Place::Unknown);
                    let reason =
                        if is_unknown { ExclusionReason::UnknownCriterion } else { ExclusionReason::OtherScale };
                    let key = entry.rubric.criteria().get(position).map(|criterion| &criterion.key);
                    self.exclude(entry.id, key, reason);
                    continue;
                }
            };
            let Some(column) = self.columns.get_mut(place) else { continue };
            match cell.read(*answer) {
                Meaning::NotApplicable => column.has_not_applicable = true,
                Meaning::Nothing => column.has_other = true,
                Meaning::Points(points) => {
                    column.has_other = true;
                    column.seen.push(Seen { points, entry: number });
                }
            }
        }
    }

    fn collect_own_view(&mut self, entry: &Entry<'a>, form: &Form) {
        for (cell, answer) in form.cells.iter().zip(entry.row) {
            if let (Place::At(place), Meaning::Points(points)) = (cell.place, cell.read(*answer))
                && let Some(column) = self.columns.get_mut(place)
            {
                column.own = (column.own.0 + u64::from(points), column.own.1 + 1);
            }
        }
    }

    /// Keeps on each criterion the ratings of those who come first in the order of precedence.
    fn apply_precedence(&mut self, rubric: &Rubric, policy: &EvidencePolicy) {
        let place = |entries: &[Entry<'_>], one: &Seen| {
            entries.get(one.entry as usize).map_or(0, |entry| policy.precedence.place(entry.kind))
        };
        let mut outranked = Vec::new();
        for (column, criterion) in self.columns.iter_mut().zip(rubric.criteria()) {
            let first = column.seen.iter().map(|one| place(&self.entries, one)).min().unwrap_or_default();
            let left_out = column.seen.extract_if(.., |one| place(&self.entries, one) > first);
            outranked.extend(left_out.map(|one| (one.entry, &criterion.key)));
        }
        self.exclude_answers(outranked, ExclusionReason::OutrankedRater);
    }

    /// Keeps of each kind with a largest share `s` the newest `⌊s / (1 − s) · n⌋` answers, `n` being the number of
    /// answers of unlimited kinds.
    fn limit_shares(&mut self, rubric: &Rubric, policy: &EvidencePolicy) {
        const ONE: u64 = 1_000_000;
        let shares: Vec<u64> =
            self.entries.iter().map(|entry| u64::from(policy.max_share(entry.basis).millionths())).collect();
        if shares.iter().all(|share| *share == ONE) {
            return;
        }
        let share_of = |one: &Seen| shares.get(one.entry as usize).copied().unwrap_or(ONE);
        let mut used_up = Vec::new();
        for (column, criterion) in self.columns.iter_mut().zip(rubric.criteria()) {
            let full = column.seen.iter().filter(|one| share_of(one) == ONE).count() as u64;
            let mut room: BTreeMap<Basis, u64> = BTreeMap::new();
            column.seen.reverse();
            column.seen.retain(|one| {
                let (share, entry) = (share_of(one), self.entries.get(one.entry as usize));
                let Some(entry) = entry.filter(|_| share < ONE) else { return true };
                let left = room.entry(entry.basis).or_insert(share * full / (ONE - share));
                let fits = *left > 0;
                *left = left.saturating_sub(1);
                if !fits {
                    used_up.push((one.entry, &criterion.key));
                }
                fits
            });
            column.seen.reverse();
        }
        self.exclude_answers(used_up, ExclusionReason::ShareUsedUp);
    }

    fn exclude_answers(&mut self, answers: Vec<(u32, &Key)>, reason: ExclusionReason) {
        let named = answers.into_iter().filter_map(|(entry, key)| Some((self.entries.get(entry as usize)?.id, key)));
        let mut named: Vec<(&Reference, &Key)> = named.collect();
        named.sort();
        for (assessment, criterion) in named {
            self.exclude(assessment, Some(criterion), reason);
        }
    }

    fn collect_concerns(&mut self, entry: &Entry<'a>, period: Period, form: &Form) {
        if !entry.basis.is_real_work() || !form.may_concern {
            return;
        }
        let Ok(score) = form.scorer.score_row(entry.row) else { return };
        for (_, rule) in entry.rubric.rules().iter().enumerate().filter(|(index, _)| score.fired(*index)) {
            let decisions = entry.document.map(AssessmentDocument::concern_decisions).unwrap_or_default();
            let decision = decisions.iter().find(|decision| decision.rule == rule.key);
            for effect in &rule.effects {
                let Effect::RaiseConcern { target } = *effect else { continue };
                let caps = rule.effects.iter().filter_map(|effect| match effect {
                    Effect::CapLevel { target: capped, level } if *capped == target => Some(*level),
                    _ => None,
                });
                self.concerns.push(Concern {
                    assessment: entry.id.clone(),
                    observed: entry.observed,
                    rule: rule.key.clone(),
                    class: rule.class,
                    target,
                    criteria: form.scorer.matched(entry.row, &rule.when),
                    level_cap: caps.min(),
                    closed: decision.map(|decision| decision.on).filter(|on| *on <= period.known),
                });
            }
        }
    }
}

/// The assessments that another one replaces; what takes no part itself replaces nothing.
fn superseded<'a>(own: &[Entry<'a>], period: Period) -> BTreeSet<&'a Reference> {
    let replacing = own.iter().filter_map(|entry| Some((entry, entry.document?.supersedes()?)));
    replacing.filter(|(entry, _)| invalidity(entry, period).is_none()).map(|(_, replaced)| replaced).collect()
}

/// Why an assessment takes no part at all, not even with its concerns.
fn invalidity(entry: &Entry<'_>, period: Period) -> Option<ExclusionReason> {
    if entry.observed > period.end || entry.entered > period.known {
        return Some(ExclusionReason::AfterAsOf);
    }
    if entry.state_on(period.known) == ReviewState::Draft {
        return Some(ExclusionReason::Draft);
    }
    match entry.kind {
        RaterKind::SelfRater => Some(ExclusionReason::SelfRating),
        RaterKind::Machine if !entry.is_confirmed_on(period.known) => Some(ExclusionReason::UnconfirmedMachine),
        _ => None,
    }
}

/// Why an assessment does not count towards values, though its concerns stand until a second assessor decides them.
fn ineligibility(
    entry: &Entry<'_>,
    superseded: &BTreeSet<&Reference>,
    policy: &EvidencePolicy,
    period: Period,
) -> Option<ExclusionReason> {
    let state = entry.state_on(period.known);
    if superseded.contains(entry.id) {
        Some(ExclusionReason::Superseded)
    } else if state == ReviewState::Revised {
        Some(ExclusionReason::Revised)
    } else if !state.counts() {
        Some(ExclusionReason::Contested)
    } else if entry.observed < period.start {
        Some(ExclusionReason::OutsideWindow)
    } else if policy.max_share(entry.basis).millionths() == 0 {
        Some(ExclusionReason::EvidenceNeverCounts)
    } else {
        None
    }
}
