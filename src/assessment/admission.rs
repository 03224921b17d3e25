use serde::{Serialize, Serializer};

use super::{Answer, AnswerDocument, AssessmentDocument, Rating};
use crate::rubric::{Effect, NotApplicablePolicy, Rubric, RubricCriterion};
use crate::value::{Fault, Faults, Reference, Rule};

/// An assessment that fits its rubric: every criterion answered, every answer allowed.
///
/// Made by [`Rubric::admit`] or [`AssessmentBuilder::admit`](super::AssessmentBuilder::admit); everything after,
/// such as scoring and profiles, takes nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    document: AssessmentDocument,
    rubric: Rubric,
    row: Box<[Answer]>,
}

impl Assessment {
    /// The assessment as it is written down.
    #[must_use]
    pub fn document(&self) -> &AssessmentDocument {
        &self.document
    }

    /// The person assessed.
    #[must_use]
    pub fn person(&self) -> &Reference {
        self.document.person()
    }

    /// The rubric that it fits.
    #[must_use]
    pub fn rubric(&self) -> &Rubric {
        &self.rubric
    }

    /// The answers in the order of the rubric's criteria.
    #[must_use]
    pub fn row(&self) -> &[Answer] {
        &self.row
    }

    /// The criteria with their answers, in the order of the rubric.
    pub fn answers(&self) -> impl Iterator<Item = (&RubricCriterion, Answer)> {
        self.rubric.criteria().iter().zip(self.row.iter().copied())
    }
}

impl Serialize for Assessment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document.serialize(serializer)
    }
}

/// The rules that need the rubric as well as the assessment.
pub(crate) const ADMISSION_RULES: &[Rule] = &[
    RUBRIC_MATCHES,
    CHANNEL_MATCHES,
    CRITERIA_KNOWN,
    CRITERIA_COMPLETE,
    STEPS_ON_SCALE,
    NOT_APPLICABLE_ALLOWED,
    EVIDENCE_GIVEN,
    NOTE_GIVEN,
    DECISIONS_ON_CONCERNS,
];

/// The rules that need the rubric as well as the compact assessment.
pub(crate) const COMPACT_ADMISSION_RULES: &[Rule] =
    &[RUBRIC_MATCHES, CRITERIA_COMPLETE, STEPS_ON_SCALE, NOT_APPLICABLE_ALLOWED, COMPACT_NEEDS_NOTHING_MORE];

pub(super) const RUBRIC_MATCHES: Rule = Rule::new(
    "admission_rubric_matches",
    "the assessment names the rubric's structure fingerprint, and unless compact its key and version; no other rule of \
     admission is judged before this one holds",
);
const CHANNEL_MATCHES: Rule = Rule::new(
    "admission_channel_matches",
    "the assessment's channel is the rubric's, when the rubric is for one channel",
);
pub(super) const CRITERIA_KNOWN: Rule =
    Rule::new("admission_criteria_known", "every criterion rated is one of the rubric's");
pub(super) const CRITERIA_COMPLETE: Rule = Rule::new(
    "admission_criteria_complete",
    "every criterion of the rubric has an answer; a compact assessment has just as many answers, or no other rule is \
     judged",
);
pub(super) const STEPS_ON_SCALE: Rule =
    Rule::new("admission_steps_on_scale", "every step lies on the scale of its criterion");
pub(super) const NOT_APPLICABLE_ALLOWED: Rule =
    Rule::new("admission_not_applicable_allowed", "\"not applicable\" is answered only where the rubric allows it");
const EVIDENCE_GIVEN: Rule =
    Rule::new("admission_evidence_given", "ratings below the rubric's bound for evidence have evidence");
const NOTE_GIVEN: Rule = Rule::new("admission_note_given", "ratings below the rubric's bound for notes have a note");
const DECISIONS_ON_CONCERNS: Rule = Rule::new(
    "admission_decisions_on_concerns",
    "every concern decision is about a rule of the rubric that raises a concern",
);

pub(super) const COMPACT_NEEDS_NOTHING_MORE: Rule = Rule::new(
    "admission_compact_needs_nothing_more",
    "a compact assessment has no rating for which the rubric asks for evidence or a note",
);

impl Rubric {
    /// Checks an assessment against this rubric.
    ///
    /// # Errors
    ///
    /// Another rubric (one fault that names both), or all the answers that do not fit: missing or unknown criteria,
    /// steps outside a scale, "not applicable" where it is refused, missing evidence or notes.
    pub fn admit(&self, document: AssessmentDocument) -> Result<Assessment, Faults> {
        // Valid in itself already: its readers and the builder see to that.
        let pin = document.rubric();
        if !pin.is_same_form(self.pin()) {
            let why = if (&pin.id, &pin.version) == (self.id(), self.version()) {
                ": the same version with another structure; keep the old rubric, and give the changed one a new version"
            } else {
                ""
            };
            let message = format!("the assessment is for rubric `{pin}`, this is rubric `{}`{why}", self.pin());
            return Err(Fault::new(RUBRIC_MATCHES, "/rubric", message).into());
        }
        let mut faults = Vec::new();
        self.check_around(&document, &mut faults);
        let row = self.row_of(&document, &mut faults);
        Faults::none_of(faults)?;
        Ok(Assessment { document, rubric: self.clone(), row })
    }

    fn check_around(&self, document: &AssessmentDocument, faults: &mut Vec<Fault>) {
        if let Some(channel) = &self.document().channel
            && document.channel() != Some(channel)
        {
            let found = document.channel().map_or("no channel".to_owned(), |found| format!("`{found}`"));
            let message = format!("{found}: allowed is `{channel}`, the channel of rubric `{}`", self.id());
            faults.push(Fault::new(CHANNEL_MATCHES, "/channel", message));
        }
        for (index, decision) in document.concern_decisions().iter().enumerate() {
            let raises = |effect: &Effect| matches!(effect, Effect::RaiseConcern { .. });
            if !self.rule(decision.rule.as_str()).is_some_and(|rule| rule.effects.iter().any(raises)) {
                let message = format!("`{}` is not a rule of the rubric that raises a concern", decision.rule);
                let path = format!("/concern_decisions/{index}/rule");
                faults.push(Fault::new(DECISIONS_ON_CONCERNS, path, message));
            }
        }
    }

    fn row_of(&self, document: &AssessmentDocument, faults: &mut Vec<Fault>) -> Box<[Answer]> {
        let mut row: Vec<Option<Answer>> = vec![None; self.criteria().len()];
        for (index, rating) in document.ratings().iter().enumerate() {
            let Some((position, criterion)) = self.criterion_near(index, rating) else {
                let message = format!("`{}` is not a criterion of rubric `{}`", rating.criterion, self.pin());
                faults.push(Fault::new(CRITERIA_KNOWN, format!("/ratings/{index}/criterion"), message));
                continue;
            };
            check_answer(document, index, rating, criterion, faults);
            if let Some(place) = row.get_mut(position) {
                *place = Some(rating.answer.bare());
            }
        }
        for (criterion, _) in self.criteria().iter().zip(&row).filter(|(_, answer)| answer.is_none()) {
            let message = format!("`{}` has no answer", criterion.key);
            faults.push(Fault::new(CRITERIA_COMPLETE, "/ratings", message));
        }
        row.into_iter().map(|answer| answer.unwrap_or(Answer::NotObserved)).collect()
    }

    /// Most assessments answer in the rubric's order, so the criterion at the same place is tried first.
    fn criterion_near(&self, index: usize, rating: &Rating) -> Option<(usize, &RubricCriterion)> {
        if let Some(criterion) = self.criteria().get(index).filter(|one| one.key == rating.criterion) {
            return Some((index, criterion));
        }
        let position = self.position(rating.criterion.as_str())?;
        Some((position, self.criteria().get(position)?))
    }
}

fn check_answer(
    document: &AssessmentDocument,
    index: usize,
    rating: &Rating,
    criterion: &RubricCriterion,
    faults: &mut Vec<Fault>,
) {
    let key = &criterion.key;
    let mut fault = |rule, member: &str, message| {
        faults.push(Fault::new(rule, format!("/ratings/{index}/{member}"), message));
    };
    match &rating.answer {
        AnswerDocument::Rated { step } => {
            if !criterion.steps.contains(*step) {
                let message = format!("step `{step}` of `{key}`: allowed is 1 to {}", criterion.steps);
                fault(STEPS_ON_SCALE, "answer/step", message);
            }
            let has_evidence = || document.evidence().iter().any(|one| one.criteria.contains(key));
            if criterion.evidence_required_below.is_some_and(|bound| *step < bound) && !has_evidence() {
                fault(EVIDENCE_GIVEN, "criterion", format!("step `{step}` of `{key}` needs evidence"));
            }
            if criterion.note_required_below.is_some_and(|bound| *step < bound) && rating.note.is_none() {
                fault(NOTE_GIVEN, "note", format!("step `{step}` of `{key}` needs a note"));
            }
        }
        AnswerDocument::NotApplicable { .. } if criterion.not_applicable == NotApplicablePolicy::NotAllowed => {
            let message =
                format!("the rubric does not allow `{key}` to be not applicable: allowed is a step or not observed");
            fault(NOT_APPLICABLE_ALLOWED, "answer", message);
        }
        AnswerDocument::NotApplicable { .. } | AnswerDocument::NotObserved { .. } => {}
    }
}
