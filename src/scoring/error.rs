use crate::assessment::Answer;
use crate::rubric::{RubricCriterion, RubricPin};
use crate::value::codes::codes;
use crate::value::{Key, StepCount};

/// Why something could not be scored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScoringError {
    /// The assessment was admitted to another rubric than the scorer's.
    #[error(transparent)]
    RubricMismatch(Box<RubricMismatch>),
    /// The row has another length than the rubric has criteria.
    #[error(transparent)]
    RowLength(RowLength),
    /// An answer in the row is not allowed.
    #[error(transparent)]
    Answer(AnswerNotAllowed),
}

codes!(ScoringError {} passing on { RubricMismatch, RowLength, Answer });

/// An assessment and a scorer of different rubrics.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the assessment fits rubric `{found}`, the scorer is for rubric `{expected}`")]
pub struct RubricMismatch {
    found: RubricPin,
    expected: RubricPin,
}

codes!(RubricMismatch = "rubric_mismatch");

impl RubricMismatch {
    /// The rubric of the assessment.
    #[must_use]
    pub fn found(&self) -> &RubricPin {
        &self.found
    }

    /// The rubric of the scorer.
    #[must_use]
    pub fn expected(&self) -> &RubricPin {
        &self.expected
    }
}

/// A row with too few or too many answers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a row of `{found}` answers: allowed is {expected}, one for each criterion of the rubric")]
pub struct RowLength {
    found: usize,
    expected: usize,
}

codes!(RowLength = "row_length");

impl RowLength {
    /// How many answers the row has.
    #[must_use]
    pub fn found(&self) -> usize {
        self.found
    }

    /// How many criteria the rubric has.
    #[must_use]
    pub fn expected(&self) -> usize {
        self.expected
    }
}

/// An answer that its criterion does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` for `{criterion}`: allowed is a step from 1 to {steps}, or another answer that the rubric allows")]
pub struct AnswerNotAllowed {
    criterion: Key,
    found: Answer,
    steps: StepCount,
}

codes!(AnswerNotAllowed = "answer_not_allowed");

impl AnswerNotAllowed {
    /// The criterion.
    #[must_use]
    pub fn criterion(&self) -> &Key {
        &self.criterion
    }

    /// The answer.
    #[must_use]
    pub fn found(&self) -> Answer {
        self.found
    }
}

impl ScoringError {
    pub(super) fn rubric_mismatch(found: RubricPin, expected: RubricPin) -> Self {
        Self::RubricMismatch(Box::new(RubricMismatch { found, expected }))
    }

    pub(super) fn row_length(found: usize, expected: usize) -> Self {
        Self::RowLength(RowLength { found, expected })
    }

    pub(super) fn answer(criterion: &RubricCriterion, found: Answer) -> Self {
        Self::Answer(AnswerNotAllowed { criterion: criterion.key.clone(), found, steps: criterion.steps })
    }
}
