//! Sessions pinned to weeks, and what cannot be beside them.

use super::formulation::FinishedBy;

/// Sessions and the weeks in which they start.
pub(super) type Pins = Vec<(usize, usize)>;

/// Sessions that cannot be finished by their weeks while others start in theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Crossing {
    pub(super) choice: FinishedBy,
    pub(super) pins: Pins,
}
