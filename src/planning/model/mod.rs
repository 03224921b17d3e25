//! What a problem says, in the numbers that the search counts with.
//!
//! In: a [`PlanProblem`](super::PlanProblem), and what a question changes about it ([`Overrides`]). Out: a [`Model`]:
//! people, goals, items and pools by place instead of by name, and what of it can matter ([`dominances`]).
//! [`Standing`] and [`Merit`] count what a growing plan is worth. [`SolveLimits`] and [`Steps`] say when to stop.

mod compile;
mod dominance;
mod limits;
mod merit;
#[expect(clippy::module_inception, reason = "the file is named after its noun")]
mod model;
mod modelling;
mod part;
mod places;
mod standing;
mod steps;

pub(crate) use self::dominance::{Dominance, dominances};
pub use self::limits::{LimitHit, SolveLimits};
pub(crate) use self::merit::{Merit, Starts, merit};
pub(crate) use self::model::{Credit, Earlier, Goal, Item, Model, Overrides, Person, Source, Weeks, up_to, weeks_in};
pub(crate) use self::part::{only, take};
pub(crate) use self::places::Places;
pub(crate) use self::standing::{Effects, Standing};
pub(crate) use self::steps::Steps;
