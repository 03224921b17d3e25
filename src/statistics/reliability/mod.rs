//! How far can a score be trusted?

mod analysis_of_variance;
mod bounded_mean;
mod crossed_components;
mod incomplete_table;
mod internal_consistency;
mod intraclass_correlation;
mod intraclass_form;
mod limits_of_agreement;
mod measurement_error;
mod measurement_table;
mod negative_variance;
mod nested_components;
mod restricted_likelihood;
mod spearman_brown;
mod two_facet_components;

pub use self::analysis_of_variance::AnalysisOfVariance;
pub use self::bounded_mean::BoundedMean;
pub(crate) use self::bounded_mean::{posterior_below, probability_below};
pub use self::crossed_components::CrossedComponents;
pub use self::incomplete_table::IncompleteTable;
pub use self::internal_consistency::InternalConsistency;
pub use self::intraclass_correlation::IntraclassCorrelation;
pub use self::intraclass_form::IntraclassForm;
pub use self::limits_of_agreement::{LimitsOfAgreement, repeatability};
pub use self::measurement_error::MeasurementError;
pub use self::measurement_table::MeasurementTable;
pub use self::negative_variance::NegativeVariance;
pub use self::nested_components::{NestedComponents, NestedRating};
pub use self::spearman_brown::{ratings_needed, spearman_brown};
pub use self::two_facet_components::TwoFacetComponents;
