//! Agreement, reliability, intervals, pooling and tests over subjects, raters and categories.
//!
//! No word of human resources lives here: the room can be used alone. A statistic takes a type that says which data it
//! accepts, and returns an [`Estimate`], or a struct that holds one, or says why there is none ([`Undefined`]): never
//! "not a number".

mod bounded_mean;
mod confidence_level;
mod distributions;
mod error;
mod estimate;
mod interval;
mod nested_components;
mod proportion;
mod random;
mod undefined;

pub use self::bounded_mean::BoundedMean;
pub(crate) use self::bounded_mean::probability_below;
pub use self::confidence_level::ConfidenceLevel;
pub(crate) use self::distributions::{
    beta_quantile, chi_squared_upper, f_quantile, f_upper, normal_cdf, normal_quantile, t_quantile, t_two_sided,
};
pub use self::error::DataError;
pub use self::estimate::Estimate;
pub use self::interval::{Interval, IntervalMethod};
pub use self::nested_components::{NestedComponents, NestedRating};
pub use self::proportion::Proportion;
pub(crate) use self::random::RandomStream;
pub use self::undefined::Undefined;

/// The rules of estimates and intervals.
pub(crate) const RULES: &[crate::value::Rule] = &[estimate::STANDARD_ERROR_NOT_NEGATIVE, interval::ENDS_IN_ORDER];
