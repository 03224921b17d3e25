//! Many people: prices on what they share, so that each can be planned alone.
//!
//! In: a problem with more people than one tree takes. Out: a plan for all, and a bound that no plan exceeds.
//! Everybody first gets what they must have; then prices are moved until what is shared is neither short nor idle.

mod bundle;
#[expect(clippy::module_inception, reason = "the file is named after its noun")]
mod crowd;
mod needs;
mod shared_prices;
mod tariff;

pub(crate) use self::crowd::{one_by_one, share_of};
