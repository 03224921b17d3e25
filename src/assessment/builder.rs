use std::collections::BTreeMap;

use super::admission::{CRITERIA_KNOWN, STEPS_ON_SCALE};
use super::{
    AnswerDocument, Assessment, AssessmentDocument, Barrier, ConcernDecision, Confirmation, Evidence,
    ExternalReference, Rater, Rating, ReviewState, ReviewStep, Sampling,
};
use crate::framework::Basis;
use crate::rubric::Rubric;
use crate::value::{Day, Extensions, Fault, Faults, Key, Note, Reference, SchemaVersion, Step};

/// Puts an assessment together; [`admit`](AssessmentBuilder::admit) checks it as a whole.
///
/// It starts as a randomly chosen review of a recorded contact in the rubric's channel, entered on the day it
/// happened, and as a draft: only [`submitted`](AssessmentBuilder::submitted) assessments count in a profile.
///
/// ```
/// use service_excellence::{AssessmentBuilder, Framework, Note, Rater, RaterKind, Rubric};
///
/// let rubric = Rubric::for_channel(Framework::builtin(), "chat")?;
/// let rater = Rater { id: "reviewer-1".parse()?, kind: RaterKind::QualityReviewer };
/// let mut builder = AssessmentBuilder::new(&rubric, "as-1".parse()?, "agent-7".parse()?, rater, "2026-03-02".parse()?);
/// for criterion in rubric.criteria() {
///     builder = builder.rate(criterion.key.as_str(), 3);
/// }
/// let assessment = builder.not_applicable("patience_with_pace", Note::new("One short question.")?).submitted().admit()?;
/// assert_eq!(assessment.row().len(), 24);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct AssessmentBuilder {
    rubric: Rubric,
    document: AssessmentDocument,
    /// Where the rating of a criterion stands.
    places: BTreeMap<Key, usize>,
    faults: Vec<Fault>,
}

impl AssessmentBuilder {
    /// An assessment without answers.
    #[must_use]
    pub fn new(rubric: &Rubric, id: Reference, person: Reference, rater: Rater, observed: Day) -> Self {
        let document = AssessmentDocument {
            schema: None,
            schema_version: SchemaVersion::default(),
            id,
            rubric: rubric.pin().clone(),
            person,
            rater,
            channel: rubric.document().channel.clone(),
            contact: None,
            basis: Basis::RecordedContactReview,
            sampling: Sampling::Random,
            observed,
            entered: observed,
            ratings: Vec::new(),
            evidence: Vec::new(),
            barriers: Vec::new(),
            reviews: Vec::new(),
            confirmation: None,
            concern_decisions: Vec::new(),
            supersedes: None,
            external_references: Vec::new(),
            extensions: None,
        };
        Self { rubric: rubric.clone(), document, places: BTreeMap::new(), faults: Vec::new() }
    }

    /// Answers a criterion with a step; a later answer on the same criterion replaces this one.
    #[must_use]
    pub fn rate(mut self, criterion: &str, step: u8) -> Self {
        match Step::new(step) {
            Ok(step) => self.answer(criterion, AnswerDocument::Rated { step }),
            Err(error) => {
                let message = format!("`{criterion}`: {error}");
                self.faults.push(Fault::new(STEPS_ON_SCALE, "/ratings", message));
                self
            }
        }
    }

    /// Answers that a criterion could not occur.
    #[must_use]
    pub fn not_applicable(self, criterion: &str, reason: Note) -> Self {
        self.answer(criterion, AnswerDocument::NotApplicable { reason })
    }

    /// Answers that nothing was seen of a criterion.
    #[must_use]
    pub fn not_observed(self, criterion: &str, reason: Note) -> Self {
        self.answer(criterion, AnswerDocument::NotObserved { reason })
    }

    /// Adds a note to the answer on a criterion, which must be given first.
    #[must_use]
    pub fn note(mut self, criterion: &str, note: Note) -> Self {
        let place = self.places.get(criterion).copied();
        match place.and_then(|place| self.document.ratings.get_mut(place)) {
            Some(rating) => rating.note = Some(note),
            None => {
                let message = format!("a note on `{criterion}`, which has no answer");
                self.faults.push(Fault::new(CRITERIA_KNOWN, "/ratings", message));
            }
        }
        self
    }

    /// Sets the contact.
    #[must_use]
    pub fn contact(mut self, contact: Reference) -> Self {
        self.document.contact = Some(contact);
        self
    }

    /// Sets the channel of the contact.
    #[must_use]
    pub fn channel(mut self, channel: Key) -> Self {
        self.document.channel = Some(channel);
        self
    }

    /// Sets the kind of evidence on which the assessment rests.
    #[must_use]
    pub fn basis(mut self, basis: Basis) -> Self {
        self.document.basis = basis;
        self
    }

    /// Sets how the contact was chosen.
    #[must_use]
    pub fn sampling(mut self, sampling: Sampling) -> Self {
        self.document.sampling = sampling;
        self
    }

    /// Sets the day of entry.
    #[must_use]
    pub fn entered(mut self, day: Day) -> Self {
        self.document.entered = day;
        self
    }

    /// Adds a piece of evidence.
    #[must_use]
    pub fn evidence(mut self, evidence: Evidence) -> Self {
        self.document.evidence.push(evidence);
        self
    }

    /// Adds something that stood in the way.
    #[must_use]
    pub fn barrier(mut self, barrier: Barrier) -> Self {
        self.document.barriers.push(barrier);
        self
    }

    /// Hands the assessment in: the rater submits it on the day of entry, which is set first.
    ///
    /// Without it the assessment stays a draft, which can be scored and counts in no profile.
    #[must_use]
    pub fn submitted(self) -> Self {
        let (on, by) = (self.document.entered, self.document.rater.id.clone());
        self.review(ReviewStep { state: ReviewState::Submitted, on, by, note: None })
    }

    /// Adds a step of the review.
    #[must_use]
    pub fn review(mut self, step: ReviewStep) -> Self {
        self.document.reviews.push(step);
        self
    }

    /// Adds a person's word on a machine's ratings.
    #[must_use]
    pub fn confirmation(mut self, confirmation: Confirmation) -> Self {
        self.document.confirmation = Some(confirmation);
        self
    }

    /// Adds a decision that closes a critical concern.
    #[must_use]
    pub fn concern_decision(mut self, decision: ConcernDecision) -> Self {
        self.document.concern_decisions.push(decision);
        self
    }

    /// Names the assessment that this one replaces.
    #[must_use]
    pub fn supersedes(mut self, assessment: Reference) -> Self {
        self.document.supersedes = Some(assessment);
        self
    }

    /// Adds what another system calls the assessment.
    #[must_use]
    pub fn external_reference(mut self, reference: ExternalReference) -> Self {
        self.document.external_references.push(reference);
        self
    }

    /// Adds the host's own data.
    #[must_use]
    pub fn extensions(mut self, extensions: Extensions) -> Self {
        self.document.extensions = Some(extensions);
        self
    }

    /// Checks the assessment in itself and against its rubric.
    ///
    /// # Errors
    ///
    /// Everything that is wrong: with the calls of this builder, with the assessment in itself, and against its rubric as
    /// [`Rubric::admit`] says.
    pub fn admit(self) -> Result<Assessment, Faults> {
        let mut faults = self.faults;
        faults.extend(self.document.faults());
        let admitted = self.rubric.admit(self.document);
        if faults.is_empty() {
            return admitted;
        }
        faults.extend(admitted.as_ref().err().into_iter().flatten().cloned());
        Faults::none_of(faults)?;
        admitted
    }

    fn answer(mut self, criterion: &str, answer: AnswerDocument) -> Self {
        let Ok(criterion) = Key::new(criterion) else {
            let message = format!("`{criterion}` is not a criterion of rubric `{}`", self.rubric.pin());
            self.faults.push(Fault::new(CRITERIA_KNOWN, "/ratings", message));
            return self;
        };
        let next = self.document.ratings.len();
        let place = *self.places.entry(criterion.clone()).or_insert(next);
        match self.document.ratings.get_mut(place) {
            Some(rating) => rating.answer = answer,
            None => self.document.ratings.push(Rating { criterion, answer, note: None }),
        }
        self
    }
}
