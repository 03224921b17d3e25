use super::Answer;
use crate::value::strict::{object, union};
use crate::value::{Key, Note, Step};

object! {
    /// What a rater answered on one criterion.
    pub struct Rating {
        /// The criterion.
        pub criterion: Key,
        /// The answer.
        pub answer: AnswerDocument,
        /// What the rater noted about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<Note>,
    }
}

union! {
    /// An answer as it is written down, with its reason; [`Answer`] is its bare form.
    #[cfg_attr(feature = "schema", schemars(rename = "Answer"))]
    pub enum AnswerDocument {
        /// The rater chose a step of the scale.
        Rated {
            /// The step.
            step: Step,
        },
        /// It could not occur in this contact.
        NotApplicable {
            /// Why.
            reason: Note,
        },
        /// It could have occurred, and nothing was seen of it.
        NotObserved {
            /// Why.
            reason: Note,
        },
    }
}

impl AnswerDocument {
    /// The answer without its reason.
    #[must_use]
    pub const fn bare(&self) -> Answer {
        match self {
            Self::Rated { step } => Answer::Rated(*step),
            Self::NotApplicable { .. } => Answer::NotApplicable,
            Self::NotObserved { .. } => Answer::NotObserved,
        }
    }

    /// Why there is no step, when there is none.
    #[must_use]
    pub const fn reason(&self) -> Option<&Note> {
        match self {
            Self::Rated { .. } => None,
            Self::NotApplicable { reason } | Self::NotObserved { reason } => Some(reason),
        }
    }
}
