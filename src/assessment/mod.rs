//! What was observed, by whom, and what became of it: ratings, evidence, review, confirmation, barriers.
//!
//! An [`AssessmentDocument`] is what is read, valid in itself; [`Rubric::admit`](crate::Rubric::admit) checks it
//! against its rubric and makes an [`Assessment`] of it. A [`RubricSet`]
//! finds the rubric by its pin, and reads assessments line by line.

mod admission;
mod answer;
mod barrier;
mod builder;
mod check;
mod compact;
mod document;
mod evidence;
mod rater;
mod rating;
mod review;
mod rubric_set;
mod rubric_set_error;

pub use self::admission::Assessment;
pub(crate) use self::admission::{ADMISSION_RULES, COMPACT_ADMISSION_RULES};
pub use self::answer::Answer;
pub use self::barrier::{Barrier, BarrierKind};
pub use self::builder::AssessmentBuilder;
pub(crate) use self::check::RULES;
pub use self::compact::CompactAssessment;
pub use self::document::{AssessmentDocument, ExternalReference, Sampling};
pub use self::evidence::{Evidence, EvidenceKind};
pub use self::rater::{Rater, RaterKind};
pub use self::rating::{AnswerDocument, Rating};
pub use self::review::{ConcernDecision, ConcernVerdict, Confirmation, ReviewState, ReviewStep};
pub use self::rubric_set::RubricSet;
pub use self::rubric_set_error::RubricSetError;
