//! Agreement, reliability, intervals, pooling and tests over subjects, raters and categories.
//!
//! No word of human resources lives here: the room can be used alone. A statistic takes a type that says which data it
//! accepts, and returns an [`Estimate`], or a struct that holds one, or says why there is none ([`Undefined`]): never
//! "not a number".

mod bounded_mean;
mod change_class;
mod checks;
mod confidence_level;
mod cut_off;
mod distributions;
mod error;
mod estimate;
mod fourfold_table;
mod interval;
mod nested_components;
mod norm;
mod proportion;
mod random;
mod rate_ratio;
mod reliable_change;
mod sample_mean;
mod undefined;

pub use self::bounded_mean::BoundedMean;
pub(crate) use self::bounded_mean::probability_below;
pub use self::change_class::ChangeClass;
pub use self::confidence_level::ConfidenceLevel;
pub use self::cut_off::CutOff;
pub(crate) use self::distributions::{
    beta_quantile, chi_squared_upper, f_quantile, f_upper, normal_cdf, normal_quantile, t_quantile, t_two_sided,
};
pub use self::error::DataError;
pub use self::estimate::Estimate;
pub use self::fourfold_table::FourfoldTable;
pub use self::interval::{Interval, IntervalMethod};
pub use self::nested_components::{NestedComponents, NestedRating};
pub use self::norm::Norm;
pub use self::proportion::Proportion;
pub(crate) use self::random::RandomStream;
pub use self::rate_ratio::RateRatio;
pub use self::reliable_change::ReliableChange;
pub use self::sample_mean::SampleMean;
pub use self::undefined::Undefined;

/// The rules of estimates and intervals.
pub(crate) const RULES: &[crate::value::Rule] = &[estimate::STANDARD_ERROR_NOT_NEGATIVE, interval::ENDS_IN_ORDER];
