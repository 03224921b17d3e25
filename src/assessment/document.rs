use super::{Barrier, ConcernDecision, Confirmation, Evidence, Rater, Rating, ReviewState, ReviewStep};
use crate::framework::Basis;
use crate::rubric::RubricPin;
use crate::value::strict::{choice, document, object};
use crate::value::{Day, Extensions, Faults, Key, Reference, SchemaVersion, from_json};

document! {
    /// An assessment as it is written down, valid in itself.
    ///
    /// Whether it fits its rubric is checked by [`Rubric::admit`](crate::Rubric::admit), which makes an
    /// [`Assessment`](super::Assessment) of it.
    #[cfg_attr(feature = "schema", schemars(rename = "Assessment"))]
    pub struct AssessmentDocument {
        /// The version of this shape.
        pub(super) schema_version: SchemaVersion,
        /// The assessment's reference.
        pub(super) id: Reference,
        /// The rubric that was used.
        pub(super) rubric: RubricPin,
        /// The person assessed.
        pub(super) person: Reference,
        /// Who rated.
        pub(super) rater: Rater,
        /// The channel of the contact.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(super) channel: Option<Key>,
        /// The contact.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(super) contact: Option<Reference>,
        /// The kind of evidence on which it rests.
        pub(super) basis: Basis,
        /// How the contact was chosen.
        pub(super) sampling: Sampling,
        /// When it happened.
        pub(super) observed: Day,
        /// When it was entered, not before it happened.
        pub(super) entered: Day,
        /// The answers, one for each criterion of the rubric.
        pub(super) ratings: Vec<Rating>,
        /// What a second reader can look at.
        pub(super) evidence: Vec<Evidence>,
        /// What stood in the way.
        pub(super) barriers: Vec<Barrier>,
        /// The steps of its review, oldest first; none for a draft.
        pub(super) reviews: Vec<ReviewStep>,
        /// A person's word on a machine's ratings.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(super) confirmation: Option<Confirmation>,
        /// The decisions that closed critical concerns.
        pub(super) concern_decisions: Vec<ConcernDecision>,
        /// The assessment that this one replaces.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(super) supersedes: Option<Reference>,
        /// What other systems call it.
        pub(super) external_references: Vec<ExternalReference>,
        /// The host's own data.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(super) extensions: Option<Extensions>,
    }
    checked by AssessmentDocument::check
}

choice! {
    /// How a contact was chosen for assessment.
    pub enum Sampling: "How a contact was chosen for assessment" {
        /// By chance.
        Random = "random",
        /// For a reason, such as a new joiner or a topic.
        Targeted = "targeted",
        /// Because somebody complained.
        Complaint = "complaint",
    }
}

object! {
    /// What another system calls something.
    pub struct ExternalReference {
        /// The other system.
        pub system: Key,
        /// The name there.
        pub id: Reference,
    }
}

impl AssessmentDocument {
    /// Reads an assessment from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of an assessment (one fault, with its place), or it breaks rules (all of
    /// them).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }

    /// The assessment's reference.
    #[must_use]
    pub fn id(&self) -> &Reference {
        &self.id
    }

    /// The rubric that was used.
    #[must_use]
    pub fn rubric(&self) -> &RubricPin {
        &self.rubric
    }

    /// The person assessed.
    #[must_use]
    pub fn person(&self) -> &Reference {
        &self.person
    }

    /// Who rated.
    #[must_use]
    pub fn rater(&self) -> &Rater {
        &self.rater
    }

    /// The channel of the contact.
    #[must_use]
    pub fn channel(&self) -> Option<&Key> {
        self.channel.as_ref()
    }

    /// The contact.
    #[must_use]
    pub fn contact(&self) -> Option<&Reference> {
        self.contact.as_ref()
    }

    /// The kind of evidence on which it rests.
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// How the contact was chosen.
    #[must_use]
    pub fn sampling(&self) -> Sampling {
        self.sampling
    }

    /// When it happened.
    #[must_use]
    pub fn observed(&self) -> Day {
        self.observed
    }

    /// When it was entered.
    #[must_use]
    pub fn entered(&self) -> Day {
        self.entered
    }

    /// The answers in the order in which they were given.
    #[must_use]
    pub fn ratings(&self) -> &[Rating] {
        &self.ratings
    }

    /// What a second reader can look at.
    #[must_use]
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// What stood in the way.
    #[must_use]
    pub fn barriers(&self) -> &[Barrier] {
        &self.barriers
    }

    /// The steps of its review, oldest first.
    #[must_use]
    pub fn reviews(&self) -> &[ReviewStep] {
        &self.reviews
    }

    /// A person's word on a machine's ratings.
    #[must_use]
    pub fn confirmation(&self) -> Option<&Confirmation> {
        self.confirmation.as_ref()
    }

    /// The decisions that closed critical concerns.
    #[must_use]
    pub fn concern_decisions(&self) -> &[ConcernDecision] {
        &self.concern_decisions
    }

    /// The assessment that this one replaces.
    #[must_use]
    pub fn supersedes(&self) -> Option<&Reference> {
        self.supersedes.as_ref()
    }

    /// What other systems call it.
    #[must_use]
    pub fn external_references(&self) -> &[ExternalReference] {
        &self.external_references
    }

    /// The host's own data.
    #[must_use]
    pub fn extensions(&self) -> Option<&Extensions> {
        self.extensions.as_ref()
    }

    /// How far it has come by now.
    #[must_use]
    pub fn state(&self) -> ReviewState {
        self.state_on(Day::MAX)
    }

    /// How far it had come on `day`.
    #[must_use]
    pub fn state_on(&self, day: Day) -> ReviewState {
        let last = self.reviews.iter().rev().find(|step| step.on <= day);
        last.map_or(ReviewState::Draft, |step| step.state)
    }
}
