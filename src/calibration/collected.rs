use std::collections::{BTreeMap, BTreeSet};

use super::FacetRating;
use super::step_counts::StepCounts;
use crate::assessment::{Assessment, AssessmentDocument, RaterKind};
use crate::value::{Day, Key, Reference, Step, StepCount};

/// The assessments that are looked at, and what of them can be compared.
pub(super) struct Collected<'a> {
    pub(super) seen: Vec<Seen<'a>>,
    /// The contacts that two raters or more rated.
    pub(super) shared: Vec<SharedContact<'a>>,
    /// How many steps each criterion has.
    pub(super) scales: BTreeMap<&'a Key, StepCount>,
    raters: BTreeMap<&'a Reference, OfRater>,
}

/// What one rater did: numbers of assessments, and of shared contacts with the assessment of each.
#[derive(Default)]
struct OfRater {
    seen: Vec<usize>,
    shared: Vec<(usize, usize)>,
}

/// A contact that two raters or more rated; of each rater the last assessment.
pub(super) struct SharedContact<'a> {
    /// The number of the assessment of each rater.
    pub(super) by_rater: BTreeMap<&'a Reference, usize>,
    /// What was chosen on each criterion.
    pub(super) steps: BTreeMap<&'a Key, StepCounts>,
}

/// A rater's assessment of a shared contact, beside those of others.
pub(super) struct Compared<'c, 'a> {
    pub(super) own: &'c Seen<'a>,
    others: Others<'c, 'a>,
}

enum Others<'c, 'a> {
    All(&'c SharedContact<'a>),
    AllBut(&'c SharedContact<'a>, &'c Seen<'a>),
    One(&'c Seen<'a>),
}

impl Compared<'_, '_> {
    /// For each criterion that the rater rated: the own step, and those of the others.
    pub(super) fn steps(&self) -> impl Iterator<Item = (&Key, Step, StepCounts)> {
        self.own.steps.iter().map(|(criterion, own)| (*criterion, *own, self.others_on(criterion, *own)))
    }

    fn others_on(&self, criterion: &Key, own: Step) -> StepCounts {
        let of = |contact: &SharedContact<'_>| contact.steps.get(criterion).map(|all| all.without(own));
        let others = match self.others {
            Others::All(contact) => of(contact),
            Others::AllBut(contact, left_out) => {
                let left_out = left_out.steps.get(criterion);
                of(contact).map(|others| left_out.map_or(others, |step| others.without(*step)))
            }
            Others::One(other) => other.steps.get(criterion).map(|step| [*step].into_iter().collect()),
        };
        others.unwrap_or_default()
    }
}

/// One assessment: the steps that were chosen.
pub(super) struct Seen<'a> {
    pub(super) person: &'a Reference,
    pub(super) rater: &'a Reference,
    pub(super) observed: Day,
    pub(super) contact: Option<&'a Reference>,
    pub(super) steps: BTreeMap<&'a Key, Step>,
}

/// Whether an assessment takes part on a day: handed over and not withdrawn, by somebody other than the person, and
/// confirmed when by a machine.
pub(super) fn takes_part(document: &AssessmentDocument, as_of: Day) -> bool {
    let is_confirmed = || document.confirmation().is_some_and(|confirmation| confirmation.on <= as_of);
    document.observed() <= as_of
        && document.entered() <= as_of
        && document.state_on(as_of).counts()
        && match document.rater().kind {
            RaterKind::SelfRater => false,
            RaterKind::Machine => is_confirmed(),
            RaterKind::Peer | RaterKind::Coach | RaterKind::QualityReviewer | RaterKind::Customer => true,
        }
}

impl<'a> Collected<'a> {
    pub(super) fn of(assessments: &'a [Assessment], as_of: Day) -> Self {
        let taking_part: Vec<&Assessment> =
            assessments.iter().filter(|one| takes_part(one.document(), as_of)).collect();
        let superseded: BTreeSet<&Reference> =
            taking_part.iter().filter_map(|one| one.document().supersedes()).collect();
        let mut ids = BTreeSet::new();
        let mut kept: Vec<&Assessment> = taking_part
            .into_iter()
            .filter(|one| !superseded.contains(one.document().id()) && ids.insert(one.document().id()))
            .collect();
        kept.sort_by_key(|one| (one.document().observed(), one.document().id()));
        let mut scales = BTreeMap::new();
        for (criterion, _) in kept.iter().flat_map(|one| one.answers()) {
            // Where rubrics disagree the longer scale holds both.
            let own = scales.entry(&criterion.key).or_insert(criterion.steps);
            *own = (*own).max(criterion.steps);
        }
        let seen: Vec<Seen<'a>> = kept.into_iter().map(Seen::of).collect();
        let shared = shared(&seen);
        let raters = of_raters(&seen, &shared);
        Self { seen, shared, scales, raters }
    }

    /// The ratings, for the many-facet model.
    pub(super) fn ratings(&self) -> impl Iterator<Item = FacetRating<'a>> {
        self.seen.iter().flat_map(|one| {
            one.steps.iter().map(|(criterion, step)| FacetRating {
                person: one.person,
                rater: one.rater,
                criterion,
                step: *step,
            })
        })
    }

    /// How many steps a criterion has.
    pub(super) fn scale(&self, criterion: &Key) -> StepCount {
        self.scales.get(criterion).copied().unwrap_or(StepCount::MAX)
    }

    /// The raters, in the order of their references.
    pub(super) fn raters(&self) -> impl Iterator<Item = &'a Reference> {
        self.raters.keys().copied()
    }

    /// What one rater saw.
    pub(super) fn by(&self, rater: &Reference) -> impl Iterator<Item = &Seen<'a>> {
        let numbers = self.raters.get(rater).map(|one| one.seen.as_slice()).unwrap_or_default();
        numbers.iter().filter_map(|number| self.seen.get(*number))
    }

    /// For each shared contact that this rater rated: the own assessment beside those of all others, or that of `other`
    /// only, when it is given.
    pub(super) fn compared(
        &self,
        rater: &Reference,
        other: Option<&Reference>,
    ) -> impl Iterator<Item = Compared<'_, 'a>> {
        let contacts = self.raters.get(rater).map(|one| one.shared.as_slice()).unwrap_or_default();
        contacts.iter().filter_map(move |(contact, own)| {
            let (contact, own) = (self.shared.get(*contact)?, self.seen.get(*own)?);
            let others = match other {
                None => Others::All(contact),
                Some(other) => Others::One(self.seen.get(*contact.by_rater.get(other)?)?),
            };
            Some(Compared { own, others })
        })
    }

    /// As [`compared`](Self::compared) with all others, of whom one is left out.
    pub(super) fn compared_without(
        &self,
        rater: &Reference,
        left_out: &Reference,
    ) -> impl Iterator<Item = Compared<'_, 'a>> {
        self.compared(rater, None).map(move |one| match one.others {
            Others::All(contact) => {
                let found = contact.by_rater.get(left_out).and_then(|number| self.seen.get(*number));
                Compared { others: found.map_or(Others::All(contact), |found| Others::AllBut(contact, found)), ..one }
            }
            Others::AllBut(..) | Others::One(_) => one,
        })
    }

    /// For each criterion the steps chosen in each contact that two raters or more rated on it.
    pub(super) fn units(&self) -> BTreeMap<&'a Key, Vec<StepCounts>> {
        let mut units: BTreeMap<&Key, Vec<StepCounts>> = self.scales.keys().map(|key| (*key, Vec::new())).collect();
        for (criterion, counts) in self.shared.iter().flat_map(|contact| &contact.steps) {
            if counts.total() > 1
                && let Some(units) = units.get_mut(criterion)
            {
                units.push(*counts);
            }
        }
        units
    }
}

impl<'a> Seen<'a> {
    fn of(assessment: &'a Assessment) -> Self {
        let document = assessment.document();
        let steps = assessment.answers().filter_map(|(criterion, answer)| Some((&criterion.key, answer.step()?)));
        Self {
            person: document.person(),
            rater: &document.rater().id,
            observed: document.observed(),
            contact: document.contact(),
            steps: steps.collect(),
        }
    }
}

fn shared<'a>(seen: &[Seen<'a>]) -> Vec<SharedContact<'a>> {
    let mut contacts: BTreeMap<(&Reference, &Reference), BTreeMap<&'a Reference, usize>> = BTreeMap::new();
    for (number, one) in seen.iter().enumerate() {
        if let Some(contact) = one.contact {
            contacts.entry((contact, one.person)).or_default().insert(one.rater, number);
        }
    }
    let shared = contacts.into_values().filter(|by_rater| by_rater.len() > 1);
    let with_steps = shared.map(|by_rater| {
        let mut steps: BTreeMap<&Key, StepCounts> = BTreeMap::new();
        for (criterion, step) in by_rater.values().filter_map(|number| seen.get(*number)).flat_map(|one| &one.steps) {
            steps.entry(criterion).or_default().add(*step);
        }
        SharedContact { by_rater, steps }
    });
    with_steps.collect()
}

fn of_raters<'a>(seen: &[Seen<'a>], shared: &[SharedContact<'a>]) -> BTreeMap<&'a Reference, OfRater> {
    let mut raters: BTreeMap<&Reference, OfRater> = BTreeMap::new();
    for (number, one) in seen.iter().enumerate() {
        raters.entry(one.rater).or_default().seen.push(number);
    }
    for (number, contact) in shared.iter().enumerate() {
        for (rater, own) in &contact.by_rater {
            raters.entry(rater).or_default().shared.push((number, *own));
        }
    }
    raters
}
