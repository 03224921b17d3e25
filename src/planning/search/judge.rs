//! Who judges the whole choices of a master, and how.

use crate::planning::linear::Row;

/// How far a value may be from a whole number to count as one.
pub(crate) const WHOLE: f64 = 1e-5;

/// What a whole choice turned out to be.
pub(crate) enum Verdict {
    /// A plan: from now on only what [`Judge::least`] asks for is of interest.
    Plan,
    /// No plan: rows that hold for every plan of interest, of which it breaks one.
    Broken(Vec<Row>),
    /// Nobody can tell: a row that excludes it.
    Unknown(Row),
    /// The search is over.
    Enough,
}

/// Judges whole choices.
pub(crate) trait Judge {
    /// The least value that is of interest; it may grow.
    fn least(&self) -> i64;
    fn judge(&mut self, values: &[f64]) -> Verdict;
    /// May look for a plan near the values of a relaxation.
    fn lead(&mut self, values: &[f64]);
    fn is_stopped(&self) -> bool;
}

/// A floating-point bound on a whole number as a whole number, with a margin for its error.
pub(crate) fn whole(bound: f64) -> i64 {
    (bound + 1e-6).floor() as i64
}
