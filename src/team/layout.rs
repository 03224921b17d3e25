//! Where each sum stands in the flat state of a tally. All are sums over people, so states merge by adding place by place.

use super::ReviewBand;
use crate::assessment::BarrierKind;
use crate::framework::{CriticalClass, Level};

pub(super) const PEOPLE: usize = 0;
pub(super) const REVIEWED: usize = 1;
pub(super) const BANDS: usize = 2;
pub(super) const CONTACTS: usize = BANDS + ReviewBand::ALL.len();
pub(super) const CRITICAL_ERRORS: usize = CONTACTS + 1;
pub(super) const OPPORTUNITIES: usize = CRITICAL_ERRORS + CriticalClass::ALL.len();
pub(super) const ERRORS: usize = OPPORTUNITIES + 1;
pub(super) const BARRIERS: usize = ERRORS + 1;
/// Where the criteria begin.
pub(super) const CRITERIA: usize = BARRIERS + BarrierKind::ALL.len();

/// The sums of one criterion: people, scores in millionths, their squares in two parts, and people by level.
pub(super) const CRITERION_WIDTH: usize = LEVELS + Level::MAX.get() as usize;
pub(super) const RATED: usize = 0;
pub(super) const SCORES: usize = 1;
/// The squares divided by [`MILLION`], cut off.
pub(super) const SQUARES_HIGH: usize = 2;
/// What was cut off.
pub(super) const SQUARES_LOW: usize = 3;
pub(super) const LEVELS: usize = 4;

pub(super) const MILLION: u64 = 1_000_000;

/// How many numbers the state of so many criteria has.
pub(super) const fn width(criteria: usize) -> usize {
    CRITERIA + CRITERION_WIDTH * criteria
}
