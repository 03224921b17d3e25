//! Finding weeks for chosen sessions, or the reason why there are none.
//!
//! In: a choice of sessions. Out: a week for each ([`Placed`]), or a conflict that becomes a row of the master, so that
//! the search does not choose it again. [`TollBooth`] does the same for fractions of sessions.

mod charging;
mod conflict;
mod crossing;
mod pins;
mod placing;
mod schedule;
mod toll;

pub(crate) use self::crossing::{Crossing, Pins};
pub(crate) use self::placing::Placed;
pub(crate) use self::schedule::{Schedule, Task, schedule};
pub(crate) use self::toll::{TollBooth, TollCut};
