//! The best plan and its proof: one tree over which sessions to hold.
//!
//! In: a problem, a question ([`Question`]) and limits. Out: an ending ([`Ending`]): proven, bounded or infeasible.
//! [`solve`] is the door for all; [`solve_together`] plans up to eight people in one tree. Each choice that looks
//! good is put to a [`Judge`], which asks the room `weeks` for a place in the calendar.

mod branching;
mod judge;
mod optimise;
mod price_bound;
#[expect(clippy::module_inception, reason = "the file is named after its noun")]
mod search;
mod solve;
mod together;
mod tree;

pub(crate) use self::judge::{Judge, Verdict};
pub(crate) use self::search::{Ending, Question, Search, measure};
pub(crate) use self::solve::solve;
pub(crate) use self::together::{ceiling_share, solve_together};
pub(crate) use self::tree::Tree;
