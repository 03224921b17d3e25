//! Good plans at once: greedy choices, seeded and repaired.
//!
//! In: a model, and perhaps a choice of the search. Out: plans that keep all limits, with no claim to be best.
//! The search starts from them, and uses them to cut off what cannot be better.

mod draft;
mod greedy;
mod guided;
mod salvage;

pub(crate) use self::draft::Draft;
pub(crate) use self::greedy::improve;
