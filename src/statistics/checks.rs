//! The doors for numbers: into the room only what is finite, out of it too.

use super::{DataError, Estimate, Undefined};
use crate::value::Real;

/// A finite number from the caller.
pub(super) fn finite(what: &'static str, place: &str, number: f64) -> Result<f64, DataError> {
    let error = || DataError::new(what, place, number, "a finite number");
    number.is_finite().then_some(number).ok_or_else(error)
}

/// A finite number of at least 0 from the caller.
pub(super) fn not_negative(what: &'static str, place: &str, number: f64) -> Result<f64, DataError> {
    let error = || DataError::new(what, place, number, "a finite number of at least 0");
    (number.is_finite() && number >= 0.0).then_some(number).ok_or_else(error)
}

/// A finite number above 0 from the caller.
pub(super) fn positive(what: &'static str, place: &str, number: f64) -> Result<f64, DataError> {
    let error = || DataError::new(what, place, number, "a finite number above 0");
    (number.is_finite() && number > 0.0).then_some(number).ok_or_else(error)
}

/// A number from 0 to 1 from the caller, such as a reliability.
pub(super) fn share(what: &'static str, place: &str, number: f64) -> Result<f64, DataError> {
    let error = || DataError::new(what, place, number, "a number from 0 to 1");
    (0.0..=1.0).contains(&number).then_some(number).ok_or_else(error)
}

/// A result that must be finite.
pub(super) fn real(number: f64) -> Result<Real, Undefined> {
    Real::new(number).map_err(|_| Undefined::OutOfRange {})
}

/// An estimate that must be finite.
pub(super) fn estimate(value: f64) -> Result<Estimate, Undefined> {
    Estimate::of(value).ok_or(Undefined::OutOfRange {})
}
