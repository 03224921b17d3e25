//! Sessions pinned to weeks, and what cannot be beside them.

use crate::planning::linear::FinishedBy;

/// Sessions and the weeks in which they start.
pub(crate) type Pins = Vec<(usize, usize)>;

/// Sessions that cannot be finished by their weeks while others start in theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Crossing {
    pub(crate) choice: FinishedBy,
    pub(crate) pins: Pins,
}
