use crate::assessment::{Answer, Assessment, AssessmentDocument, RaterKind, ReviewState};
use crate::framework::Basis;
use crate::rubric::Rubric;
use crate::value::{Day, Reference};

/// One submitted assessment in bare form, for profiles of many people: the answers in the order of the profiler's rubric.
///
/// It has no review, confirmation or decision: a machine's row does not count, and a critical concern that a row raises
/// is open. Give full [`Assessment`]s where these matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObservedRow<'a> {
    /// The assessment.
    pub id: &'a Reference,
    /// The person assessed.
    pub person: &'a Reference,
    /// Who rated.
    pub rater: &'a Reference,
    /// In which capacity.
    pub kind: RaterKind,
    /// The kind of evidence.
    pub basis: Basis,
    /// When it happened.
    pub observed: Day,
    /// When it was entered.
    pub entered: Day,
    /// The answers.
    pub row: &'a [Answer],
}

/// What a profile looks at, whether it comes from a full assessment or from a row.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) id: &'a Reference,
    pub(super) rater: &'a Reference,
    pub(super) kind: RaterKind,
    pub(super) basis: Basis,
    pub(super) observed: Day,
    pub(super) entered: Day,
    pub(super) row: &'a [Answer],
    pub(super) rubric: &'a Rubric,
    /// Nothing for a row.
    pub(super) document: Option<&'a AssessmentDocument>,
}

impl<'a> Entry<'a> {
    pub(super) fn of_row(row: &ObservedRow<'a>, rubric: &'a Rubric) -> Self {
        let ObservedRow { id, rater, kind, basis, observed, entered, row, .. } = *row;
        Self { id, rater, kind, basis, observed, entered, row, rubric, document: None }
    }

    pub(super) fn state_on(&self, day: Day) -> ReviewState {
        self.document.map_or(ReviewState::Submitted, |document| document.state_on(day))
    }

    pub(super) fn is_confirmed_on(&self, day: Day) -> bool {
        let confirmation = self.document.and_then(AssessmentDocument::confirmation);
        confirmation.is_some_and(|confirmation| confirmation.on <= day)
    }
}

impl<'a> From<&'a Assessment> for Entry<'a> {
    fn from(assessment: &'a Assessment) -> Self {
        let document = assessment.document();
        Self {
            id: document.id(),
            rater: &document.rater().id,
            kind: document.rater().kind,
            basis: document.basis(),
            observed: document.observed(),
            entered: document.entered(),
            row: assessment.row(),
            rubric: assessment.rubric(),
            document: Some(document),
        }
    }
}
