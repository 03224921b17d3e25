//! Half a year of contacts, and what their raters wrote down.

use service_excellence::assessment::{
    Answer, Barrier, ConcernDecision, ConcernVerdict, Confirmation, Evidence, EvidenceKind, ExternalReference,
    ReviewState, ReviewStep, Sampling,
};
use service_excellence::framework::Basis;
use service_excellence::{
    AssessmentBuilder, AssessmentDocument, Day, Key, Note, Rater, RaterKind, Reference, Rubric, RubricCriterion, Skill,
};

use super::common::Failure;
use super::people::{PEOPLE, Person, REVIEWERS, Reviewer};
use super::random::Random;
use super::wording::{BARRIERS, HIGH_NOTES, LOW_NOTES, NOT_APPLICABLE, NOT_OBSERVED, not_in_event};

type Result<T> = std::result::Result<T, Failure>;

const SEED: u64 = 20_260_105;
const CONTACTS: u32 = 400;
/// Mondays to Fridays from 2026-01-05 to 2026-07-03.
const WORKING_DAYS: u32 = 130;
/// Nothing is dated later.
const LAST_DAY: (i16, i8, i8) = (2026, 7, 10);
/// Every contact with this many before it is rated by all four reviewers, to compare them.
const COMPARED_EVERY: u32 = 50;
const CHANNELS: &[(&str, u32)] =
    &[("phone", 32), ("email", 20), ("chat", 20), ("in_person", 8), ("social", 9), ("back_office", 11)];

/// A failure on a critical criterion: whose, in which of the person's reviews of real work, on what, and what followed.
const FAILURES: &[(&str, u32, &str, AfterFailure)] = &[
    ("agent-04", 9, "data_protection", AfterFailure::Decided(ConcernVerdict::Resolved)),
    ("agent-10", 14, "respectful_inclusion", AfterFailure::Decided(ConcernVerdict::Withdrawn)),
    ("agent-09", 24, "accurate_and_honest_information", AfterFailure::Open),
    ("agent-05", 6, "prioritisation_under_pressure", AfterFailure::Open),
    ("agent-02", 12, "ai_tool_judgement", AfterFailure::Open),
];

/// Reviews that went another way than to their close: whose, which, and how far.
const DISPUTES: &[(&str, u32, &[ReviewState])] = &[
    ("agent-06", 5, &[ReviewState::Submitted, ReviewState::Contested, ReviewState::Upheld]),
    ("agent-11", 8, &[ReviewState::Submitted, ReviewState::Contested, ReviewState::Upheld, ReviewState::Final]),
    ("agent-08", 11, &[ReviewState::Submitted, ReviewState::Contested, ReviewState::Revised]),
    ("agent-03", 18, &[ReviewState::Submitted, ReviewState::Contested]),
    ("agent-02", 20, &[ReviewState::Submitted, ReviewState::Contested]),
    ("agent-01", 22, &[]),
];

#[derive(Clone, Copy)]
enum AfterFailure {
    Open,
    Decided(ConcernVerdict),
}

/// What happened, whoever rates it.
struct Contact {
    id: Reference,
    person: &'static Person,
    rubric: Rubric,
    channel: &'static str,
    basis: Basis,
    day: Day,
    /// The share of the half-year that has passed.
    elapsed: f64,
    /// How much easier or harder than usual it was.
    ease: f64,
    failure: Option<(&'static str, AfterFailure)>,
    states: &'static [ReviewState],
}

/// Who rates it, and how.
struct Rating {
    rater: Rater,
    severity: f64,
    sampling: Sampling,
}

struct Centre<'a> {
    random: Random,
    rubrics: &'a [Rubric],
    written: Vec<AssessmentDocument>,
    last_day: Day,
    /// How many reviews of real work each person has so far.
    reviews_of: Vec<u32>,
}

/// All assessments, in the order in which things happened.
pub(crate) fn assessments(rubrics: &[Rubric]) -> Result<Vec<AssessmentDocument>> {
    let (year, month, day) = LAST_DAY;
    let mut centre = Centre {
        random: Random::new(SEED),
        rubrics,
        written: Vec::new(),
        last_day: Day::new(year, month, day)?,
        reviews_of: vec![0; PEOPLE.len()],
    };
    for number in 0..CONTACTS {
        centre.add_contact(number)?;
    }
    Ok(centre.written)
}

impl Centre<'_> {
    fn add_contact(&mut self, number: u32) -> Result<()> {
        let is_compared = number % COMPARED_EVERY == COMPARED_EVERY / 2;
        let contact = self.contact(number, is_compared)?;
        if is_compared {
            for reviewer in REVIEWERS {
                self.assess(&contact, reviewed_by(reviewer, Sampling::Targeted)?, None)?;
            }
            return Ok(());
        }
        let rating = self.rating_of(&contact)?;
        self.assess(&contact, rating, None)?;
        if contact.states.last() == Some(&ReviewState::Revised) {
            self.revise(&contact)?;
        } else if contact.basis == Basis::RecordedContactReview && self.random.chance(11) {
            let own_view = Contact { basis: Basis::SelfAssessment, failure: None, states: CLOSED, ..contact };
            let rater = Rater { id: own_view.person.id.parse()?, kind: RaterKind::SelfRater };
            self.assess(&own_view, Rating { rater, severity: 0.6, sampling: Sampling::Targeted }, None)?;
        }
        Ok(())
    }

    /// Another reviewer rates a disputed contact anew.
    fn revise(&mut self, contact: &Contact) -> Result<()> {
        let Some(disputed) = self.written.last() else { return Ok(()) };
        let (replaced, first) = (disputed.id().clone(), disputed.rater().id.clone());
        let other = REVIEWERS.iter().find(|(id, severity)| *id != first.as_str() && severity.abs() < 0.2);
        let reviewer = other.ok_or("no other reviewer")?;
        let anew = Contact {
            states: CLOSED,
            person: contact.person,
            rubric: contact.rubric.clone(),
            id: contact.id.clone(),
            ..*contact
        };
        self.assess(&anew, reviewed_by(reviewer, Sampling::Complaint)?, Some(replaced))
    }

    fn contact(&mut self, number: u32, is_compared: bool) -> Result<Contact> {
        let working_day = number * WORKING_DAYS / CONTACTS;
        let present: Vec<_> = (0..).zip(PEOPLE).filter(|(_, one)| one.starts <= working_day).collect();
        let shares: Vec<_> = present.iter().map(|entry| (*entry, entry.1.share)).collect();
        let &(place, person) = self.random.pick_by_share(&shares).ok_or("nobody is present")?;
        let channel = self.random.pick_by_share(CHANNELS).copied().unwrap_or("phone");
        let rubric =
            self.rubrics.iter().find(|one| one.document().channel.as_ref().is_some_and(|key| key.as_str() == channel));
        let basis = if is_compared { Basis::RecordedContactReview } else { self.basis(channel) };
        let (mut failure, mut states) = (None, CLOSED);
        if let Some(count) = self.reviews_of.get_mut(place as usize).filter(|_| basis.is_real_work() && !is_compared) {
            *count += 1;
            failure =
                find(FAILURES.iter().map(|(who, which, what, after)| (*who, *which, (*what, *after))), person, *count);
            states = find(DISPUTES.iter().copied(), person, *count).unwrap_or(CLOSED);
        }
        let prefix = if basis == Basis::Simulation { "staged" } else { "contact" };
        Ok(Contact {
            id: format!("{prefix}-{:04}", number + 1).parse()?,
            person,
            rubric: rubric.ok_or("no rubric for the channel")?.clone(),
            channel,
            basis,
            day: Day::new(2026, 1, 5)?.plus_days((working_day / 5 * 7 + working_day % 5) as i32),
            elapsed: f64::from(number) / f64::from(CONTACTS),
            ease: self.random.normal(0.25),
            failure,
            states,
        })
    }

    fn basis(&mut self, channel: &str) -> Basis {
        use Basis::{LiveObservation, PeerFeedback, RecordedContactReview, Simulation, WorkRecord, WrittenWorkSample};
        let shares: &[(Basis, u32)] = match channel {
            "phone" => &[(RecordedContactReview, 76), (LiveObservation, 14), (Simulation, 6), (PeerFeedback, 4)],
            "email" => &[(RecordedContactReview, 45), (WrittenWorkSample, 50), (PeerFeedback, 5)],
            "chat" | "social" => {
                &[(RecordedContactReview, 82), (WrittenWorkSample, 8), (Simulation, 5), (PeerFeedback, 5)]
            }
            "in_person" => &[(LiveObservation, 72), (Simulation, 16), (PeerFeedback, 12)],
            _ => &[(WrittenWorkSample, 50), (WorkRecord, 30), (RecordedContactReview, 20)],
        };
        self.random.pick_by_share(shares).copied().unwrap_or(RecordedContactReview)
    }

    fn rating_of(&mut self, contact: &Contact) -> Result<Rating> {
        let sampling = [(Sampling::Random, 74), (Sampling::Targeted, 18), (Sampling::Complaint, 8)];
        let sampling = self.random.pick_by_share(&sampling).copied().unwrap_or(Sampling::Random);
        let is_plain = contact.failure.is_none() && contact.states == CLOSED;
        if contact.basis == Basis::PeerFeedback {
            let others: Vec<_> = PEOPLE.iter().filter(|one| one.id != contact.person.id && one.starts == 0).collect();
            let peer = self.random.pick(&others).ok_or("no colleague")?;
            let rater = Rater { id: peer.id.parse()?, kind: RaterKind::Peer };
            return Ok(Rating { rater, severity: 0.4, sampling: Sampling::Targeted });
        }
        if is_plain && contact.basis == Basis::RecordedContactReview && self.random.chance(13) {
            let rater = Rater { id: "quality-machine-1".parse()?, kind: RaterKind::Machine };
            return Ok(Rating { rater, severity: -0.1, sampling: Sampling::Random });
        }
        let shares: &[(Reviewer, u32)] = match (REVIEWERS, contact.basis) {
            ([a, b, c, d], Basis::LiveObservation | Basis::Simulation) => &[(*a, 15), (*b, 15), (*c, 10), (*d, 60)],
            ([a, b, c, d], _) => &[(*a, 32), (*b, 32), (*c, 24), (*d, 12)],
            _ => &[],
        };
        reviewed_by(self.random.pick_by_share(shares).ok_or("no reviewer")?, sampling)
    }

    fn assess(&mut self, contact: &Contact, rating: Rating, supersedes: Option<Reference>) -> Result<()> {
        let delay = if supersedes.is_some() { 20 } else { self.random.below(6) as i32 };
        let entered = contact.day.plus_days(delay);
        let id = format!("as-{:04}", self.written.len() + 1).parse()?;
        let person: Reference = contact.person.id.parse()?;
        let rater = rating.rater.clone();
        let mut builder = AssessmentBuilder::new(&contact.rubric, id, person, rater.clone(), contact.day)
            .contact(contact.id.clone())
            .basis(contact.basis)
            .sampling(rating.sampling)
            .entered(entered);
        builder = self.answer(builder, contact, &rating)?;
        builder = self.reviews(builder, contact, &rater, entered)?;
        if rater.kind == RaterKind::Machine && self.random.chance(55) {
            let by = self.random.pick(REVIEWERS).ok_or("no reviewer")?.0.parse()?;
            let note = Some(Note::new("Listened to the recording; the ratings hold.")?);
            builder = builder.confirmation(Confirmation { by, on: entered.plus_days(2), note });
        }
        if let Some(replaced) = supersedes {
            builder = builder.supersedes(replaced);
        }
        if self.random.chance(10) {
            let id = format!("T-{}", 10_000 + self.random.below(90_000)).parse()?;
            builder = builder.external_reference(ExternalReference { system: "ticket_desk".parse()?, id });
        }
        self.written.push(builder.admit()?.document().clone());
        Ok(())
    }

    /// Answers every criterion, then adds the evidence and what stood in the way.
    fn answer(
        &mut self,
        mut builder: AssessmentBuilder,
        contact: &Contact,
        rating: &Rating,
    ) -> Result<AssessmentBuilder> {
        let mut shown = Vec::new();
        for criterion in contact.rubric.criteria() {
            let key = criterion.key.as_str();
            let fails = contact.failure.is_some_and(|(failed, _)| failed == key);
            if let Some((answer, reason)) = self.without_step(key, contact.basis).filter(|_| !fails) {
                builder = match answer {
                    Answer::NotApplicable => builder.not_applicable(key, Note::new(reason)?),
                    _ => builder.not_observed(key, Note::new(reason)?),
                };
                continue;
            }
            // Critical failures in real work are the planned ones only.
            let is_spared = contact.basis.is_real_work() && is_critical(criterion);
            let lowest = if is_spared { 2.0 } else { 1.0 };
            let step = if fails { 1 } else { self.step(contact, rating, criterion.skill, key, lowest) };
            builder = builder.rate(key, step);
            if let Some(note) = self.note(key, step, fails) {
                builder = builder.note(key, Note::new(note)?);
            }
            if step <= 2 || step == 5 {
                shown.push((step, criterion.key.clone()));
            }
        }
        shown.sort();
        let criteria: Vec<Key> = shown.into_iter().take(3).map(|(_, key)| key).collect();
        let is_shown = !criteria.is_empty() && contact.basis != Basis::SelfAssessment;
        if is_shown && (contact.failure.is_some() || self.random.chance(65)) {
            builder = builder.evidence(evidence(contact, criteria)?);
        }
        let stood_in_the_way = if self.random.chance(8) { self.random.pick(BARRIERS) } else { None };
        if let Some((kind, criterion, note)) = stood_in_the_way {
            let barrier = Barrier { kind: *kind, criteria: vec![criterion.parse()?], note: Some(Note::new(note)?) };
            builder = builder.barrier(barrier);
        }
        Ok(builder)
    }

    fn step(&mut self, contact: &Contact, rating: &Rating, skill: Skill, key: &str, lowest: f64) -> u8 {
        let true_level = contact.person.true_level(skill, key, contact.elapsed);
        let seen = true_level + contact.ease + rating.severity + self.random.normal(0.55);
        seen.round().clamp(lowest, 5.0) as u8
    }

    fn without_step(&mut self, key: &str, basis: Basis) -> Option<(Answer, &'static str)> {
        let mut drawn = |list: &[(&str, u32, &'static str)]| {
            let (_, percent, reason) = list.iter().find(|(one, ..)| *one == key)?;
            self.random.chance(*percent).then_some(*reason)
        };
        let not_applicable = drawn(NOT_APPLICABLE).map(|reason| (Answer::NotApplicable, reason));
        let not_observed = drawn(NOT_OBSERVED).map(|reason| (Answer::NotObserved, reason));
        let not_in_event = not_in_event(basis).filter(|(percent, _)| self.random.chance(*percent));
        not_applicable.or(not_observed).or(not_in_event.map(|(_, reason)| (Answer::NotObserved, reason)))
    }

    fn note(&mut self, key: &str, step: u8, fails: bool) -> Option<&'static str> {
        match step {
            1 | 2 if fails || self.random.chance(25) => {
                LOW_NOTES.iter().find(|(one, _)| *one == key).map(|(_, note)| *note)
            }
            5 if self.random.chance(15) => self.random.pick(HIGH_NOTES).copied(),
            _ => None,
        }
    }

    fn reviews(
        &mut self,
        mut builder: AssessmentBuilder,
        contact: &Contact,
        rater: &Rater,
        entered: Day,
    ) -> Result<AssessmentBuilder> {
        let mut on = entered;
        for state in contact.states {
            let by = match state {
                ReviewState::Contested => contact.person.id.parse()?,
                ReviewState::Upheld | ReviewState::Revised => "reviewer-d".parse()?,
                _ => rater.id.clone(),
            };
            let note = (*state == ReviewState::Contested).then(|| Note::new("The hold was asked for by the customer."));
            // Some assessments are never closed, and the latest ones not yet.
            let is_left = *state == ReviewState::Final && contact.states == CLOSED && self.random.chance(35);
            if is_left || on > self.last_day {
                break;
            }
            builder = builder.review(ReviewStep { state: *state, on, by, note: note.transpose()? });
            on = on.plus_days(2 + self.random.below(8) as i32);
        }
        if let Some((criterion, AfterFailure::Decided(verdict))) = contact.failure {
            let second = REVIEWERS.iter().map(|(id, _)| *id).find(|id| *id != rater.id.as_str()).ok_or("no second")?;
            let note = match verdict {
                ConcernVerdict::Resolved => "The customer was told, and the check was practised again.",
                ConcernVerdict::Withdrawn => "The customer had asked for this form of address.",
            };
            builder = builder.concern_decision(ConcernDecision {
                rule: criterion.parse()?,
                by: second.parse()?,
                on: entered.plus_days(6),
                verdict,
                note: Some(Note::new(note)?),
            });
        }
        Ok(builder)
    }
}

/// The usual course of a review.
const CLOSED: &[ReviewState] = &[ReviewState::Submitted, ReviewState::Final];

fn reviewed_by((id, severity): &Reviewer, sampling: Sampling) -> Result<Rating> {
    let kind = if *id == "reviewer-d" { RaterKind::Coach } else { RaterKind::QualityReviewer };
    Ok(Rating { rater: Rater { id: id.parse()?, kind }, severity: *severity, sampling })
}

/// What the list says about this review of this person.
fn find<T>(mut list: impl Iterator<Item = (&'static str, u32, T)>, person: &Person, review: u32) -> Option<T> {
    list.find(|(who, which, _)| *who == person.id && *which == review).map(|(.., what)| what)
}

/// Critical by default, or off unless an organisation switches it on.
fn is_critical(criterion: &RubricCriterion) -> bool {
    let key = criterion.key.as_str();
    criterion.critical.is_some() || matches!(key, "prioritisation_under_pressure" | "ai_tool_judgement")
}

fn evidence(contact: &Contact, criteria: Vec<Key>) -> Result<Evidence> {
    let (kind, prefix) = match (contact.basis, contact.channel) {
        (Basis::LiveObservation | Basis::Simulation | Basis::PeerFeedback, _) => (EvidenceKind::ObserverNote, "note"),
        (Basis::WorkRecord, _) => (EvidenceKind::SystemRecord, "record"),
        (_, "phone" | "in_person") => (EvidenceKind::Recording, "recording"),
        (_, "chat" | "social") => (EvidenceKind::Transcript, "transcript"),
        (_, "email") => (EvidenceKind::Message, "message"),
        _ => (EvidenceKind::Document, "document"),
    };
    Ok(Evidence { kind, reference: format!("{prefix}-of-{}", contact.id).parse()?, criteria, note: None })
}
