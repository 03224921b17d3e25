use crate::statistics::{DataError, Undefined};
use crate::value::codes::codes;
use crate::value::{Faults, Label};

/// Why people or groups could not be counted together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TeamError {
    /// Two things belong to different rubrics, days or people.
    #[error(transparent)]
    Mismatch(#[from] TeamMismatch),
    /// The sums of a tally are not those of people; all faults are listed.
    #[error("the state is no tally: {0}")]
    State(#[from] Faults),
    /// More people or contacts than a tally can hold.
    #[error("the tally would hold more than {most} {what}")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// The most that a tally holds.
        most: u64,
    },
    /// There is nothing to report on.
    #[error("there are no groups: allowed is one or more")]
    NoGroups,
    /// A number of a group that may be shown has no value.
    #[error(transparent)]
    Undefined(#[from] Undefined),
    /// Counts of a category are not possible.
    #[error(transparent)]
    Data(#[from] DataError),
    /// Two groups or categories have the same name.
    #[error("`{0}` stands here twice: allowed is each name once")]
    NameRepeated(Label),
}

codes!(TeamError {
    State = "tally_state_invalid",
    TooLarge = "tally_too_large",
    NoGroups = "no_groups",
    NameRepeated = "name_repeated",
} passing on { Mismatch, Undefined, Data });

/// Something that belongs to another rubric, day or person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} is `{found}`: allowed is `{expected}`")]
pub struct TeamMismatch {
    what: &'static str,
    found: String,
    expected: String,
}

codes!(TeamMismatch = "team_mismatch");

impl TeamMismatch {
    /// `Ok` when both are the same.
    pub(super) fn check<T: PartialEq + ToString>(what: &'static str, found: &T, expected: &T) -> Result<(), Self> {
        if found == expected {
            return Ok(());
        }
        Err(Self { what, found: found.to_string(), expected: expected.to_string() })
    }

    pub(super) fn new(what: &'static str, found: &str, expected: &str) -> Self {
        Self { what, found: found.to_owned(), expected: expected.to_owned() }
    }

    /// What differs.
    #[must_use]
    pub fn what(&self) -> &str {
        self.what
    }

    /// What was found.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }

    /// What it should have been.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}
