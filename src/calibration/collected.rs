use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::{Assessment, AssessmentDocument, RaterKind};
use crate::value::{Day, Key, Reference, Step, StepCount};

/// The assessments that are looked at, and what of them can be compared.
pub(super) struct Collected<'a> {
    pub(super) seen: Vec<Seen<'a>>,
    /// The numbers in `seen` of the assessments of each contact that two raters or more rated.
    pub(super) shared: Vec<Vec<usize>>,
    /// How many steps each criterion has.
    pub(super) scales: BTreeMap<&'a Key, StepCount>,
}

/// One assessment: the steps that were chosen.
pub(super) struct Seen<'a> {
    pub(super) person: &'a Reference,
    pub(super) rater: &'a Reference,
    pub(super) observed: Day,
    contact: Option<&'a Reference>,
    pub(super) steps: BTreeMap<&'a Key, Step>,
}

/// Whether an assessment takes part on a day: handed over and not withdrawn, by somebody other than the person, and
/// confirmed when by a machine.
pub(in super::super) fn takes_part(document: &AssessmentDocument, as_of: Day) -> bool {
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
        Self { shared: shared(&seen), seen, scales }
    }

    /// The raters, in the order of their references.
    pub(super) fn raters(&self) -> BTreeSet<&'a Reference> {
        self.seen.iter().map(|one| one.rater).collect()
    }

    /// What one rater saw.
    pub(super) fn by(&self, rater: &Reference) -> impl Iterator<Item = &Seen<'a>> {
        self.seen.iter().filter(move |one| one.rater == rater)
    }

    /// The assessments of each shared contact.
    pub(super) fn shared_contacts(&self) -> impl Iterator<Item = Vec<&Seen<'a>>> {
        self.shared.iter().map(|numbers| numbers.iter().filter_map(|number| self.seen.get(*number)).collect())
    }

    /// For each shared contact that this rater rated: the own assessment, and those of the others (of `other` only, when
    /// it is given).
    pub(super) fn compared(
        &self,
        rater: &Reference,
        other: Option<&Reference>,
    ) -> impl Iterator<Item = (&Seen<'a>, Vec<&Seen<'a>>)> {
        self.shared_contacts().filter_map(move |contact| {
            let own = contact.iter().find(|one| one.rater == rater)?;
            let is_wanted = |one: &&&Seen<'a>| one.rater != rater && other.is_none_or(|other| one.rater == other);
            let others: Vec<&Seen<'a>> = contact.iter().filter(is_wanted).copied().collect();
            (!others.is_empty()).then_some((*own, others))
        })
    }

    /// For each criterion the ratings of the contacts that two raters or more rated on it.
    pub(super) fn units(&self) -> BTreeMap<&'a Key, Vec<Vec<Step>>> {
        let mut units: BTreeMap<&Key, Vec<Vec<Step>>> = self.scales.keys().map(|key| (*key, Vec::new())).collect();
        for contact in self.shared_contacts() {
            for (criterion, units) in &mut units {
                let steps: Vec<Step> = contact.iter().filter_map(|one| one.steps.get(criterion).copied()).collect();
                if steps.len() > 1 {
                    units.push(steps);
                }
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

/// Contacts with two raters or more; of each rater the last assessment.
fn shared(seen: &[Seen<'_>]) -> Vec<Vec<usize>> {
    let mut contacts: BTreeMap<(&Reference, &Reference), BTreeMap<&Reference, usize>> = BTreeMap::new();
    for (number, one) in seen.iter().enumerate() {
        if let Some(contact) = one.contact {
            contacts.entry((contact, one.person)).or_default().insert(one.rater, number);
        }
    }
    let shared = contacts.into_values().filter(|raters| raters.len() > 1);
    shared.map(|raters| raters.into_values().collect()).collect()
}
