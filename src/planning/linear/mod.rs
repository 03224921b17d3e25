//! The master: a linear program over which sessions to hold, before anyone asks in which weeks.
//!
//! In: a model and an aim. Out: rows for a simplex ([`Formulation`], [`Weekly`]) and what it answers ([`Answer`]).
//! `Simplex` is the feature `exact`; without it `NoMaster` answers nothing, and plans carry a bound from prices.

mod built_in;
mod by_week;
mod formulation;
mod master;
#[cfg(not(feature = "exact"))]
mod no_master;
mod patterns;
#[cfg(feature = "exact")]
mod simplex;
mod weekly;

pub(crate) use self::built_in::{MOST_TOGETHER, is_too_large, master};
pub(crate) use self::formulation::{Aim, FinishedBy, Formulation, Targets, tasks};
pub(crate) use self::master::{Answer, Effort, Flaw, LinearRelaxation, Master, Row, Rows};
pub(crate) use self::patterns::Size;
#[cfg(all(test, feature = "exact"))]
pub(crate) use self::simplex::Simplex;
pub(crate) use self::weekly::{Weekly, weeks_of_people, weeks_of_shared_pools};
