use crate::rubric::RubricPin;
use crate::value::LineError;
use crate::value::codes::codes;

/// Why a set of rubrics could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RubricSetError {
    /// A line gave no rubric.
    #[error(transparent)]
    Line(#[from] LineError),
    /// Two rubrics have the same form, so a pin would name both.
    #[error("expected each rubric once, found `{pin}` as number {first} and as number {second}")]
    Repeated {
        /// The pin of the second.
        pin: Box<RubricPin>,
        /// The place of the first in the set, counted from 1.
        first: usize,
        /// The place of the second.
        second: usize,
    },
}

codes!(RubricSetError { Repeated = "rubric_repeated" } passing on { Line });
